#include "domain/people/consent_figure.h"

namespace hezhi::people {

std::vector<std::string_view> ConsentFigure::kinds() {
    return {GuardianAsked::kind, ConsentGiven::kind, ConsentRefused::kind, ConsentWithdrawn::kind,
            PhotosDecided::kind};
}

journal::Keys ConsentFigure::keys(const Fact& fact) {
    return {fact.subject("person")};
}

void ConsentFigure::step(State& consent, const Fact& fact, const rules::Pack&) {
    if (fact.is<GuardianAsked>()) {
        consent.asked_by = fact.position;
        consent.asked_at = fact.occurred_at;
        // Whoever consented gets a new link to the same consent.
        if (consent.state != ConsentStep::given) consent.state = ConsentStep::asked;
        return;
    }
    if (fact.is<PhotosDecided>()) {
        consent.photos = fact.as<PhotosDecided>().allowed;
        return;
    }
    consent.decided_at = fact.occurred_at;
    consent.photos = false;
    if (fact.is<ConsentGiven>()) {
        const auto& given = fact.as<ConsentGiven>();
        consent.state = ConsentStep::given;
        consent.relation = given.relation;
        consent.photos = given.photos;
        consent.accompanies = given.accompanies;
    } else {
        consent.state = fact.is<ConsentRefused>() ? ConsentStep::refused : ConsentStep::withdrawn;
    }
}

std::vector<std::string_view> ReadingRequestFigure::kinds() {
    return {ReadingRequested::kind, ReadingApproved::kind, ReadingRejected::kind};
}

journal::Keys ReadingRequestFigure::keys(const Fact& fact) {
    return {fact.subject("reading_request")};
}

void ReadingRequestFigure::step(State& request, const Fact& fact, const rules::Pack&) {
    if (fact.is<ReadingRequested>()) {
        request.area = fact.place.area;
        request.area_path = fact.place.area ? fact.place.path : "/";
        request.person = PersonId(fact.subject("person"));
        request.account = fact.actor.account;
        request.requested_at = fact.occurred_at;
        return;
    }
    request.decided_by = fact.actor.account;
    if (fact.is<ReadingApproved>()) {
        request.state = ReadingRequestStep::approved;
        request.valid_until = fact.as<ReadingApproved>().valid_until;
    } else {
        request.state = ReadingRequestStep::rejected;
    }
}

}  // namespace hezhi::people
