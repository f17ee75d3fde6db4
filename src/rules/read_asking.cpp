#include <algorithm>

#include "rules/pack_sections.h"

namespace hezhi::rules {

const TimeLimit& AskingRules::assess(std::string_view limit_class) const {
    bool urgent = std::ranges::find(urgent_classes, limit_class) != urgent_classes.end();
    return urgent ? assess_within_urgent : assess_within;
}

void read_asking(TableReader& root, Pack& pack) {
    AskingRules& asking = pack.asking;
    root.table("assessment", [&](TableReader& row) {
        asking.assessment_clause = row.clause();
        asking.assess_within = row.time_limit("within");
        asking.assess_within_urgent = row.time_limit("within_urgent");
        asking.urgent_classes = row.texts("urgent_classes", true);
        for (const auto& key : asking.urgent_classes) {
            if (!pack.limit_class(key) && !pack.limit_classes.empty()) {
                row.wrong("urgent_classes", "应为 time_limits.toml 中的等级",
                          "classes of time_limits.toml");
            }
        }
    });
    root.table("referral", [&](TableReader& row) {
        asking.referral_clause = row.clause();
        asking.receipt_within = row.time_limit("receipt_within");
        asking.remind_every = row.time_limit("remind_every");
    });
    root.table("merging", [&](TableReader& row) {
        asking.merging_clause = row.clause();
        asking.suggest_within = row.time_limit("suggest_within");
        asking.undo_within = row.time_limit("undo_within");
        asking.similar_percent = row.integer("similar_percent", {1, 100});
    });
    root.table("protection", [&](TableReader& row) {
        asking.protection_clause = row.clause();
        asking.answer_within = row.time_limit("answer_within");
    });
    root.table("plans", [&](TableReader& row) {
        asking.plans_clause = row.clause();
        asking.make_ahead = row.time_limit("make_ahead");
        asking.plan_days_max = row.integer("lasts_days_max", {1, 3660});
    });
}

}  // namespace hezhi::rules
