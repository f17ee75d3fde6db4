#include "rules/pack_sections.h"

namespace hezhi::rules {

namespace {

constexpr std::int32_t minutes_of_a_day = 24 * 60;
constexpr std::int32_t people_max = 100000;

}  // namespace

void read_records(TableReader& root, Pack& pack) {
    root.table("record", [&](TableReader& row) {
        RecordRules& rules = pack.records;
        rules.clause = row.clause();
        rules.enter_within = row.time_limit("enter_within");
        rules.remind_after =
            row.has("remind_after") ? row.time_limit("remind_after") : rules.enter_within;
        rules.minutes_max = row.integer("minutes_max", {1, minutes_of_a_day});
        rules.employer_released = row.choice<ReleasedTime>("employer_released");
    });
    // Packs of older releases say nothing of the following; pack.h has what held then.
    if (root.has("unrecorded")) {
        root.table("unrecorded", [&](TableReader& row) {
            pack.records.unrecorded_clause = row.clause();
            pack.records.unrecorded_shown_days = row.integer("shown_days", {1, 366});
        });
    }
}

void read_activities(TableReader& root, Pack& pack) {
    root.table("activity", [&](TableReader& row) {
        ActivityRules& rules = pack.activities;
        rules.clause = row.clause();
        rules.capacity_max = row.integer("capacity_max", {1, people_max});
        rules.waiting_max = row.integer("waiting_max", {0, people_max});
        rules.shifts_max = row.integer("shifts_max", {1, 100});
        rules.insurance_from = row.choice<RiskLevel>("insurance_from");
    });
    // A pack that was published before this section existed still reads: without a limit.
    if (root.has("minors")) {
        root.table("minors", [&](TableReader& row) {
            pack.activities.minors_clause = row.clause();
            pack.activities.minors_per_adult_max = row.integer("per_adult_max", {1, 50});
        });
    }
    if (root.has("past")) {
        root.table("past", [&](TableReader& row) {
            pack.activities.past_clause = row.clause();
            pack.activities.past_shown_days = row.integer("shown_days", {1, 366});
        });
    }
}

void read_insurance(TableReader& root, Pack& pack) {
    root.table("insurance", [&](TableReader& row) {
        InsuranceRules& rules = pack.insurance;
        rules.clause = row.clause();
        rules.warn_days_before = row.integer("warn_days_before", {1, 366});
        rules.lasts_days_max = row.integer("lasts_days_max", {1, 3660});
    });
}

}  // namespace hezhi::rules
