#include "rules/pack_sections.h"

namespace hezhi::rules {
namespace {

// A pack that was published before these sections existed still reads: nobody is asked.
void read_later_signs(TableReader& root, TrueHoursRules& rules) {
    if (root.has("travel")) {
        root.table("travel", [&](TableReader& row) {
            rules.travel_clause = row.clause();
            rules.travel_share_percent = row.integer("share_percent", {1, 100});
        });
    }
    if (root.has("shared_code")) {
        root.table("shared_code", [&](TableReader& row) {
            rules.shared_code_clause = row.clause();
            rules.code_people_min = row.integer("people_min", {2, 100});
            rules.code_within_seconds = row.integer("within_seconds", {0, 600});
        });
    }
    if (root.has("duty_hours")) {
        root.table("duty_hours", [&](TableReader& row) {
            rules.duty_hours_clause = row.clause();
            rules.duty_hours = true;
        });
    }
}

}  // namespace

void read_true_hours(TableReader& root, Pack& pack) {
    TrueHoursRules& rules = pack.true_hours;
    rules.checks = true;
    root.table("parallel", [&](TableReader& row) { rules.parallel_clause = row.clause(); });
    root.table("same_pair", [&](TableReader& row) {
        rules.same_pair_clause = row.clause();
        rules.pair_share_percent = row.integer("share_percent", {1, 100});
        rules.pair_window_days = row.integer("window_days", {1, 366});
        rules.pair_services_min = row.integer("services_min", {1, 1000});
    });
    root.table("orders_a_day", [&](TableReader& row) {
        rules.orders_a_day_clause = row.clause();
        rules.orders_a_day = row.integer("limit", {1, 100});
    });
    root.table("code_time", [&](TableReader& row) {
        rules.code_time_clause = row.clause();
        rules.code_before_minutes = row.integer("before_minutes", {0, 1440});
        rules.code_after_minutes = row.integer("after_minutes", {0, 1440});
    });
    root.table("late_entry", [&](TableReader& row) { rules.late_entry_clause = row.clause(); });
    root.table("bulk_entry", [&](TableReader& row) {
        rules.bulk_entry_clause = row.clause();
        rules.bulk_from = row.integer("from", {2, 1000});
        rules.bulk_within_minutes = row.integer("within_minutes", {1, 1440});
    });
    read_later_signs(root, rules);
    root.table("sample", [&](TableReader& row) {
        rules.sample_clause = row.clause();
        rules.sample_percent = row.integer("percent", {0, 100});
    });
    root.table("exempt", [&](TableReader& row) {
        rules.exempt_clause = row.clause();
        rules.planned_exempt = row.boolean_or("planned", false);
    });
    root.table("call", [&](TableReader& row) {
        rules.call_clause = row.clause();
        rules.attempts_max = row.integer("attempts_max", {1, 20});
    });
    root.table("fraud", [&](TableReader& row) {
        rules.fraud_clause = row.clause();
        rules.fraud_trigger = row.text("trigger");
        if (!pack.color_grades.trigger(rules.fraud_trigger) &&
            !pack.color_grades.triggers.empty()) {
            row.wrong("trigger", "应为 color_grades.toml 中的事由",
                      "a trigger of color_grades.toml");
        }
    });
}

const Clause* TrueHoursRules::clause_of(std::string_view reason) const {
    if (reason == "parallel") return &parallel_clause;
    if (reason == "travel") return &travel_clause;
    if (reason == "same_pair") return &same_pair_clause;
    if (reason == "orders_a_day") return &orders_a_day_clause;
    if (reason == "code_time") return &code_time_clause;
    if (reason == "shared_code") return &shared_code_clause;
    if (reason == "late_entry") return &late_entry_clause;
    if (reason == "bulk_entry") return &bulk_entry_clause;
    if (reason == "duty_hours") return &duty_hours_clause;
    return nullptr;
}

}  // namespace hezhi::rules
