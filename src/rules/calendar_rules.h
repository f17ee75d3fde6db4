// What a pack says of its calendar: zone, working hours, holidays and worked weekends (调休).
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "base/instant.h"
#include "base/zone.h"
#include "rules/clause.h"

namespace hezhi::rules {

// The published arrangement of one year: only the days that differ from the week.
struct CalendarYear {
    Clause clause;
    std::map<Day, Words> holidays;  // days off, by name; weekend days inside a holiday as well
    std::set<Day> working_days;     // weekend days that are worked (调休)
};

struct WorkingSpan {
    std::int32_t from_minute = 0;  // of the day
    std::int32_t to_minute = 0;    // not included; after from_minute

    bool operator==(const WorkingSpan&) const = default;
};

// Where a limit of N working days ends on its last day.
enum class WorkingDayEnd { close, same_time };
BOOST_DESCRIBE_ENUM(WorkingDayEnd, close, same_time)

struct Calendar {
    Clause clause;
    Zone zone;                               // on whose wall clock the days and hours are
    std::set<std::int32_t> weekend;          // 0 Sunday … 6 Saturday
    std::vector<WorkingSpan> working_hours;  // at least one, in order, without overlap
    WorkingDayEnd working_day_end = WorkingDayEnd::close;
    std::int32_t year_missing_warn_days = 0;     // how long before a year without rows to warn
    std::map<std::int32_t, CalendarYear> years;  // 2026 → its arrangement
};

}  // namespace hezhi::rules
