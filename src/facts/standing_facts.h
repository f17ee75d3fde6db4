// Facts about what a person may be trusted with: volunteer, certification (V0–V4), credential.
#pragma once

#include "facts/fact.h"

namespace hezhi {

struct VolunteerRegistered {
    static constexpr std::string_view kind = "volunteer.registered";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(VolunteerRegistered, (), ())

// Platform recognition (平台能力认证), not a national qualification.
struct CertificationGranted {
    static constexpr std::string_view kind = "certification.granted";
    static constexpr int version = 2;
    std::int32_t level = 0;     // 0–4 stands for V0–V4
    std::string field;          // in which, or the licence; "any" of what was granted without one
    bool professional = false;  // for a licence
    Instant valid_until;        // never ends, if it is 0
    Instant warn_at;
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(CertificationGranted, (),
                      (level, field, professional, valid_until, warn_at, pack))

// The field of a certification from before there were fields: it holds in each.
inline constexpr std::string_view any_field = "any";

// A national qualification is registered (登记) and valid, e.g. "social_worker".
struct CredentialRegistered {
    static constexpr std::string_view kind = "credential.registered";
    static constexpr int version = 1;
    std::string credential;
};
BOOST_DESCRIBE_STRUCT(CredentialRegistered, (), (credential))

// A background check was answered, for example the query of crime records (未成年人保护法 62). Only
// that and until when it holds, never what it said.
struct RecordChecked {
    static constexpr std::string_view kind = "record_check.noted";
    static constexpr int version = 2;
    Instant valid_until;  // without an end, if it is 0
    std::string check = "crime_record";
};
BOOST_DESCRIBE_STRUCT(RecordChecked, (), (valid_until, check))

}  // namespace hezhi
