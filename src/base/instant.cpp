#include "base/instant.h"

#include <array>
#include <charconv>
#include <cstdio>

#include "base/zone.h"

namespace hezhi {
namespace {

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

std::chrono::year_month_day calendar(Day day) {
    return std::chrono::sys_days(std::chrono::days(day.number));
}

bool parse_number(std::string_view text, int& out) {
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

int Day::year() const {
    return static_cast<int>(calendar(*this).year());
}

int Day::weekday() const {
    return static_cast<int>(
        std::chrono::weekday(std::chrono::sys_days(std::chrono::days(number))).c_encoding());
}

Day day_of(Instant at) {
    return day_of(at, place_zone().offset_at(at));
}

Instant start_of(Day day) {
    return place_zone().at_wall(day, Millis(0));
}

Instant at_wall(Day day, Millis since_midnight) {
    return place_zone().at_wall(day, since_midnight);
}

Millis wall_time(Instant at) {
    Millis offset = place_zone().offset_at(at);
    return at - start_of(day_of(at, offset), offset);
}

Instant months_later(Instant at, std::int32_t months) {
    std::chrono::year_month_day later = calendar(day_of(at)) + std::chrono::months(months);
    if (!later.ok()) later = later.year() / later.month() / std::chrono::last;
    auto number = std::chrono::sys_days(later).time_since_epoch().count();
    return at_wall(Day{static_cast<std::int32_t>(number)}, wall_time(at));
}

Day day_of(Instant at, Millis offset) {
    return {static_cast<std::int32_t>(floor_div(at.ms + offset.count(), day_ms))};
}

Instant start_of(Day day, Millis offset) {
    return {day.number * day_ms - offset.count()};
}

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    int year = 0, month = 0, day = 0;
    if (!parse_number(text.substr(0, 4), year) || !parse_number(text.substr(5, 2), month) ||
        !parse_number(text.substr(8, 2), day) || month < 1 || day < 1) {
        return std::nullopt;
    }
    std::chrono::year_month_day ymd{std::chrono::year(year),
                                    std::chrono::month(static_cast<unsigned>(month)),
                                    std::chrono::day(static_cast<unsigned>(day))};
    if (!ymd.ok()) return std::nullopt;
    return Day{static_cast<std::int32_t>(std::chrono::sys_days(ymd).time_since_epoch().count())};
}

std::string to_string(Day day) {
    auto ymd = calendar(day);
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(ymd.year()),
                  static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
    return out.data();
}

std::string to_string(Instant at) {
    return to_string(at, place_zone().offset_at(at));
}

std::string to_string(Instant at, Millis offset) {
    Day day = day_of(at, offset);
    std::int64_t seconds = (at.ms - start_of(day, offset).ms) / 1000;
    auto minutes = std::chrono::duration_cast<std::chrono::minutes>(offset).count();
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), "T%02d:%02d:%02d%c%02d:%02d",
                  static_cast<int>(seconds / 3600), static_cast<int>(seconds / 60 % 60),
                  static_cast<int>(seconds % 60), minutes < 0 ? '-' : '+',
                  static_cast<int>(std::abs(minutes) / 60),
                  static_cast<int>(std::abs(minutes) % 60));
    return to_string(day) + out.data();
}

Instant SystemClock::now() const {
    auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<Millis>(since).count()};
}

}  // namespace hezhi
