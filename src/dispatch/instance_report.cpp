// Instances written, solved and reported.
#include <algorithm>
#include <bit>

#include "dispatch/instance.h"
#include "dispatch/pricing.h"

namespace hezhi::dispatch {

namespace {

std::string names_of(Capabilities set, const MarketRules& rules) {
    std::string out;
    for (; set; set &= set - 1) {
        if (!out.empty()) out += ',';
        auto bit = std::size_t(std::countr_zero(set));
        out += bit < rules.capability_names.size() ? rules.capability_names[bit] : "?";
    }
    return out.empty() ? "-" : out;
}

std::string joined(const std::vector<std::int64_t>& ids) {
    std::string out;
    for (auto id : ids) out += (out.empty() ? "" : ",") + std::to_string(id);
    return out.empty() ? "-" : out;
}

std::string hexadecimal(HalfHours set) {
    std::string out;
    for (int shift = 60; shift >= 0; shift -= 4) out += "0123456789abcdef"[set >> shift & 15];
    return out;
}

void line(std::string& out, std::initializer_list<std::string> words) {
    bool first = true;
    for (auto& word : words) {
        if (!first) out += ' ';
        out += word;
        first = false;
    }
    out += '\n';
}

void write_rules(std::string& out, const MarketRules& rules) {
    auto n = [](auto value) { return std::to_string(value); };
    for (auto& name : rules.capability_names) line(out, {"capability", name});
    for (std::size_t bit = 0; bit < rules.capability_names.size(); ++bit) {
        auto& name = rules.capability_names[bit];
        if (rules.certificates >> bit & 1) line(out, {"certificate", name});
        if (rules.unmet_wish_cost[bit]) line(out, {"wish", name, n(rules.unmet_wish_cost[bit])});
    }
    line(out, {"rule visit_cost", n(rules.visit_cost)});
    line(out, {"rule metres_per_cost", n(rules.metres_per_cost)});
    line(out, {"rule unneeded_certificate_cost", n(rules.unneeded_certificate_cost)});
    line(out, {"rule unneeded_certificate_cost_max", n(rules.unneeded_certificate_cost_max)});
    line(out, {"rule continuity_gain", n(rules.continuity_gain)});
    line(out, {"rule empty_cost", n(rules.empty_cost)});
    line(out, {"rule empty_cost_per_urgency", n(rules.empty_cost_per_urgency)});
    line(out, {"rule empty_cost_per_day_waiting", n(rules.empty_cost_per_day_waiting)});
    line(out, {"rule empty_cost_max", n(rules.empty_cost_max)});
    line(out, {"rule tie_salt", n(rules.tie_salt)});
    for (auto& step : rules.load_steps) line(out, {"load", n(step.minutes_from), n(step.cost)});
    for (auto cost : rules.colour_cost) line(out, {"colour", n(cost)});
}

}  // namespace

std::string write_market(const Market& market) {
    auto n = [](auto value) { return std::to_string(value); };
    auto& rules = market.rules;
    std::string out = "hezhi-dispatch 1\n";
    write_rules(out, rules);
    for (auto& p : market.people) {
        line(out, {"person", n(p.id), n(p.x_m), n(p.y_m), n(p.reach_m), hexadecimal(p.free),
                   n(p.minutes_month), n(p.minutes_left), n(int(p.colour)),
                   names_of(p.capabilities, rules)});
    }
    for (auto& o : market.orders) {
        line(out, {"order", n(o.id), n(o.x_m), n(o.y_m), n(o.reach_m), hexadecimal(o.starts),
                   n(o.half_hours), n(o.people), o.all_or_nothing ? "all" : "any", n(o.urgency),
                   n(o.days_waiting), names_of(o.required, rules), names_of(o.lead_required, rules),
                   names_of(o.wished, rules), joined(o.known), joined(o.excluded)});
    }
    return out;
}

std::string write_matrix(const CostMatrix& matrix) {
    std::string out = std::to_string(matrix.size) + "\n";
    for (std::size_t i = 0; i < matrix.costs.size(); ++i) {
        out += std::to_string(matrix.costs[i]);
        out += (i + 1) % matrix.size == 0 ? '\n' : ' ';
    }
    return out;
}

Result<MatrixResult> solve_matrix(const CostMatrix& matrix, const std::atomic<bool>* cancelled) {
    // Noise below, then room for the noise of all rows, then the cost: 61 bits at most.
    auto size_bits = static_cast<int>(std::bit_width(matrix.size));
    auto cost_bits = static_cast<int>(std::bit_width(std::uint64_t(matrix_cost_max)));
    int noise_bits = std::min(tie_noise_bits, 59 - cost_bits - size_bits);
    int shift = noise_bits + size_bits;
    Assignment assignment;
    assignment.reserve(matrix.size, matrix.size, matrix.costs.size());
    assignment.add_columns(matrix.size);
    std::vector<Edge> edges(matrix.size);
    for (std::uint32_t row = 0; row < matrix.size; ++row) {
        for (std::uint32_t column = 0; column < matrix.size; ++column) {
            auto noise = mixed((std::uint64_t(row) << 32 | column) + 1) >> (64 - noise_bits);
            auto cost = matrix.costs[std::size_t(row) * matrix.size + column];
            edges[column] = {(cost << shift) | static_cast<Cost>(noise), column};
        }
        std::ranges::sort(edges, {}, &Edge::cost);
        assignment.add_row(assignment.add_list(edges, no_cut), cost_max);
    }
    assignment.stop_when(cancelled);
    try {
        assignment.solve();
    } catch (const AssignmentStopped&) {
        return refuse(refusals::batch_cancelled);
    }
    MatrixResult out;
    out.certificate = check_certificate(assignment);
    for (std::uint32_t row = 0; row < matrix.size; ++row) {
        auto column = static_cast<std::uint32_t>(assignment.column_of(row));
        out.column_of.push_back(column);
        out.total += matrix.costs[std::size_t(row) * matrix.size + column];
    }
    return out;
}

Result<InstanceReport> solve_instance(std::string_view text, const BatchSettings& settings) {
    InstanceReport out;
    auto fill = [&](const Certificate& certificate) {
        out.edges = certificate.edges;
        out.violations = certificate.violations;
        out.proven = certificate.proves_optimum();
    };
    if (!text.starts_with("hezhi-dispatch")) {
        auto matrix = read_matrix(text);
        if (!matrix) return std::unexpected(matrix.error());
        auto result = solve_matrix(*matrix, settings.cancelled);
        if (!result) return std::unexpected(result.error());
        out.is_matrix = true;
        out.orders = out.people = out.places = matrix->size;
        out.cost = out.bound = result->total;
        fill(result->certificate);
        for (std::uint32_t row = 0; row < matrix->size; ++row) {
            out.proposals.push_back({row + 1, {result->column_of[row] + 1}, 0, false});
        }
        return out;
    }
    auto market = read_market(text);
    if (!market) return std::unexpected(market.error());
    out.orders = std::ssize(market->orders);
    out.people = std::ssize(market->people);
    for (auto& order : market->orders) out.places += order.people;
    auto result = assign_market(std::move(*market), settings);
    if (!result) return std::unexpected(result.error());
    out.cost = result->units;
    out.bound = result->bound_units;
    out.unassigned = result->empty_places;
    out.unique = result->unique;
    out.pairs = result->pairs;
    out.pair_violations = result->pair_violations;
    fill(result->certificate);
    out.proposals = std::move(result->proposals);
    return out;
}

std::string written(const InstanceReport& report) {
    auto n = [](std::int64_t value) { return std::to_string(value); };
    std::string out;
    line(out, {"orders", n(report.orders)});
    line(out, {"places", n(report.places)});
    line(out, {"people", n(report.people)});
    line(out, {"cost", n(report.cost)});
    line(out, {"bound", n(report.bound)});
    line(out, {"unassigned", n(report.unassigned)});
    line(out, {"certificate", report.proven ? "proven" : "NOT PROVEN", "edges", n(report.edges),
               "violations", n(report.violations)});
    if (report.is_matrix) return out;
    if (report.pairs > 0) {
        line(out, {"pairs", n(report.pairs), "violations", n(report.pair_violations)});
    }
    line(out, {"unique", report.unique ? "yes" : "no"});
    return out;
}

std::string written(const std::vector<OrderProposal>& proposals) {
    std::string out;
    for (auto& its : proposals) {
        line(out, {"assign", std::to_string(its.order), joined(its.people),
                   std::to_string(its.missing)});
    }
    return out;
}

}  // namespace hezhi::dispatch
