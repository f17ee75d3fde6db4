#include "domain/time_bank/listing_figure.h"

namespace hezhi::time_bank {

std::vector<std::string_view> ListingFigure::kinds() {
    return {ListingPosted::kind,  ListingWithdrawn::kind,  ListingLapsed::kind,
            ExchangeAgreed::kind, ExchangeCancelled::kind, ExchangeConfirmed::kind};
}

journal::Keys ListingFigure::keys(const Fact& fact) {
    return {fact.subject("listing")};
}

void ListingFigure::step(State& listing, const Fact& fact, const rules::Pack&) {
    if (fact.is<ListingPosted>()) {
        const auto& posted = fact.as<ListingPosted>();
        listing.person = PersonId(fact.subject("person"));
        listing.area = fact.place.area;
        listing.area_path = fact.place.path;
        listing.side = posted.side;
        listing.category = posted.category;
        listing.minutes = posted.minutes;
        listing.posted_at = fact.occurred_at;
        listing.until = listing.lapses_at = posted.until;
        return;
    }
    if (fact.is<ListingWithdrawn>() || fact.is<ListingLapsed>()) {
        bool lapsed = fact.is<ListingLapsed>();
        listing.state = lapsed ? ListingStep::lapsed : ListingStep::withdrawn;
        listing.lapses_at = {};
        return;
    }
    // What is wanted is wanted once; what is offered may be taken again.
    if (listing.side == ListingSide::offer) return;
    if (fact.is<ExchangeAgreed>()) listing.state = ListingStep::taken;
    if (fact.is<ExchangeConfirmed>()) listing.lapses_at = {};
    bool again = fact.is<ExchangeCancelled>() && listing.state == ListingStep::taken;
    if (again) listing.state = ListingStep::open;
}

std::vector<std::string_view> ExchangeFigure::kinds() {
    return {ExchangeAgreed::kind, ExchangeConfirmed::kind, ExchangeCancelled::kind,
            PostingReversed::kind};
}

journal::Keys ExchangeFigure::keys(const Fact& fact) {
    std::int64_t exchange = fact.subject("exchange");
    if (exchange == 0) return {};  // the reversal of something else
    return {exchange};
}

void ExchangeFigure::step(State& exchange, const Fact& fact, const rules::Pack&) {
    if (fact.is<ExchangeAgreed>()) {
        const auto& agreed = fact.as<ExchangeAgreed>();
        exchange.listing = ListingId(fact.subject("listing"));
        exchange.giver = PersonId(fact.subject("giver"));
        exchange.receiver = PersonId(fact.subject("receiver"));
        exchange.area = fact.place.area;
        exchange.area_path = fact.place.path;
        exchange.minutes = agreed.minutes;
        exchange.agreed_at = fact.occurred_at;
        exchange.confirm_until = agreed.confirm_until;
        return;
    }
    if (fact.is<PostingReversed>()) {
        exchange.state = ExchangeStep::reversed;
        return;
    }
    exchange.ended_at = fact.occurred_at;
    if (fact.is<ExchangeCancelled>()) {
        exchange.state = ExchangeStep::cancelled;
        return;
    }
    exchange.state = ExchangeStep::confirmed;
    exchange.served = fact.as<ExchangeConfirmed>().minutes;
    exchange.pooled = fact.as<ExchangeConfirmed>().pooled;
    exchange.confirmed_as = PostingId(fact.position);
}

}  // namespace hezhi::time_bank
