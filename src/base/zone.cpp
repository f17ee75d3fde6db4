#include "base/zone.h"

#include <date/tz.h>

#include <algorithm>
#include <stdexcept>

namespace hezhi {
namespace {

// No installation holds facts from before the first year: what a clock showed then (China had
// summer time until 1991) is nowhere asked, and Asia/Shanghai found here is the zone that needs no
// finding. Rules about the years after the last are not made yet.
constexpr int first_year = 2000, last_year = 2100;
constexpr std::int64_t zone_day_ms = 24LL * 60 * 60 * 1000;

Instant instant_of(date::sys_seconds at) {
    return {std::chrono::duration_cast<Millis>(at.time_since_epoch()).count()};
}

Zone& the_place_zone() {
    static Zone zone;
    return zone;
}

}  // namespace

Zone::Zone() : name_("Asia/Shanghai"), first_(std::chrono::hours(8)) {}

std::optional<Zone> Zone::find(const std::string& name) {
    const date::time_zone* found = nullptr;
    try {
        found = date::locate_zone(name);
    } catch (const std::runtime_error&) {
        return std::nullopt;
    }
    using date::January;
    date::sys_seconds at = date::sys_days(date::year(first_year) / January / 1);
    const date::sys_seconds end = date::sys_days(date::year(last_year) / January / 1);
    Zone zone;
    zone.name_ = name;
    auto info = found->get_info(at);
    zone.first_ = info.offset;
    while (info.end < end) {
        auto next = found->get_info(info.end);
        if (next.offset != info.offset)
            zone.changes_.push_back({instant_of(info.end), next.offset});
        info = next;
    }
    return zone;
}

Millis Zone::offset_after(Instant at) const {
    return std::prev(std::ranges::upper_bound(changes_, at, {}, &Change::at))->offset;
}

Instant Zone::at_wall(Day day, Millis since_midnight) const {
    Instant wall{day.number * zone_day_ms + since_midnight.count()};  // as if it were UTC
    if (changes_.empty()) return wall - first_;
    // A day away from it on both sides lie the only two offsets that can hold.
    Millis before = offset_at(wall - Millis(zone_day_ms)),
           after = offset_at(wall + Millis(zone_day_ms));
    if (Instant at = wall - before; offset_at(at) == before) return at;
    if (Instant at = wall - after; offset_at(at) == after) return at;
    auto change = std::ranges::upper_bound(changes_, wall - Millis(zone_day_ms), {}, &Change::at);
    return change->at;  // skipped: no clock shows it
}

const Zone& place_zone() {
    return the_place_zone();
}

void set_place_zone(const Zone& zone) {
    the_place_zone() = zone;
}

}  // namespace hezhi
