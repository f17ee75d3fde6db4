// One professional's day: in which order to make up to 14 home visits, exactly.
//
// As many visits as can be made inside their windows, and of all ways to make them the one that is
// home earliest. Every order is weighed (dynamic programming over subsets), so there is no better
// one; what is equal is decided by the visits' ids.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/result.h"

namespace hezhi::dispatch {

inline constexpr std::size_t day_visits_max = 14;  // 2^14 subsets are a few milliseconds

struct Visit {
    std::int64_t id = 0;
    std::int32_t x_m = 0, y_m = 0;
    std::int32_t from_minute = 0;  // may begin from
    std::int32_t to_minute = 0;    // must have begun by
    std::int32_t minutes = 0;      // how long it takes
};

struct DayFrame {
    std::int32_t x_m = 0, y_m = 0;  // where the day begins and ends
    std::int32_t from_minute = 0, to_minute = 24 * 60;
    std::int32_t metres_per_minute = 200;  // pack data
};

struct PlannedVisit {
    std::int64_t id = 0;
    std::int32_t leaves_minute = 0;  // the place before
    std::int32_t begins_minute = 0;
    std::int32_t ends_minute = 0;

    bool operator==(const PlannedVisit&) const = default;
};

struct DayPlan {
    std::vector<PlannedVisit> visits;
    std::vector<std::int64_t> not_made;  // ascending
    std::int32_t home_minute = 0;

    bool operator==(const DayPlan&) const = default;
};

namespace refusals {
inline constexpr RefusalRow day_plan_invalid{
    "day_plan_invalid", 422, "日程有误：至多 14 次上门，编号不重复，时间在当天之内。",
    "The day is not well formed: at most 14 visits, different ids, times within the day."};
}  // namespace refusals

Result<DayPlan> plan_day(const DayFrame& frame, std::vector<Visit> visits);

// The minutes from one visit to another, or to and from where the day begins (null): where places
// are known by their area alone. Coordinates and metres_per_minute are then of no account.
using TravelMinutes = std::function<std::int32_t(const Visit* from, const Visit& to)>;
Result<DayPlan> plan_day(const DayFrame& frame, std::vector<Visit> visits,
                         const TravelMinutes& travel);

}  // namespace hezhi::dispatch
