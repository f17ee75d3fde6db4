#include <algorithm>

#include "rules/pack_sections.h"

namespace hezhi::rules {

const TimeLimit& AskingRules::assess(std::string_view limit_class) const {
    bool urgent = std::ranges::find(urgent_classes, limit_class) != urgent_classes.end();
    return urgent ? assess_within_urgent : assess_within;
}

std::int32_t AskingRules::case_weight(std::string_view limit_class) const {
    bool heavy = std::ranges::find(heavy_classes, limit_class) != heavy_classes.end();
    return heavy ? heavy_weight : 1;
}

namespace {

void check_classes(TableReader& row, const Pack& pack, const std::string& key,
                   const std::vector<std::string>& classes) {
    for (const auto& name : classes) {
        if (!pack.limit_class(name) && !pack.limit_classes.empty()) {
            row.wrong(key, "应为 time_limits.toml 中的等级", "classes of time_limits.toml");
        }
    }
}

// Packs that were published before these sections existed still read: without them.
void read_asked_often(TableReader& root, Pack& pack) {
    AskingRules& asking = pack.asking;
    if (root.has("projects")) {
        root.table("projects", [&](TableReader& row) {
            asking.projects_clause = row.clause();
            asking.project_needs_min = row.integer("needs_min", {2, 1000});
            asking.project_within_days = row.integer("within_days", {1, 366});
            asking.project_kind = row.text("area_kind");
            asking.project_class = row.text("class");
            asking.project_what = row.words("what");
            check_classes(row, pack, "class", {asking.project_class});
            if (!pack.area_kind(asking.project_kind) && !pack.area_kinds.empty()) {
                row.wrong("area_kind", "应为 area_kinds.toml 中的一级区域",
                          "a kind of area_kinds.toml");
            }
        });
    }
    if (root.has("phone_checks")) {
        root.table("phone_checks", [&](TableReader& row) {
            asking.phone_checks_clause = row.clause();
            asking.absences_min = row.integer("absences_min", {1, 100});
            asking.absences_within_days = row.integer("within_days", {1, 366});
            asking.phone_check_except = row.texts("except_classes", true);
            check_classes(row, pack, "except_classes", asking.phone_check_except);
        });
    }
    if (root.has("revisits")) {
        root.table("revisits", [&](TableReader& row) {
            asking.revisits_clause = row.clause();
            asking.revisit_all = row.texts("all_classes", true);
            asking.revisit_percent = row.integer("sample_percent", {0, 100});
            check_classes(row, pack, "all_classes", asking.revisit_all);
        });
    }
}

}  // namespace

void read_asking(TableReader& root, Pack& pack) {
    AskingRules& asking = pack.asking;
    root.table("secrecy", [&](TableReader& row) {
        asking.secrecy_clause = row.clause();
        asking.sealed_kind = row.text("sealed_kind");
        if (!pack.area_kind(asking.sealed_kind) && !pack.area_kinds.empty()) {
            row.wrong("sealed_kind", "应为 area_kinds.toml 中的一级区域",
                      "a kind of area_kinds.toml");
        }
    });
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
    // A pack that was published before this section existed still reads: without a limit.
    if (root.has("case_load")) {
        root.table("case_load", [&](TableReader& row) {
            asking.case_load_clause = row.clause();
            asking.case_load_max = row.integer("weighted_max", {1, 1000});
            asking.case_load_warn_from = row.integer("warn_from", {1, 1000});
            asking.heavy_weight = row.integer("heavy_weight", {1, 10});
            asking.heavy_classes = row.texts("heavy_classes", true);
            if (asking.case_load_warn_from > asking.case_load_max) {
                row.wrong("warn_from", "应不大于 weighted_max", "no more than weighted_max");
            }
        });
    }
    if (root.has("alarm")) {
        root.table("alarm", [&](TableReader& row) {
            asking.alarm_clause = row.clause();
            asking.alarm_class = row.text("class");
            asking.alarm_what = row.words("what");
            if (!pack.limit_class(asking.alarm_class) && !pack.limit_classes.empty()) {
                row.wrong("class", "应为 time_limits.toml 中的等级", "a class of time_limits.toml");
            }
        });
    }
    root.table("protection", [&](TableReader& row) {
        asking.protection_clause = row.clause();
        asking.answer_within = row.time_limit("answer_within");
    });
    root.table("plans", [&](TableReader& row) {
        asking.plans_clause = row.clause();
        asking.make_ahead = row.time_limit("make_ahead");
        asking.plan_days_max = row.integer("lasts_days_max", {1, 3660});
    });
    read_asked_often(root, pack);
}

}  // namespace hezhi::rules
