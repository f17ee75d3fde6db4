#include "domain/grading/grade_figure.h"

#include <algorithm>

namespace hezhi::grading {
namespace {

// As many runs as any pack looks at.
constexpr std::size_t bands_kept = 3;

void set_color(GradeState& grade, GradeColor color, const Fact& fact) {
    if (grade.color == color) return;
    grade.color = color;
    grade.color_since = fact.occurred_at;
    grade.remedial_minutes = 0;
}

// Not an appeal against it.
bool raises_proposal(const Fact& escalated) {
    return escalated.subject("grade_appeal") == 0;
}

}  // namespace

std::string grade_key(GradeSubject graded, std::int64_t subject) {
    return std::string(label_of(graded)) + "/" + std::to_string(subject);
}

std::string graded_of(const Fact& fact) {
    if (std::int64_t team = fact.subject("organization")) {
        return grade_key(GradeSubject::team, team);
    }
    return grade_key(GradeSubject::person, fact.subject("person"));
}

std::vector<std::string_view> GradeFigure::kinds() {
    return {GradeComputed::kind,     GradeProposed::kind, GradeConfirmed::kind,
            GradeRejected::kind,     RemedialNoted::kind, GradeAppealFiled::kind,
            GradeAppealDecided::kind};
}

journal::Keys GradeFigure::keys(const Fact& fact) {
    return {graded_of(fact)};
}

void GradeFigure::step(State& grade, const Fact& fact, const rules::Pack&) {
    std::int64_t team = fact.subject("organization");
    grade.graded = team ? GradeSubject::team : GradeSubject::person;
    grade.subject = team ? team : fact.subject("person");
    grade.area = fact.place.area;
    grade.area_path = fact.place.path;
    if (fact.is<GradeComputed>()) {
        const auto& run = fact.as<GradeComputed>();
        bool way_back =
            run.remedied || (grade.color == GradeColor::red && run.color > GradeColor::red);
        set_color(grade, run.color, fact);
        grade.effective = run.effective;
        grade.computed_until = run.until;
        grade.computed = fact.position;
        if (run.enough) grade.bands.insert(grade.bands.begin(), run.band);
        if (grade.bands.size() > bands_kept) grade.bands.resize(bands_kept);
        // The months below have led down once and were made good: they do not lead down again.
        if (way_back) std::erase_if(grade.bands, [&](auto band) { return band < run.color; });
    } else if (fact.is<GradeProposed>()) {
        grade.proposal = GradeProposalId(fact.position);
        grade.suspended = fact.as<GradeProposed>().suspends;
        grade.effective = fact.as<GradeProposed>().effective;
    } else if (fact.is<GradeConfirmed>()) {
        set_color(grade, fact.as<GradeConfirmed>().color, fact);
        grade.effective = fact.as<GradeConfirmed>().effective;
        grade.proposal = {};
        grade.suspended = false;
    } else if (fact.is<GradeRejected>()) {
        grade.effective = fact.as<GradeRejected>().effective;
        grade.proposal = {};
        grade.suspended = false;
        // The months that were not followed are not counted again; those that gave way to a
        // trigger are.
        if (fact.actor.via != Via::system) grade.bands.clear();
    } else if (fact.is<RemedialNoted>()) {
        grade.remedial_minutes += fact.as<RemedialNoted>().minutes;
    } else if (fact.is<GradeAppealFiled>()) {
        grade.appeal = GradeAppealId(fact.position);
        grade.appeals.push_back(grade.appeal);
        grade.effective = fact.as<GradeAppealFiled>().effective;
    } else {
        const auto& decided = fact.as<GradeAppealDecided>();
        set_color(grade, decided.color, fact);
        grade.effective = decided.effective;
        std::erase(grade.appeals, GradeAppealId(fact.subject("grade_appeal")));
        grade.appeal = grade.appeals.empty() ? GradeAppealId() : grade.appeals.back();
        if (decided.upheld) grade.bands.clear();
    }
}

void GradeRunFigure::step(State& run, const Fact& fact, const rules::Pack&) {
    const auto& computed = fact.as<GradeComputed>();
    run.graded_id = graded_of(fact);
    run.at = fact.occurred_at;
    run.position = computed.position;
    run.from_at = computed.from;
    run.until_at = computed.until;
    run.counts = computed.counts;
    run.parts = computed.parts;
    run.gates = computed.gates;
    run.enough = computed.enough;
    run.band = computed.band;
    run.color = computed.color;
    run.remedied = computed.remedied;
}

std::vector<std::string_view> GradeProposalFigure::kinds() {
    return {GradeProposed::kind,       GradeAnswered::kind,    GradeConfirmed::kind,
            GradeRejected::kind,       GradeAppealFiled::kind, GradeAppealDecided::kind,
            GradeAppealEscalated::kind};
}

journal::Keys GradeProposalFigure::keys(const Fact& fact) {
    if (fact.is<GradeAppealEscalated>() && !raises_proposal(fact)) return {};
    return {fact.subject("grade_proposal")};
}

void GradeProposalFigure::step(State& proposal, const Fact& fact, const rules::Pack&) {
    if (fact.is<GradeProposed>()) {
        const auto& proposed = fact.as<GradeProposed>();
        std::int64_t team = fact.subject("organization");
        proposal.graded_id = graded_of(fact);
        proposal.graded = team ? GradeSubject::team : GradeSubject::person;
        proposal.subject = team ? team : fact.subject("person");
        proposal.area = fact.place.area;
        proposal.area_path = fact.place.path;
        proposal.from_color = proposed.from;
        proposal.to_color = proposed.to;
        proposal.reasons = proposed.reasons;
        proposal.suspends = proposed.suspends;
        proposal.computed = GradeRunId(proposed.computed);
        proposal.proposed_at = fact.occurred_at;
        proposal.proposed_by = fact.actor.account;
        proposal.incident = IncidentId(fact.subject("incident"));
        proposal.decide_until = proposal.escalate_at = proposed.decide_until.value_or(Instant{});
    } else if (fact.is<GradeAnswered>()) {
        proposal.answered = fact.position;
        proposal.answered_at = fact.occurred_at;
    } else if (fact.is<GradeConfirmed>()) {
        proposal.state = GradeProposalStep::confirmed;
        proposal.decided_at = fact.occurred_at;
        proposal.decided_by = fact.actor.account;
        proposal.appeal_until = fact.as<GradeConfirmed>().appeal_until;
        proposal.escalate_at = {};
    } else if (fact.is<GradeRejected>()) {
        proposal.state = GradeProposalStep::rejected;
        proposal.decided_at = fact.occurred_at;
        proposal.decided_by = fact.actor.account;
        proposal.escalate_at = {};
    } else if (fact.is<GradeAppealEscalated>()) {
        proposal.late = true;
        proposal.escalate_at = {};
    } else if (fact.is<GradeAppealFiled>()) {
        proposal.state = GradeProposalStep::appealed;
        proposal.appeal = GradeAppealId(fact.position);
        proposal.review_until = {};
    } else {
        const auto& decided = fact.as<GradeAppealDecided>();
        proposal.state = decided.upheld ? GradeProposalStep::withdrawn : GradeProposalStep::upheld;
        proposal.appeal_decided_by = fact.actor.account;
        proposal.review_until = decided.review_until.value_or(Instant{});
    }
}

std::vector<std::string_view> GradeAppealFigure::kinds() {
    return {GradeAppealFiled::kind, GradeAppealAcknowledged::kind, GradeAppealDecided::kind,
            GradeAppealEscalated::kind};
}

journal::Keys GradeAppealFigure::keys(const Fact& fact) {
    if (fact.is<GradeAppealEscalated>() && raises_proposal(fact)) return {};
    return {fact.subject("grade_appeal")};
}

void GradeAppealFigure::step(State& appeal, const Fact& fact, const rules::Pack&) {
    if (fact.is<GradeAppealFiled>()) {
        const auto& filed = fact.as<GradeAppealFiled>();
        appeal.proposal = GradeProposalId(fact.subject("grade_proposal"));
        appeal.first = filed.first.value_or(GradeAppealId());
        appeal.graded_id = graded_of(fact);
        appeal.area = fact.place.area;
        appeal.area_path = fact.place.path;
        appeal.filed_by = fact.actor.account;
        appeal.filed_at = fact.occurred_at;
        appeal.acknowledge_until = appeal.escalate_at = filed.acknowledge_until;
        appeal.decide_until = filed.decide_until;
    } else if (fact.is<GradeAppealAcknowledged>()) {
        appeal.state = GradeAppealStep::acknowledged;
        appeal.late = appeal.late || fact.occurred_at > appeal.acknowledge_until;
        // Once the last limit has been told, none is left.
        if (appeal.escalate_at) appeal.escalate_at = appeal.decide_until;
    } else if (fact.is<GradeAppealDecided>()) {
        appeal.state = GradeAppealStep::decided;
        appeal.decided_by = fact.actor.account;
        appeal.decided_at = fact.occurred_at;
        appeal.upheld = fact.as<GradeAppealDecided>().upheld;
        appeal.late = appeal.late || fact.occurred_at > appeal.decide_until;
        appeal.escalate_at = {};
    } else {
        appeal.late = true;
        bool first = fact.as<GradeAppealEscalated>().due_at < appeal.decide_until;
        appeal.escalate_at = first ? appeal.decide_until : Instant{};
    }
}

}  // namespace hezhi::grading
