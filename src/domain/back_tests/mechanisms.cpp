#include "domain/back_tests/mechanisms.h"

#include <algorithm>
#include <map>

#include "domain/certification/certification_figure.h"
#include "domain/grading/grading.h"
#include "domain/needs/need_figure.h"
#include "domain/people/person_figure.h"
#include "domain/records/record_figure.h"
#include "domain/time_bank/earning_figure.h"
#include "rules/working_calendar.h"

namespace hezhi::back_tests {
namespace {

constexpr std::int64_t minutes_of_an_hour = 60;

const std::string late = "late", open = "open", in_time = "in_time";

template <class Figure, class Use>
void each_row(journal::PackFold& fold, Use use) {
    for (const auto& [key, state] : fold.rows(journal::figure<Figure>())) {
        use(*static_cast<const typename Figure::State*>(state.get()));
    }
}

std::string_view path_of_person(journal::PackFold& fold, PersonId person) {
    const auto& rows = fold.rows(journal::figure<people::PersonFigure>());
    auto found = rows.find(person);
    if (found == rows.end()) return "/";
    return static_cast<const people::PersonState*>(found->second.get())->area_path;
}

// --- the time of service: caps and released time

std::int32_t counted_minutes(const records::RecordState& record, const rules::RecordRules& rules) {
    if (record.time_was == TimeWas::employer_released &&
        rules.employer_released == rules::ReleasedTime::refused) {
        return 0;
    }
    return std::min(record.minutes, rules.minutes_max);
}

std::vector<Outcome> service_minutes(journal::PackFold& fold, const Period& period) {
    std::map<PersonId, std::int64_t> minutes;
    each_row<records::RecordFigure>(fold, [&](const records::RecordState& record) {
        if (!record.person || !period.has(record.starts_at)) return;
        minutes[record.person] += counted_minutes(record, fold.pack().records);
    });
    const auto& firsts = fold.pack().back_test.hour_bands;
    auto names = band_names(firsts);
    std::vector<Outcome> outcomes;
    for (const auto& [person, sum] : minutes) {
        auto band = band_of(firsts, sum / minutes_of_an_hour);
        outcomes.push_back({person.value, person, path_of_person(fold, person),
                            static_cast<std::int32_t>(band), names[band], sum});
    }
    return outcomes;
}

// --- clocks

const std::vector<std::string>& clock_bands() {
    static const std::vector<std::string> bands{late, open, in_time};
    return bands;
}

// `done_at`: never, if it was not done.
std::int32_t clock_band(Instant done_at, Instant limit, const Period& period) {
    if (done_at && done_at < period.until) return done_at <= limit ? 2 : 0;
    return limit < period.until ? 0 : 1;
}

Outcome clock_outcome(std::int64_t subject, PersonId person, std::string_view path,
                      std::int32_t band) {
    return {subject, person, path, band, clock_bands()[static_cast<std::size_t>(band)], 0};
}

std::vector<Outcome> record_entry(journal::PackFold& fold, const Period& period) {
    const rules::Pack& pack = fold.pack();
    std::vector<Outcome> outcomes;
    each_row<records::RecordFigure>(fold, [&](const records::RecordState& record) {
        if (!period.has(record.ends_at)) return;
        Instant limit =
            rules::deadline(record.ends_at, pack.records.enter_within, pack.calendar).at;
        outcomes.push_back(clock_outcome(record.id.value, record.person, record.area_path,
                                         clock_band(record.entered_at, limit, period)));
    });
    return outcomes;
}

// Clocks run from the report. A merged need counts with the one that stays; a reopened one has
// clocks of its own round.
std::vector<Outcome> need_clock(journal::PackFold& fold, const Period& period,
                                rules::TimeLimit rules::LimitClass::*limit_of,
                                Instant (*done_at)(const needs::NeedState&)) {
    const rules::Pack& pack = fold.pack();
    std::vector<Outcome> outcomes;
    each_row<needs::NeedFigure>(fold, [&](const needs::NeedState& need) {
        bool counts = need.state != needs::NeedStep::merged && need.reopenings == 0;
        if (!counts || !period.has(need.reported_at)) return;
        const auto* limits = pack.limit_class(label_of(need.priority_class));
        if (!limits) return;
        Instant until = rules::deadline(need.reported_at, limits->*limit_of, pack.calendar).at;
        outcomes.push_back(clock_outcome(need.id.value, need.recipient, need.area_path,
                                         clock_band(done_at(need), until, period)));
    });
    return outcomes;
}

std::vector<Outcome> first_contact(journal::PackFold& fold, const Period& period) {
    return need_clock(fold, period, &rules::LimitClass::first_contact,
                      [](const needs::NeedState& need) { return need.first_contacted_at; });
}

// A need that was referred is handled here with its referral.
std::vector<Outcome> handling(journal::PackFold& fold, const Period& period) {
    return need_clock(fold, period, &rules::LimitClass::handling, [](const needs::NeedState& need) {
        return need.referred_at ? need.referred_at : need.closed_at;
    });
}

// --- stars and time credit, as they stand at the end of the period

std::vector<Outcome> stars(journal::PackFold& fold, const Period&) {
    std::vector<Outcome> outcomes;
    each_row<certification::StarFigure>(fold, [&](const certification::StarState& star) {
        if (!star.registered_at) return;
        outcomes.push_back(
            {star.id.value, star.id, star.area_path, star.stars, std::to_string(star.stars), 0});
    });
    return outcomes;
}

std::vector<std::string> star_bands(const rules::Pack& pack) {
    std::vector<std::string> bands{"0"};
    for (const auto& star : pack.stars.ladder) bands.push_back(std::to_string(star.stars));
    return bands;
}

std::vector<Outcome> time_credit(journal::PackFold& fold, const Period&) {
    const auto& firsts = fold.pack().back_test.hour_bands;
    auto names = band_names(firsts);
    std::vector<Outcome> outcomes;
    each_row<time_bank::EarningFigure>(fold, [&](const time_bank::EarningState& earned) {
        if (earned.services == 0) return;
        auto band = band_of(firsts, earned.credited / minutes_of_an_hour);
        outcomes.push_back({earned.id.value, earned.id, path_of_person(fold, earned.id),
                            static_cast<std::int32_t>(band), names[band], earned.credited});
    });
    return outcomes;
}

// --- colours: the months that were computed, graded again one after the other. What a person must
// still confirm counts as confirmed; the remedial path, which is not the pack's doing, is left out.

constexpr std::size_t grade_bands_kept = 3;

struct Graded {
    GradeSubject subject = GradeSubject::team;
    std::string_view area_path;
    grading::GradeBefore now;
    bool computed = false;
};

void grade_again(Graded& graded, const grading::GradeRunState& run,
                 const rules::ColorGradeRules& rules) {
    grading::GradeWindow window{run.from_at, run.until_at, run.at, graded.subject};
    auto result = grading::grade(run.counts, graded.now, window, rules);
    GradeColor color = result.proposed.value_or(result.color);
    if (color != graded.now.color) graded.now.color_since = run.at;
    graded.now.color = color;
    graded.computed = true;
    if (!result.enough) return;  // a month of too few services counts neither up nor down
    auto& bands = graded.now.bands;
    bands.insert(bands.begin(), result.band);
    if (bands.size() > grade_bands_kept) bands.resize(grade_bands_kept);
}

std::int32_t rank_of(GradeColor color) {
    switch (grading::as_blue(color)) {
        case GradeColor::red:
            return 0;
        case GradeColor::yellow:
            return 1;
        case GradeColor::green:
            return 3;
        default:
            return 2;
    }
}

std::vector<Outcome> colors(journal::PackFold& fold, const Period& period) {
    const auto& rules = fold.pack().color_grades;
    std::map<std::string, std::pair<std::int64_t, Graded>> all;
    each_row<grading::GradeFigure>(fold, [&](const grading::GradeState& grade) {
        all[grade.id] = {grade.subject, {grade.graded, grade.area_path, {}, false}};
    });
    // Rows come in order of their ids, so each subject's months in theirs.
    each_row<grading::GradeRunFigure>(fold, [&](const grading::GradeRunState& run) {
        auto found = all.find(run.graded_id);
        if (found == all.end() || run.at >= period.until) return;
        grade_again(found->second.second, run, rules);
    });
    std::vector<Outcome> outcomes;
    for (const auto& [key, subject] : all) {
        const auto& [id, graded] = subject;
        if (!graded.computed) continue;
        bool person = graded.subject == GradeSubject::person;
        outcomes.push_back({id, person ? PersonId(id) : PersonId(), graded.area_path,
                            rank_of(graded.now.color), std::string(label_of(graded.now.color)), 0});
    }
    return outcomes;
}

std::vector<std::string> color_bands(const rules::Pack&) {
    return {"red", "yellow", "ungraded", "blue", "green"};
}

std::vector<std::string> clock_bands_of(const rules::Pack&) {
    return clock_bands();
}

std::vector<std::string> hour_bands_of(const rules::Pack& pack) {
    return band_names(pack.back_test.hour_bands);
}

journal::Figures record_figures() {
    return {&journal::figure<records::RecordFigure>(), &journal::figure<people::PersonFigure>()};
}

journal::Figures star_figures() {
    return {&journal::figure<certification::StarFigure>()};
}

journal::Figures credit_figures() {
    return {&journal::figure<time_bank::EarningFigure>(), &journal::figure<people::PersonFigure>()};
}

journal::Figures grade_figures() {
    return {&journal::figure<grading::GradeFigure>(), &journal::figure<grading::GradeRunFigure>()};
}

journal::Figures need_figures() {
    return {&journal::figure<needs::NeedFigure>()};
}

}  // namespace

std::vector<std::string> band_names(const std::vector<std::int32_t>& firsts) {
    std::vector<std::string> names;
    std::int32_t first = 0;
    for (std::int32_t next : firsts) {
        bool single = next == first + 1;
        names.push_back(single ? std::to_string(first)
                               : std::to_string(first) + "-" + std::to_string(next - 1));
        first = next;
    }
    names.push_back(std::to_string(first) + "-");
    return names;
}

std::size_t band_of(const std::vector<std::int32_t>& firsts, std::int64_t number) {
    return static_cast<std::size_t>(std::ranges::upper_bound(firsts, number) - firsts.begin());
}

std::span<const Mechanism> mechanisms() {
    static const Mechanism rows[] = {
        {"service_minutes", "计入的服务时长", "service time that counts", "人", "people", true,
         record_figures, service_minutes, hour_bands_of},
        {"record_entry", "服务记录按时录入", "records entered in time", "条记录", "records", false,
         record_figures, record_entry, clock_bands_of},
        {"first_contact", "首次联系按时", "first contact in time", "件需求", "needs", false,
         need_figures, first_contact, clock_bands_of},
        {"handling", "按时办结", "handled in time", "件需求", "needs", false, need_figures,
         handling, clock_bands_of},
        {"stars", "星级", "stars", "名志愿者", "volunteers", false, star_figures, stars,
         star_bands},
        {"time_credit", "存入的时间", "time credited", "人", "people", true, credit_figures,
         time_credit, hour_bands_of},
        {"color_grades", "四色分级", "colour grades", "个分级对象", "teams and persons", false,
         grade_figures, colors, color_bands},
    };
    return rows;
}

const Mechanism* find_mechanism(std::string_view key) {
    auto rows = mechanisms();
    auto found = std::ranges::find(rows, key, &Mechanism::key);
    return found == rows.end() ? nullptr : &*found;
}

std::span<const BandWords> band_words() {
    static constexpr BandWords rows[] = {
        {"late", "超期", "late"},       {"open", "未到期", "not due yet"},
        {"in_time", "按时", "in time"}, {"red", "红色", "red"},
        {"yellow", "黄色", "yellow"},   {"ungraded", "未评", "not graded"},
        {"blue", "蓝色", "blue"},       {"green", "绿色", "green"},
    };
    return rows;
}

}  // namespace hezhi::back_tests
