// Who is not sent to whom any more, by the recipient's wish. Subjects "recipient" and "volunteer":
// no subject "person", so that nobody of the two is told by a live event.
#pragma once

#include "facts/fact.h"

namespace hezhi {

struct PairSeparated {
    static constexpr std::string_view kind = "pair.separated";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(PairSeparated, (), ())

struct PairRejoined {
    static constexpr std::string_view kind = "pair.rejoined";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(PairRejoined, (), ())

}  // namespace hezhi
