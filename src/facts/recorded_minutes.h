// Which facts put minutes into somebody's service record: one answer for all who count them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "facts/fact.h"

namespace hezhi {

// The kinds of fact that may add minutes to a service record, or take some away.
std::vector<std::string_view> minute_kinds();

// What a fact adds to the recorded minutes of its subject "person". What waits for a second person
// and duty time add nothing; a correction to fewer minutes is negative.
struct RecordedMinutes {
    std::int64_t minutes = 0;
    Instant ends_at;  // of the service
};
std::optional<RecordedMinutes> recorded_minutes(const Fact& fact);

}  // namespace hezhi
