// Facts about activities (活动): published with shifts, joined, attended, recorded.
#pragma once

#include <optional>

#include "facts/fact.h"

namespace hezhi {

// Title, place and risks are texts of the register under the activity's id. The subject
// "organization" is there if a team holds it, "insurance" if a policy covers it.
struct ActivityPublished {
    static constexpr std::string_view kind = "activity.published";
    static constexpr int version = 1;
    std::string category;
    AccountId leader;  // who published it runs it
    std::int32_t age_years_min = 0;
    std::int32_t certification_min = 0;
    Instant ends_at;  // of its last shift
    std::string pack;
    std::optional<std::int32_t> children;  // whom it is for, where minors are served
};
BOOST_DESCRIBE_STRUCT(ActivityPublished, (),
                      (category, leader, age_years_min, certification_min, ends_at, pack, children))

struct ActivityCancelled {
    static constexpr std::string_view kind = "activity.cancelled";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(ActivityCancelled, (), ())

// 班次. Subjects "activity" and "shift"; the facts below name the "person" as well.
struct ShiftAdded {
    static constexpr std::string_view kind = "shift.added";
    static constexpr int version = 1;
    Instant starts_at;
    Instant ends_at;
    std::int32_t capacity = 0;
};
BOOST_DESCRIBE_STRUCT(ShiftAdded, (), (starts_at, ends_at, capacity))

struct ShiftJoined {
    static constexpr std::string_view kind = "shift.joined";
    static constexpr int version = 1;
    Instant starts_at;  // what it binds the person to
    Instant ends_at;
    bool waits = false;  // on the waiting list
};
BOOST_DESCRIBE_STRUCT(ShiftJoined, (), (starts_at, ends_at, waits))

// Somebody left, so the first who waited has a place.
struct ShiftMovedUp {
    static constexpr std::string_view kind = "shift.moved_up";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(ShiftMovedUp, (), ())

struct ShiftLeft {
    static constexpr std::string_view kind = "shift.left";
    static constexpr int version = 1;
    bool waited = false;  // gave up a place in the queue only
};
BOOST_DESCRIBE_STRUCT(ShiftLeft, (), (waited))

// The leader's tick on the list, or that it is taken back.
struct ShiftCheckedIn {
    static constexpr std::string_view kind = "shift.checked_in";
    static constexpr int version = 1;
    bool present = true;
};
BOOST_DESCRIBE_STRUCT(ShiftCheckedIn, (), (present))

// Somebody who was there went home, as the leader saw. Asked of minors, whose guardian sees it.
struct ShiftReturned {
    static constexpr std::string_view kind = "shift.returned";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(ShiftReturned, (), ())

// One person's record of the shift: the position of this fact is the record's id.
struct ShiftRecorded {
    static constexpr std::string_view kind = "shift.recorded";
    static constexpr int version = 1;
    std::string category;
    Instant starts_at;
    Instant ends_at;
    std::int32_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(ShiftRecorded, (), (category, starts_at, ends_at, minutes))

// Somebody was there and still gets no record: the code of the refusal.
struct ShiftRecordRefused {
    static constexpr std::string_view kind = "shift.record_refused";
    static constexpr int version = 1;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ShiftRecordRefused, (), (reason))

// All who were there have their records.
struct ShiftClosed {
    static constexpr std::string_view kind = "shift.closed";
    static constexpr int version = 1;
    std::int32_t present = 0;
    std::int32_t recorded = 0;
};
BOOST_DESCRIBE_STRUCT(ShiftClosed, (), (present, recorded))

}  // namespace hezhi
