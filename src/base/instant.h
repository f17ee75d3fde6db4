// Points in time (UTC milliseconds) and calendar days on the wall clock of the place (zone.h).
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hezhi {

using Millis = std::chrono::milliseconds;

struct Instant {
    std::int64_t ms = 0;  // since 1970-01-01T00:00:00Z; 0 means "never"

    constexpr explicit operator bool() const { return ms != 0; }
    constexpr auto operator<=>(const Instant&) const = default;
    constexpr Instant operator+(Millis d) const { return {ms + d.count()}; }
    constexpr Instant operator-(Millis d) const { return {ms - d.count()}; }
    constexpr Millis operator-(Instant o) const { return Millis(ms - o.ms); }
};

// A day of the calendar, counted from 1970-01-01.
struct Day {
    std::int32_t number = 0;

    constexpr auto operator<=>(const Day&) const = default;
    constexpr Day operator+(int days) const { return {number + days}; }
    constexpr int operator-(Day o) const { return number - o.number; }
    int year() const;
    int weekday() const;  // 0 Sunday … 6 Saturday
};

// The day on which an instant falls in the zone of the place, and the instant at which it begins.
Day day_of(Instant at);
Instant start_of(Day day);
// The instant at which the clocks of the place show this time of the day; on the day of a change to
// or from summer time not the same as so long after midnight.
Instant at_wall(Day day, Millis since_midnight);
// What the clocks of the place show, as the time since a midnight without a change.
Millis wall_time(Instant at);

// The same day and time of day so many months later, or earlier where `months` is negative; the
// month's last day where it has no such day.
Instant months_later(Instant at, std::int32_t months);

// The same at a fixed offset from UTC, for times that say theirs.
Day day_of(Instant at, Millis offset);
Instant start_of(Day day, Millis offset);

// "2026-03-05". nullopt if the text is not a day that exists.
std::optional<Day> parse_day(std::string_view text);
std::string to_string(Day day);
// "2026-03-05T14:30:00+08:00", on the wall clock of the place or at an offset.
std::string to_string(Instant at);
std::string to_string(Instant at, Millis offset);

// Where "now" comes from. Passed in; only main makes the real one.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
  public:
    Instant now() const override;
};

// For tests and the simulator: stands still until told.
class ManualClock final : public Clock {
  public:
    explicit ManualClock(Instant start) : now_(start) {}
    Instant now() const override { return now_; }
    void set(Instant at) { now_ = at; }
    void advance(Millis by) { now_ = now_ + by; }

  private:
    Instant now_;
};

}  // namespace hezhi
