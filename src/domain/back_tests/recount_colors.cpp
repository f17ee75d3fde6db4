#include "domain/back_tests/recount_colors.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <map>
#include <span>

#include "domain/people/person_figure.h"

namespace hezhi::back_tests {
namespace {

using grading::GradedIncidentFigure;
using grading::GradedIncidentState;
using grading::GradedMemberFigure;
using grading::GradedMemberState;
using grading::GradedReviewFigure;
using grading::GradedReviewState;
using grading::GradedService;
using grading::GradedServiceFigure;
using grading::GradedServiceState;
using grading::GradeFigure;
using grading::GradeRunFigure;
using grading::GradingMonthFigure;

constexpr std::size_t grade_bands_kept = 3;

// Rows of the folds by an id that they are looked up by.
template <class State>
using RowsOf = boost::unordered_flat_map<std::int64_t, std::vector<const State*>>;

template <class State>
std::span<const State* const> found_in(const RowsOf<State>& rows, std::int64_t id) {
    auto found = rows.find(id);
    if (found == rows.end()) return {};
    return found->second;
}

// Everything that a month may count, as the pack judges it.
struct CountedRows {
    RowsOf<GradedServiceState> services;                                        // by person
    RowsOf<GradedIncidentState> incidents;                                      // by person
    RowsOf<GradedMemberState> members;                                          // by team
    boost::unordered_flat_map<std::int64_t, const GradedReviewState*> reviews;  // by order

    explicit CountedRows(const Judged& judged) {
        judged.own.each<GradedServiceFigure>(
            [&](const GradedServiceState& row) { services[row.person.value].push_back(&row); });
        judged.own.each<GradedIncidentFigure>(
            [&](const GradedIncidentState& row) { incidents[row.person.value].push_back(&row); });
        judged.alike.each<GradedMemberFigure>(
            [&](const GradedMemberState& row) { members[row.organization.value].push_back(&row); });
        judged.alike.each<GradedReviewFigure>(
            [&](const GradedReviewState& row) { reviews[row.id.value] = &row; });
    }

    GradedService reviewed(const GradedServiceState& service) const {
        GradedService one;
        one.service = service;
        auto found = reviews.find(service.order_id.value);
        if (found == reviews.end()) return one;
        one.resolution = found->second->resolution;
        one.satisfaction = found->second->satisfaction;
        one.reviewed_at = found->second->reviewed_at;
        return one;
    }
};

// What was served by one subject, and what was put down to it. As queries.sql of grading.
struct SubjectsRows {
    std::vector<GradedService> services;
    std::vector<GradedIncidentState> incidents;

    SubjectsRows(const CountedRows& all, GradeSubject graded, std::int64_t subject) {
        if (graded == GradeSubject::person) {
            add(all, subject, [](Instant) { return true; });
            return;
        }
        for (const GradedMemberState* member : found_in(all.members, subject)) {
            add(all, member->person.value, [&](Instant at) {
                return member->joined_at <= at && (!member->left_at || member->left_at > at);
            });
        }
    }

  private:
    template <class Belongs>
    void add(const CountedRows& all, std::int64_t person, Belongs belongs) {
        for (const GradedServiceState* row : found_in(all.services, person)) {
            if (belongs(row->starts_at)) services.push_back(all.reviewed(*row));
        }
        for (const GradedIncidentState* row : found_in(all.incidents, person)) {
            if (belongs(row->settled_at)) incidents.push_back(*row);
        }
    }
};

// When a month was computed, and its end.
struct GradedMonth {
    Instant until;
    Instant at;
    std::int64_t position = INT64_MAX;  // of the journal as it was read, if it was computed
};

// Of whom which months are graded.
struct SubjectMonths {
    GradeSubject graded = GradeSubject::team;
    std::int64_t subject = 0;
    std::string_view area_path;
    std::vector<GradedMonth> months;
};

using SubjectsByKey = std::map<std::string, SubjectMonths>;

SubjectsByKey graded_before(const Judged& judged, Instant until) {
    SubjectsByKey all;
    judged.alike.each<GradeFigure>([&](const grading::GradeState& grade) {
        all[grade.id] = {grade.graded, grade.subject, grade.area_path, {}};
    });
    // Rows come in order of their ids, so each subject's months in theirs.
    judged.alike.each<GradeRunFigure>([&](const grading::GradeRunState& run) {
        auto found = all.find(run.graded_id);
        if (found == all.end() || run.at >= until) return;
        found->second.months.push_back({run.until_at, run.at, run.position});
    });
    return all;
}

// Every month that was graded of anybody, in order.
std::map<Instant, Instant> months_of_all(const Judged& judged, Instant until) {
    std::map<Instant, Instant> months;  // when each was computed, by its end
    judged.alike.each<GradingMonthFigure>([&](const grading::GradingMonthState& month) {
        if (month.until_at < until) months.emplace(month.until_at, month.until_at);
    });
    judged.alike.each<GradeRunFigure>([&](const grading::GradeRunState& run) {
        if (run.at < until) months[run.until_at] = std::max(months[run.until_at], run.at);
    });
    return months;
}

// Adult volunteers whom no pack has graded so far, from the first month in which they had served.
void add_persons_never_graded(SubjectsByKey& all, const Judged& judged, const CountedRows& rows,
                              Instant until) {
    auto months = months_of_all(judged, until);
    judged.alike.each<people::PersonFigure>([&](const people::PersonState& person) {
        bool adult = person.age_years.value_or(0) >= judged.pack().dispatch.adult_from_years;
        auto services = found_in(rows.services, person.id.value);
        if (!person.volunteer || !adult || services.empty()) return;
        auto key = grading::grade_key(GradeSubject::person, person.id.value);
        if (all.contains(key)) return;
        SubjectMonths subject{GradeSubject::person, person.id.value, person.area_path, {}};
        for (const auto& [month, at] : months) {
            // As the monthly run: who served longer ago is not graded first.
            Instant first = grading::months_before(month, grading::months_read);
            bool served = std::ranges::any_of(services, [&](const GradedServiceState* row) {
                return row->ends_at >= first && row->ends_at < month;
            });
            if (served || !subject.months.empty()) subject.months.push_back({month, at});
        }
        if (!subject.months.empty()) all.emplace(std::move(key), std::move(subject));
    });
}

RecountedMonth grade_month(grading::GradeBefore& now, const SubjectsRows& rows,
                           const SubjectMonths& subject, const GradedMonth& month,
                           const rules::ColorGradeRules& rules) {
    grading::GradeWindow window{month.until - std::chrono::days(rules.window_days), month.until,
                                month.at, subject.graded, month.position};
    RecountedMonth out;
    out.until = month.until;
    out.counts = grading::count(rows.services, rows.incidents, window, rules);
    auto result = grading::grade(out.counts, now, window, rules);
    out.color = result.proposed.value_or(result.color);
    if (out.color != now.color) now.color_since = month.at;
    now.color = out.color;
    if (!result.enough) return out;  // a month of too few services counts neither up nor down
    now.bands.insert(now.bands.begin(), result.band);
    if (now.bands.size() > grade_bands_kept) now.bands.resize(grade_bands_kept);
    return out;
}

struct ColorBand {
    GradeColor color;
    std::int32_t rank;
};
// Who was not graded stands with the blue; worst first.
constexpr ColorBand color_bands[] = {{GradeColor::red, 0},
                                     {GradeColor::yellow, 1},
                                     {GradeColor::ungraded, ungraded_rank},
                                     {GradeColor::blue, ungraded_rank},
                                     {GradeColor::green, 3}};

}  // namespace

std::vector<RecountedGrade> recounted_grades(const Judged& judged, Instant until) {
    const auto& rules = judged.pack().color_grades;
    CountedRows rows(judged);
    auto all = graded_before(judged, until);
    if (rules.persons) add_persons_never_graded(all, judged, rows, until);
    std::vector<RecountedGrade> out;
    for (const auto& [key, subject] : all) {
        if (subject.months.empty()) continue;
        RecountedGrade grade{subject.graded, subject.subject, subject.area_path, {}};
        bool graded = subject.graded == GradeSubject::team ? rules.teams : rules.persons;
        if (graded) {
            SubjectsRows counted(rows, subject.graded, subject.subject);
            grading::GradeBefore now;
            for (const GradedMonth& month : subject.months) {
                grade.months.push_back(grade_month(now, counted, subject, month, rules));
            }
        }
        out.push_back(std::move(grade));
    }
    return out;
}

Outcomes recounted_colors(const Judged& judged, const Period& period) {
    Outcomes outcomes;
    for (const auto& row : color_bands) outcomes.bands.emplace_back(label_of(row.color));
    for (const auto& grade : recounted_grades(judged, period.until)) {
        auto color = grade.months.empty() ? GradeColor::ungraded : grade.months.back().color;
        const auto* band = std::ranges::find(color_bands, color, &ColorBand::color);
        PersonId person(grade.graded == GradeSubject::person ? grade.subject : 0);
        outcomes.all.push_back({grade.subject, person, grade.area_path, band->rank,
                                static_cast<std::int32_t>(band - color_bands), 0});
    }
    return outcomes;
}

journal::Figures recounted_alike() {
    return {&journal::figure<GradeFigure>(),        &journal::figure<GradeRunFigure>(),
            &journal::figure<GradingMonthFigure>(), &journal::figure<GradedReviewFigure>(),
            &journal::figure<GradedMemberFigure>(), &journal::figure<people::PersonFigure>()};
}

journal::Figures recounted_own() {
    return {&journal::figure<GradedServiceFigure>(), &journal::figure<GradedIncidentFigure>()};
}

}  // namespace hezhi::back_tests
