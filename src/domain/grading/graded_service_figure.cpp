#include "domain/grading/graded_service_figure.h"

#include "facts/grade_facts.h"
#include "facts/spot_check_facts.h"
#include "rules/working_calendar.h"

namespace hezhi::grading {
namespace {

// Less of the time from the acceptance to the beginning is left than the pack asks for. Only of
// what somebody gave up herself: a guardian's word is never late.
bool gives_back_late(const GradedServiceState& service, const Fact& fact, const rules::Pack& pack) {
    if (fact.actor.permission != "order.leave") return false;
    std::int64_t lead = service.starts_at.ms - service.accepted_at.ms;
    std::int64_t left = service.starts_at.ms - fact.occurred_at.ms;
    return left * 100 < lead * pack.color_grades.late_below_percent;
}

}  // namespace

std::vector<std::string_view> GradedServiceFigure::kinds() {
    return {OrderAccepted::kind,    OrderCheckedOut::kind, NoShowNoted::kind,
            OrderLeft::kind,        OfferWithdrawn::kind,  OrderReassigned::kind,
            SpotCheckSettled::kind, ServiceExcused::kind};
}

journal::Keys GradedServiceFigure::keys(const Fact& fact) {
    // Of a check only what was proven false, and was an order.
    bool check = fact.is<SpotCheckSettled>();
    if (check && (!fact.as<SpotCheckSettled>().proven_false || !fact.subject("order"))) return {};
    return {std::to_string(fact.subject("order")) + "-" + std::to_string(fact.subject("person"))};
}

void GradedServiceFigure::step(State& service, const Fact& fact, const rules::Pack& pack) {
    service.order_id = OrderId(fact.subject("order"));
    service.person = PersonId(fact.subject("person"));
    if (fact.is<OrderAccepted>()) {
        const auto& accepted = fact.as<OrderAccepted>();
        service.accepted_at = fact.occurred_at;
        service.starts_at = accepted.starts_at;
        service.ends_at = accepted.ends_at;
        service.record_until =
            rules::deadline(accepted.ends_at, pack.records.enter_within, pack.calendar).at;
        service.outcome = ServiceOutcome::none;
        service.known_at = service.false_at = service.excused_at = {};
        service.excuse = 0;
        return;
    }
    if (fact.is<SpotCheckSettled>()) {
        service.false_at = fact.recorded_at;
        return;
    }
    if (fact.is<ServiceExcused>()) {
        service.excused_at = fact.recorded_at;
        service.excuse = fact.position;
        return;
    }
    service.known_at = fact.recorded_at;
    if (fact.is<OrderCheckedOut>()) {
        service.outcome = ServiceOutcome::completed;
    } else if (fact.is<NoShowNoted>()) {
        service.outcome = ServiceOutcome::no_show;
    } else if (fact.is<OrderLeft>()) {
        service.outcome = gives_back_late(service, fact, pack) ? ServiceOutcome::given_back_late
                                                               : ServiceOutcome::given_back;
    } else if (fact.is<OrderReassigned>()) {
        service.outcome = ServiceOutcome::reassigned;
    } else {
        service.outcome = ServiceOutcome::withdrawn;
    }
}

std::vector<std::string_view> GradedReviewFigure::kinds() {
    return {OrderReviewed::kind};
}

journal::Keys GradedReviewFigure::keys(const Fact& fact) {
    return {fact.subject("order")};
}

void GradedReviewFigure::step(State& review, const Fact& fact, const rules::Pack&) {
    review.resolution = fact.as<OrderReviewed>().resolution;
    review.satisfaction = fact.as<OrderReviewed>().satisfaction;
    review.reviewed_at = fact.recorded_at;
}

std::vector<std::string_view> GradedIncidentFigure::kinds() {
    return {IncidentSettled::kind, GradeProposed::kind};
}

journal::Keys GradedIncidentFigure::keys(const Fact& fact) {
    if (fact.is<GradeProposed>()) {
        if (std::int64_t incident = fact.subject("incident")) return {incident};
        return {};
    }
    const auto& settled = fact.as<IncidentSettled>();
    if (!settled.confirmed || !settled.attributable) return {};
    return {fact.subject("incident")};
}

void GradedIncidentFigure::step(State& incident, const Fact& fact, const rules::Pack& pack) {
    if (fact.is<GradeProposed>()) {
        incident.proposal = fact.position;
        return;
    }
    incident.person = PersonId(fact.subject("person"));
    incident.area = fact.place.area;
    incident.area_path = fact.place.path;
    incident.severity = fact.as<IncidentSettled>().severity;
    incident.percent = pack.color_grades.deduction(incident.severity);
    incident.settled_at = fact.recorded_at;
    incident.settled_by = fact.actor.account;
    for (const auto& trigger : pack.color_grades.triggers) {
        if (trigger.incident_class != incident.severity) continue;
        incident.suspends = true;
        incident.trigger = trigger.key;
        break;
    }
}

std::vector<std::string_view> GradedMemberFigure::kinds() {
    return {MemberJoined::kind, MemberLeft::kind};
}

journal::Keys GradedMemberFigure::keys(const Fact& fact) {
    return {std::to_string(fact.subject("organization")) + "/" +
            std::to_string(fact.subject("person"))};
}

void GradedMemberFigure::step(State& member, const Fact& fact, const rules::Pack&) {
    member.organization = OrganizationId(fact.subject("organization"));
    member.person = PersonId(fact.subject("person"));
    if (fact.is<MemberJoined>()) {
        member.joined_at = fact.recorded_at;
        member.left_at = {};
    } else {
        member.left_at = fact.recorded_at;
    }
}

}  // namespace hezhi::grading
