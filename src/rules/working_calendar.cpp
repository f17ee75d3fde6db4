#include "rules/working_calendar.h"

#include <chrono>

#include "base/assert.h"

namespace hezhi::rules {

namespace {

using std::chrono::minutes;

// No limit of a pack reaches further (table_reader.cpp); a calendar of holidays alone would.
constexpr int days_walked_max = 4000;

const CalendarYear* year_of(Day day, const Calendar& calendar) {
    auto found = calendar.years.find(day.year());
    return found == calendar.years.end() ? nullptr : &found->second;
}

// `year`: that of the day; null if the calendar does not hold it.
bool works_in(const CalendarYear* year, Day day, const Calendar& calendar) {
    if (year && year->holidays.contains(day)) return false;
    if (year && year->working_days.contains(day)) return true;
    return !calendar.weekend.contains(day.weekday());
}

// Walks over days and remembers the first year that the calendar does not hold.
class Walk {
  public:
    explicit Walk(const Calendar& calendar) : calendar_(calendar) {}

    bool works(Day day) {
        if (int number = day.year(); number != year_number_) {
            year_number_ = number;
            year_ = year_of(day, calendar_);
            if (!year_ && !due_.year_missing) due_.year_missing = number;
        }
        return works_in(year_, day, calendar_);
    }

    // The working day after `day`.
    Day next(Day day) {
        int walked = 0;
        do {
            day = day + 1;
            ++walked;
            HEZHI_ASSERT(walked < days_walked_max);
        } while (!works(day));
        return day;
    }

    Due end(Instant at) {
        due_.at = at;
        return due_;
    }

  private:
    const Calendar& calendar_;
    int year_number_ = INT32_MIN;  // of the day looked at last
    const CalendarYear* year_ = nullptr;
    Due due_;
};

Due add_days(Instant start, std::int64_t amount, const Calendar& calendar) {
    Walk walk(calendar);
    Day day = day_of(start);
    for (std::int64_t n = 0; n < amount; ++n) day = walk.next(day);
    bool keeps_time = calendar.working_day_end == WorkingDayEnd::same_time || amount == 0;
    Millis ends =
        keeps_time ? wall_time(start) : Millis(minutes(calendar.working_hours.back().to_minute));
    return walk.end(at_wall(day, ends));
}

Due add_minutes(Instant start, Millis left, const Calendar& calendar) {
    Walk walk(calendar);
    for (Day day = day_of(start);; day = walk.next(day)) {
        if (!walk.works(day)) continue;
        for (auto& span : calendar.working_hours) {
            Instant from = at_wall(day, minutes(span.from_minute));
            Instant to = at_wall(day, minutes(span.to_minute));
            if (from < start) from = start;
            if (from >= to) continue;
            if (left <= to - from) return walk.end(from + left);
            left -= to - from;
        }
    }
}

Millis length(std::int64_t amount, TimeUnit unit) {
    switch (unit) {
        case TimeUnit::minutes:
            return minutes(amount);
        case TimeUnit::hours:
            return std::chrono::hours(amount);
        case TimeUnit::days:
            return std::chrono::days(amount);
    }
    HEZHI_ASSERT(!"a unit of time");
    return {};
}

}  // namespace

void live_by(const Pack& pack) {
    if (!(place_zone() == pack.calendar.zone)) set_place_zone(pack.calendar.zone);
}

bool is_working_day(Day day, const Calendar& calendar) {
    return works_in(year_of(day, calendar), day, calendar);
}

bool touches(const DailyHours& hours, Instant from, Instant to) {
    constexpr std::int32_t day_minutes = 24 * 60;
    std::int32_t until = hours.until_minute > hours.from_minute ? hours.until_minute
                                                                : hours.until_minute + day_minutes;
    // What began the evening before may still last.
    for (Day day = day_of(from) + -1; !(day_of(to) < day); day = day + 1) {
        if (from < at_wall(day, minutes(until)) && at_wall(day, minutes(hours.from_minute)) < to) {
            return true;
        }
    }
    return false;
}

Due add_working(Instant start, std::int64_t amount, TimeUnit unit, const Calendar& calendar) {
    HEZHI_ASSERT(amount >= 0);
    HEZHI_ASSERT(!calendar.working_hours.empty());
    if (unit == TimeUnit::days) return add_days(start, amount, calendar);
    return add_minutes(start, length(amount, unit), calendar);
}

Due deadline(Instant start, const TimeLimit& limit, const Calendar& calendar) {
    if (limit.clock == ClockKind::working) {
        return add_working(start, limit.amount, limit.unit, calendar);
    }
    return {start + length(limit.amount, limit.unit), std::nullopt};
}

std::optional<std::int32_t> year_missing_soon(Day today, const Calendar& calendar) {
    for (auto day : {today, today + calendar.year_missing_warn_days}) {
        if (!calendar.years.contains(day.year())) return day.year();
    }
    return std::nullopt;
}

}  // namespace hezhi::rules
