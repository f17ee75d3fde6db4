#include <algorithm>
#include <set>

#include "rules/pack_sections.h"

namespace hezhi::rules {

namespace {

constexpr std::int32_t score_points = 100;

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

constexpr std::size_t door_words_min = 16;

void read_door(TableReader& row, DispatchRules& out) {
    out.door_clause = row.clause();
    out.door_words = row.texts("words", true);
    std::set<std::string> once(out.door_words.begin(), out.door_words.end());
    if (once.size() != out.door_words.size() || once.size() < door_words_min) {
        row.wrong("words", "应为至少 16 个互不相同的词", "at least 16 words, each once");
    }
}

}  // namespace

void read_dispatch(TableReader& root, Pack& pack) {
    root.table("door_word", [&](TableReader& row) { read_door(row, pack.dispatch); });
    root.table("record_check", [&](TableReader& row) {
        row.clause();
        pack.dispatch.record_check_days = row.integer("holds_days", {30, 1100});
    });
    root.table("score", [&](TableReader& row) { read_score(row, pack.dispatch); });
    root.table("offers", [&](TableReader& row) { read_offers(row, pack, pack.dispatch); });
}

}  // namespace hezhi::rules
