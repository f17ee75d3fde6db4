#include <charconv>

#include "rules/pack_sections.h"

namespace hezhi::rules {

namespace {

enum class Weekday { sunday, monday, tuesday, wednesday, thursday, friday, saturday };
BOOST_DESCRIBE_ENUM(Weekday, sunday, monday, tuesday, wednesday, thursday, friday, saturday)

// A holiday longer than this is a slip of the pen, most likely in the month.
constexpr int holiday_days_max = 31;

void read_weekend(TableReader& root, Calendar& calendar) {
    for (auto& name : root.texts("weekend", true)) {
        if (auto weekday = from_label<Weekday>(name)) {
            calendar.weekend.insert(static_cast<std::int32_t>(*weekday));
        } else {
            root.wrong("weekend", "应为 monday 到 sunday 的列表", "a list of monday … sunday");
        }
    }
    if (calendar.weekend.size() > 6) {
        root.wrong("weekend", "一周中至少有一个工作日", "at least one working day in the week");
    }
}

}  // namespace

std::optional<std::int32_t> minute_of_day(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    std::int32_t hour = 0, minute = 0;
    auto hour_end = std::from_chars(text.data(), text.data() + 2, hour);
    auto minute_end = std::from_chars(text.data() + 3, text.data() + 5, minute);
    if (hour_end.ptr != text.data() + 2 || minute_end.ptr != text.data() + 5) return std::nullopt;
    auto total = hour * 60 + minute;
    if (hour < 0 || minute < 0 || minute > 59 || total > 24 * 60) return std::nullopt;
    return total;
}

namespace {

void read_working_hours(TableReader& root, Calendar& calendar) {
    bool good = true;
    std::int32_t last = -1;
    for (auto& text : root.texts("working_hours", true)) {
        std::string_view span = text;
        auto from = minute_of_day(span.substr(0, 5));
        auto to = span.size() == 11 && span[5] == '-' ? minute_of_day(span.substr(6))
                                                      : std::optional<std::int32_t>{};
        good = good && from && to && *from<*to&& * from> last;
        if (!good) break;
        calendar.working_hours.push_back({*from, *to});
        last = *to;
    }
    if (!good || calendar.working_hours.empty()) {
        root.wrong("working_hours",
                   "应为按先后排列、互不重叠的时段，如 [\"09:00-12:00\", \"13:30-17:30\"]",
                   "spans in order and apart, such as [\"09:00-12:00\", \"13:30-17:30\"]");
    }
}

// Packs that were stored before zones were told are Chinese ones. China's zone stands in the
// program: its packs are read on a machine without a tz database too.
void read_zone(TableReader& root, Calendar& calendar) {
    auto name = root.optional_text("zone");
    if (!name || *name == Zone().name()) return;
    if (auto zone = Zone::find(*name)) {
        calendar.zone = std::move(*zone);
    } else {
        root.wrong("zone", "应为时区数据库中的时区，如 \"Asia/Shanghai\"",
                   "a zone of the tz database, such as \"Asia/Shanghai\"");
    }
}

void read_holidays(TableReader& row, std::int32_t year, CalendarYear& out) {
    row.rows("holidays", true, [&](TableReader& holiday) {
        auto name = holiday.words("name");
        auto from = holiday.day("from");
        auto until = holiday.day("until");
        if (from == Day{} || until == Day{}) return;  // reported
        if (from.year() != year || until.year() != year || until < from ||
            until - from >= holiday_days_max) {
            holiday.wrong("until", "起止日期应在当年之内，先起后止",
                          "days of this year, from before until");
            return;
        }
        for (Day day = from; day <= until; day = day + 1) out.holidays.emplace(day, name);
    });
}

CalendarYear read_year(std::int32_t year, TableReader& row, const Calendar& calendar) {
    CalendarYear out;
    out.clause = row.clause();
    read_holidays(row, year, out);
    for (Day day : row.days("working_days")) {
        bool rests = calendar.weekend.contains(day.weekday()) && !out.holidays.contains(day);
        if (day.year() != year || !rests) {
            row.wrong("working_days", to_string(day) + " 应为当年放假之外的周末日（调休上班）",
                      to_string(day) + " to be a weekend day of this year outside its holidays");
        }
        out.working_days.insert(day);
    }
    return out;
}

}  // namespace

void read_calendar(TableReader& root, Pack& pack) {
    auto& calendar = pack.calendar;
    calendar.clause = root.clause();
    read_zone(root, calendar);
    read_weekend(root, calendar);
    read_working_hours(root, calendar);
    calendar.working_day_end = root.choice<WorkingDayEnd>("working_day_end");
    calendar.year_missing_warn_days = root.integer("year_missing_warn_days", {1, 366});
    root.entries("year", true, [&](const std::string& key, TableReader& row) {
        std::int32_t year = 0;
        auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), year);
        if (error != std::errc{} || end != key.data() + key.size() || year < 2000 || year > 2200) {
            row.wrong("", "应为年份，如 [year.2026]", "a year such as [year.2026]");
            return;
        }
        calendar.years.emplace(year, read_year(year, row, calendar));
    });
}

}  // namespace hezhi::rules
