// Facts about certification (专业认证): what somebody passed, who saw it, what was granted.
//
// The subject "person" is the volunteer. Whatever a rule decided is carried as a value, so that a
// later pack changes nothing of it. CertificationGranted stands in standing_facts.h.
#pragma once

#include "facts/course_kind.h"
#include "facts/standing_facts.h"

namespace hezhi {

// Signed by whoever taught it. Nothing is earned by watching or by signing in.
struct CoursePassed {
    static constexpr std::string_view kind = "course.passed";
    static constexpr int version = 1;
    CourseKind course = CourseKind::general;
    std::string field;  // of a special course; empty otherwise
    std::int32_t minutes = 0;
    std::int32_t test_percent = 0;  // 0: without a test
    Instant held_at;
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(CoursePassed, (), (course, field, minutes, test_percent, held_at, pack))

// A supervisor watched a service of the field.
struct CheckObserved {
    static constexpr std::string_view kind = "check.observed";
    static constexpr int version = 1;
    std::string field;
    bool passed = false;
    Instant observed_at;
};
BOOST_DESCRIBE_STRUCT(CheckObserved, (), (field, passed, observed_at))

struct LeadRecommended {
    static constexpr std::string_view kind = "lead.recommended";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(LeadRecommended, (), ())

// A licence from outside was seen: which and until when, never its number.
struct LicenceVerified {
    static constexpr std::string_view kind = "licence.verified";
    static constexpr int version = 1;
    std::string licence;  // a credential of the pack: "lawyer"
    Instant valid_until;
};
BOOST_DESCRIBE_STRUCT(LicenceVerified, (), (licence, valid_until))

// Earned before the registration, taken over from its papers.
struct CertificationRecognised {
    static constexpr std::string_view kind = "certification.recognised";
    static constexpr int version = 1;
    std::int32_t level = 0;
    std::vector<std::string> fields;
    Instant valid_until;
    Instant warn_at;
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(CertificationRecognised, (), (level, fields, valid_until, warn_at, pack))

struct CertificationRenewed {
    static constexpr std::string_view kind = "certification.renewed";
    static constexpr int version = 1;
    std::int32_t level = 0;  // what holds from now on, also after a lapse
    bool professional = false;
    std::vector<std::string> fields;
    Instant valid_until;
    Instant warn_at;
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(CertificationRenewed, (),
                      (level, professional, fields, valid_until, warn_at, pack))

// It ends soon.
struct CertificationWarned {
    static constexpr std::string_view kind = "certification.warned";
    static constexpr int version = 1;
    Instant due_at;
};
BOOST_DESCRIBE_STRUCT(CertificationWarned, (), (due_at))

// Its time is over: orders that need it are no longer dispatched.
struct CertificationLapsed {
    static constexpr std::string_view kind = "certification.lapsed";
    static constexpr int version = 1;
    std::int32_t level = 0;  // that was held
    bool professional = false;
    Instant due_at;
};
BOOST_DESCRIBE_STRUCT(CertificationLapsed, (), (level, professional, due_at))

}  // namespace hezhi
