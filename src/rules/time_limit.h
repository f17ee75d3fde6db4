// How long something may take, on which clock.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>

namespace hezhi::rules {

enum class TimeUnit { minutes, hours, days };
BOOST_DESCRIBE_ENUM(TimeUnit, minutes, hours, days)

// Calendar clocks run day and night; working clocks run in the working hours of working days.
enum class ClockKind { calendar, working };
BOOST_DESCRIBE_ENUM(ClockKind, calendar, working)

struct TimeLimit {
    std::int32_t amount = 0;  // at least 1
    TimeUnit unit = TimeUnit::minutes;
    ClockKind clock = ClockKind::calendar;

    bool operator==(const TimeLimit&) const = default;
};

}  // namespace hezhi::rules
