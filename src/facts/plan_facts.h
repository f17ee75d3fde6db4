// Facts about recipient plans (服务对象计划): what comes again and again for one person.
#pragma once

#include <optional>

#include "facts/fact.h"

namespace hezhi {

// What happens to a visit that would fall on a public holiday.
enum class OnHolidays { keep, skip };
BOOST_DESCRIBE_ENUM(OnHolidays, keep, skip)

// Subject "person" is the recipient.
struct PlanMade {
    static constexpr std::string_view kind = "plan.made";
    static constexpr int version = 1;
    std::string category;
    std::int32_t weekdays = 0;   // a bit a day of the week: 1 Sunday, 2 Monday … 64 Saturday
    std::int32_t at_minute = 0;  // of the day
    PersonId preferred;          // who is asked first; none: whoever is found
    OnHolidays on_holidays = OnHolidays::keep;
    Instant next_at;  // when the first service begins
    Instant make_at;  // when its order is made
    Instant until;    // no service begins after it
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(PlanMade, (),
                      (category, weekdays, at_minute, preferred, on_holidays, next_at, make_at,
                       until, pack))

// One turn of a plan: subjects "need" and "order" unless the day was a holiday that it skips.
struct PlanRan {
    static constexpr std::string_view kind = "plan.ran";
    static constexpr int version = 1;
    Instant due_at;
    bool skipped = false;
    Instant next_at;
    Instant make_at;
};
BOOST_DESCRIBE_STRUCT(PlanRan, (), (due_at, skipped, next_at, make_at))

struct PlanPaused {
    static constexpr std::string_view kind = "plan.paused";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(PlanPaused, (), ())

struct PlanResumed {
    static constexpr std::string_view kind = "plan.resumed";
    static constexpr int version = 1;
    Instant next_at;
    Instant make_at;
};
BOOST_DESCRIBE_STRUCT(PlanResumed, (), (next_at, make_at))

struct PlanEnded {
    static constexpr std::string_view kind = "plan.ended";
    static constexpr int version = 1;
    std::optional<Instant> due_at;  // of the timer, when its time was over
};
BOOST_DESCRIBE_STRUCT(PlanEnded, (), (due_at))

}  // namespace hezhi
