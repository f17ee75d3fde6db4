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
        rules.minutes_max = row.integer("minutes_max", {1, minutes_of_a_day});
        rules.employer_released = row.choice<ReleasedTime>("employer_released");
    });
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
}

}  // namespace hezhi::rules
