#include "base/zone.h"

#include <gtest/gtest.h>

namespace hezhi {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// The process's zone for one test.
struct InZone {
    explicit InZone(const std::string& name) { set_place_zone(*Zone::find(name)); }
    ~InZone() { set_place_zone(Zone()); }
};

Day day(const char* text) {
    return *parse_day(text);
}

TEST(Zone, IsShanghaisUntilAPackSaysAnother) {
    EXPECT_EQ(place_zone().name(), "Asia/Shanghai");
    EXPECT_EQ(Zone::find("Asia/Shanghai"), Zone());
    EXPECT_EQ(to_string(start_of(day("2026-07-01"))), "2026-07-01T00:00:00+08:00");
}

// Both are called the same and count as equal; China's summer time ended with 1991.
TEST(Zone, ShanghaisOfTheTzDatabaseHasTheOffsetOfTheOneThatNeedsNone) {
    auto found = Zone::find("Asia/Shanghai");
    ASSERT_TRUE(found.has_value());
    for (Day each = day("1985-01-01"); each < day("2099-12-31"); each = each + 1) {
        Instant noon = Zone().at_wall(each, hours(12));
        ASSERT_EQ(found->offset_at(noon), Zone().offset_at(noon)) << to_string(each);
        ASSERT_EQ(found->at_wall(each, hours(12)), noon) << to_string(each);
    }
}

TEST(Zone, OneThatNobodyKnowsIsNotFound) {
    for (const char* name : {"Europe/Qingdao", "", "+08:00", "../etc/passwd"}) {
        EXPECT_FALSE(Zone::find(name)) << name;
    }
}

TEST(Zone, SummerTimeIsThePlaces) {
    InZone london("Europe/London");
    EXPECT_EQ(to_string(start_of(day("2026-01-15"))), "2026-01-15T00:00:00+00:00");
    EXPECT_EQ(to_string(start_of(day("2026-07-15"))), "2026-07-15T00:00:00+01:00");
    EXPECT_EQ(to_string(at_wall(day("2026-07-15"), hours(9))), "2026-07-15T09:00:00+01:00");
    EXPECT_EQ(wall_time(at_wall(day("2026-07-15"), hours(9))), hours(9));
}

// 2026-03-29 has 23 hours in London, 2026-10-25 has 25: nine o'clock stays nine o'clock.
TEST(Zone, OnTheDayOfAChangeTheClockIsMeantAndNotTheSpan) {
    InZone london("Europe/London");
    Day spring = day("2026-03-29"), autumn = day("2026-10-25");
    EXPECT_EQ(start_of(spring + 1) - start_of(spring), hours(23));
    EXPECT_EQ(start_of(autumn + 1) - start_of(autumn), hours(25));
    for (Day changed : {spring, autumn}) {
        EXPECT_EQ(to_string(at_wall(changed, hours(9))).substr(11, 5), "09:00");
        EXPECT_EQ(wall_time(at_wall(changed, hours(9))), hours(9));
    }
    EXPECT_EQ(at_wall(spring, hours(9)) - start_of(spring), hours(8));
    EXPECT_EQ(at_wall(autumn, hours(9)) - start_of(autumn), hours(10));
    EXPECT_EQ(to_string(at_wall(spring, minutes(90))), "2026-03-29T02:00:00+01:00") << "skipped";
    EXPECT_EQ(to_string(at_wall(autumn, minutes(90))), "2026-10-25T01:30:00+01:00") << "the first";
}

// Zones that change at midnight, at three, by half an hour, on the south, and not at all.
TEST(Zone, EveryInstantLiesInItsDay) {
    for (const char* name : {"Europe/London", "America/Havana", "America/New_York",
                             "Australia/Lord_Howe", "Asia/Beirut", "Asia/Shanghai"}) {
        InZone zone(name);
        for (Day each = day("2025-12-20"); each < day("2027-01-10"); each = each + 1) {
            Instant begins = start_of(each);
            ASSERT_EQ(day_of(begins), each) << name << " " << to_string(each);
            ASSERT_EQ(day_of(begins - Millis(1)), each + -1) << name << " " << to_string(each);
            for (int half = 0; half < 48; ++half) {
                Instant at = at_wall(each, minutes(30 * half));
                ASSERT_EQ(day_of(at), each) << name << " " << to_string(at);
                ASSERT_GE(wall_time(at), minutes(30 * half)) << name << " " << to_string(at);
            }
        }
    }
}

}  // namespace
}  // namespace hezhi
