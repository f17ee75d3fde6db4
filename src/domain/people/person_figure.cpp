#include "domain/people/person_figure.h"

#include "facts/need_facts.h"

namespace hezhi::people {

std::vector<std::string_view> PersonFigure::kinds() {
    return {PersonRegistered::kind,     VolunteerRegistered::kind, CertificationGranted::kind,
            CredentialRegistered::kind, DisputeSettled::kind,      VolunteerLeft::kind,
            PersonErased::kind,         PersonMoved::kind};
}

journal::Keys PersonFigure::keys(const Fact& fact) {
    return {fact.subject("person")};
}

void PersonFigure::step(State& person, const Fact& fact, const rules::Pack&) {
    if (fact.is<PersonRegistered>()) {
        person.area = fact.place.area;
        person.area_path = fact.place.path;
        person.registered_at = fact.occurred_at;
        person.age_years = fact.as<PersonRegistered>().age_years;
    } else if (fact.is<PersonMoved>()) {
        person.area = fact.place.area;
        person.area_path = fact.place.path;
    } else if (fact.is<VolunteerRegistered>()) {
        person.volunteer = true;
    } else if (fact.is<CertificationGranted>()) {
        person.certification = fact.as<CertificationGranted>().level;
    } else if (fact.is<CredentialRegistered>()) {
        if (fact.as<CredentialRegistered>().credential == "social_worker") {
            person.social_worker = true;
        }
    } else if (fact.is<DisputeSettled>()) {
        // The age came from a number that was never theirs.
        if (fact.as<DisputeSettled>().outcome == DisputeOutcome::number_released) {
            person.age_years.reset();
        }
    } else if (fact.is<VolunteerLeft>()) {
        person.volunteer = false;
    } else if (fact.is<PersonErased>()) {
        person.volunteer = false;
        person.erased = true;
    }
    // Staff of the whole installation have no area of their own.
    if (person.area_path.empty()) person.area_path = "/";
}

std::vector<std::string_view> ReadingFigure::kinds() {
    return {PersonRead::kind, ContactRead::kind};
}

journal::Keys ReadingFigure::keys(const Fact& fact) {
    return {fact.position};
}

void ReadingFigure::step(State& reading, const Fact& fact, const rules::Pack&) {
    reading.area_path = fact.place.area ? fact.place.path : "/";
    reading.read_at = fact.occurred_at;
    reading.account = fact.actor.account;
    reading.person = PersonId(fact.subject("person"));
    reading.need = NeedId(fact.subject("need"));
}

std::vector<std::string_view> DisputeFigure::kinds() {
    return {RegistrationDisputed::kind, DisputeSettled::kind};
}

journal::Keys DisputeFigure::keys(const Fact& fact) {
    return {fact.subject("dispute")};
}

void DisputeFigure::step(State& dispute, const Fact& fact, const rules::Pack&) {
    if (fact.is<RegistrationDisputed>()) {
        dispute.person = PersonId(fact.subject("person"));
        dispute.area = fact.place.area;
        dispute.area_path = fact.place.area ? fact.place.path : "/";
        dispute.disputed_at = fact.occurred_at;
    } else {
        dispute.state = DisputeStep::settled;
        dispute.outcome = fact.as<DisputeSettled>().outcome;
    }
}

}  // namespace hezhi::people
