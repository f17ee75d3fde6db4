// Deadlines over the calendar of packs/base: rows of start, limit, expected end.
#include "rules/working_calendar.h"

#include <gtest/gtest.h>

#include <charconv>
#include <sstream>

#include "base/shape.h"
#include "rules/pack_reader.h"

namespace hezhi::rules {
namespace {

const Calendar& china() {
    static const Calendar calendar = [] {
        auto read = read_pack_folder("packs/base");
        if (!read) {
            ADD_FAILURE() << to_string(read.error().front());
            return Calendar{};
        }
        return read->calendar;
    }();
    return calendar;
}

// "2026-02-13 17:00" in the district's time.
Instant at(const std::string& text) {
    auto day = parse_day(text.substr(0, 10));
    EXPECT_TRUE(day.has_value()) << text;
    auto minutes = std::stoi(text.substr(11, 2)) * 60 + std::stoi(text.substr(14, 2));
    return start_of(day.value_or(Day{})) + std::chrono::minutes(minutes);
}

TimeLimit limit(const std::string& text) {
    std::istringstream in(text);
    TimeLimit out;
    std::string unit, clock;
    in >> out.amount >> unit >> clock;
    out.unit = from_label<TimeUnit>(unit).value();
    out.clock = from_label<ClockKind>(clock).value();
    return out;
}

struct Row {
    const char* start;
    const char* limit;
    const char* expected;
    const char* why;
};

void check(std::span<const Row> rows, const Calendar& calendar) {
    for (auto& row : rows) {
        auto due = deadline(at(row.start), limit(row.limit), calendar);
        EXPECT_EQ(to_string(due.at), to_string(at(row.expected)))
            << row.start << " + " << row.limit << ": " << row.why;
        EXPECT_FALSE(due.year_missing.has_value()) << row.start << " + " << row.limit;
    }
}

// clang-format off
TEST(Deadline, RunsOverWeekendsHolidaysAndWorkedWeekends) {
    const Row rows[] = {
        // start              limit                 expected            why
        {"2026-03-05 10:00", "1 days working",     "2026-03-06 17:30", "Thursday → the next day's close"},
        {"2026-03-06 10:00", "1 days working",     "2026-03-09 17:30", "Friday → Monday"},
        {"2026-03-07 10:00", "1 days working",     "2026-03-09 17:30", "reported on a Saturday"},
        {"2026-03-06 23:59", "1 days working",     "2026-03-09 17:30", "after work on Friday: the day does not count either way"},
        {"2026-02-13 10:00", "1 days working",     "2026-02-14 17:30", "Saturday 14 February is worked (调休)"},
        {"2026-02-14 10:00", "1 days working",     "2026-02-24 17:30", "over the Spring Festival, 15 to 23 February"},
        {"2026-02-26 10:00", "3 days working",     "2026-03-02 17:30", "Friday, the worked Saturday 28 February, Monday"},
        {"2025-12-31 10:00", "1 days working",     "2026-01-04 17:30", "New Year 1 to 3 January; Sunday the 4th is worked"},
        {"2025-01-24 10:00", "1 days working",     "2025-01-26 17:30", "Friday → the worked Sunday"},
        {"2025-09-30 10:00", "2 days working",     "2025-10-10 17:30", "National Day and Mid-Autumn, 1 to 8 October"},
        {"2026-09-19 10:00", "1 days working",     "2026-09-20 17:30", "Saturday → the worked Sunday"},
        {"2026-09-24 10:00", "5 days working",     "2026-10-09 17:30", "three days before National Day, then 8 and 9 October"},
        {"2026-03-05 10:00", "2 hours working",    "2026-03-05 12:00", "within the day"},
        {"2026-03-05 16:30", "2 hours working",    "2026-03-06 10:00", "one hour today, one tomorrow"},
        {"2026-03-06 17:00", "60 minutes working", "2026-03-09 09:30", "over the weekend"},
        {"2026-03-06 17:00", "30 minutes working", "2026-03-06 17:30", "ends exactly at the close"},
        {"2026-03-05 06:00", "4 hours working",    "2026-03-05 13:00", "before opening: counts from 9:00"},
        {"2026-03-05 20:00", "4 hours working",    "2026-03-06 13:00", "after the close: counts from the next opening"},
        {"2026-02-14 17:00", "1 hours working",    "2026-02-24 09:30", "over the Spring Festival"},
        {"2026-02-14 23:30", "2 hours calendar",   "2026-02-15 01:30", "calendar clocks do not stop"},
        {"2026-02-14 10:00", "7 days calendar",    "2026-02-21 10:00", "seven times 24 hours, holidays or not"},
        {"2026-12-31 23:50", "30 minutes calendar","2027-01-01 00:20", "a calendar clock needs no rows for 2027"},
    };
    check(rows, china());
}

TEST(Deadline, StopsAtNoonWhereTheOfficeCloses) {
    Calendar noon = china();
    noon.working_hours = {{9 * 60, 12 * 60}, {13 * 60 + 30, 17 * 60 + 30}};
    const Row rows[] = {
        {"2026-03-05 11:00", "1 hours working",    "2026-03-05 12:00", "ends as the morning ends"},
        {"2026-03-05 11:00", "2 hours working",    "2026-03-05 14:30", "goes on after noon"},
        {"2026-03-05 12:30", "1 hours working",    "2026-03-05 14:30", "reported at noon"},
        {"2026-03-05 11:00", "8 hours working",    "2026-03-06 12:00", "1 + 4 hours today, 3 tomorrow"},
    };
    check(rows, noon);
}

TEST(Deadline, KeepsTheTimeOfDayWhereThePackSaysSo) {
    Calendar same_time = china();
    same_time.working_day_end = WorkingDayEnd::same_time;
    const Row rows[] = {
        {"2026-03-06 10:15", "1 days working",     "2026-03-09 10:15", "Friday → Monday at the same time"},
    };
    check(rows, same_time);
}
// clang-format on

TEST(Deadline, SaysWhichYearIsMissing) {
    auto due = deadline(at("2026-12-31 10:00"), limit("2 days working"), china());
    EXPECT_EQ(to_string(due.at), to_string(at("2027-01-04 17:30")));  // by its weekends alone
    EXPECT_EQ(due.year_missing, 2027);
    due = deadline(at("2026-12-30 10:00"), limit("1 days working"), china());
    EXPECT_EQ(due.year_missing, std::nullopt);
}

TEST(WorkingDay, FollowsTheYearlyNotice) {
    struct DayRow {
        const char* day;
        bool works;
    };
    const DayRow rows[] = {
        {"2026-02-13", true},  {"2026-02-14", true},  {"2026-02-15", false}, {"2026-02-23", false},
        {"2026-02-24", true},  {"2026-05-05", false}, {"2026-05-09", true},  {"2026-05-10", false},
        {"2026-10-07", false}, {"2026-10-08", true},  {"2026-10-10", true},  {"2026-10-11", false},
        {"2025-01-28", false}, {"2025-02-08", true},  {"2025-10-08", false}, {"2025-10-11", true},
    };
    for (auto& row : rows) {
        EXPECT_EQ(is_working_day(parse_day(row.day).value(), china()), row.works) << row.day;
    }
}

// Counted from the notices: 365 days less 104 weekend days, less holidays on weekdays, plus worked
// weekend days. A slip in one row changes the sum.
TEST(WorkingDay, AYearHasAsManyAsTheNoticeLeaves) {
    for (auto [year, expected] : {std::pair{2025, 248}, std::pair{2026, 248}}) {
        int works = 0;
        Day day = parse_day(std::to_string(year) + "-01-01").value();
        for (; day.year() == year; day = day + 1) works += is_working_day(day, china());
        EXPECT_EQ(works, expected) << year;
    }
}

TEST(YearMissing, WarnsSixtyDaysAhead) {
    auto missing = [](const char* day) { return year_missing_soon(*parse_day(day), china()); };
    EXPECT_EQ(missing("2026-11-01"), std::nullopt);
    EXPECT_EQ(missing("2026-11-02"), 2027);
    EXPECT_EQ(missing("2027-03-01"), 2027);
    EXPECT_EQ(missing("2024-12-31"), 2024);
}

}  // namespace
}  // namespace hezhi::rules
