// What the pages of certification and stars show.
#pragma once

#include "domain/certification/certification.h"
#include "domain/certification/gates.h"

namespace hezhi::certification {

// The words of the pack in both languages.
struct Said {
    std::string zh;
    std::string en;
};
BOOST_DESCRIBE_STRUCT(Said, (), (zh, en))

struct GateShown {
    std::string key;
    rules::GateKind kind = rules::GateKind::course;
    Said says;  // the clause, said first
    std::string source;
    bool met = false;
    std::int64_t needed = 0;  // minutes, months, or 1
    std::int64_t found = 0;
    std::optional<std::int32_t> test_needed;  // percent
    std::optional<std::int32_t> test_found;
    std::optional<Instant> met_from;  // what only time brings
};
BOOST_DESCRIBE_STRUCT(GateShown, (),
                      (key, kind, says, source, met, needed, found, test_needed, test_found,
                       met_from))

// A level that may come next.
struct GoalShown {
    rules::LevelKey level = rules::LevelKey::V0;
    Said name;
    Said says;
    std::string source;
    std::optional<std::string> field;  // or the licence
    std::optional<Said> field_name;
    bool ready = false;
    std::vector<GateShown> gates;
};
BOOST_DESCRIBE_STRUCT(GoalShown, (), (level, name, says, source, field, field_name, ready, gates))

struct HeldShown {
    rules::LevelKey level = rules::LevelKey::V0;
    std::optional<Said> field_name;
    Instant since;
};
BOOST_DESCRIBE_STRUCT(HeldShown, (), (level, field_name, since))

struct RenewalShown {
    Said says;
    std::string source;
    bool met = false;
    std::int64_t course_needed = 0;  // minutes
    std::int64_t course_found = 0;
    std::int64_t service_needed = 0;
    std::int64_t service_found = 0;
    std::optional<Instant> until;  // after a lapse
};
BOOST_DESCRIBE_STRUCT(RenewalShown, (),
                      (says, source, met, course_needed, course_found, service_needed,
                       service_found, until))

struct RecognisedLevel {
    rules::LevelKey level = rules::LevelKey::V1;
    Said name;
    bool in_field = false;
};
BOOST_DESCRIBE_STRUCT(RecognisedLevel, (), (level, name, in_field))

// Until when papers of before the registration are taken over, up to which level.
struct RecognitionShown {
    Said says;
    std::string source;
    Instant until;
    std::vector<RecognisedLevel> levels;
};
BOOST_DESCRIBE_STRUCT(RecognitionShown, (), (says, source, until, levels))

struct FactCounted {
    std::int64_t position = 0;
    std::string kind;
    Instant at;                      // of the entry
    std::optional<Instant> held_at;  // of a course or a check: the day that it counts by
    bool counts = false;
    std::optional<NotCounted> why;
    std::optional<std::int64_t> minutes;  // what it adds
    std::optional<CourseKind> course;
    std::optional<Said> field_name;
    std::optional<std::int32_t> test_percent;
};
BOOST_DESCRIBE_STRUCT(FactCounted, (),
                      (position, kind, at, held_at, counts, why, minutes, course, field_name,
                       test_percent))

struct NextStar {
    std::int32_t stars = 0;
    Said name;
    Said says;
    std::int32_t hours = 0;
    std::int64_t minutes_missing = 0;
};
BOOST_DESCRIBE_STRUCT(NextStar, (), (stars, name, says, hours, minutes_missing))

struct StarShown {
    std::int32_t stars = 0;
    std::optional<Said> name;  // none before the first
    std::optional<Said> says;  // the clause that gave it
    std::optional<Said> granted_by;
    std::string source;
    Said counting;  // what counts
    std::optional<Instant> reached_at;
    std::int64_t minutes = 0;
    std::optional<NextStar> next;
};
BOOST_DESCRIBE_STRUCT(StarShown, (),
                      (stars, name, says, granted_by, source, counting, reached_at, minutes, next))

struct Choice {
    std::string key;
    Said name;
};
BOOST_DESCRIBE_STRUCT(Choice, (), (key, name))

// What may be named as the cause of a lowering.
struct CauseShown {
    LoweringCause cause = LoweringCause::incident;
    std::int64_t id = 0;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(CauseShown, (), (cause, id, at))

// A lower level or a suspension that was proposed, and what became of it. The reasons are for the
// person and for those who decide; a complaint's number is for the latter only.
struct LoweringShown {
    LoweringId id;
    LoweringStep state = LoweringStep::proposed;
    LoweringMeasure measure = LoweringMeasure::suspend;
    Said ground;
    Said ground_says;
    rules::LevelKey from_level = rules::LevelKey::V0;
    std::optional<rules::LevelKey> to_level;
    std::optional<std::int32_t> days;
    std::optional<Instant> suspended_until;
    Instant proposed_at;
    std::optional<std::string> reason;
    std::optional<Instant> answer_until;  // it is not confirmed before, unless it was answered
    std::optional<Instant> answered_at;
    std::optional<std::string> answer;      // the person's own word
    std::optional<std::int64_t> answer_id;  // that whoever confirms it names as seen
    std::optional<std::string> decision;
    std::optional<Instant> appeal_until;
    std::optional<std::string> appeal;
    std::optional<Instant> acknowledge_until;
    std::optional<Instant> acknowledged_at;
    std::optional<Instant> settle_until;
    bool late = false;
    std::optional<std::string> settlement;
    std::optional<Instant> review_until;  // until when a second review may be asked for
    std::optional<std::string> review;    // why one was
    std::optional<std::string> outcome;   // and how it was decided
    std::optional<LoweringCause> cause;
    std::optional<std::int64_t> cause_id;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(LoweringShown, (),
                      (id, state, measure, ground, ground_says, from_level, to_level, days,
                       suspended_until, proposed_at, reason, answer_until, answered_at, answer,
                       answer_id, decision, appeal_until, appeal, acknowledge_until,
                       acknowledged_at, settle_until, late, settlement, review_until, review,
                       outcome, cause, cause_id, actions))

struct Certification {
    PersonId person_id;
    std::string name;  // masked, for others
    Said notice;       // what it is and is not: on every page
    std::string notice_source;
    bool volunteer = false;
    rules::LevelKey level = rules::LevelKey::V0;
    Said level_name;
    Said level_says;
    bool professional = false;
    bool recognised = false;
    std::optional<Instant> valid_until;
    bool ends_soon = false;
    Said validity_says;
    std::optional<rules::LevelKey> lapsed_level;
    std::optional<Instant> lapsed_at;
    std::optional<Instant> suspended_until;
    Said lowering_says;
    std::vector<LoweringShown> lowerings;  // the newest first
    std::vector<HeldShown> held;
    std::vector<GoalShown> goals;
    std::optional<RenewalShown> renewal;
    std::optional<RecognitionShown> recognition;
    std::vector<FactCounted> facts;  // the newest first, at most 500
    std::int64_t facts_in_all = 0;
    StarShown star;
    std::vector<Choice> fields;
    std::vector<Choice> licences;
    std::vector<Choice> grounds;     // of a lowering
    std::vector<CauseShown> causes;  // of a lowering, for who may propose one
    std::int32_t suspend_days_max = 0;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Certification, (),
                      (person_id, name, notice, notice_source, volunteer, level, level_name,
                       level_says, professional, recognised, valid_until, ends_soon, validity_says,
                       lapsed_level, lapsed_at, suspended_until, lowering_says, lowerings, held,
                       goals, renewal, recognition, facts, facts_in_all, star, fields, licences,
                       grounds, causes, suspend_days_max, actions))

Said said(const rules::Words& words);
Said name_of_field(const rules::Pack& pack, std::string_view field);

// The page of one person. The caller has been checked to see it.
Certification certification_page(const api::Reading& reading, const CertificationDesk& desk,
                                 const CertificationState& state);

// `given_by`: the ladder in force when the star was reached; `rules`: today's, for the next one.
StarShown show_star(const StarState& star, const rules::StarRules& given_by,
                    const rules::StarRules& rules);
// The newest first.
std::vector<LoweringShown> show_lowerings(const api::Reading& reading,
                                          const CertificationDesk& desk,
                                          const CertificationState& state);

// The facts about the person that could count, the newest first, with why not where they do not.
struct FactsCounted {
    std::vector<FactCounted> newest;  // as many as a page carries
    std::int64_t in_all = 0;
};
FactsCounted facts_counted(const api::Reading& reading, const rules::Pack& pack,
                           const CertificationState& state);

}  // namespace hezhi::certification
