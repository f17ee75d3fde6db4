// 提议降级, 陈述申辩, 认定降级, 不予降级, 登记补训.
#include "domain/grading/grading.h"
#include "domain/grading/queries.h"
#include "rules/working_calendar.h"

namespace hezhi::grading {
namespace {

std::unexpected<Refusal> unknown_trigger() {
    return refuse(refusals::trigger_unknown,
                  {"/trigger", "规则包中的事由", "a trigger of the rule pack"});
}

std::int64_t append_proposal(journal::Turn& turn, const Graded& subject, Actor actor,
                             const rules::GradeTrigger& trigger, IncidentId incident) {
    GradeProposed proposed;
    proposed.graded = subject.graded;
    proposed.from = as_blue(subject.grade.color);
    proposed.to = GradeColor::red;
    proposed.reasons = {trigger.key};
    proposed.suspends = trigger.suspends;
    proposed.effective = trigger.suspends ? GradeColor::red : subject.grade.effective;
    proposed.pack = turn.pack()->hash;
    const rules::Pack& pack = *turn.pack()->pack;
    if (const auto& within = pack.color_grades.suspension_within; within && trigger.suspends) {
        proposed.decide_until = rules::deadline(turn.now(), *within, pack.calendar).at;
    }
    Subjects subjects = subjects_of(subject.graded, subject.subject);
    subjects["grade_proposal"] = self;
    if (incident) subjects["incident"] = incident.value;
    return turn.append(
        draft(proposed, std::move(actor), subject.place, std::move(subjects), turn.now()));
}

// A trigger that suspends waits for nobody: a month's proposal that is open gives way to it, and an
// appeal goes on beside it. Whoever is suspended already stays so until that is decided.
std::optional<Refusal> make_way(journal::Turn& turn, Graded& subject,
                                const rules::GradeTrigger& trigger) {
    GradeState& grade = subject.grade;
    if (!grade.proposal && !grade.appeal) return std::nullopt;
    bool red_in_appeal = grade.appeal && grade.color == GradeColor::red;
    if (!trigger.suspends || grade.suspended || red_in_appeal) {
        return Refusal(refusals::grade_undecided);
    }
    if (grade.proposal) {
        Subjects subjects = subjects_of(subject.graded, subject.subject);
        subjects["grade_proposal"] = grade.proposal.value;
        turn.append(draft(GradeRejected{grade.effective}, {}, subject.place, std::move(subjects),
                          turn.now()));
        grade.proposal = {};
    }
    return std::nullopt;
}

struct Deciding {
    GradeProposalState proposal;
    Place place;
    Subjects subjects;
};

// The proposal, if the caller decides there, it does not concern them, and they did not propose it.
Result<Deciding> load_proposal(journal::Turn& turn, const api::Caller& caller, GradeProposalId id) {
    const auto* found = id ? turn.load<GradeProposalFigure>(id) : nullptr;
    if (!found || !caller.may("grade.confirm", {.area_path = found->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    Deciding deciding{
        *found, {found->area, found->area_path}, subjects_of(found->graded, found->subject)};
    deciding.subjects["grade_proposal"] = id.value;
    const auto& proposal = deciding.proposal;
    if (concerns(turn.db(), caller, proposal.graded, proposal.subject)) {
        return refuse(refusals::grade_concerns_caller);
    }
    if (proposal.state != GradeProposalStep::proposed) {
        return refuse(refusals::grade_state_forbids);
    }
    if (brought_about(turn, proposal, caller.account)) return refuse(refusals::own_grade_proposal);
    return deciding;
}

}  // namespace

bool brought_about(journal::Turn& turn, const GradeProposalState& proposal, AccountId account) {
    if (proposal.proposed_by && proposal.proposed_by == account) return true;
    const auto* incident =
        proposal.incident ? turn.load<GradedIncidentFigure>(proposal.incident) : nullptr;
    return incident && incident->settled_by == account;
}

Subjects subjects_of(GradeSubject graded, std::int64_t subject) {
    return {{graded == GradeSubject::team ? "organization" : "person", subject}};
}

Result<Graded> load_graded(journal::Turn& turn, GradeSubject graded, std::int64_t subject) {
    const rules::Pack& pack = *turn.pack()->pack;
    Graded found;
    found.graded = graded;
    found.subject = subject;
    if (graded == GradeSubject::team) {
        const auto* team =
            subject > 0 ? turn.load<organizations::OrganizationFigure>(subject) : nullptr;
        if (!team) return refuse(hezhi::refusals::not_found);
        if (!pack.color_grades.teams || team->organization_kind == OrganizationKind::organization) {
            return refuse(refusals::not_graded);
        }
        found.place = {team->area, team->area_path};
    } else {
        const auto* person = subject > 0 ? turn.load<standing::StandingFigure>(subject) : nullptr;
        if (!person) return refuse(hezhi::refusals::not_found);
        bool adult = person->age_years.value_or(0) >= pack.dispatch.adult_from_years;
        if (!pack.color_grades.persons || !person->volunteer || !adult) {
            return refuse(refusals::not_graded);
        }
        found.place = {person->area, person->area_path};
    }
    if (const auto* grade = turn.load<GradeFigure>(grade_key(graded, subject))) {
        found.grade = *grade;
    }
    return found;
}

bool concerns(store::Session& db, const api::Caller& caller, GradeSubject graded,
              std::int64_t subject) {
    if (!caller.person) return false;
    if (graded == GradeSubject::person) return caller.person.value == subject;
    auto row = db.row(queries::part_of_team, {{"team", subject}, {"person", caller.person}});
    return row->integer("parts") > 0;
}

Result<std::int64_t> propose_grade(journal::Turn& turn, const api::Caller& caller,
                                   const GradeDesk& desk, const ProposeGrade& input) {
    auto subject = load_graded(turn, input.graded, input.subject_id);
    if (!subject) return std::unexpected(subject.error());
    if (!caller.may("grade.propose", {.area_path = subject->place.path})) {
        return refuse(hezhi::refusals::not_found);
    }
    if (concerns(turn.db(), caller, input.graded, input.subject_id)) {
        return refuse(refusals::grade_concerns_caller);
    }
    const auto* trigger = turn.pack()->pack->color_grades.trigger(input.trigger.value);
    if (!trigger) return unknown_trigger();
    if (subject->grade.color == GradeColor::red) return refuse(refusals::grade_state_forbids);
    if (auto open = make_way(turn, *subject, *trigger)) return std::unexpected(*open);
    std::int64_t id = turn.next_position();
    desk.people.write_text(turn.db(), id, text_reason, input.reason);
    return append_proposal(turn, *subject, caller.actor("grade.propose"), *trigger, {});
}

Result<std::int64_t> propose_after_incident(journal::Turn& turn, IncidentId id) {
    const auto* found = id ? turn.load<GradedIncidentFigure>(id) : nullptr;
    if (!found || !found->suspends || found->proposal) {
        return refuse(refusals::grade_state_forbids);
    }
    GradedIncidentState incident = *found;
    auto subject = load_graded(turn, GradeSubject::person, incident.person.value);
    if (!subject) return std::unexpected(subject.error());
    const auto* trigger = turn.pack()->pack->color_grades.trigger(incident.trigger);
    if (!trigger) return unknown_trigger();
    if (auto open = make_way(turn, *subject, *trigger)) return std::unexpected(*open);
    return append_proposal(turn, *subject, {}, *trigger, id);
}

Result<std::int64_t> propose_after_fraud(journal::Turn& turn, const Actor& actor, PersonId person,
                                         std::string_view key) {
    auto subject = load_graded(turn, GradeSubject::person, person.value);
    if (!subject) return std::unexpected(subject.error());
    const auto* trigger = turn.pack()->pack->color_grades.trigger(key);
    if (!trigger) return unknown_trigger();
    if (subject->grade.color == GradeColor::red) return refuse(refusals::grade_state_forbids);
    if (auto open = make_way(turn, *subject, *trigger)) return std::unexpected(*open);
    return append_proposal(turn, *subject, actor, *trigger, {});
}

Result<std::int64_t> answer_grade(journal::Turn& turn, const api::Caller& caller,
                                  const GradeDesk& desk, GradeProposalId id,
                                  std::string_view words) {
    const auto* found = id ? turn.load<GradeProposalFigure>(id) : nullptr;
    if (!found) return refuse(hezhi::refusals::not_found);
    GradeProposalState proposal = *found;
    const auto* team = proposal.graded == GradeSubject::team
                           ? turn.load<organizations::OrganizationFigure>(proposal.subject)
                           : nullptr;
    if (!speaks_for(caller, proposal.graded, proposal.subject, team)) {
        return refuse(hezhi::refusals::not_found);
    }
    if (proposal.state != GradeProposalStep::proposed || proposal.answered) {
        return refuse(refusals::grade_state_forbids);
    }
    Subjects subjects = subjects_of(proposal.graded, proposal.subject);
    subjects["grade_proposal"] = id.value;
    desk.people.write_text(turn.db(), id.value, text_answer, words);
    turn.append(draft(GradeAnswered{}, caller.actor("grade.answer"),
                      {proposal.area, proposal.area_path}, std::move(subjects), turn.now()));
    return id.value;
}

Result<std::int64_t> confirm_grade(journal::Turn& turn, const api::Caller& caller,
                                   const GradeDesk& desk, GradeProposalId id,
                                   std::string_view reason,
                                   std::optional<std::int64_t> answer_seen) {
    auto deciding = load_proposal(turn, caller, id);
    if (!deciding) return std::unexpected(deciding.error());
    if (deciding->proposal.answered && answer_seen != deciding->proposal.answered) {
        return refuse(refusals::grade_answer_unseen,
                      {"/answer_seen", "页面所示陈述申辩的编号", "the answer that the page shows"});
    }
    const rules::Pack& pack = *turn.pack()->pack;
    GradeConfirmed confirmed;
    confirmed.color = confirmed.effective = deciding->proposal.to_color;
    confirmed.appeal_until =
        rules::deadline(turn.now(), pack.color_grades.appeal_within, pack.calendar).at;
    desk.people.write_text(turn.db(), id.value, text_decision, reason);
    turn.append(draft(confirmed, caller.actor("grade.confirm"), deciding->place, deciding->subjects,
                      turn.now()));
    return id.value;
}

Result<std::int64_t> reject_grade(journal::Turn& turn, const api::Caller& caller,
                                  const GradeDesk& desk, GradeProposalId id,
                                  std::string_view reason) {
    auto deciding = load_proposal(turn, caller, id);
    if (!deciding) return std::unexpected(deciding.error());
    const auto* grade = turn.load<GradeFigure>(deciding->proposal.graded_id);
    HEZHI_ASSERT(grade != nullptr);
    GradeState standing = *grade;
    GradeRejected rejected{effective_with_appeals(turn, standing, standing.color)};
    desk.people.write_text(turn.db(), id.value, text_decision, reason);
    turn.append(draft(rejected, caller.actor("grade.confirm"), deciding->place, deciding->subjects,
                      turn.now()));
    return id.value;
}

Result<std::int64_t> escalate_grade_proposal(journal::Turn& turn, GradeProposalId id,
                                             Instant due_at) {
    const auto* found = id ? turn.load<GradeProposalFigure>(id) : nullptr;
    bool due = found && found->escalate_at && found->escalate_at <= turn.now();
    if (!due) return refuse(refusals::grade_state_forbids);
    Place place{found->area, found->area_path};
    Subjects subjects = subjects_of(found->graded, found->subject);
    subjects["grade_proposal"] = id.value;
    turn.append(draft(GradeAppealEscalated{due_at}, {}, place, std::move(subjects), turn.now()));
    return id.value;
}

Result<std::int64_t> note_remedial(journal::Turn& turn, const api::Caller& caller,
                                   const NoteRemedial& input) {
    auto subject = load_graded(turn, input.graded, input.subject_id);
    if (!subject) return std::unexpected(subject.error());
    if (!caller.may("remedial.note", {.area_path = subject->place.path})) {
        return refuse(hezhi::refusals::not_found);
    }
    if (concerns(turn.db(), caller, input.graded, input.subject_id)) {
        return refuse(refusals::grade_concerns_caller);
    }
    if (subject->grade.color != GradeColor::yellow) return refuse(refusals::not_on_the_way_back);
    return turn.append(draft(RemedialNoted{static_cast<std::int32_t>(input.minutes.value)},
                             caller.actor("remedial.note"), subject->place,
                             subjects_of(input.graded, input.subject_id), turn.now()));
}

}  // namespace hezhi::grading
