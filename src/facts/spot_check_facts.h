// Facts about hours that are true (真实时长): records held or drawn for a call-back, and what it
// found. Subjects: "spot_check", "record", "person", and "order" where there is one. What was said
// stands in the register of texts under the position of the fact.
#pragma once

#include "facts/fact.h"

namespace hezhi {

using SpotCheckId = Id<struct SpotCheckTag>;

// A month's draw begins. Of its seed only the SHA-256 is told, so that nobody foresees what it will
// draw. Months that were begun before that was so tell the seed itself, a number.
struct SampleSeeded {
    static constexpr std::string_view kind = "sample.seeded";
    static constexpr int version = 1;
    Instant month;
    std::optional<std::int64_t> seed;
    std::optional<std::string> commitment;
};
BOOST_DESCRIBE_STRUCT(SampleSeeded, (), (month, seed, commitment))

// The month is over: with its seed anybody draws the same sample again.
struct SampleRevealed {
    static constexpr std::string_view kind = "sample.revealed";
    static constexpr int version = 1;
    Instant month;
    std::string seed;
};
BOOST_DESCRIBE_STRUCT(SampleRevealed, (), (month, seed))

// The seed that was promised last for this month can no longer be read: what it drew cannot be
// drawn again, and what is left of the month is drawn by another.
struct SampleLost {
    static constexpr std::string_view kind = "sample.lost";
    static constexpr int version = 1;
    Instant month;
};
BOOST_DESCRIBE_STRUCT(SampleLost, (), (month))

// `reasons` are keys of the pack; none if the record was only drawn. `held`: until the outcome is
// known nothing may be earned by it.
struct SpotCheckOpened {
    static constexpr std::string_view kind = "spot_check.opened";
    static constexpr int version = 1;
    std::vector<std::string> reasons;
    bool sampled = false;
    std::int32_t percent = 0;  // by which it was drawn or not
    bool held = false;
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(SpotCheckOpened, (), (reasons, sampled, percent, held, pack))

enum class SpotCheckOutcome {
    confirmed,    // 属实
    differs,      // 与记录不符
    not_reached,  // 未联系上
};
BOOST_DESCRIBE_ENUM(SpotCheckOutcome, confirmed, differs, not_reached)

struct SpotCheckAnswered {
    static constexpr std::string_view kind = "spot_check.answered";
    static constexpr int version = 1;
    SpotCheckOutcome outcome = SpotCheckOutcome::confirmed;
    bool last = false;  // nobody calls again
};
BOOST_DESCRIBE_STRUCT(SpotCheckAnswered, (), (outcome, last))

// What differed or was never reached is settled: it stands, or it was false.
struct SpotCheckSettled {
    static constexpr std::string_view kind = "spot_check.settled";
    static constexpr int version = 1;
    bool proven_false = false;
};
BOOST_DESCRIBE_STRUCT(SpotCheckSettled, (), (proven_false))

// Every record up to `position` was looked at, on the day that begins with `day`.
struct SpotDayClosed {
    static constexpr std::string_view kind = "spot_day.closed";
    static constexpr int version = 1;
    Instant day;
    std::int64_t position = 0;
};
BOOST_DESCRIBE_STRUCT(SpotDayClosed, (), (day, position))

}  // namespace hezhi
