// 申诉, 受理申诉, 申诉决定, and what the timer does.
#include <algorithm>

#include "domain/grading/grading.h"
#include "domain/grading/queries.h"
#include "rules/working_calendar.h"

namespace hezhi::grading {
namespace {

struct Appeal {
    GradeAppealState appeal;
    GradeProposalState proposal;
    Place place;
    Subjects subjects;
};

Result<Appeal> load_appeal(journal::Turn& turn, GradeAppealId id) {
    const auto* found = id ? turn.load<GradeAppealFigure>(id) : nullptr;
    if (!found) return refuse(hezhi::refusals::not_found);
    Appeal out;
    out.appeal = *found;
    out.proposal = *turn.load<GradeProposalFigure>(out.appeal.proposal);
    out.place = {out.appeal.area, out.appeal.area_path};
    out.subjects = subjects_of(out.proposal.graded, out.proposal.subject);
    out.subjects["grade_proposal"] = out.proposal.id.value;
    out.subjects["grade_appeal"] = id.value;
    return out;
}

// Where the subject stood before the proposal, without what was withdrawn since.
GradeColor color_before(journal::Turn& turn, const GradeProposalState& proposal) {
    GradeColor color = proposal.from_color;
    GradeProposalId before = proposal.id;
    for (;;) {
        auto row = turn.db().row(
            queries::proposal_to_color,
            {{"graded_id", proposal.graded_id}, {"before_id", before}, {"color", label_of(color)}});
        if (!row) return color;
        auto earlier = journal::read_state<GradeProposalFigure>(turn.tables(), *row);
        if (earlier.state != GradeProposalStep::withdrawn) return color;
        color = earlier.from_color;
        before = earlier.id;
    }
}

// The same as load_appeal, if the caller decides appeals there and took no part.
Result<Appeal> load_to_decide(journal::Turn& turn, const api::Caller& caller, GradeAppealId id) {
    auto found = load_appeal(turn, id);
    if (!found || !caller.may("grade_appeal.decide", {.area_path = found->place.path})) {
        return refuse(hezhi::refusals::not_found);
    }
    const auto& proposal = found->proposal;
    if (concerns(turn.db(), caller, proposal.graded, proposal.subject)) {
        return refuse(refusals::grade_concerns_caller);
    }
    if (decided_before(proposal, caller.account) || brought_about(turn, proposal, caller.account)) {
        return refuse(refusals::took_part_in_grade);
    }
    return found;
}

// Whether it may still be appealed, or the appeal's decision reviewed once.
std::optional<Refusal> too_late(const GradeProposalState& proposal, Instant now) {
    Instant until = appeal_open_until(proposal);
    if (!until) return Refusal(refusals::grade_state_forbids);
    return now > until ? std::optional(Refusal(refusals::appeal_time_over)) : std::nullopt;
}

}  // namespace

bool decided_before(const GradeProposalState& proposal, AccountId account) {
    return proposal.decided_by == account ||
           (proposal.appeal_decided_by && proposal.appeal_decided_by == account);
}

Instant appeal_open_until(const GradeProposalState& proposal) {
    if (proposal.state == GradeProposalStep::confirmed) return proposal.appeal_until;
    return proposal.state == GradeProposalStep::upheld ? proposal.review_until : Instant();
}

// What suspends for safety stands until the decision; everything else waits for it.
GradeColor effective_during_appeal(const GradeProposalState& appealed) {
    return appealed.suspends ? appealed.to_color : appealed.from_color;
}

GradeColor effective_with_appeals(journal::Turn& turn, const GradeState& grade, GradeColor color,
                                  GradeAppealId except) {
    const std::vector<GradeAppealId> open = grade.appeals;
    for (GradeAppealId id : open) {
        const auto* appeal = id == except ? nullptr : turn.load<GradeAppealFigure>(id);
        const auto* appealed = appeal ? turn.load<GradeProposalFigure>(appeal->proposal) : nullptr;
        if (appealed && appealed->to_color == color) return effective_during_appeal(*appealed);
    }
    return color;
}

bool speaks_for(const api::Caller& caller, GradeSubject graded, std::int64_t subject,
                const organizations::OrganizationState* team) {
    if (!caller.person) return false;
    if (graded == GradeSubject::person) return caller.person.value == subject;
    return team && organizations::leads(*team, caller.person);
}

Result<std::int64_t> file_grade_appeal(journal::Turn& turn, const api::Caller& caller,
                                       const GradeDesk& desk, GradeProposalId id,
                                       std::string_view reason) {
    const auto* found = id ? turn.load<GradeProposalFigure>(id) : nullptr;
    if (!found) return refuse(hezhi::refusals::not_found);
    GradeProposalState proposal = *found;
    const auto* team = proposal.graded == GradeSubject::team
                           ? turn.load<organizations::OrganizationFigure>(proposal.subject)
                           : nullptr;
    if (!speaks_for(caller, proposal.graded, proposal.subject, team)) {
        return refuse(hezhi::refusals::not_found);
    }
    if (auto late = too_late(proposal, turn.now())) return std::unexpected(*late);
    const rules::Pack& pack = *turn.pack()->pack;
    GradeAppealFiled filed;
    // Of an earlier one nothing is lifted: something graver holds by now.
    const auto* grade = turn.load<GradeFigure>(proposal.graded_id);
    HEZHI_ASSERT(grade != nullptr);
    bool holds = grade->color == proposal.to_color && !grade->suspended;
    filed.effective = holds ? effective_during_appeal(proposal) : grade->effective;
    filed.acknowledge_until =
        rules::deadline(turn.now(), pack.color_grades.acknowledge_within, pack.calendar).at;
    bool again = proposal.state == GradeProposalStep::upheld;
    if (again) filed.first = proposal.appeal;
    const auto& within = again ? pack.color_grades.review_within : std::nullopt;
    filed.decide_until =
        rules::deadline(turn.now(), within.value_or(pack.color_grades.decide_within), pack.calendar)
            .at;
    Subjects subjects = subjects_of(proposal.graded, proposal.subject);
    subjects["grade_proposal"] = id.value;
    subjects["grade_appeal"] = self;
    desk.people.write_text(turn.db(), turn.next_position(), text_reason, reason);
    return turn.append(draft(filed, caller.actor("grade_appeal.file"),
                             {proposal.area, proposal.area_path}, std::move(subjects), turn.now()));
}

Result<std::int64_t> acknowledge_grade_appeal(journal::Turn& turn, const api::Caller& caller,
                                              GradeAppealId id) {
    auto found = load_to_decide(turn, caller, id);
    if (!found) return std::unexpected(found.error());
    if (found->appeal.state != GradeAppealStep::filed) {
        return refuse(refusals::grade_state_forbids);
    }
    turn.append(draft(GradeAppealAcknowledged{}, caller.actor("grade_appeal.decide"), found->place,
                      found->subjects, turn.now()));
    return id.value;
}

Result<std::int64_t> decide_grade_appeal(journal::Turn& turn, const api::Caller& caller,
                                         const GradeDesk& desk, GradeAppealId id,
                                         const DecideGradeAppeal& input) {
    auto found = load_to_decide(turn, caller, id);
    if (!found) return std::unexpected(found.error());
    if (found->appeal.state == GradeAppealStep::decided) {
        return refuse(refusals::grade_state_forbids);
    }
    Actor actor = caller.actor("grade_appeal.decide");
    if (found->appeal.state == GradeAppealStep::filed) {
        turn.append(
            draft(GradeAppealAcknowledged{}, actor, found->place, found->subjects, turn.now()));
    }
    GradeAppealDecided decided;
    decided.upheld = input.upheld;
    const auto* stands = turn.load<GradeFigure>(found->proposal.graded_id);
    HEZHI_ASSERT(stands != nullptr);
    GradeState grade = *stands;
    decided.color = grade.color;
    if (input.upheld) {
        // Something graver may have been confirmed meanwhile, which is not what was appealed; or a
        // month before a second review has led up.
        bool graver = grade.color < found->proposal.to_color;
        if (!graver) decided.color = std::max(grade.color, color_before(turn, found->proposal));
    }
    // An appeal against what holds now goes on, and a trigger that came since goes on suspending.
    decided.effective =
        grade.suspended ? grade.effective : effective_with_appeals(turn, grade, decided.color, id);
    const rules::Pack& pack = *turn.pack()->pack;
    if (!input.upheld && !found->appeal.first && pack.color_grades.review_within) {
        decided.review_until =
            rules::deadline(turn.now(), pack.color_grades.appeal_within, pack.calendar).at;
    }
    desk.people.write_text(turn.db(), id.value, text_decision, input.reason);
    turn.append(draft(decided, actor, found->place, found->subjects, turn.now()));
    return id.value;
}

Result<std::int64_t> escalate_grade_appeal(journal::Turn& turn, GradeAppealId id, Instant due_at) {
    auto found = load_appeal(turn, id);
    if (!found) return std::unexpected(found.error());
    bool due = found->appeal.escalate_at && found->appeal.escalate_at <= turn.now();
    if (!due) return refuse(refusals::grade_state_forbids);
    turn.append(draft(GradeAppealEscalated{due_at}, {}, found->place, found->subjects, turn.now()));
    return id.value;
}

}  // namespace hezhi::grading
