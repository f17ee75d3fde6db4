// Which records are held for a call-back; which are drawn besides says base/sample_draw.h. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/sample_draw.h"
#include "rules/pack.h"

namespace hezhi::spot_checks {

// What is known of one record when it is looked at.
struct RecordSigns {
    bool has_order = false;
    bool planned = false;              // the order is of a recipient's plan
    std::int32_t parallel_orders = 0;  // others to which the person was checked in meanwhile
    std::int64_t pair_minutes = 0;     // with this recipient, in the pack's days
    std::int64_t all_minutes = 0;
    std::int32_t pair_services = 0;
    std::int32_t nth_of_day = 0;      // of the person's orders of the day, by check-out
    std::int32_t minutes_early = 0;   // the check-in before the agreed start
    std::int32_t minutes_after = 0;   // the check-out after the agreed end
    bool late = false;                // entered after the time limit
    std::int32_t entered_around = 0;  // records that the same person entered by hand about then
};

// The keys of the pack's tables by which it is held, in their order; empty if by none.
std::vector<std::string> reasons_to_hold(const RecordSigns&, const rules::TrueHoursRules&);

}  // namespace hezhi::spot_checks
