// ./dev bench dispatch: the engine against LEMON's network simplex and SciPy's sparse LAPJV on the
// same graphs in the same run. Prints a table; ends with 1 where an objective differs or a
// certificate does not prove the optimum.
//
//   bench_dispatch [--only city|tight|matrix] [--draw FILE.svg] [LARGEST [SMALLEST]]
//
// LARGEST and SMALLEST are numbers of orders; 20000 and 1000 unless told. SciPy is measured where
// HEZHI_SCIPY names the folder that its packages were unpacked into; ./dev sees to that.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <map>
#include <string>
#include <tuple>

#include "dispatch/explain.h"
#include "dispatch/generate.h"
#include "growth_picture.h"
#include "reference.h"

namespace {

using namespace hezhi::dispatch;
using hezhi::bench::cpu_seconds;

int differences = 0;

void expect(bool good, const char* what) {
    if (good) return;
    ++differences;
    std::printf("DIFFERENT: %s\n", what);
}

// SciPy's time grows with the square of the size: beyond this it is not waited for.
constexpr int scipy_seconds_max = 60;

// The lines of the picture.
struct Growth {
    hezhi::bench::GrowthLine city{"whole city, candidates included", "#0b6e4f", {}};
    hezhi::bench::GrowthLine own{"Hezhi, solve step, k = 32", "#1f9e89", {}};
    hezhi::bench::GrowthLine simplex{"LEMON network simplex", "#c65d21", {}};
    hezhi::bench::GrowthLine scipy{"SciPy sparse LAPJV", "#7a3e9d", {}};
};

struct Timed {
    double own = 0, simplex = 0, scipy = 0;  // seconds; 0: not measured
};

// Both references on the graph; every objective is held against `total`.
void compare(const hezhi::bench::PlainGraph& graph, std::int64_t total, const std::string& family,
             Timed& timed) {
    static std::map<std::string, bool> gave_up;  // larger graphs of the family are not tried
    auto lemon = hezhi::bench::network_simplex(graph);
    expect(total == lemon.total, "the objective, network simplex");
    timed.simplex = lemon.seconds;
    std::printf("  own %9.2f ms  simplex %9.2f ms = %5.2f x", timed.own * 1e3, timed.simplex * 1e3,
                timed.simplex / timed.own);
    const char* packages = std::getenv("HEZHI_SCIPY");
    if (packages && !gave_up[family]) {
        auto scipy = hezhi::bench::sparse_lapjv(graph, packages, scipy_seconds_max);
        gave_up[family] = !scipy.finished;
        if (scipy.finished) {
            expect(total == scipy.total, "the objective, SciPy");
            timed.scipy = scipy.seconds;
            std::printf("  scipy %9.2f ms = %6.1f x", timed.scipy * 1e3, timed.scipy / timed.own);
        }
    }
    if (packages && gave_up[family]) std::printf("  scipy not in %d s", scipy_seconds_max);
    std::printf("\n");
    std::fflush(stdout);
}

struct Prepared {
    std::vector<MarketOrder> orders;
    PersonIndex index;

    explicit Prepared(Market market)
        : orders(std::move(market.orders)), index(market.rules, std::move(market.people)) {
        std::vector<Capabilities> asked;
        for (auto& order : orders) {
            asked.push_back(order.required);
            asked.push_back(order.required | order.lead_required);
        }
        index.prepare(asked, std::size_t(1) << 28);
    }
};

// The lists cut off at k, given to all solvers.
Timed compare_pruned(Prepared& city, std::size_t k, const std::string& family) {
    hezhi::bench::PlainGraph graph;
    Assignment own;
    std::vector<std::uint32_t> column_of(city.index.size(), UINT32_MAX);
    auto orders = city.orders;
    std::ranges::sort(orders, {}, [](auto& o) { return std::tuple(o.y_m >> 9, o.x_m, o.id); });
    std::vector<Edge> edges;
    for (auto& order : orders) {
        for (bool leader : {true, false}) {
            bool led = order.lead_required != 0;
            auto places = leader ? int(led) : order.people - int(led);
            if (places == 0) continue;
            city.index.cheapest(city.index.query_of(order, leader), k, nullptr, edges);
            for (Edge& edge : edges) {
                auto& column = column_of[edge.column];
                if (column == UINT32_MAX) column = own.add_columns(1);
                edge.column = column;
            }
            auto list = own.add_list(edges, no_cut);
            for (int i = 0; i < places; ++i) {
                auto row = own.add_row(list, empty_cost(city.index.rules(), order));
                for (const Edge& edge : edges) {
                    graph.row.push_back(static_cast<std::int32_t>(row));
                    graph.column.push_back(static_cast<std::int32_t>(edge.column));
                    graph.cost.push_back(units_of(edge.cost));
                }
                graph.exit.push_back(empty_units(city.index.rules(), order));
            }
        }
    }
    graph.rows = static_cast<std::int32_t>(own.rows());
    graph.columns = static_cast<std::int32_t>(own.columns());
    Timed timed;
    auto begin = cpu_seconds();
    own.solve();
    timed.own = cpu_seconds() - begin;
    auto certificate = check_certificate(own);
    expect(certificate.proves_optimum(), "the certificate");
    std::printf("  k %3zu  rows %7zu  edges %8zu", k, own.rows(), graph.row.size());
    compare(graph, static_cast<std::int64_t>(certificate.cost >> tie_bits), family, timed);
    return timed;
}

void measure_online(Prepared& city) {
    std::vector<double> micros;
    for (std::size_t i = 0; i < std::min<std::size_t>(city.orders.size(), 2000); ++i) {
        auto begin = cpu_seconds();
        auto best = best_people(city.index, city.orders[i], city.orders[i].lead_required != 0, 16);
        micros.push_back((cpu_seconds() - begin) * 1e6);
    }
    std::ranges::sort(micros);
    std::printf("  one order's best 16: p50 %.1f us  p99 %.1f us\n", micros[micros.size() / 2],
                micros[micros.size() * 99 / 100]);
}

void measure_changes(Batch& batch, std::int32_t orders) {
    auto percentiles = [](const char* what, std::vector<double> micros) {
        std::ranges::sort(micros);
        if (micros.empty()) return;
        std::printf("  %s: p50 %.1f us  p99 %.1f us\n", what, micros[micros.size() / 2],
                    micros[micros.size() * 99 / 100]);
    };
    std::vector<double> removed, added, regrets;
    batch.assignment().regret(0, cost_max, 0);  // the first one lays out the columns' edges
    for (std::int64_t id = 1; id <= orders; id += std::max(1, orders / 300)) {
        auto* places = batch.places(id);
        auto order = places->order;
        std::vector<Edge> edges;
        batch.index().cheapest(batch.index().query_of(order, places->has_leader), 8, nullptr,
                               edges);
        auto list = places->has_leader ? places->leader_list : places->member_list;
        if (!edges.empty()) {
            auto column = batch.column_for(edges.back().column);
            auto begin = cpu_seconds();
            batch.assignment().regret(list, edges.back().cost, column);
            regrets.push_back((cpu_seconds() - begin) * 1e6);
        }
        auto begin = cpu_seconds();
        if (!batch.remove_order(id)) expect(false, "an order is gone");
        removed.push_back((cpu_seconds() - begin) * 1e6);
        begin = cpu_seconds();
        if (!batch.add_order(order)) expect(false, "an order is refused");
        added.push_back((cpu_seconds() - begin) * 1e6);
    }
    percentiles("order removed", removed);
    percentiles("order added, candidates included", added);
    percentiles("exact regret", regrets);
    expect(check_certificate(batch.assignment()).proves_optimum(), "the certificate after changes");
}

void measure_city(std::int32_t orders, std::int32_t people, std::initializer_list<std::size_t> ks,
                  const std::string& family, Growth* growth) {
    std::printf("%s: %d orders, %d people\n", family.c_str(), orders, people);
    auto market = generate_city({1, orders, people, orders > 20000 ? 6300 : 1000});
    auto begin = cpu_seconds();
    Prepared city(std::move(market));
    std::printf("  index %.2f s, %.0f MB in %zu grids\n", cpu_seconds() - begin,
                static_cast<double>(city.index.bytes()) / 1e6, city.index.grids());
    {
        Batch batch(city.index, {8, 1, nullptr});
        begin = cpu_seconds();
        if (!batch.assign(city.orders)) expect(false, "the batch is refused");
        auto seconds = cpu_seconds() - begin;
        std::printf("  whole city, dense optimum, candidates included: %.1f ms\n", seconds * 1e3);
        if (growth) growth->city.points.push_back({orders, seconds});
        auto certificate = check_certificate(batch.assignment());
        expect(certificate.proves_optimum(), "the certificate of the city");
        expect(is_unique(batch.assignment()), "uniqueness");
        measure_changes(batch, orders);
    }
    measure_online(city);
    for (auto k : ks) {
        auto timed = compare_pruned(city, k, family);
        if (!growth) continue;
        growth->own.points.push_back({orders, timed.own});
        growth->simplex.points.push_back({orders, timed.simplex});
        if (timed.scipy > 0) growth->scipy.points.push_back({orders, timed.scipy});
    }
}

void measure_matrix(const char* what, std::uint32_t size, std::int64_t range) {
    Assignment own;
    own.add_columns(size);
    hezhi::bench::PlainGraph graph;
    graph.rows = graph.columns = static_cast<std::int32_t>(size);
    graph.exit.assign(size, std::int64_t(1) << 40);
    constexpr int shift = 36;
    std::uint64_t dice = 1;
    std::vector<Edge> edges(size);
    for (std::uint32_t i = 0; i < size; ++i) {
        for (std::uint32_t j = 0; j < size; ++j) {
            dice += 0x9e3779b97f4a7c15u;
            auto cost = range ? 1 + static_cast<std::int64_t>(mixed(dice) >> 33) % range
                              : std::int64_t(i + 1) * (j + 1);
            auto noise = mixed((std::uint64_t(i) << 32 | j) + 1) >> 38;
            edges[j] = {(cost << shift) | static_cast<Cost>(noise), j};
            graph.row.push_back(static_cast<std::int32_t>(i));
            graph.column.push_back(static_cast<std::int32_t>(j));
            graph.cost.push_back(cost);
        }
        std::ranges::sort(edges, {}, &Edge::cost);
        own.add_row(own.add_list(edges, no_cut), cost_max);
    }
    Timed timed;
    auto begin = cpu_seconds();
    own.solve();
    timed.own = cpu_seconds() - begin;
    auto certificate = check_certificate(own);
    expect(certificate.proves_optimum(), "the certificate");
    std::printf("%s %u:", what, size);
    compare(graph, static_cast<std::int64_t>(certificate.cost >> shift), what, timed);
}

struct Options {
    std::string only, picture;
    std::int32_t largest = 20000, smallest = 1000;

    bool wants(const char* part) const { return only.empty() || only == part; }
    bool takes(std::int32_t orders) const { return orders <= largest && orders >= smallest; }
};

Options options_of(int count, char** words) {
    Options out;
    int numbers = 0;
    for (int at = 1; at < count; ++at) {
        std::string word = words[at];
        bool has_value = at + 1 < count;
        if (word == "--only" && has_value) {
            out.only = words[++at];
        } else if (word == "--draw" && has_value) {
            out.picture = words[++at];
        } else {
            (numbers++ ? out.smallest : out.largest) = std::atoi(words[at]);
        }
    }
    return out;
}

void measure(const Options& options) {
    Growth growth;
    if (options.wants("city")) {
        for (std::int32_t orders : {1000, 2000, 5000, 10000, 20000, 50000, 100000}) {
            if (options.takes(orders)) measure_city(orders, orders * 50, {32}, "city", &growth);
        }
    }
    if (options.wants("tight")) {
        for (std::int32_t orders : {2000, 20000, 100000}) {
            if (!options.takes(orders)) continue;
            measure_city(orders, orders * 3, {16, 32, 64}, "tight", nullptr);
        }
    }
    if (options.wants("matrix")) {
        measure_matrix("costs 1..100", 800, 100);
        measure_matrix("costs 1..1000000", 800, 1000000);
        measure_matrix("Machol-Wien", 800, 0);
    }
    if (!options.picture.empty()) {
        hezhi::bench::draw_growth({growth.city, growth.own, growth.simplex, growth.scipy},
                                  options.picture);
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);  // lines come as they are measured
    try {
        measure(options_of(argc, argv));
    } catch (const std::exception& failure) {
        expect(false, failure.what());
    }
    std::printf("differences: %d\n", differences);
    return differences ? 1 : 0;
}
