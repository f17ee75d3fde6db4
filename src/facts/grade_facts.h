// Facts about colour grades (四色分级): what a month came to, what was proposed, decided, appealed.
// The subject graded stands as "organization" or as "person". Why an officer proposed, rejected or
// decided stands in the register of texts under the id of the proposal or the appeal.
#pragma once

#include "facts/fact.h"
#include "facts/grade_color.h"

namespace hezhi {

using GradeProposalId = Id<struct GradeProposalTag>;
using GradeAppealId = Id<struct GradeAppealTag>;

enum class GradeSubject { team, person };
BOOST_DESCRIBE_ENUM(GradeSubject, team, person)

// What was counted in the window [from, until).
struct GradeCounts {
    std::int32_t accepted = 0;  // with an outcome: completed, given back, not come
    std::int32_t completed = 0;
    std::int32_t given_back = 0;  // said before that they cannot come
    std::int32_t no_shows = 0;
    std::int32_t reviews = 0;
    std::int32_t satisfaction_sum = 0;  // of 1–5 each
    std::int32_t resolved = 0;
    std::int32_t unresolved = 0;
    std::int32_t incidents = 0;  // confirmed and put down to those who served
    std::int32_t incident_percent = 0;
    std::int32_t records_due = 0;
    std::int32_t records_in_time = 0;
    std::int32_t months_active = 0;  // of the months that the pack looks back
};
BOOST_DESCRIBE_STRUCT(GradeCounts, (),
                      (accepted, completed, given_back, no_shows, reviews, satisfaction_sum,
                       resolved, unresolved, incidents, incident_percent, records_due,
                       records_in_time, months_active))

// The shares in hundredths of a per cent, -1 where there is nothing to say; the score in hundredths
// of a point.
struct GradeParts {
    std::int32_t fulfilment = -1;
    std::int32_t satisfaction = -1;
    std::int32_t safety = -1;
    std::int32_t record_compliance = -1;
    std::int32_t continuity = -1;
    std::int32_t score = -1;
};
BOOST_DESCRIBE_STRUCT(GradeParts, (),
                      (fulfilment, satisfaction, safety, record_compliance, continuity, score))

// A month of one subject. Whatever it says stands here as values, so that nothing that is entered
// later changes it.
struct GradeComputed {
    static constexpr std::string_view kind = "grade.computed";
    static constexpr int version = 1;
    GradeSubject graded = GradeSubject::team;
    Instant from;
    Instant until;
    std::int64_t position = 0;  // of the journal as it was read
    GradeCounts counts;
    GradeParts parts;
    std::vector<std::string> gates;           // of the pack, those that bit
    bool enough = false;                      // services to say anything
    GradeColor band = GradeColor::ungraded;   // what this month alone says
    GradeColor color = GradeColor::ungraded;  // what holds from now on
    GradeColor effective = GradeColor::ungraded;
    bool remedied = false;  // the way back was gone
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(GradeComputed, (),
                      (graded, from, until, position, counts, parts, gates, enough, band, color,
                       effective, remedied, pack))

// All subjects of the month are computed.
struct GradingMonthClosed {
    static constexpr std::string_view kind = "grading_month.closed";
    static constexpr int version = 1;
    Instant until;
};
BOOST_DESCRIBE_STRUCT(GradingMonthClosed, (), (until))

// A way down, which holds once a person confirms it. `effective` is what dispatch goes by until
// then: the colour as before, or red where safety suspends at once. Subject "grade_proposal" is
// self; "incident" stands beside it if one is the reason.
struct GradeProposed {
    static constexpr std::string_view kind = "grade.proposed";
    static constexpr int version = 1;
    GradeSubject graded = GradeSubject::team;
    GradeColor from = GradeColor::ungraded;
    GradeColor to = GradeColor::ungraded;
    std::vector<std::string> reasons;  // "score", or keys of gates and triggers of the pack
    bool suspends = false;
    GradeColor effective = GradeColor::ungraded;
    std::int64_t computed = 0;  // the position of the month that it follows from; 0: none
    std::string pack;
    std::optional<Instant> decide_until;  // of one that suspends
};
BOOST_DESCRIBE_STRUCT(GradeProposed, (),
                      (graded, from, to, reasons, suspends, effective, computed, pack,
                       decide_until))

// 陈述申辩: the word of whom it concerns on the proposal, once; it stands in the register of texts
// under the proposal.
struct GradeAnswered {
    static constexpr std::string_view kind = "grade.answered";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(GradeAnswered, (), ())

struct GradeConfirmed {
    static constexpr std::string_view kind = "grade.confirmed";
    static constexpr int version = 1;
    GradeColor color = GradeColor::ungraded;
    GradeColor effective = GradeColor::ungraded;
    Instant appeal_until;
};
BOOST_DESCRIBE_STRUCT(GradeConfirmed, (), (color, effective, appeal_until))

struct GradeRejected {
    static constexpr std::string_view kind = "grade.rejected";
    static constexpr int version = 1;
    GradeColor effective = GradeColor::ungraded;
};
BOOST_DESCRIBE_STRUCT(GradeRejected, (), (effective))

// Hours of training on the way back from yellow.
struct RemedialNoted {
    static constexpr std::string_view kind = "remedial.noted";
    static constexpr int version = 1;
    std::int32_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(RemedialNoted, (), (minutes))

// Somebody who did not come, or gave back late, was ill or the like. Subjects "order" and "person";
// the reason stands in the register of texts under the fact's position, and in no fact.
struct ServiceExcused {
    static constexpr std::string_view kind = "service.excused";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(ServiceExcused, (), ())

// Subject "grade_appeal" is self, "grade_proposal" what it is against. The lowered colour has no
// effect until the decision, unless it suspends for safety.
struct GradeAppealFiled {
    static constexpr std::string_view kind = "grade_appeal.filed";
    static constexpr int version = 1;
    GradeColor effective = GradeColor::ungraded;
    Instant acknowledge_until;
    Instant decide_until;
    std::optional<GradeAppealId> first;  // 复核: against the decision of that one
};
BOOST_DESCRIBE_STRUCT(GradeAppealFiled, (), (effective, acknowledge_until, decide_until, first))

struct GradeAppealAcknowledged {
    static constexpr std::string_view kind = "grade_appeal.acknowledged";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(GradeAppealAcknowledged, (), ())

// `upheld`: the appeal is right, and the colour is what it was before.
struct GradeAppealDecided {
    static constexpr std::string_view kind = "grade_appeal.decided";
    static constexpr int version = 1;
    bool upheld = false;
    GradeColor color = GradeColor::ungraded;
    GradeColor effective = GradeColor::ungraded;
    std::optional<Instant> review_until;  // until when a second review may be asked for
};
BOOST_DESCRIBE_STRUCT(GradeAppealDecided, (), (upheld, color, effective, review_until))

// A limit passed: for the acknowledgement, or for the decision. Without a subject "grade_appeal" it
// is that of the proposal, which suspends and waits for somebody to confirm or reject it.
struct GradeAppealEscalated {
    static constexpr std::string_view kind = "grade_appeal.escalated";
    static constexpr int version = 1;
    Instant due_at;
};
BOOST_DESCRIBE_STRUCT(GradeAppealEscalated, (), (due_at))

}  // namespace hezhi
