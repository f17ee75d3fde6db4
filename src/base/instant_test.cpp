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

TEST(Instant, MonthsLaterKeepTheDayOrTakeTheMonthsLast) {
    auto at = [](const char* day) { return start_of(*parse_day(day)); };
    EXPECT_EQ(months_later(at("2026-03-05"), 24), at("2028-03-05"));
    EXPECT_EQ(months_later(at("2026-08-31"), 6), at("2027-02-28"));
    EXPECT_EQ(months_later(at("2026-03-05"), -6), at("2025-09-05"));
    Instant afternoon = at("2026-03-05") + std::chrono::hours(15);
    EXPECT_EQ(months_later(afternoon, 1), at("2026-04-05") + std::chrono::hours(15));
}

TEST(Instant, TimesBeforeTheEpochStillHaveTheirDay) {
    EXPECT_EQ(to_string(day_of(Instant{-1}, Millis(0))), "1969-12-31");
}

}  // namespace
}  // namespace hezhi
