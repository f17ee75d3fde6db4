// The wall clock of a place: its offset from UTC, summer time included, after the tz database.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"

namespace hezhi {

// One zone of the tz database, laid out for the years that an installation can see. A copy is a
// copy of its few changes; China's zone has none.
class Zone {
  public:
    Zone();  // Asia/Shanghai, one offset without changes

    // "Europe/London", from 2000 on; whatever came before has the offset with which that year
    // began. nullopt if the machine's tz database knows no such zone.
    static std::optional<Zone> find(const std::string& name);

    const std::string& name() const { return name_; }

    Millis offset_at(Instant at) const {
        return changes_.empty() || at < changes_.front().at ? first_ : offset_after(at);
    }

    // The instant at which the clocks of the place show `since_midnight` of the day. What they skip
    // in spring is taken for the instant of the change, what they show twice for its first time.
    Instant at_wall(Day day, Millis since_midnight) const;

    bool operator==(const Zone& other) const { return name_ == other.name_; }

  private:
    struct Change {
        Instant at;
        Millis offset;  // from then on
    };
    Millis offset_after(Instant at) const;

    std::string name_;
    Millis first_;                 // before the first change
    std::vector<Change> changes_;  // in order
};

// The zone in which this process reads and writes days and times of day. An installation lives in
// one zone, as its first pack says (calendar.zone); whoever opens its journal or a pack by itself
// sets it, before any other thread reads it. Asia/Shanghai until then. Why this one thing is not
// passed in: docs/decisions/0008_one_zone_a_process.md.
const Zone& place_zone();
void set_place_zone(const Zone& zone);

}  // namespace hezhi
