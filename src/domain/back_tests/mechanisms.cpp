#include "domain/back_tests/mechanisms.h"

#include <algorithm>
#include <array>
#include <boost/unordered/unordered_flat_map.hpp>

#include "domain/back_tests/earned_level_figure.h"
#include "domain/back_tests/recount_colors.h"
#include "domain/certification/certification_figure.h"
#include "domain/needs/need_figure.h"
#include "domain/people/person_figure.h"
#include "domain/records/record_figure.h"
#include "domain/time_bank/earning_figure.h"
#include "rules/working_calendar.h"

namespace hezhi::back_tests {
namespace {

constexpr std::int64_t minutes_of_an_hour = 60;

// Minutes by person, as outcomes by the pack's bands of hours.
using MinutesOf = boost::unordered_flat_map<std::int64_t, std::int64_t>;

// Where each of these people belongs; they come in the order of their ids.
void place_people(std::vector<Outcome>& outcomes, const journal::Folded& alike) {
    auto next = outcomes.begin();
    alike.each<people::PersonFigure>([&](const people::PersonState& person) {
        while (next != outcomes.end() && next->person < person.id) ++next;
        if (next != outcomes.end() && next->person == person.id) {
            next->area_path = person.area_path;
        }
    });
}

Outcomes by_hours(const Judged& judged, const MinutesOf& minutes) {
    const auto& firsts = judged.pack().back_test.hour_bands;
    Outcomes outcomes{band_names(firsts), {}};
    for (const auto& [person, sum] : minutes) {
        auto band = band_of(firsts, sum / minutes_of_an_hour);
        outcomes.all.push_back({person, PersonId(person), "/", band, band, sum});
    }
    std::ranges::sort(outcomes.all, {}, &Outcome::subject);
    place_people(outcomes.all, judged.alike);
    return outcomes;
}

// --- the time of service: caps and released time

std::int32_t counted_minutes(const records::RecordState& record, const rules::RecordRules& rules) {
    if (record.time_was == TimeWas::employer_released &&
        rules.employer_released == rules::ReleasedTime::refused) {
        return 0;
    }
    return std::min(record.minutes, rules.minutes_max);
}

Outcomes service_minutes(const Judged& judged, const Period& period) {
    const auto& rules = judged.pack().records;
    MinutesOf minutes;
    judged.alike.each<records::RecordFigure>([&](const records::RecordState& record) {
        if (!record.person || !period.has(record.starts_at)) return;
        minutes[record.person.value] += counted_minutes(record, rules);
    });
    return by_hours(judged, minutes);
}

// --- clocks

const std::vector<std::string> clock_bands{"late", "open", "in_time"};

// `done_at`: never, if it was not done.
std::int32_t clock_band(Instant done_at, Instant limit, const Period& period) {
    if (done_at && done_at < period.until) return done_at <= limit ? 2 : 0;
    return limit < period.until ? 0 : 1;
}

Outcomes record_entry(const Judged& judged, const Period& period) {
    const rules::Pack& pack = judged.pack();
    Outcomes outcomes{clock_bands, {}};
    outcomes.all.reserve(judged.alike.rows(journal::figure<records::RecordFigure>()).size());
    judged.alike.each<records::RecordFigure>([&](const records::RecordState& record) {
        if (!period.has(record.ends_at)) return;
        Instant limit =
            rules::deadline(record.ends_at, pack.records.enter_within, pack.calendar).at;
        auto band = clock_band(record.entered_at, limit, period);
        outcomes.all.push_back({record.id.value, record.person, record.area_path, band, band, 0});
    });
    return outcomes;
}

// Of each class; null where the pack has none.
std::array<const rules::LimitClass*, 4> limit_classes(const rules::Pack& pack) {
    std::array<const rules::LimitClass*, 4> classes{};
    for (auto one : {PriorityClass::P1, PriorityClass::P2, PriorityClass::P3, PriorityClass::P4}) {
        classes[static_cast<std::size_t>(one)] = pack.limit_class(label_of(one));
    }
    return classes;
}

// Clocks run from the report. A merged need counts with the one that stays; a reopened one has
// clocks of its own round.
Outcomes need_clock(const Judged& judged, const Period& period,
                    rules::TimeLimit rules::LimitClass::*limit_of,
                    Instant (*done_at)(const needs::NeedState&)) {
    const auto classes = limit_classes(judged.pack());
    Outcomes outcomes{clock_bands, {}};
    outcomes.all.reserve(judged.alike.rows(journal::figure<needs::NeedFigure>()).size());
    judged.alike.each<needs::NeedFigure>([&](const needs::NeedState& need) {
        bool counts = need.state != needs::NeedStep::merged && need.reopenings == 0;
        if (!counts || !period.has(need.reported_at)) return;
        const auto* limits = classes[static_cast<std::size_t>(need.priority_class)];
        if (!limits) return;
        Instant until =
            rules::deadline(need.reported_at, limits->*limit_of, judged.pack().calendar).at;
        auto band = clock_band(done_at(need), until, period);
        outcomes.all.push_back({need.id.value, need.recipient, need.area_path, band, band, 0});
    });
    return outcomes;
}

Outcomes first_contact(const Judged& judged, const Period& period) {
    return need_clock(judged, period, &rules::LimitClass::first_contact,
                      [](const needs::NeedState& need) { return need.first_contacted_at; });
}

// A need that was referred is handled here with its referral.
Outcomes handling(const Judged& judged, const Period& period) {
    return need_clock(judged, period, &rules::LimitClass::handling,
                      [](const needs::NeedState& need) {
                          return need.referred_at ? need.referred_at : need.closed_at;
                      });
}

// --- stars, certification and time credit, as they stand at the end of the period

Outcomes stars(const Judged& judged, const Period&) {
    Outcomes outcomes{{"0"}, {}};
    std::vector<std::int32_t> steps{0};
    for (const auto& star : judged.pack().stars.ladder) {
        outcomes.bands.push_back(std::to_string(star.stars));
        steps.push_back(star.stars);
    }
    judged.own.each<certification::StarFigure>([&](const certification::StarState& star) {
        if (!star.registered_at) return;
        auto band = std::ranges::find(steps, star.stars) - steps.begin();
        outcomes.all.push_back({star.id.value, star.id, star.area_path, star.stars,
                                static_cast<std::int32_t>(band), 0});
    });
    return outcomes;
}

// By the level, then the licence beside it, then in how many fields.
Outcomes certification_levels(const Judged& judged, const Period& period) {
    constexpr std::int32_t levels = 4, ranks_of_fields = 100;
    Outcomes outcomes;
    for (std::int32_t level = 0; level < levels; ++level) {
        std::string name = "V" + std::to_string(level);
        outcomes.bands.push_back(name);
        outcomes.bands.push_back(name + "+V4");
    }
    judged.own.each<EarnedLevelFigure>([&](const EarnedLevelState& state) {
        if (!state.held.volunteer) return;
        auto earned = earned_at(state, period.until, judged.pack());
        std::int32_t band = 2 * std::min(earned.level, levels - 1) + (earned.professional ? 1 : 0);
        std::int32_t rank = band * ranks_of_fields + std::min(earned.fields, ranks_of_fields - 1);
        outcomes.all.push_back({state.id.value, state.id, state.held.area_path, rank, band, 0});
    });
    return outcomes;
}

Outcomes time_credit(const Judged& judged, const Period&) {
    MinutesOf credited;
    judged.own.each<time_bank::EarningFigure>([&](const time_bank::EarningState& earned) {
        if (earned.services > 0) credited[earned.id.value] = earned.credited;
    });
    return by_hours(judged, credited);
}

// Whether what was used, given or passed on, as it was, is covered by what this pack credits. Of
// the use of time nothing else follows from facts: what people would have done is theirs.
Outcomes time_use(const Judged& judged, const Period&) {
    const rules::TimeBankRules& bank = judged.pack().time_bank;
    bool mutual = bank.model == rules::TimeBankModel::mutual;
    std::int64_t least = mutual ? -bank.overdraft_minutes_max : 0;
    Outcomes outcomes{{"uncovered", "covered"}, {}};
    judged.own.each<time_bank::EarningFigure>([&](const time_bank::EarningState& account) {
        if (account.balance == account.credited) return;  // nothing but what was earned
        std::int32_t band = account.balance < least ? 0 : 1;
        outcomes.all.push_back({account.id.value, account.id, "/", band, band, 0});
    });
    place_people(outcomes.all, judged.alike);
    return outcomes;
}

journal::Figures none() {
    return {};
}

journal::Figures minute_figures() {
    return {&journal::figure<records::RecordFigure>(), &journal::figure<people::PersonFigure>()};
}

journal::Figures record_figures() {
    return {&journal::figure<records::RecordFigure>()};
}

journal::Figures need_figures() {
    return {&journal::figure<needs::NeedFigure>()};
}

journal::Figures star_figures() {
    return {&journal::figure<certification::StarFigure>()};
}

journal::Figures level_figures() {
    return {&journal::figure<EarnedLevelFigure>()};
}

journal::Figures people_figures() {
    return {&journal::figure<people::PersonFigure>()};
}

journal::Figures credit_figures() {
    return {&journal::figure<time_bank::EarningFigure>()};
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

std::int32_t band_of(const std::vector<std::int32_t>& firsts, std::int64_t number) {
    return static_cast<std::int32_t>(std::ranges::upper_bound(firsts, number) - firsts.begin());
}

std::span<const Mechanism> mechanisms() {
    static const Mechanism rows[] = {
        {"service_minutes", "计入的服务时长", "service time that counts", "人", "people", true,
         minute_figures, none, service_minutes},
        {"record_entry", "服务记录按时录入", "records entered in time", "条记录", "records", false,
         record_figures, none, record_entry},
        {"first_contact", "首次联系按时", "first contact in time", "件需求", "needs", false,
         need_figures, none, first_contact},
        {"handling", "按时办结", "handled in time", "件需求", "needs", false, need_figures, none,
         handling},
        {"stars", "星级", "stars", "名志愿者", "volunteers", false, none, star_figures, stars},
        {"certification", "认证等级", "certification", "名志愿者", "volunteers", false, none,
         level_figures, certification_levels, -1, true},
        {"time_credit", "存入的时间", "time credited", "人", "people", true, people_figures,
         credit_figures, time_credit},
        {"time_use", "已用时间是否足额", "time used is covered", "人", "people", false,
         people_figures, credit_figures, time_use},
        {"color_grades", "四色分级", "colour grades", "个分级对象", "teams and persons", false,
         recounted_alike, recounted_own, recounted_colors, ungraded_rank},
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
        {"late", "超期", "late"},
        {"open", "未到期", "not due yet"},
        {"in_time", "按时", "in time"},
        {"red", "红色", "red"},
        {"yellow", "黄色", "yellow"},
        {"ungraded", "未评", "not graded"},
        {"blue", "蓝色", "blue"},
        {"green", "绿色", "green"},
        {"uncovered", "不足", "not covered"},
        {"covered", "足额", "covered"},
    };
    return rows;
}

}  // namespace hezhi::back_tests
