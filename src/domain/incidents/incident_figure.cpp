#include "domain/incidents/incident_figure.h"

#include "base/shape.h"

namespace hezhi::incidents {

std::vector<std::string_view> IncidentFigure::kinds() {
    return {IncidentReported::kind, IncidentSettled::kind, IncidentEscalated::kind,
            ClaimNoted::kind};
}

journal::Keys IncidentFigure::keys(const Fact& fact) {
    return {fact.subject("incident")};
}

void IncidentFigure::step(State& incident, const Fact& fact, const rules::Pack&) {
    if (fact.is<IncidentReported>()) {
        const auto& reported = fact.as<IncidentReported>();
        incident.area = fact.place.area;
        incident.area_path = fact.place.path;
        incident.about = reported.about;
        incident.about_id = fact.subject(label_of(reported.about));
        incident.severity = reported.severity;
        incident.reporter = fact.actor.account;
        incident.reported_at = fact.occurred_at;
        incident.settle_until = reported.settle_until;
    } else if (fact.is<IncidentSettled>()) {
        const auto& settled = fact.as<IncidentSettled>();
        incident.state = IncidentStep::settled;
        incident.severity = settled.severity;
        incident.confirmed = settled.confirmed;
        incident.attributable = settled.attributable;
        incident.person = PersonId(fact.subject("person"));
        incident.settled_at = fact.occurred_at;
    } else if (fact.is<IncidentEscalated>()) {
        incident.escalated_at = fact.occurred_at;
    } else {
        incident.insurance = InsuranceId(fact.subject("insurance"));
        incident.claimed_at = fact.occurred_at;
    }
}

}  // namespace hezhi::incidents
