#include "domain/people/person_figure.h"

#include <algorithm>

#include "facts/certification_facts.h"
#include "facts/complaint_facts.h"
#include "facts/need_facts.h"

namespace hezhi::people {
namespace {

// A minor grows up: the age is looked at again after the pack's days.
void note_age(PersonState& person, std::optional<std::int32_t> age, Instant at,
              const rules::Pack& pack) {
    person.age_years = age;
    bool minor = age && *age < pack.dispatch.adult_from_years;
    person.age_until = minor ? at + std::chrono::days(pack.joining.age_noted_days) : Instant();
}

void raise_certification(PersonState& person, std::int32_t level) {
    person.certification = std::max(person.certification.value_or(0), level);
}

}  // namespace

std::vector<std::string_view> PersonFigure::kinds() {
    return {PersonRegistered::kind,     VolunteerRegistered::kind,
            CertificationGranted::kind, CertificationRecognised::kind,
            CertificationRenewed::kind, CertificationLapsed::kind,
            LoweringConfirmed::kind,    LoweringSettled::kind,
            LicenceEnded::kind,         CredentialRegistered::kind,
            DisputeSettled::kind,       VolunteerLeft::kind,
            PersonErased::kind,         PersonMoved::kind,
            ConsentGiven::kind,         AgeNoted::kind,
            BirthDateCorrected::kind,   AddressSealed::kind,
            AddressUnsealed::kind};
}

journal::Keys PersonFigure::keys(const Fact& fact) {
    return {fact.subject("person")};
}

void PersonFigure::step(State& person, const Fact& fact, const rules::Pack& pack) {
    if (fact.is<PersonRegistered>()) {
        person.area = fact.place.area;
        person.area_path = fact.place.path;
        person.registered_at = fact.occurred_at;
        note_age(person, fact.as<PersonRegistered>().age_years, fact.occurred_at, pack);
    } else if (fact.is<ConsentGiven>()) {
        note_age(person, fact.as<ConsentGiven>().age_years, fact.occurred_at, pack);
    } else if (fact.is<AgeNoted>()) {
        note_age(person, fact.as<AgeNoted>().age_years, fact.occurred_at, pack);
    } else if (fact.is<BirthDateCorrected>()) {
        note_age(person, fact.as<BirthDateCorrected>().age_years, fact.occurred_at, pack);
    } else if (fact.is<AddressSealed>()) {
        person.address_sealed = true;
        person.keeper = fact.as<AddressSealed>().keeper;
    } else if (fact.is<AddressUnsealed>()) {
        person.address_sealed = false;
        person.keeper = {};
    } else if (fact.is<PersonMoved>()) {
        person.area = fact.place.area;
        person.area_path = fact.place.path;
    } else if (fact.is<VolunteerRegistered>()) {
        person.volunteer = true;
        raise_certification(person, 0);
    } else if (fact.is<CertificationGranted>()) {
        raise_certification(person, fact.as<CertificationGranted>().level);
    } else if (fact.is<CertificationRecognised>()) {
        raise_certification(person, fact.as<CertificationRecognised>().level);
    } else if (fact.is<CertificationRenewed>()) {
        const auto& renewed = fact.as<CertificationRenewed>();
        person.certification = renewed.professional ? rules::certification_max : renewed.level;
    } else if (fact.is<CertificationLapsed>()) {
        person.certification = 0;
    } else if (fact.is<LicenceEnded>()) {
        person.certification = fact.as<LicenceEnded>().level;
    } else if (fact.is<LoweringConfirmed>()) {
        const auto& confirmed = fact.as<LoweringConfirmed>();
        bool lower = confirmed.measure == LoweringMeasure::lower;
        if (lower) person.certification = confirmed.level;
    } else if (fact.is<LoweringSettled>()) {
        const auto& settled = fact.as<LoweringSettled>();
        bool back = settled.upheld && settled.measure == LoweringMeasure::lower;
        std::int32_t top = settled.professional ? rules::certification_max : settled.level;
        if (back) raise_certification(person, top);
    } else if (fact.is<CredentialRegistered>()) {
        if (fact.as<CredentialRegistered>().credential == "social_worker") {
            person.social_worker = true;
        }
    } else if (fact.is<DisputeSettled>()) {
        // The age came from a number that was never theirs, unless they told it.
        const auto& settled = fact.as<DisputeSettled>();
        if (settled.outcome == DisputeOutcome::number_released) {
            note_age(person, settled.age_years, fact.occurred_at, pack);
        }
    } else if (fact.is<VolunteerLeft>()) {
        person.volunteer = false;
    } else if (fact.is<PersonErased>()) {
        person.volunteer = false;
        person.age_until = {};
        person.erased = true;
    }
    // Staff of the whole installation have no area of their own.
    if (person.area_path.empty()) person.area_path = "/";
}

std::vector<std::string_view> ReadingFigure::kinds() {
    // Whoever becomes the keeper of a secret address is shown what is hidden.
    return {PersonRead::kind, ContactRead::kind, ComplainantRead::kind, AddressSealed::kind};
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
