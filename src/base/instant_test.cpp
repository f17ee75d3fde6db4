#include "base/instant.h"

#include <gtest/gtest.h>

namespace hezhi {
namespace {

TEST(Instant, ADayBeginsAtMidnightInTheDistrict) {
    Day day = *parse_day("2026-03-05");
    EXPECT_EQ(to_string(start_of(day)), "2026-03-05T00:00:00+08:00");
    EXPECT_EQ(day_of(start_of(day)), day);
    EXPECT_EQ(day_of(start_of(day) - Millis(1)), day + -1);
    EXPECT_EQ(day.weekday(), 4);
    EXPECT_EQ(day.year(), 2026);
}

TEST(Instant, DaysThatDoNotExistAreNotDays) {
    for (const char* text :
         {"2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", ""}) {
        EXPECT_FALSE(parse_day(text)) << text;
    }
    EXPECT_TRUE(parse_day("2028-02-29"));
}

TEST(Instant, TimesBeforeTheEpochStillHaveTheirDay) {
    EXPECT_EQ(to_string(day_of(Instant{-1}, Millis(0))), "1969-12-31");
}

}  // namespace
}  // namespace hezhi
