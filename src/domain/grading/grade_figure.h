// Grades as figures: what holds of each subject, every month that was computed, what was proposed,
// what was appealed.
#pragma once

#include "facts/grade_facts.h"
#include "facts/incident_facts.h"
#include "journal/figure.h"

namespace hezhi::grading {

struct GradeState {
    std::string id;  // "team/12", "person/7"
    GradeSubject graded = GradeSubject::team;
    std::int64_t subject = 0;
    AreaId area;
    std::string area_path;
    GradeColor color = GradeColor::ungraded;
    GradeColor effective = GradeColor::ungraded;  // what dispatch goes by
    Instant color_since;
    std::vector<GradeColor> bands;  // of the last runs, the latest first
    Instant computed_until;
    std::int64_t computed = 0;           // the last run
    GradeProposalId proposal;            // waits for a decision
    bool suspended = false;              // by that proposal
    GradeAppealId appeal;                // waits for a decision: the last of them
    std::vector<GradeAppealId> appeals;  // all that wait
    std::int32_t remedial_minutes = 0;   // since the colour holds
};
BOOST_DESCRIBE_STRUCT(GradeState, (),
                      (id, graded, subject, area, area_path, color, effective, color_since, bands,
                       computed_until, computed, proposal, suspended, appeal, appeals,
                       remedial_minutes))

std::string grade_key(GradeSubject graded, std::int64_t subject);
// "team/12" of a fact about the team 12; empty if it names no subject.
std::string graded_of(const Fact&);

struct GradeFigure {
    using State = GradeState;
    static constexpr std::string_view name = "grades";
    static constexpr int revision = 3;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"graded, subject", "area_path"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

// One month of one subject, as it was computed.
using GradeRunId = Id<struct GradeRunTag>;
struct GradeRunState {
    GradeRunId id;
    std::string graded_id;  // of GradeState
    Instant at;
    std::int64_t position = 0;  // of the journal as it was read
    Instant from_at;
    Instant until_at;
    GradeCounts counts;
    GradeParts parts;
    std::vector<std::string> gates;
    bool enough = false;
    GradeColor band = GradeColor::ungraded;
    GradeColor color = GradeColor::ungraded;
    bool remedied = false;
};
BOOST_DESCRIBE_STRUCT(GradeRunState, (),
                      (id, graded_id, at, position, from_at, until_at, counts, parts, gates, enough,
                       band, color, remedied))

struct GradeRunFigure {
    using State = GradeRunState;
    static constexpr std::string_view name = "grade_runs";
    static constexpr int revision = 2;
    static std::vector<std::string_view> kinds() { return {GradeComputed::kind}; }
    static std::vector<std::string> indexes() { return {"graded_id, id"}; }
    static journal::Keys keys(const Fact& fact) { return {fact.position}; }
    static void step(State&, const Fact&, const rules::Pack&);
};

struct GradingMonthState {
    std::int64_t id = 0;
    Instant until_at;
};
BOOST_DESCRIBE_STRUCT(GradingMonthState, (), (id, until_at))

struct GradingMonthFigure {
    using State = GradingMonthState;
    static constexpr std::string_view name = "grading_months";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds() { return {GradingMonthClosed::kind}; }
    static std::vector<std::string> indexes() { return {"until_at"}; }
    static journal::Keys keys(const Fact& fact) { return {fact.position}; }
    static void step(State& month, const Fact& fact, const rules::Pack&) {
        month.until_at = fact.as<GradingMonthClosed>().until;
    }
};

enum class GradeProposalStep {
    proposed,   // 待认定
    confirmed,  // 已认定
    rejected,   // 不予认定
    appealed,   // 申诉中
    withdrawn,  // 申诉成立，已恢复
    upheld,     // 申诉不成立，维持
};
BOOST_DESCRIBE_ENUM(GradeProposalStep, proposed, confirmed, rejected, appealed, withdrawn, upheld)

struct GradeProposalState {
    GradeProposalId id;
    std::string graded_id;
    GradeSubject graded = GradeSubject::team;
    std::int64_t subject = 0;
    AreaId area;
    std::string area_path;
    GradeProposalStep state = GradeProposalStep::proposed;
    GradeColor from_color = GradeColor::ungraded;
    GradeColor to_color = GradeColor::ungraded;
    std::vector<std::string> reasons;
    bool suspends = false;
    GradeRunId computed;
    Instant proposed_at;
    AccountId proposed_by;      // none: the system
    IncidentId incident;        // that is the reason; none, if it is not one
    std::int64_t answered = 0;  // the fact by which whom it concerns said their word; 0: none
    Instant answered_at;
    Instant decided_at;
    AccountId decided_by;
    Instant appeal_until;
    GradeAppealId appeal;         // the last against it
    AccountId appeal_decided_by;  // of the first, while a second review is possible or goes on
    Instant review_until;         // until when one may be asked for; never, if there is none
    Instant decide_until;         // of one that suspends; never, if there is no limit
    Instant escalate_at;          // while its passing is to be told
    bool late = false;            // the limit passed before it was decided
};
BOOST_DESCRIBE_STRUCT(GradeProposalState, (),
                      (id, graded_id, graded, subject, area, area_path, state, from_color, to_color,
                       reasons, suspends, computed, proposed_at, proposed_by, incident, answered,
                       answered_at, decided_at, decided_by, appeal_until, appeal, appeal_decided_by,
                       review_until, decide_until, escalate_at, late))

struct GradeProposalFigure {
    using State = GradeProposalState;
    static constexpr std::string_view name = "grade_proposals";
    static constexpr int revision = 5;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() {
        return {"area_path, id", "graded_id, id", "escalate_at"};
    }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

enum class GradeAppealStep {
    filed,         // 待受理
    acknowledged,  // 已受理
    decided,       // 已决定
};
BOOST_DESCRIBE_ENUM(GradeAppealStep, filed, acknowledged, decided)

struct GradeAppealState {
    GradeAppealId id;
    GradeProposalId proposal;
    GradeAppealId first;  // 复核 of that one; none, if it is the first itself
    std::string graded_id;
    AreaId area;
    std::string area_path;
    GradeAppealStep state = GradeAppealStep::filed;
    AccountId filed_by;
    Instant filed_at;
    Instant acknowledge_until;
    Instant decide_until;
    Instant escalate_at;  // the next limit whose passing is told; never, if none is left
    bool late = false;    // a limit passed before it was met
    AccountId decided_by;
    Instant decided_at;
    bool upheld = false;
};
BOOST_DESCRIBE_STRUCT(GradeAppealState, (),
                      (id, proposal, first, graded_id, area, area_path, state, filed_by, filed_at,
                       acknowledge_until, decide_until, escalate_at, late, decided_by, decided_at,
                       upheld))

struct GradeAppealFigure {
    using State = GradeAppealState;
    static constexpr std::string_view name = "grade_appeals";
    static constexpr int revision = 3;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"area_path, decide_until", "escalate_at"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::grading
