// What a pack says about colour grades (四色分级) and about hours that are true (真实时长).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/grade_color.h"
#include "rules/clause.h"
#include "rules/time_limit.h"

namespace hezhi::rules {

struct GradeDeduction {
    std::string incident_class;
    std::int32_t percent = 0;
};

// Whatever the score is, the colour is no better than `at_most`.
struct GradeGate {
    std::string key;  // no_shows, unresolved, dissatisfied
    Clause clause;
    GradeColor at_most = GradeColor::yellow;
    std::int32_t from = 0;   // how many it takes: no-shows, answers, reviews
    std::int32_t limit = 0;  // percent resolved below which, or mean up to which, it bites
};

struct GradeTrigger {
    std::string key;
    Words name;
    Clause clause;
    bool suspends = false;
    std::optional<std::string> incident_class;  // set: by a settled incident of this class
    std::int32_t rank = 0;
};

struct GradeEffect {
    Clause clause;
    std::int32_t spot_check_percent = 0;
    bool paired = false;
    bool paused = false;
    std::optional<TimeLimit> reassign_within;  // with paused: what was accepted goes to others
    RiskLevel risk_max = RiskLevel::R4;        // with paired
};

// Scores are hundredths of a point, shares hundredths of a per cent.
struct ColorGradeRules {
    Clause clause;
    bool teams = false;
    bool persons = false;
    Clause window_clause;
    std::int32_t window_days = 90;
    std::int32_t team_services_min = 0;
    std::int32_t person_services_min = 0;
    Clause score_clause;  // the five weights; together 100
    std::int32_t fulfilment = 0;
    std::int32_t satisfaction = 0;
    std::int32_t safety = 0;
    std::int32_t record_compliance = 0;
    std::int32_t continuity = 0;
    Clause fulfilment_clause;
    std::int32_t no_show_counts = 1;
    std::int32_t late_below_percent = 0;  // giving back with less of the lead time left is late
    Clause excuse_clause;
    std::optional<TimeLimit> excuse_within;  // of the service's end; none: nothing is excused
    Clause satisfaction_clause;
    std::int32_t prior_reviews = 0;
    std::int32_t prior_percent = 0;
    Clause safety_clause;
    std::vector<GradeDeduction> deductions;
    Clause record_clause;
    bool records_of_persons = false;
    Clause continuity_clause;
    std::int32_t look_back_months = 1;
    std::int32_t months_full = 1;
    Clause bands_clause;
    std::int32_t green_from = 0;
    std::int32_t blue_from = 0;
    std::int32_t yellow_from = 0;
    std::vector<GradeGate> gates;
    Clause hysteresis_clause;
    std::int32_t up_runs = 1;
    std::int32_t down_runs = 1;
    std::int32_t down_of = 1;
    std::vector<GradeTrigger> triggers;  // by rank
    GradeEffect green, blue, yellow, red;
    Clause remedial_clause;
    std::int32_t training_minutes = 0;
    std::int32_t good_services = 0;
    std::int32_t satisfaction_min = 0;
    Clause leaving_red_clause;
    std::int32_t red_days_min = 0;
    Clause appeal_clause;
    TimeLimit appeal_within;
    TimeLimit acknowledge_within;
    TimeLimit decide_within;
    std::optional<TimeLimit> review_within;      // a second review, once; none without it
    std::optional<TimeLimit> suspension_within;  // a proposal that suspends; no limit without it

    const GradeTrigger* trigger(std::string_view key) const;
    const GradeGate* gate(std::string_view key) const;
    const GradeEffect& effect(GradeColor color) const;
    // The percentage that an incident of this class takes from safety.
    std::int32_t deduction(std::string_view incident_class) const;
};

struct TrueHoursRules {
    bool checks = false;  // a pack without the section holds and draws nothing
    Clause parallel_clause;
    Clause travel_clause;
    std::int32_t travel_share_percent = 0;  // of the way; 0: nobody is asked
    Clause same_pair_clause;
    std::int32_t pair_share_percent = 100;
    std::int32_t pair_window_days = 90;
    std::int32_t pair_services_min = 1;
    Clause orders_a_day_clause;
    std::int32_t orders_a_day = 0;
    Clause code_time_clause;
    std::int32_t code_before_minutes = 0;
    std::int32_t code_after_minutes = 0;
    Clause shared_code_clause;
    std::int32_t code_people_min = 0;  // 0: nobody is asked
    std::int32_t code_within_seconds = 0;
    Clause late_entry_clause;
    Clause bulk_entry_clause;
    std::int32_t bulk_from = 0;
    std::int32_t bulk_within_minutes = 0;
    Clause duty_hours_clause;
    bool duty_hours = false;  // whether anybody is asked
    Clause sample_clause;
    std::int32_t sample_percent = 0;
    Clause exempt_clause;
    bool planned_exempt = false;
    Clause call_clause;
    std::int32_t attempts_max = 1;
    Clause fraud_clause;
    std::string fraud_trigger;  // of the colour grades

    // The clause by which a record is held, by the key of its table; null if there is none.
    const Clause* clause_of(std::string_view reason) const;
};

}  // namespace hezhi::rules
