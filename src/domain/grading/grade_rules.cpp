#include "domain/grading/grade_rules.h"

#include <algorithm>

#include "rules/working_calendar.h"

namespace hezhi::grading {
namespace {

constexpr std::int64_t whole = 10000;  // 100.00 %

// n/d in hundredths of a per cent, halves up; -1 of nothing.
std::int32_t share(std::int64_t n, std::int64_t d) {
    if (d <= 0) return -1;
    return static_cast<std::int32_t>((2 * n * whole + d) / (2 * d));
}

std::chrono::year_month month_of(Instant at) {
    std::chrono::sys_days day{std::chrono::days(day_of(at).number)};
    std::chrono::year_month_day date(day);
    return date.year() / date.month();
}

Instant start_of_month(std::chrono::year_month month) {
    std::chrono::sys_days first(month / std::chrono::day(1));
    return start_of(Day{static_cast<std::int32_t>(first.time_since_epoch().count())});
}

std::int32_t satisfaction_share(const GradeCounts& counts, const rules::ColorGradeRules& rules) {
    // Each review is worth sum/5; the assumed ones are worth prior_percent.
    std::int64_t n = std::int64_t{counts.satisfaction_sum} * 20 +
                     std::int64_t{rules.prior_reviews} * rules.prior_percent;
    std::int64_t d = (std::int64_t{counts.reviews} + rules.prior_reviews) * 100;
    return share(n, d);
}

GradeParts parts_of(const GradeCounts& counts, GradeSubject graded,
                    const rules::ColorGradeRules& rules) {
    GradeParts parts;
    std::int32_t weighed = counts.accepted + counts.no_shows * (rules.no_show_counts - 1);
    parts.fulfilment = share(counts.completed + counts.given_back, weighed);
    parts.satisfaction = satisfaction_share(counts, rules);
    parts.safety = static_cast<std::int32_t>(
        whole - std::min<std::int64_t>(whole, counts.incident_percent * 100));
    bool records = graded == GradeSubject::team || rules.records_of_persons;
    if (records) parts.record_compliance = share(counts.records_in_time, counts.records_due);
    parts.continuity = share(std::min(counts.months_active, rules.months_full), rules.months_full);
    auto weights = weights_of(parts, rules);
    std::int64_t sum = 0;
    sum += std::int64_t{weights.fulfilment} * parts.fulfilment;
    sum += std::int64_t{weights.satisfaction} * parts.satisfaction;
    sum += std::int64_t{weights.safety} * parts.safety;
    sum += std::int64_t{weights.record_compliance} * parts.record_compliance;
    sum += std::int64_t{weights.continuity} * parts.continuity;
    if (weights.all > 0) {
        parts.score = static_cast<std::int32_t>((2 * sum + weights.all) / (2 * weights.all));
    }
    return parts;
}

bool bites(const rules::GradeGate& gate, const GradeCounts& counts) {
    if (gate.key == "no_shows") return counts.no_shows >= gate.from;
    if (gate.key == "unresolved") {
        std::int32_t answers = counts.resolved + counts.unresolved;
        return answers >= gate.from && counts.resolved * 100 < gate.limit * answers;
    }
    return counts.reviews >= gate.from && counts.satisfaction_sum <= gate.limit * counts.reviews;
}

// The colour after `up_runs` runs in a row above it: the least of them.
GradeColor risen(GradeColor color, std::span<const GradeColor> bands, std::int32_t up_runs) {
    if (std::ssize(bands) < up_runs) return color;
    auto row = bands.first(static_cast<std::size_t>(up_runs));
    return std::max(color, *std::ranges::min_element(row));
}

std::optional<GradeColor> fallen(GradeColor color, std::span<const GradeColor> bands,
                                 const rules::ColorGradeRules& rules) {
    std::size_t looked_at = std::min(bands.size(), static_cast<std::size_t>(rules.down_of));
    std::int32_t below = 0;
    GradeColor best = GradeColor::red;
    for (GradeColor band : bands.first(looked_at)) {
        if (band >= color) continue;
        ++below;
        best = std::max(best, band);
    }
    return below >= rules.down_runs ? std::optional(best) : std::nullopt;
}

// While dispatch is suspended few services or none are left in the window: a month that says
// nothing keeps nobody red.
bool leaves_red(const GradeResult& month, const GradeBefore& before, const GradeWindow& window,
                const rules::ColorGradeRules& rules) {
    bool long_enough = window.until >= before.color_since + std::chrono::days(rules.red_days_min);
    return long_enough && month.band != GradeColor::red;
}

}  // namespace

Instant month_start(Instant at) {
    return start_of_month(month_of(at));
}

Instant months_before(Instant start, int months) {
    return start_of_month(month_of(start) - std::chrono::months(months));
}

CountedAs counted_as(const GradedService& one, Instant at, std::int64_t position) {
    if (!one.service.known_at || one.service.known_at > at) return CountedAs::outcome_unknown;
    if (one.service.false_at && one.service.false_at <= at) return CountedAs::proven_false;
    bool excusable = one.service.outcome == ServiceOutcome::no_show ||
                     one.service.outcome == ServiceOutcome::given_back_late;
    bool excused = one.service.excused_at && one.service.excused_at <= at;
    if (excusable && excused && one.service.excuse <= position) return CountedAs::excused;
    switch (one.service.outcome) {
        case ServiceOutcome::completed:
            return CountedAs::completed;
        case ServiceOutcome::no_show:
            return CountedAs::no_show;
        case ServiceOutcome::given_back:
            return CountedAs::given_back;
        case ServiceOutcome::given_back_late:
            return CountedAs::given_back_late;
        case ServiceOutcome::withdrawn:
            return CountedAs::order_cancelled;
        case ServiceOutcome::reassigned:
            return CountedAs::reassigned;
        case ServiceOutcome::none:
            break;
    }
    return CountedAs::outcome_unknown;
}

bool is_excusable(const GradedServiceState& service, const rules::Pack& pack, Instant now) {
    const auto& within = pack.color_grades.excuse_within;
    bool blamed = service.outcome == ServiceOutcome::no_show ||
                  service.outcome == ServiceOutcome::given_back_late;
    return within && blamed && !service.excused_at &&
           now <= rules::deadline(service.ends_at, *within, pack.calendar).at;
}

bool review_counts(const GradedService& one, Instant at) {
    // Whoever could not be reached has said nothing.
    return counted_as(one, at) == CountedAs::completed && one.reviewed_at &&
           one.reviewed_at <= at && one.resolution != Resolution::not_answered;
}

std::optional<bool> record_in_time(const GradedServiceState& service, CountedAs as, Instant at) {
    bool due = service.record_until <= at;
    bool completed = as == CountedAs::completed;
    if (completed && service.known_at <= service.record_until) return true;
    return due && (completed || as == CountedAs::outcome_unknown) ? std::optional(false)
                                                                  : std::nullopt;
}

void Counting::note_month(Instant ends_at) {
    if (ends_at >= month_from_ && ends_at < month_until_) return;
    month_from_ = month_start(ends_at);
    month_until_ = months_before(month_from_, -1);
    if (std::ranges::find(months_, month_from_) != months_.end()) return;
    months_.push_back(month_from_);
    ++counted_.months_active;
}

void Counting::add(const GradedService& one) {
    const auto& service = one.service;
    if (service.ends_at >= window_.until || service.ends_at < begin()) return;
    CountedAs as = counted_as(one, window_.at, window_.position);
    if (as == CountedAs::completed && service.ends_at >= look_back_) note_month(service.ends_at);
    bool nobodys =
        as == CountedAs::order_cancelled || as == CountedAs::reassigned || as == CountedAs::excused;
    if (service.ends_at < window_.from || nobodys) return;
    if (auto in_time = record_in_time(service, as, window_.at)) {
        ++counted_.records_due;
        counted_.records_in_time += *in_time ? 1 : 0;
    }
    if (!hezhi::grading::counts(as)) return;
    ++counted_.accepted;
    counted_.completed += as == CountedAs::completed ? 1 : 0;
    counted_.given_back += as == CountedAs::given_back ? 1 : 0;
    counted_.no_shows += as == CountedAs::no_show ? 1 : 0;
    if (!review_counts(one, window_.at)) return;
    ++counted_.reviews;
    counted_.satisfaction_sum += one.satisfaction;
    counted_.resolved += one.resolution == Resolution::resolved ? 1 : 0;
    counted_.unresolved += one.resolution == Resolution::not_resolved ? 1 : 0;
}

void Counting::add(const GradedIncidentState& incident) {
    if (incident.settled_at < window_.from || incident.settled_at >= window_.until) return;
    ++counted_.incidents;
    counted_.incident_percent += incident.percent;
}

GradeCounts count(std::span<const GradedService> services,
                  std::span<const GradedIncidentState> incidents, const GradeWindow& window,
                  const rules::ColorGradeRules& rules) {
    Counting counting(window, rules);
    for (const auto& one : services) counting.add(one);
    for (const auto& one : incidents) counting.add(one);
    return counting.counts();
}

PartWeights weights_of(const GradeParts& parts, const rules::ColorGradeRules& rules) {
    PartWeights out;
    auto take = [&](std::int32_t& weight, std::int32_t part, std::int32_t full) {
        if (part >= 0) out.all += weight = full;
    };
    take(out.fulfilment, parts.fulfilment, rules.fulfilment);
    take(out.satisfaction, parts.satisfaction, rules.satisfaction);
    take(out.safety, parts.safety, rules.safety);
    take(out.record_compliance, parts.record_compliance, rules.record_compliance);
    take(out.continuity, parts.continuity, rules.continuity);
    return out;
}

std::array<std::int32_t, 5> points_of(const GradeParts& parts,
                                      const rules::ColorGradeRules& rules) {
    std::array<std::int32_t, 5> points{};
    auto weights = weights_of(parts, rules);
    if (weights.all <= 0) return points;
    const std::int32_t products[] = {
        weights.fulfilment * parts.fulfilment, weights.satisfaction * parts.satisfaction,
        weights.safety * parts.safety, weights.record_compliance * parts.record_compliance,
        weights.continuity * parts.continuity};
    std::array<std::size_t, 5> most_cut{0, 1, 2, 3, 4};
    std::ranges::stable_sort(most_cut, std::ranges::greater{},
                             [&](std::size_t part) { return products[part] % weights.all; });
    std::int32_t left = parts.score;
    for (std::size_t part = 0; part < points.size(); ++part) {
        left -= points[part] = products[part] / weights.all;
    }
    for (std::size_t part : most_cut) {
        if (left-- > 0) ++points[part];
    }
    return points;
}

bool is_good_service(const GradedService& one, Instant since, Instant at,
                     const rules::ColorGradeRules& rules) {
    return one.service.starts_at >= since && review_counts(one, at) &&
           one.satisfaction >= rules.satisfaction_min;
}

std::int32_t good_services(std::span<const GradedService> services, Instant since, Instant at,
                           const rules::ColorGradeRules& rules) {
    return static_cast<std::int32_t>(std::ranges::count_if(
        services, [&](const auto& one) { return is_good_service(one, since, at, rules); }));
}

GradeColor band_of(std::int32_t score, const rules::ColorGradeRules& rules) {
    if (score >= rules.green_from * 100) return GradeColor::green;
    if (score >= rules.blue_from * 100) return GradeColor::blue;
    if (score >= rules.yellow_from * 100) return GradeColor::yellow;
    return GradeColor::red;
}

GradeResult grade(const GradeCounts& counts, const GradeBefore& before, const GradeWindow& window,
                  const rules::ColorGradeRules& rules) {
    GradeResult out;
    out.color = before.color;
    out.parts = parts_of(counts, window.graded, rules);
    bool team = window.graded == GradeSubject::team;
    out.enough = counts.accepted >= (team ? rules.team_services_min : rules.person_services_min);
    for (const auto& gate : rules.gates) {
        if (bites(gate, counts)) out.gates.push_back(gate.key);
    }
    if (out.enough) {
        out.band = band_of(out.parts.score, rules);
        for (const auto& key : out.gates) out.band = std::min(out.band, rules.gate(key)->at_most);
    }
    if (before.undecided) return out;

    GradeColor color = as_blue(before.color);
    if (color == GradeColor::red) {
        if (leaves_red(out, before, window, rules)) out.color = GradeColor::yellow;
        return out;
    }
    out.remedied = color == GradeColor::yellow &&
                   before.remedial_minutes >= rules.training_minutes &&
                   before.good_services >= rules.good_services;
    // What led to yellow stays in the window for long: the way back asks the month for nothing.
    GradeColor up = out.remedied ? GradeColor::blue : color;
    std::vector<GradeColor> bands{out.band};
    bands.insert(bands.end(), before.bands.begin(), before.bands.end());
    if (out.enough) up = std::max(up, risen(color, bands, rules.up_runs));
    // The first month that is good enough ends 未评.
    if (up > color || (out.enough && out.band >= color)) {
        out.color = up;
        return out;
    }
    if (out.enough) out.proposed = fallen(color, bands, rules);
    return out;
}

std::vector<std::string> reasons_down(const GradeResult& result,
                                      const rules::ColorGradeRules& rules) {
    std::vector<std::string> reasons = result.gates;
    bool by_score = band_of(result.parts.score, rules) <= result.proposed;
    if (by_score || reasons.empty()) reasons.insert(reasons.begin(), "score");
    return reasons;
}

}  // namespace hezhi::grading
