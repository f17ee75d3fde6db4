// Facts about people: that somebody is registered and what was read in clear, never who they are.
#pragma once

#include <optional>

#include "facts/fact.h"

namespace hezhi {

struct PersonRegistered {
    static constexpr std::string_view kind = "person.registered";
    static constexpr int version = 1;
    std::optional<std::int32_t> age_years;  // as judged on this day; absent if not told
};
BOOST_DESCRIBE_STRUCT(PersonRegistered, (), (age_years))

// The fact's place is where the person belongs from now on, because the area before it was closed.
struct PersonMoved {
    static constexpr std::string_view kind = "person.moved";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(PersonMoved, (), ())

// Clear text of a register was shown (查看明文). The reason stands in the register of texts under
// this fact's position.
struct PersonRead {
    static constexpr std::string_view kind = "person.read";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(PersonRead, (), ())

// The birth date that somebody told was put right. It stands in the register of texts under the
// person, the reason under this fact's position.
struct BirthDateCorrected {
    static constexpr std::string_view kind = "birth_date.corrected";
    static constexpr int version = 1;
    std::int32_t age_years = 0;  // as judged on this day
};
BOOST_DESCRIBE_STRUCT(BirthDateCorrected, (), (age_years))

// The volunteer's number in a register of volunteers outside this platform. It stands in the
// register of texts under the person.
struct VolunteerNumberNoted {
    static constexpr std::string_view kind = "volunteer_number.noted";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(VolunteerNumberNoted, (), ())

}  // namespace hezhi
