#include "domain/standing/standing_figure.h"

#include <algorithm>

#include "facts/activity_facts.h"
#include "facts/joining_facts.h"
#include "facts/order_facts.h"
#include "facts/record_facts.h"

namespace hezhi::standing {

std::vector<std::string_view> StandingFigure::kinds() {
    return {PersonRegistered::kind,     VolunteerRegistered::kind, CertificationGranted::kind,
            CredentialRegistered::kind, RecordChecked::kind,       OrderCheckedOut::kind,
            DisputeSettled::kind,       VolunteerLeft::kind,       PersonErased::kind,
            RecordEntered::kind,        RecordCorrected::kind,     ShiftRecorded::kind,
            PersonMoved::kind};
}

bool holds_credential(const StandingState& standing, std::string_view key) {
    return (standing.credentials + " ").find(" " + std::string(key) + " ") != std::string::npos;
}

journal::Keys StandingFigure::keys(const Fact& fact) {
    return {fact.subject("person")};
}

void StandingFigure::step(State& standing, const Fact& fact, const rules::Pack&) {
    if (fact.is<PersonRegistered>()) {
        standing.area = fact.place.area;
        standing.area_path = fact.place.path;
        standing.age_years = fact.as<PersonRegistered>().age_years;
    } else if (fact.is<PersonMoved>()) {
        standing.area = fact.place.area;
        standing.area_path = fact.place.path;
    } else if (fact.is<VolunteerRegistered>()) {
        standing.volunteer = true;
    } else if (fact.is<CertificationGranted>()) {
        standing.certification = fact.as<CertificationGranted>().level;
    } else if (fact.is<CredentialRegistered>()) {
        standing.social_worker =
            standing.social_worker || fact.as<CredentialRegistered>().credential == "social_worker";
        if (!holds_credential(standing, fact.as<CredentialRegistered>().credential)) {
            standing.credentials += " " + fact.as<CredentialRegistered>().credential;
        }
    } else if (fact.is<RecordChecked>()) {
        standing.record_check_until = fact.as<RecordChecked>().valid_until;
    } else if (fact.is<OrderCheckedOut>()) {
        standing.minutes_served += fact.as<OrderCheckedOut>().minutes;
        ++standing.orders_served;
        standing.served_until = std::max(standing.served_until, fact.occurred_at);
    } else if (fact.is<RecordEntered>()) {
        standing.served_until = std::max(standing.served_until, fact.as<RecordEntered>().ends_at);
    } else if (fact.is<RecordCorrected>()) {
        standing.served_until = std::max(standing.served_until, fact.as<RecordCorrected>().ends_at);
    } else if (fact.is<ShiftRecorded>()) {
        standing.served_until = std::max(standing.served_until, fact.as<ShiftRecorded>().ends_at);
    } else if (fact.is<DisputeSettled>()) {
        if (fact.as<DisputeSettled>().outcome == DisputeOutcome::number_released) {
            standing.age_years.reset();
        }
    } else if (fact.is<VolunteerLeft>() || fact.is<PersonErased>()) {
        standing.volunteer = false;
    }
}

}  // namespace hezhi::standing
