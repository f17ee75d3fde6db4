// Deadlines over a pack's calendar: holidays, worked weekends (调休), working hours. Pure.
#pragma once

#include <cstdint>
#include <optional>

#include "base/instant.h"
#include "rules/pack.h"

namespace hezhi::rules {

// A deadline. If the clock crossed a year for which the calendar has no rows, that year counts by
// its weekends alone, and `year_missing` names the first such year: the caller warns.
struct Due {
    Instant at;
    std::optional<std::int32_t> year_missing;
};

// Days and times of day are from now on those of the pack's zone (base/zone.h).
void live_by(const Pack& pack);

bool is_working_day(Day day, const Calendar& calendar);

// Minutes and hours run through working hours only; a start outside them counts from the next
// opening. Days: the start's own day does not count; the limit ends on the Nth working day after
// it, at the close of work or at the time of day of the start (calendar.working_day_end).
// `amount` ≥ 0.
Due add_working(Instant start, std::int64_t amount, TimeUnit unit, const Calendar& calendar);

// Whether any minute from `from` to before `to` lies in these hours.
bool touches(const DailyHours& hours, Instant from, Instant to);

// The end of `limit` from `start`. On a calendar clock a day is 24 hours.
Due deadline(Instant start, const TimeLimit& limit, const Calendar& calendar);

// The year that begins within calendar.year_missing_warn_days of `today`, or is running, and has
// no rows; nullopt if all is there.
std::optional<std::int32_t> year_missing_soon(Day today, const Calendar& calendar);

}  // namespace hezhi::rules
