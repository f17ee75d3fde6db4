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

// The last licence of whoever held V4 by one has ended, and V4 with it.
struct LicenceEnded {
    static constexpr std::string_view kind = "licence.ended";
    static constexpr int version = 1;
    std::int32_t level = 0;  // that is left
    Instant due_at;
};
BOOST_DESCRIBE_STRUCT(LicenceEnded, (), (level, due_at))

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

// --- taking a certification back, or suspending it ---

using LoweringId = Id<struct LoweringTag>;

enum class LoweringMeasure {
    lower,    // 降低等级: what lies above `to_level` is earned anew
    suspend,  // 暂停: the level stands and opens nothing for some days
};
BOOST_DESCRIBE_ENUM(LoweringMeasure, lower, suspend)

enum class LoweringCause {
    complaint,       // 投诉, upheld
    incident,        // 突发情况, put down to the person
    spot_check,      // 抽查 of one of their records
    observed_check,  // 现场考核 that they did not pass
};
BOOST_DESCRIBE_ENUM(LoweringCause, complaint, incident, spot_check, observed_check)

// Holds once a second person confirms it. Subject "lowering" is self; why stands in the register of
// texts under it. What caused it stands in the payload, as complaints ask: nobody who looks at a
// complaint's subjects finds a person by it.
struct LoweringProposed {
    static constexpr std::string_view kind = "lowering.proposed";
    static constexpr int version = 1;
    LoweringMeasure measure = LoweringMeasure::suspend;
    std::string ground;  // of the pack: "complaint_upheld"
    std::int32_t from_level = 0;
    bool professional = false;  // V4 beside it
    std::int32_t to_level = 0;  // of lower
    std::int32_t days = 0;      // of suspend
    std::string pack;
    std::optional<LoweringCause> cause;
    std::optional<std::int64_t> cause_id;  // the position of the fact that made it
    std::optional<Instant> answer_until;   // until then it waits for the person's own word
};
BOOST_DESCRIBE_STRUCT(LoweringProposed, (),
                      (measure, ground, from_level, professional, to_level, days, pack, cause,
                       cause_id, answer_until))

// 陈述申辩: the person's own word on the proposal, once; it stands in the register of texts under
// the lowering.
struct LoweringAnswered {
    static constexpr std::string_view kind = "lowering.answered";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(LoweringAnswered, (), ())

struct LoweringConfirmed {
    static constexpr std::string_view kind = "lowering.confirmed";
    static constexpr int version = 1;
    LoweringMeasure measure = LoweringMeasure::suspend;
    std::int32_t level = 0;           // that is left, of lower
    std::vector<std::string> fields;  // in which, of lower
    Instant suspended_until;          // of suspend
    Instant appeal_until;
};
BOOST_DESCRIBE_STRUCT(LoweringConfirmed, (),
                      (measure, level, fields, suspended_until, appeal_until))

struct LoweringRejected {
    static constexpr std::string_view kind = "lowering.rejected";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(LoweringRejected, (), ())

// By the person; what was confirmed stands until the decision.
struct LoweringAppealed {
    static constexpr std::string_view kind = "lowering.appealed";
    static constexpr int version = 1;
    Instant settle_until;
    std::optional<Instant> acknowledge_until;
    std::optional<bool> second;  // 复核: against the decision of the first
};
BOOST_DESCRIBE_STRUCT(LoweringAppealed, (), (settle_until, acknowledge_until, second))

struct LoweringAcknowledged {
    static constexpr std::string_view kind = "lowering.acknowledged";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(LoweringAcknowledged, (), ())

// A limit of the appeal passed: for the acknowledgement, or for the decision.
struct LoweringEscalated {
    static constexpr std::string_view kind = "lowering.escalated";
    static constexpr int version = 1;
    Instant due_at;
};
BOOST_DESCRIBE_STRUCT(LoweringEscalated, (), (due_at))

// `upheld`: the appeal is right, and what was held before holds again, with these values.
struct LoweringSettled {
    static constexpr std::string_view kind = "lowering.settled";
    static constexpr int version = 1;
    bool upheld = false;
    LoweringMeasure measure = LoweringMeasure::suspend;
    std::int32_t level = 0;
    bool professional = false;
    std::vector<std::string> fields;
    Instant valid_until;
    std::optional<Instant> review_until;  // until when a second review may be asked for
};
BOOST_DESCRIBE_STRUCT(LoweringSettled, (),
                      (upheld, measure, level, professional, fields, valid_until, review_until))

// The days of a suspension are over.
struct SuspensionEnded {
    static constexpr std::string_view kind = "suspension.ended";
    static constexpr int version = 1;
    Instant due_at;
};
BOOST_DESCRIBE_STRUCT(SuspensionEnded, (), (due_at))

}  // namespace hezhi
