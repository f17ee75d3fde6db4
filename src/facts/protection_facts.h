// Facts about mandatory reports (强制报告). Sealed: they carry no reporter, stand on no event
// stream, and have no subject in common with any other record.
#pragma once

#include "facts/fact.h"

namespace hezhi {

// Whom the report is about.
enum class ProtectedGroup { minor, elder, disabled, family_violence };
BOOST_DESCRIBE_ENUM(ProtectedGroup, minor, elder, disabled, family_violence)

struct ProtectionReported {
    static constexpr std::string_view kind = "protection.reported";
    static constexpr int version = 1;
    ProtectedGroup about = ProtectedGroup::minor;
    Instant answer_until;
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(ProtectionReported, (), (about, answer_until, pack))

struct ProtectionAnswered {
    static constexpr std::string_view kind = "protection.answered";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(ProtectionAnswered, (), ())

}  // namespace hezhi
