// What pages show of grades: the list of teams, the "why" of one subject, proposals, appeals.
// Internal to the folder.
#pragma once

#include "domain/grading/grading.h"

namespace hezhi::grading {

// What a person sees of the own grade instead of a colour.
enum class PersonStanding { normal, paired, paused };
BOOST_DESCRIBE_ENUM(PersonStanding, normal, paired, paused)
PersonStanding person_standing(const rules::ColorGradeRules&, GradeColor effective);

struct TeamGrade {
    OrganizationId organization_id;
    std::string name;
    std::string area_name;
    GradeColor color = GradeColor::ungraded;
    bool paused = false;
    bool undecided = false;  // a proposal or an appeal is open
    std::optional<std::int32_t> score;
    std::optional<Instant> computed_until;
};
BOOST_DESCRIBE_STRUCT(TeamGrade, (),
                      (organization_id, name, area_name, color, paused, undecided, score,
                       computed_until))

struct ColorCount {
    GradeColor color = GradeColor::ungraded;
    std::int64_t teams = 0;
};
BOOST_DESCRIBE_STRUCT(ColorCount, (), (color, teams))

// `colors` counts the whole area, whatever is filtered.
struct TeamGradeList {
    std::vector<TeamGrade> items;
    std::vector<ColorCount> colors;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(TeamGradeList, (), (items, colors, next_cursor))

// One sentence of the pack.
struct GradeClause {
    std::string zh;
    std::string en;
    std::string source;
};
BOOST_DESCRIBE_STRUCT(GradeClause, (), (zh, en, source))

// n/d × weight. A part without facts has no share and weighs nothing.
struct GradePartWhy {
    std::string key;
    GradeClause says;
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    std::int32_t weight = 0;
    std::optional<std::int32_t> share;  // hundredths of a per cent
    std::int32_t points = 0;            // hundredths: what it brings to the score
};
BOOST_DESCRIBE_STRUCT(GradePartWhy, (), (key, says, numerator, denominator, weight, share, points))

// What it looks at: no-shows; resolved of all answers; the sum of the marks of all reviews. `from`:
// how many it takes; `limit`: per cent or mean, where it has one.
struct GradeGateWhy {
    std::string key;
    GradeClause says;
    bool bit = false;
    std::int32_t found = 0;
    std::optional<std::int32_t> of;
    std::int32_t from = 0;
    std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(GradeGateWhy, (), (key, says, bit, found, of, from, limit))

// What a service that a month has counted would count as by now. The month does not change.
struct GradeServiceSince {
    CountedAs counted = CountedAs::completed;
    std::optional<std::int32_t> satisfaction;
    Instant at;  // of the last change
};
BOOST_DESCRIBE_STRUCT(GradeServiceSince, (), (counted, satisfaction, at))

struct GradeServiceWhy {
    OrderId order_id;
    Instant ends_at;
    CountedAs counted = CountedAs::completed;
    bool counts = false;
    std::optional<std::int32_t> satisfaction;
    std::optional<bool> record_in_time;  // where one was due
    bool excusable = false;              // by the reader
    std::optional<GradeServiceSince> since;
};
BOOST_DESCRIBE_STRUCT(GradeServiceWhy, (),
                      (order_id, ends_at, counted, counts, satisfaction, record_in_time, excusable,
                       since))

// An incident that safety was counted from. Of a team's nobody reads whose it was.
struct GradeIncidentWhy {
    Instant settled_at;
    std::string zh;  // the class
    std::string en;
    std::int32_t percent = 0;  // taken from safety
};
BOOST_DESCRIBE_STRUCT(GradeIncidentWhy, (), (settled_at, zh, en, percent))

// Colours are empty for the person whose month it is.
struct GradeMonth {
    Instant until;
    bool enough = false;
    std::optional<std::int32_t> score;
    std::optional<GradeColor> band;
    std::optional<GradeColor> color;
    std::optional<PersonStanding> standing;  // of a person
};
BOOST_DESCRIBE_STRUCT(GradeMonth, (), (until, enough, score, band, color, standing))

// What is missing to the next colour; to the next state of a person who sees no colour.
struct GradeNext {
    std::optional<GradeColor> color;         // of a team
    std::optional<PersonStanding> standing;  // of a person
    std::int32_t points_missing = 0;         // hundredths
    std::int32_t services_missing = 0;       // until a month says anything
    std::int32_t runs_missing = 0;           // in a row, in that colour or better
    std::vector<std::string> gates;          // that must not bite
    std::optional<Instant> earliest;         // where the pack's days are not over yet
    bool undecided = false;                  // no month changes it before that is decided
};
BOOST_DESCRIBE_STRUCT(GradeNext, (),
                      (color, standing, points_missing, services_missing, runs_missing, gates,
                       earliest, undecided))

struct GradeProposalPage {
    GradeProposalId id;
    GradeProposalStep state = GradeProposalStep::proposed;
    GradeSubject graded = GradeSubject::team;
    std::int64_t subject_id = 0;
    std::string name;
    std::string area_name;
    std::optional<GradeColor> from;  // colours are empty for the person whom it concerns
    std::optional<GradeColor> to;
    std::optional<PersonStanding> from_standing;  // of a person
    std::optional<PersonStanding> to_standing;
    bool suspends = false;
    bool by_system = false;
    std::vector<GradeClause> reasons;
    std::optional<std::string> reason;
    // The word of whom it concerns, for them and for those who propose and decide.
    std::optional<std::string> answer;
    std::optional<Instant> answered_at;
    std::optional<std::int64_t> answer_id;  // that whoever confirms it names as seen
    std::optional<std::string> decision;
    Instant proposed_at;
    std::optional<Instant> decide_until;  // of one that suspends
    bool late = false;                    // that limit passed before it was decided
    std::optional<Instant> decided_at;
    std::optional<Instant> appeal_until;
    std::optional<Instant> review_until;  // of a second review
    std::optional<GradeAppealId> appeal_id;
    std::optional<std::string> appeal_decision;  // why the last appeal was decided as it was
    // For whoever appealed and whoever decides appeals: what they said of it, and, if it is a
    // second review, the first appeal with its decision.
    std::optional<std::string> appeal_reason;
    std::optional<std::string> first_reason;
    std::optional<std::string> first_decision;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(GradeProposalPage, (),
                      (id, state, graded, subject_id, name, area_name, from, to, from_standing,
                       to_standing, suspends, by_system, reasons, reason, answer, answered_at,
                       answer_id, decision, proposed_at, decide_until, late, decided_at,
                       appeal_until, review_until, appeal_id, appeal_decision, appeal_reason,
                       first_reason, first_decision, actions))

struct GradeProposalList {
    std::vector<GradeProposalPage> items;
    std::int64_t open = 0;  // of the whole area
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(GradeProposalList, (), (items, open, next_cursor))

struct GradeAppealPage {
    GradeAppealId id;
    GradeAppealStep state = GradeAppealStep::filed;
    bool second = false;                        // 复核
    std::optional<std::string> first_reason;    // of the appeal that is reviewed
    std::optional<std::string> first_decision;  // why that was decided as it was
    bool late = false;
    std::string reason;
    Instant filed_at;
    Instant acknowledge_until;
    Instant decide_until;
    std::optional<bool> upheld;
    std::optional<std::string> decision;
    GradeProposalPage proposal;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(GradeAppealPage, (),
                      (id, state, second, first_reason, first_decision, late, reason, filed_at,
                       acknowledge_until, decide_until, upheld, decision, proposal, actions))

struct GradeAppealList {
    std::vector<GradeAppealPage> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(GradeAppealList, (), (items, next_cursor))

struct GradeTriggerPage {
    std::string key;
    std::string zh;
    std::string en;
    GradeClause says;
};
BOOST_DESCRIBE_STRUCT(GradeTriggerPage, (), (key, zh, en, says))

// The page "why" of one subject. `color` is empty for persons, who see `standing`.
struct GradePage {
    GradeSubject graded = GradeSubject::team;
    std::int64_t subject_id = 0;
    std::string name;
    std::optional<GradeColor> color;
    std::optional<PersonStanding> standing;
    bool paused = false;
    std::optional<GradeClause> effect;  // empty for the person, as it names the colour
    std::optional<Instant> from;        // of the last month; none: nothing was computed yet
    std::optional<Instant> until;
    GradeClause window;
    bool enough = false;
    std::int32_t services = 0;  // counted
    std::int32_t services_min = 0;
    GradeClause score_says;
    std::optional<std::int32_t> score;
    std::optional<GradeColor> band;
    std::vector<GradePartWhy> parts;
    std::vector<GradeGateWhy> gates;
    GradeClause bands_say;
    GradeClause hysteresis;
    std::optional<GradeClause> way_back;
    std::int32_t remedial_minutes = 0;
    std::int32_t remedial_minutes_needed = 0;
    std::int32_t good_services = 0;
    std::int32_t good_services_needed = 0;
    std::optional<GradeNext> next;
    std::optional<GradeClause> excuse;  // what illness excuses, and how
    // As the month knew them, the first 200 of both together.
    std::vector<GradeServiceWhy> counted;
    std::vector<GradeServiceWhy> not_counted;
    std::int32_t counted_in_all = 0;
    std::int32_t not_counted_in_all = 0;
    std::vector<GradeIncidentWhy> incidents;
    std::int32_t excused =
        0;  // of a team: how many besides, and not which: nobody reads who was ill
    std::vector<GradeMonth> history;
    std::vector<GradeProposalPage> proposals;
    GradeClause appeal_says;
    std::vector<GradeTriggerPage> triggers;  // for whoever may propose
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(GradePage, (),
                      (graded, subject_id, name, color, standing, paused, effect, from, until,
                       window, enough, services, services_min, score_says, score, band, parts,
                       gates, bands_say, hysteresis, way_back, remedial_minutes,
                       remedial_minutes_needed, good_services, good_services_needed, next, excuse,
                       counted, not_counted, counted_in_all, not_counted_in_all, incidents, excused,
                       history, proposals, appeal_says, triggers, actions))

// For phones: one's own, and the teams that one leads.
struct OwnGrade {
    GradeSubject graded = GradeSubject::person;
    std::int64_t subject_id = 0;
    std::string name;
    std::optional<GradeColor> color;
    std::optional<PersonStanding> standing;
    bool paused = false;
    bool undecided = false;
};
BOOST_DESCRIBE_STRUCT(OwnGrade, (), (graded, subject_id, name, color, standing, paused, undecided))
struct OwnGradeList {
    std::vector<OwnGrade> items;
};
BOOST_DESCRIBE_STRUCT(OwnGradeList, (), (items))

struct GradeListQuery {
    std::optional<AreaId> area;
    std::optional<GradeColor> color;
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(GradeListQuery, (), (area, color, cursor, limit))

struct GradeQueueQuery {
    std::optional<AreaId> area;
    std::optional<bool> all;  // those that were decided as well
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(GradeQueueQuery, (), (area, all, cursor, limit))

Result<TeamGradeList> list_team_grades(const api::Reading&, const GradeDesk&,
                                       const GradeListQuery&);
// For staff, the lead of the team, or the person.
Result<GradePage> grade_page(const api::Reading&, const GradeDesk&, GradeSubject,
                             std::int64_t subject);
Result<OwnGradeList> own_grades(const api::Reading&, const GradeDesk&);
Result<GradeProposalList> list_proposals(const api::Reading&, const GradeDesk&,
                                         const GradeQueueQuery&);
Result<GradeProposalPage> proposal_page(const api::Reading&, const GradeDesk&, GradeProposalId);
Result<GradeAppealList> list_appeals(const api::Reading&, const GradeDesk&, const GradeQueueQuery&);
Result<GradeAppealPage> appeal_page(const api::Reading&, const GradeDesk&, GradeAppealId);

// --- shared by the pages ---

GradeClause clause_page(const rules::Clause&);
// The services and incidents behind a month, as it knew them. `excuses`: whether the reader may
// excuse somebody (month_services.cpp).
void show_services(GradePage&, const api::Reading&, const GradeRunState&, bool excuses);
// No page tells a person their own colour.
bool sees_colors(const api::Caller&, GradeSubject, std::int64_t subject);
std::string subject_name(const api::Reading&, const GradeDesk&, GradeSubject, std::int64_t subject);
GradeProposalPage show_proposal(const api::Reading&, const GradeDesk&, const GradeProposalState&);
// The same with what was said in its appeals, on the page of the proposal and of its subject.
GradeProposalPage show_with_appeals(const api::Reading&, const GradeDesk&,
                                    const GradeProposalState&);

}  // namespace hezhi::grading
