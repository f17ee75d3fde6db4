// Facts about joining and leaving: what somebody agreed to, and disputes about who is registered.
#pragma once

#include "facts/fact.h"

namespace hezhi {

// The pledge, the risks and the terms of this pack were shown and agreed to. Subject "person".
struct AgreementSigned {
    static constexpr std::string_view kind = "agreement.signed";
    static constexpr int version = 1;
    std::string pack;  // name and version, whose words were shown
};
BOOST_DESCRIBE_STRUCT(AgreementSigned, (), (pack))

// Somebody who is registered already has shown by document, name and phone that it is them.
struct RegistrationClaimed {
    static constexpr std::string_view kind = "registration.claimed";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(RegistrationClaimed, (), ())

// Somebody says that their document number stands with another person. Subjects "dispute" (self)
// and "person", whose entry it is; who says so stands in the register of texts.
struct RegistrationDisputed {
    static constexpr std::string_view kind = "registration.disputed";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(RegistrationDisputed, (), ())

enum class DisputeOutcome {
    same_person,      // 是本人
    number_released,  // 号码原登记有误，已释放
    rejected,         // 不成立
};
BOOST_DESCRIBE_ENUM(DisputeOutcome, same_person, number_released, rejected)

struct DisputeSettled {
    static constexpr std::string_view kind = "dispute.settled";
    static constexpr int version = 1;
    DisputeOutcome outcome = DisputeOutcome::rejected;
    // Of whoever loses the number, by the birth date that they told; absent if it came from it.
    std::optional<std::int32_t> age_years;
};
BOOST_DESCRIBE_STRUCT(DisputeSettled, (), (outcome, age_years))

// A volunteer serves no longer; what was served stays. Coming back is volunteer.registered again.
struct VolunteerLeft {
    static constexpr std::string_view kind = "volunteer.left";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(VolunteerLeft, (), ())

// The person's entry in the register was emptied. The journal still adds up; the id points nowhere.
struct PersonErased {
    static constexpr std::string_view kind = "person.erased";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(PersonErased, (), ())

}  // namespace hezhi
