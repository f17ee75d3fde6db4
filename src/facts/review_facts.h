// What follows a review (评单): another round, a joint meeting, the volunteer's reply.
#pragma once

#include "facts/need_facts.h"

namespace hezhi {

// A closed need is worked on again under its number: it was not solved, or somebody asked for it.
struct NeedReopened {
    static constexpr std::string_view kind = "need.reopened";
    static constexpr int version = 1;
    std::int32_t times = 1;      // this is the first, second, … reopening
    bool unresolved = false;     // by a review that said so; otherwise somebody asked
    bool joint_meeting = false;  // it goes to a joint meeting (联席会议) first
    PriorityClass priority_class = PriorityClass::P3;  // of this round
    Instant handle_until;                              // of this round
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(NeedReopened, (),
                      (times, unresolved, joint_meeting, priority_class, handle_until, pack))

// The joint meeting was held; what it decided stands in the register of texts.
struct MeetingNoted {
    static constexpr std::string_view kind = "need.meeting_noted";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(MeetingNoted, (), ())

// A volunteer (subject "person") replied to the review of the order; the words are in the register.
struct ReviewReplied {
    static constexpr std::string_view kind = "review.replied";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(ReviewReplied, (), ())

}  // namespace hezhi
