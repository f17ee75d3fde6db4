#include <algorithm>
#include <set>

#include "rules/pack_sections.h"

namespace hezhi::rules {

namespace {

constexpr std::int32_t score_points = 100;
constexpr std::int32_t day_minutes = 1440;

void read_score(TableReader& row, DispatchRules& out) {
    out.score_clause = row.clause();
    out.distance = row.integer("distance", {0, score_points});
    out.continuity = row.integer("continuity", {0, score_points});
    out.skill_fit = row.integer("skill_fit", {0, score_points});
    out.fairness = row.integer("fairness", {0, score_points});
    out.preference = row.integer("preference", {0, score_points});
    auto sum = out.distance + out.continuity + out.skill_fit + out.fairness + out.preference;
    if (sum != score_points) {
        row.wrong("", "五项分值之和应为 100，现为 " + std::to_string(sum),
                  "the five points to add up to 100; they add up to " + std::to_string(sum));
    }
    out.closeness_percent = row.integers("closeness_percent", {0, 100});
    if (!std::ranges::is_sorted(out.closeness_percent, std::ranges::greater{})) {
        row.wrong("closeness_percent", "应由近及远递减", "shares that fall with the distance");
    }
    out.fairness_minutes_full = row.integer("fairness_minutes_full", {1, 44640});
    out.preference_unstated_percent = row.integer("preference_unstated_percent", {0, 100});
}

void read_offers(TableReader& row, const Pack& pack, DispatchRules& out) {
    out.offers_clause = row.clause();
    out.offers_at_a_time = row.integer("offers_at_a_time", {1, 100});
    out.adult_from_years = row.integer("adult_from_years", {14, 25});
    std::int32_t last = 0;
    row.rows("widening", true, [&](TableReader& step) {
        WideningStep widening{step.integer("at_percent", {1, 99}), step.text("reach")};
        if (widening.at_percent <= last) {
            step.wrong("at_percent", "应逐级增大", "a greater share than the step before");
        }
        last = widening.at_percent;
        // Without any kind area_kinds.toml itself was at fault, and says so.
        bool known = widening.reach == "staff" || pack.area_kind(widening.reach);
        if (!known && !pack.area_kinds.empty() && !widening.reach.empty()) {
            step.wrong("reach", "应为 area_kinds.toml 中的一级区域，或 staff",
                       "a kind of area_kinds.toml, or staff");
        }
        out.widening.push_back(std::move(widening));
    });
}

void read_batch(TableReader& row, const Pack& pack, DispatchRules& out) {
    out.batch_clause = row.clause();
    out.empty_points = row.integer("empty_points", {score_points + 1, 10000});
    out.empty_points_per_day = row.integer("empty_points_per_day", {0, 1000});
    out.empty_points_max = row.integer("empty_points_max", {score_points + 1, 100000});
    row.rows("urgency", true, [&](TableReader& its) {
        auto key = its.text("class");
        if (!key.empty() && !pack.limit_class(key)) {
            its.wrong("class", "应为 time_limits.toml 中的一类", "a class of time_limits.toml");
        }
        out.urgency_points[key] = its.integer("points", {0, 10000});
    });
    out.leader_from_risk = row.choice<RiskLevel>("leader_from_risk");
    out.experienced_certification_min =
        row.integer("experienced_certification_min", {0, certification_max});
    out.experienced_orders_min = row.integer("experienced_orders_min", {1, 10000});
}

void read_day_plan(TableReader& row, DispatchRules& out) {
    out.day_clause = row.clause();
    out.travel_minutes = row.integers("travel_minutes", {0, 600});
    if (out.travel_minutes.empty() || !std::ranges::is_sorted(out.travel_minutes)) {
        row.wrong("travel_minutes", "应由近及远递增", "minutes that rise with the distance");
    }
}

std::int32_t read_minute(TableReader& row, const std::string& key) {
    auto minute = minute_of_day(row.text(key));
    if (!minute) row.wrong(key, "应为时刻，如 \"20:00\"", "a time of day such as \"20:00\"");
    return minute.value_or(0);
}

void read_day_parts(TableReader& row, DispatchRules& out) {
    out.day_parts_clause = row.clause();
    out.afternoon_from_minute = read_minute(row, "afternoon_from");
    out.evening_from_minute = read_minute(row, "evening_from");
    if (out.evening_from_minute <= out.afternoon_from_minute) {
        row.wrong("evening_from", "应晚于 afternoon_from", "later than afternoon_from");
    }
}

constexpr std::size_t door_words_min = 16;

void read_door(TableReader& row, DispatchRules& out) {
    out.door_clause = row.clause();
    out.door_words = row.texts("words", true);
    std::set<std::string> once(out.door_words.begin(), out.door_words.end());
    if (once.size() != out.door_words.size() || once.size() < door_words_min) {
        row.wrong("words", "应为至少 16 个互不相同的词", "at least 16 words, each once");
    }
}

DailyHours read_hours(TableReader& row) {
    DailyHours hours{read_minute(row, "from"), read_minute(row, "until")};
    if (hours.from_minute == hours.until_minute) {
        row.wrong("until", "应与开始时刻不同", "another time than the beginning");
    }
    return hours;
}

void read_night(TableReader& row, const Pack& pack, NightRules& out) {
    out.clause = row.clause();
    out.hours = read_hours(row);
    for (auto& key : row.texts("only_classes", true)) {
        if (!pack.limit_classes.empty() && !pack.limit_class(key)) {
            row.wrong("only_classes", "应为 time_limits.toml 中的时限类别",
                      "classes of time_limits.toml");
        }
        out.only_classes.push_back(key);
    }
}

}  // namespace

void read_dispatch(TableReader& root, Pack& pack) {
    // A pack that was published before these sections existed still reads: without a limit, and
    // with the values of pack.h.
    if (root.has("load")) {
        root.table("load", [&](TableReader& row) {
            pack.dispatch.load_clause = row.clause();
            pack.dispatch.load_days = row.integer_or("days", {1, 366}, pack.dispatch.load_days);
            std::int32_t days = pack.dispatch.load_days > 0 ? pack.dispatch.load_days : 366;
            pack.dispatch.load_minutes_max = row.integer("minutes_max", {60, days * day_minutes});
        });
    }
    if (root.has("batch")) {
        root.table("batch", [&](TableReader& row) { read_batch(row, pack, pack.dispatch); });
    }
    if (root.has("day_plan")) {
        root.table("day_plan", [&](TableReader& row) { read_day_plan(row, pack.dispatch); });
    }
    if (root.has("day_parts")) {
        root.table("day_parts", [&](TableReader& row) { read_day_parts(row, pack.dispatch); });
    }
    root.table("door_word", [&](TableReader& row) { read_door(row, pack.dispatch); });
    // Before there were checks of other kinds; checks.toml overrules it.
    if (root.has("record_check")) {
        root.table("record_check", [&](TableReader& row) {
            BackgroundCheck check;
            check.key = crime_record_check;
            check.clause = row.clause();
            check.name = check.clause.says;
            check.holds_days = row.integer("holds_days", {30, 1100});
            check.noted_by = {"street_staff"};
            pack.checks.push_back(std::move(check));
        });
    }
    root.table("two_people", [&](TableReader& row) {
        pack.dispatch.two_people.clause = row.clause();
        pack.dispatch.two_people.night = read_hours(row);
        pack.dispatch.two_people.risk_from = row.choice<RiskLevel>("risk_from");
    });
    root.table("night", [&](TableReader& row) { read_night(row, pack, pack.dispatch.night); });
    root.table("score", [&](TableReader& row) { read_score(row, pack.dispatch); });
    root.table("offers", [&](TableReader& row) { read_offers(row, pack, pack.dispatch); });
}

}  // namespace hezhi::rules
