// Proposals and appeals, as those who decide see them.
#include <algorithm>

#include "domain/grading/grade_pages.h"
#include "domain/grading/queries.h"

namespace hezhi::grading {
namespace {

// The sentences of the pack by which it was proposed.
std::vector<GradeClause> reason_clauses(const GradeProposalState& proposal,
                                        const rules::ColorGradeRules& rules) {
    std::vector<GradeClause> out;
    for (const auto& key : proposal.reasons) {
        if (const auto* gate = rules.gate(key)) {
            out.push_back(clause_page(gate->clause));
        } else if (const auto* trigger = rules.trigger(key)) {
            out.push_back(clause_page(trigger->clause));
        } else {
            out.push_back(clause_page(rules.bands_clause));
        }
    }
    return out;
}

// As brought_about, for pages.
bool caller_brought_about(const api::Reading& reading, const GradeProposalState& proposal) {
    AccountId me = reading.caller.account;
    if (proposal.proposed_by && proposal.proposed_by == me) return true;
    auto incident =
        proposal.incident ? reading.load<GradedIncidentFigure>(proposal.incident) : std::nullopt;
    return incident && incident->settled_by == me;
}

bool may_decide(const api::Reading& reading, const GradeProposalState& proposal) {
    return proposal.state == GradeProposalStep::proposed &&
           reading.caller.may("grade.confirm", {.area_path = proposal.area_path}) &&
           !caller_brought_about(reading, proposal) &&
           !concerns(reading.db, reading.caller, proposal.graded, proposal.subject);
}

// As speaks_for.
bool may_speak(const api::Reading& reading, const GradeProposalState& proposal) {
    auto team = proposal.graded == GradeSubject::team
                    ? reading.load<organizations::OrganizationFigure>(proposal.subject)
                    : std::nullopt;
    return speaks_for(reading.caller, proposal.graded, proposal.subject, team ? &*team : nullptr);
}

bool may_appeal(const api::Reading& reading, const GradeProposalState& proposal) {
    Instant until = appeal_open_until(proposal);
    if (!until || reading.now > until) return false;
    return reading.caller.may_somewhere("grade_appeal.file") && may_speak(reading, proposal);
}

bool may_answer(const api::Reading& reading, const GradeProposalState& proposal) {
    return proposal.state == GradeProposalStep::proposed && !proposal.answered &&
           reading.caller.may_somewhere("grade.answer") && may_speak(reading, proposal);
}

bool reads_answer(const api::Reading& reading, const GradeProposalState& proposal) {
    for (std::string_view permission : {"grade.propose", "grade.confirm", "grade_appeal.decide"}) {
        if (reading.caller.may(permission, {.area_path = proposal.area_path})) return true;
    }
    return may_speak(reading, proposal);
}

GradeAppealPage show_appeal(const api::Reading& reading, const GradeDesk& desk,
                            const GradeAppealState& appeal) {
    auto proposal = reading.load<GradeProposalFigure>(appeal.proposal).value();
    GradeAppealPage shown;
    shown.id = appeal.id;
    shown.state = appeal.state;
    shown.second = bool(appeal.first);
    if (appeal.first) {
        std::int64_t first = appeal.first.value;
        shown.first_reason = desk.people.read_text(reading.db, first, text_reason);
        shown.first_decision = desk.people.read_text(reading.db, first, text_decision);
    }
    shown.late = appeal.late || (appeal.escalate_at && appeal.escalate_at <= reading.now);
    shown.reason = desk.people.read_text(reading.db, appeal.id.value, text_reason).value_or("");
    shown.filed_at = appeal.filed_at;
    shown.acknowledge_until = appeal.acknowledge_until;
    shown.decide_until = appeal.decide_until;
    if (appeal.state == GradeAppealStep::decided) shown.upheld = appeal.upheld;
    shown.decision = desk.people.read_text(reading.db, appeal.id.value, text_decision);
    shown.proposal = show_proposal(reading, desk, proposal);
    bool may = appeal.state != GradeAppealStep::decided &&
               !decided_before(proposal, reading.caller.account) &&
               !caller_brought_about(reading, proposal) &&
               reading.caller.may("grade_appeal.decide", {.area_path = appeal.area_path}) &&
               !concerns(reading.db, reading.caller, proposal.graded, proposal.subject);
    if (!may) return shown;
    if (appeal.state == GradeAppealStep::filed) {
        shown.actions.emplace_back("acknowledge_grade_appeal");
    }
    shown.actions.emplace_back("decide_grade_appeal");
    return shown;
}

}  // namespace

GradeProposalPage show_proposal(const api::Reading& reading, const GradeDesk& desk,
                                const GradeProposalState& proposal) {
    const auto& rules = reading.packs->in_force(proposal.proposed_at)->pack->color_grades;
    GradeProposalPage shown;
    shown.id = proposal.id;
    shown.state = proposal.state;
    shown.graded = proposal.graded;
    shown.subject_id = proposal.subject;
    shown.name = subject_name(reading, desk, proposal.graded, proposal.subject);
    auto areas = desk.tree.now();
    if (const auto* area = areas->find(proposal.area)) shown.area_name = area->name;
    if (sees_colors(reading.caller, proposal.graded, proposal.subject)) {
        shown.from = proposal.from_color;
        shown.to = proposal.to_color;
    }
    if (proposal.graded == GradeSubject::person) {
        shown.from_standing = person_standing(rules, proposal.from_color);
        shown.to_standing = person_standing(rules, proposal.to_color);
    }
    shown.suspends = proposal.suspends;
    shown.by_system = !proposal.proposed_by;
    shown.reasons = reason_clauses(proposal, rules);
    shown.reason = desk.people.read_text(reading.db, proposal.id.value, text_reason);
    if (proposal.answered && reads_answer(reading, proposal)) {
        shown.answer = desk.people.read_text(reading.db, proposal.id.value, text_answer);
        shown.answered_at = proposal.answered_at;
        shown.answer_id = proposal.answered;
    }
    shown.decision = desk.people.read_text(reading.db, proposal.id.value, text_decision);
    shown.proposed_at = proposal.proposed_at;
    if (proposal.decide_until) shown.decide_until = proposal.decide_until;
    shown.late = proposal.late || (proposal.escalate_at && proposal.escalate_at <= reading.now);
    if (proposal.decided_at) shown.decided_at = proposal.decided_at;
    if (proposal.appeal_until) shown.appeal_until = proposal.appeal_until;
    if (proposal.review_until) shown.review_until = proposal.review_until;
    if (proposal.appeal) {
        shown.appeal_id = proposal.appeal;
        shown.appeal_decision =
            desk.people.read_text(reading.db, proposal.appeal.value, text_decision);
    }
    if (may_decide(reading, proposal)) shown.actions = {"confirm_grade", "reject_grade"};
    if (may_answer(reading, proposal)) shown.actions.emplace_back("answer_grade");
    if (may_appeal(reading, proposal)) shown.actions.emplace_back("file_grade_appeal");
    return shown;
}

GradeProposalPage show_with_appeals(const api::Reading& reading, const GradeDesk& desk,
                                    const GradeProposalState& proposal) {
    GradeProposalPage shown = show_proposal(reading, desk, proposal);
    auto appeal = proposal.appeal ? reading.load<GradeAppealFigure>(proposal.appeal) : std::nullopt;
    bool reads =
        appeal && (may_speak(reading, proposal) ||
                   reading.caller.may("grade_appeal.decide", {.area_path = proposal.area_path}));
    if (!reads) return shown;
    GradeAppealPage last = show_appeal(reading, desk, *appeal);
    shown.appeal_reason = last.reason;
    shown.first_reason = last.first_reason;
    shown.first_decision = last.first_decision;
    return shown;
}

Result<GradeProposalPage> proposal_page(const api::Reading& reading, const GradeDesk& desk,
                                        GradeProposalId id) {
    auto proposal = id ? reading.load<GradeProposalFigure>(id) : std::nullopt;
    if (!proposal) return refuse(hezhi::refusals::not_found);
    api::Access there{.area_path = proposal->area_path};
    bool may = reading.caller.may("grade.confirm", there) ||
               reading.caller.may("grade.propose", there) || may_speak(reading, *proposal);
    if (!may) return refuse(hezhi::refusals::not_found);
    return show_with_appeals(reading, desk, *proposal);
}

Result<GradeProposalList> list_proposals(const api::Reading& reading, const GradeDesk& desk,
                                         const GradeQueueQuery& query) {
    auto page = areas::newest_page(reading, desk.tree, query.area, "grade.confirm", query.cursor,
                                   query.limit);
    if (!page) return std::unexpected(page.error());
    std::optional<std::string> state;
    if (!query.all.value_or(false)) state = "proposed";
    page->params.emplace_back("state", state);
    auto rows = reading.rows<GradeProposalFigure>(queries::proposals_of_area, page->params);
    auto list = api::page_of<GradeProposalList>(
        rows, page->limit,
        [&](const GradeProposalState& proposal) { return show_proposal(reading, desk, proposal); });
    list.open = reading.db
                    .row(queries::proposals_open,
                         {{"path", page->path}, {"path_end", areas::path_end(page->path)}})
                    ->integer("proposals");
    return list;
}

Result<GradeAppealPage> appeal_page(const api::Reading& reading, const GradeDesk& desk,
                                    GradeAppealId id) {
    auto appeal = id ? reading.load<GradeAppealFigure>(id) : std::nullopt;
    if (!appeal) return refuse(hezhi::refusals::not_found);
    bool own = appeal->filed_by == reading.caller.account;
    if (!own && !reading.caller.may("grade_appeal.decide", {.area_path = appeal->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    return show_appeal(reading, desk, *appeal);
}

Result<GradeAppealList> list_appeals(const api::Reading& reading, const GradeDesk& desk,
                                     const GradeQueueQuery& query) {
    auto page = areas::newest_page(reading, desk.tree, query.area, "grade_appeal.decide",
                                   query.cursor, query.limit);
    if (!page) return std::unexpected(page.error());
    std::optional<std::string> other_than;
    if (!query.all.value_or(false)) other_than = "decided";
    page->params.emplace_back("other_than", other_than);
    auto rows = reading.rows<GradeAppealFigure>(queries::appeals_of_area, page->params);
    return api::page_of<GradeAppealList>(rows, page->limit, [&](const GradeAppealState& appeal) {
        return show_appeal(reading, desk, appeal);
    });
}

}  // namespace hezhi::grading
