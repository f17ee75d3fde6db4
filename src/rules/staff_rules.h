// What a pack says about how staff stand in for each other, what their homes show, how one signs
// in, and from which mark on somebody counts as satisfied. Packs of older releases say nothing of
// it; then holds what was built in while they were in force.
#pragma once

#include <cstdint>

#include "rules/clause.h"

namespace hezhi::rules {

struct ReportRules {
    Clause satisfied_clause;
    std::int32_t satisfied_mark_min = 3;  // of 1 to 5, judged when the mark is given
};

struct StaffRules {
    Clause deputies_clause;
    std::int32_t deputy_days_max = 366;  // of one time in which a deputy stands in
    Clause home_clause;
    std::int32_t due_soon_hours = 24;      // a limit that ends within them stands on the home
    std::int32_t readings_shown_days = 7;  // of clear text, on the auditor's home
};

// Signing in. The reader holds each between a floor and a ceiling, so that no pack leaves a desk
// open for a day.
struct SignInRules {
    Clause lock_clause;
    std::int32_t failures_before_lock = 5;  // in a row
    std::int32_t lock_minutes = 15;
    Clause session_clause;
    std::int32_t office_idle_minutes = 30;  // without a request, at a shared desk
    std::int32_t office_hours_max = 12;     // from the sign-in on, whatever happens
    std::int32_t phone_idle_days = 30;      // the same on one's own phone
    std::int32_t phone_days_max = 365;
    Clause slip_clause;
    std::int32_t slip_first_use_days = 14;  // a slip that nobody used by then is worthless
};

}  // namespace hezhi::rules
