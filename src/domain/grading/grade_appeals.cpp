// 申诉, 受理申诉, 申诉决定, and what the timer does.
#include "domain/grading/grading.h"
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

// The same, if the caller decides appeals there and took no part.
Result<Appeal> load_to_decide(journal::Turn& turn, const api::Caller& caller, GradeAppealId id) {
    auto found = load_appeal(turn, id);
    if (!found || !caller.may("grade_appeal.decide", {.area_path = found->place.path})) {
        return refuse(hezhi::refusals::not_found);
    }
    const auto& proposal = found->proposal;
    if (concerns(turn.db(), caller, proposal.graded, proposal.subject)) {
        return refuse(refusals::grade_concerns_caller);
    }
    bool decided = proposal.decided_by == caller.account;
    if (decided || brought_about(turn, proposal, caller.account)) {
        return refuse(refusals::took_part_in_grade);
    }
    return found;
}

}  // namespace

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
    if (proposal.state != GradeProposalStep::confirmed) {
        return refuse(refusals::grade_state_forbids);
    }
    if (turn.now() > proposal.appeal_until) return refuse(refusals::appeal_time_over);
    const rules::Pack& pack = *turn.pack()->pack;
    GradeAppealFiled filed;
    // What suspends for safety stands until the decision; everything else waits for it.
    filed.effective = proposal.suspends ? proposal.to_color : proposal.from_color;
    filed.acknowledge_until =
        rules::deadline(turn.now(), pack.color_grades.acknowledge_within, pack.calendar).at;
    filed.decide_until =
        rules::deadline(turn.now(), pack.color_grades.decide_within, pack.calendar).at;
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
    decided.color = input.upheld ? found->proposal.from_color : found->proposal.to_color;
    decided.effective = decided.color;
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
