// Facts about requesters who were not there, and the call before their next order is offered
// (电话核实). Subjects "order", "need" and "recipient": no subject "person", so that nobody is told
// by a live event that somebody is going to call.
#pragma once

#include "facts/fact.h"

namespace hezhi {

// Who was to be served was not there, and the order was cancelled for it.
struct AbsenceNoted {
    static constexpr std::string_view kind = "absence.noted";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(AbsenceNoted, (), ())

// The order is offered to nobody until somebody has called.
struct PhoneCheckAsked {
    static constexpr std::string_view kind = "phone_check.asked";
    static constexpr int version = 1;
    std::int32_t absences = 0;
    std::int32_t days = 0;  // within which they were
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(PhoneCheckAsked, (), (absences, days, pack))

enum class PhoneCheckOutcome {
    wanted,       // 仍需要
    not_wanted,   // 不再需要
    not_reached,  // 未联系上
};
BOOST_DESCRIBE_ENUM(PhoneCheckOutcome, wanted, not_wanted, not_reached)

struct PhoneCheckAnswered {
    static constexpr std::string_view kind = "phone_check.answered";
    static constexpr int version = 1;
    PhoneCheckOutcome outcome = PhoneCheckOutcome::not_reached;
};
BOOST_DESCRIBE_STRUCT(PhoneCheckAnswered, (), (outcome))

}  // namespace hezhi
