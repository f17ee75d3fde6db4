// What each volunteer has fulfilled, which level is valid until when, and what is ready to be
// granted: one row a person, stepped by the facts alone.
#pragma once

#include "facts/certification_facts.h"
#include "journal/figure.h"

namespace hezhi::certification {

// Courses passed of one kind; of a special course, of one field.
struct CourseSum {
    CourseKind course = CourseKind::general;
    std::string field;
    std::int32_t minutes = 0;
    std::int32_t test_percent = 0;  // the best
    bool operator==(const CourseSum&) const = default;
};
BOOST_DESCRIBE_STRUCT(CourseSum, (), (course, field, minutes, test_percent))

// A course as it was signed, so that it counts once.
struct CourseEntered {
    CourseKind course = CourseKind::general;
    std::string field;
    Instant day;  // on which it was held: the day's beginning
    std::int32_t minutes = 0;
    bool operator==(const CourseEntered&) const = default;
};
BOOST_DESCRIBE_STRUCT(CourseEntered, (), (course, field, day, minutes))

struct FieldCheck {
    std::string field;
    Instant passed_at;
    Instant failed_at;  // the last time
    bool operator==(const FieldCheck&) const = default;
};
BOOST_DESCRIBE_STRUCT(FieldCheck, (), (field, passed_at, failed_at))

struct LicenceSeen {
    std::string licence;
    Instant valid_until;
    bool operator==(const LicenceSeen&) const = default;
};
BOOST_DESCRIBE_STRUCT(LicenceSeen, (), (licence, valid_until))

// A level that one holds: in a field, for a licence, or as such.
struct HeldLevel {
    std::int32_t level = 0;
    std::string field;  // or the licence
    Instant since;
    bool professional = false;
    bool operator==(const HeldLevel&) const = default;
};
BOOST_DESCRIBE_STRUCT(HeldLevel, (), (level, field, since, professional))

// All gates of a level are met; a person decides.
struct ReadyLevel {
    std::int32_t level = 0;
    std::string field;  // or the licence
    Instant from;
    bool operator==(const ReadyLevel&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReadyLevel, (), (level, field, from))

struct CertificationState {
    PersonId id;
    AreaId area;
    std::string area_path;
    bool volunteer = false;
    Instant registered_at;  // as a volunteer, the first time
    std::int32_t level = 0;
    bool professional = false;  // V4, beside the level
    bool recognised = false;    // from papers of before the registration
    Instant granted_at;
    Instant valid_until;  // never ends, if it is 0
    Instant warn_at;
    Instant warned_at;
    Instant lapsed_at;
    std::int32_t lapsed_level = 0;
    bool lapsed_professional = false;
    std::vector<HeldLevel> held;
    std::vector<HeldLevel> lapsed_held;  // what a late renewal brings back
    std::vector<CourseSum> courses;      // for the next levels
    std::vector<CourseEntered> entered;  // since the registration, each once
    Instant earned_since;                // the last lapse or lowering: what was held before is gone
    std::vector<FieldCheck> checks;
    std::vector<LicenceSeen> licences;
    Instant licensed_until;  // of V4: when the last of them ends; 0: none does
    Instant recommended_at;
    std::int64_t minutes = 0;                 // recorded since the registration
    std::int64_t renewal_course_minutes = 0;  // since the grant or the last renewal
    std::int64_t renewal_minutes = 0;         // the same, of service
    std::vector<ReadyLevel> ready;
    Instant ready_at;         // the first of them; 0: none
    bool renewable = false;   // all that a renewal asks for is there
    Instant span_at;          // what a renewal asks for counts from here
    LoweringId lowering;      // the last one that was proposed
    Instant lowering_at;      // since when it waits for somebody's decision; 0: it does not
    Instant suspended_until;  // opens nothing until then; 0: it is not suspended
    // What was held before the last lowering: an appeal that is right brings it back.
    std::int32_t lowered_level = 0;
    bool lowered_professional = false;
    std::vector<HeldLevel> lowered_held;
    std::vector<CourseSum> lowered_courses;
    Instant lowered_earned_since;
    std::vector<FieldCheck> lowered_checks;
    std::vector<LicenceSeen> lowered_licences;
    Instant lowered_recommended_at;
    Instant lowered_valid_until;
    Instant lowered_warn_at;
};
BOOST_DESCRIBE_STRUCT(CertificationState, (),
                      (id, area, area_path, volunteer, registered_at, level, professional,
                       recognised, granted_at, valid_until, warn_at, warned_at, lapsed_at,
                       lapsed_level, lapsed_professional, held, lapsed_held, courses, entered,
                       earned_since, checks, licences, licensed_until, recommended_at, minutes,
                       renewal_course_minutes, renewal_minutes, ready, ready_at, renewable, span_at,
                       lowering, lowering_at, suspended_until, lowered_level, lowered_professional,
                       lowered_held, lowered_courses, lowered_earned_since, lowered_checks,
                       lowered_licences, lowered_recommended_at, lowered_valid_until,
                       lowered_warn_at))

struct CertificationFigure {
    using State = CertificationState;
    static constexpr std::string_view name = "certifications";
    static constexpr int revision = 5;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() {
        return {"ready_at, id",    "warned_at, warn_at", "valid_until, id",
                "lowering_at, id", "suspended_until",    "licensed_until"};
    }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

// --- one row for each lowering or suspension that was proposed ---

enum class LoweringStep {
    proposed,   // 待认定
    confirmed,  // 已认定
    rejected,   // 不予认定
    appealed,   // 申诉中
    withdrawn,  // 申诉成立，已恢复
    upheld,     // 申诉不成立，维持
};
BOOST_DESCRIBE_ENUM(LoweringStep, proposed, confirmed, rejected, appealed, withdrawn, upheld)

struct LoweringState {
    LoweringId id;
    PersonId person;
    AreaId area;
    std::string area_path;
    LoweringStep state = LoweringStep::proposed;
    LoweringMeasure measure = LoweringMeasure::suspend;
    std::string ground;
    std::int32_t from_level = 0;
    bool professional = false;
    std::int32_t to_level = 0;
    std::int32_t days = 0;
    Instant proposed_at;
    AccountId proposed_by;
    Instant answer_until;       // until then it is not confirmed unheard; never, without a limit
    std::int64_t answered = 0;  // the fact by which the person said their word; 0: none
    Instant answered_at;
    Instant decided_at;
    AccountId decided_by;
    Instant suspended_until;
    Instant appeal_until;
    Instant appealed_at;
    bool second = false;        // 复核: against the decision of the first appeal
    Instant acknowledge_until;  // never, where the pack sets no limit
    Instant acknowledged_at;
    Instant settle_until;
    Instant escalate_at;  // the next limit whose passing is told; never, if none is left
    bool late = false;    // a limit passed before it was met
    Instant settled_at;
    AccountId settled_by;  // who decided the last appeal
    Instant review_until;  // until when a second review may be asked for; never, if there is none
    std::optional<LoweringCause> cause;
    std::int64_t cause_id = 0;
};
BOOST_DESCRIBE_STRUCT(LoweringState, (),
                      (id, person, area, area_path, state, measure, ground, from_level,
                       professional, to_level, days, proposed_at, proposed_by, answer_until,
                       answered, answered_at, decided_at, decided_by, suspended_until, appeal_until,
                       appealed_at, second, acknowledge_until, acknowledged_at, settle_until,
                       escalate_at, late, settled_at, settled_by, review_until, cause, cause_id))

struct LoweringFigure {
    using State = LoweringState;
    static constexpr std::string_view name = "lowerings";
    static constexpr int revision = 5;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"person, id", "escalate_at"}; }
    static journal::Keys keys(const Fact& fact) { return {fact.subject("lowering")}; }
    static void step(State&, const Fact&, const rules::Pack&);
};

// A star as it was given: the minutes that the ladder of that day asked for it.
struct StarGiven {
    std::int32_t stars = 0;
    std::int64_t minutes = 0;
    Instant reached_at;
    bool operator==(const StarGiven&) const = default;
};
BOOST_DESCRIBE_STRUCT(StarGiven, (), (stars, minutes, reached_at))

// Stars: recorded time since the registration, against the pack's ladder.
struct StarState {
    PersonId id;
    AreaId area;
    std::string area_path;
    Instant registered_at;
    std::int64_t minutes = 0;
    std::int32_t stars = 0;
    Instant reached_at;            // the last one
    std::vector<StarGiven> given;  // those that are held, the first star first
};
BOOST_DESCRIBE_STRUCT(StarState, (),
                      (id, area, area_path, registered_at, minutes, stars, reached_at, given))

struct StarFigure {
    using State = StarState;
    static constexpr std::string_view name = "stars";
    static constexpr int revision = 3;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::certification
