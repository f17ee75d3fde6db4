// 登记供需, 约定互助, 确认互助.
#include "domain/time_bank/listings.h"

#include <algorithm>

#include "domain/time_bank/load_posting.h"
#include "domain/time_bank/queries.h"

namespace hezhi::time_bank {
namespace {

// Who acts: the caller herself, or somebody of the desk's areas. Nobody acts for herself by the
// desk's right.
Result<people::PersonState> member(journal::Turn& turn, const api::Caller& caller,
                                   std::optional<PersonId> named, std::string_view permission) {
    PersonId id = named.value_or(caller.person);
    const auto* found = id ? turn.load<people::PersonFigure>(id) : nullptr;
    bool own = id == caller.person;
    api::Access access{.area_path = found ? std::string_view(found->area_path) : ""};
    if (own) access = {.owner = caller.account};
    if (!found || found->erased || !caller.may(permission, access)) {
        return own ? refuse(hezhi::refusals::not_permitted) : refuse(hezhi::refusals::not_found);
    }
    return *found;
}

// Members see each other's name and phone once they have agreed: of adults only, and of nobody
// whose address is secret.
Result<void> may_be_known(journal::Turn& turn, const TimeBankDesk& desk,
                          const people::PersonState& person) {
    const rules::Pack& pack = *turn.pack()->pack;
    if (!pack.time_bank.open) return refuse(refusals::time_bank_closed);
    if (pack.time_bank.model != rules::TimeBankModel::mutual) return refuse(refusals::not_mutual);
    auto age = people::age_today(turn, desk.people, person.id);
    bool adult = age && *age >= pack.dispatch.adult_from_years;
    if (!adult || person.address_sealed) return refuse(refusals::may_not_list);
    return {};
}

std::int64_t open_listings(journal::Turn& turn, PersonId person) {
    return turn.db().row(queries::open_listings_of, {{"person", person}})->integer("listings");
}

bool party(const ExchangeState& exchange, const api::Caller& caller) {
    return caller.person && (caller.person == exchange.giver || caller.person == exchange.receiver);
}

// An exchange that runs and that the caller may end; a copy, so that appends do not move it.
Result<ExchangeState> running(journal::Turn& turn, const api::Caller& caller, ExchangeId id) {
    const auto* found = id ? turn.load<ExchangeFigure>(id) : nullptr;
    if (!found) return refuse(hezhi::refusals::not_found);
    api::Access access{.area_path = found->area_path};
    if (party(*found, caller)) access = {.owner = caller.account};
    if (!caller.may("exchange.settle", access)) return refuse(hezhi::refusals::not_found);
    if (found->state != ExchangeStep::agreed) return refuse(refusals::exchange_ended);
    return *found;
}

Subjects subjects_of(const ExchangeState& exchange, PersonId posted_by) {
    return {{"exchange", exchange.id.value},
            {"listing", exchange.listing.value},
            {"giver", exchange.giver.value},
            {"receiver", exchange.receiver.value},
            {"person", posted_by.value}};
}

PersonId posted_by(journal::Turn& turn, ListingId listing) {
    return turn.load<ListingFigure>(listing)->person;
}

}  // namespace

Result<std::int64_t> post_listing(journal::Turn& turn, const api::Caller& caller,
                                  const TimeBankDesk& desk, const PostListing& input) {
    auto person = member(turn, caller, input.person_id, "listing.post");
    if (!person) return std::unexpected(person.error());
    if (auto may = may_be_known(turn, desk, *person); !may) return std::unexpected(may.error());
    const rules::PublishedPack* pack = turn.pack();
    const rules::TimeBankRules& bank = pack->pack->time_bank;
    const rules::Category* category = pack->pack->category(input.category.value);
    if (!category || !category->redeemable) return refuse(refusals::not_redeemable);
    if (input.minutes.value > bank.listing_minutes_max) {
        std::string most = std::to_string(bank.listing_minutes_max);
        return refuse(hezhi::refusals::invalid_input,
                      {"/minutes", "一次至多 " + most + " 分钟", most + " minutes at most"});
    }
    if (open_listings(turn, person->id) >= bank.listings_max) {
        return refuse(refusals::listings_full);
    }
    ListingPosted posted;
    posted.side = input.side;
    posted.category = category->key;
    posted.minutes = static_cast<std::int32_t>(input.minutes.value);
    posted.until = turn.now() + std::chrono::days(bank.listing_open_days);
    posted.pack = pack->hash;
    desk.people.write_text(turn.db(), turn.next_position(), text_listing, input.what);
    return turn.append(draft(posted, caller.actor("listing.post"),
                             Place{person->area, person->area_path},
                             {{"listing", self}, {"person", person->id.value}}, turn.now()));
}

Result<std::int64_t> withdraw_listing(journal::Turn& turn, const api::Caller& caller,
                                      ListingId id) {
    const auto* found = id ? turn.load<ListingFigure>(id) : nullptr;
    if (!found) return refuse(hezhi::refusals::not_found);
    const ListingState listing = *found;
    api::Access access{.area_path = listing.area_path};
    if (listing.person == caller.person) access = {.owner = caller.account};
    if (!caller.may("listing.withdraw", access)) return refuse(hezhi::refusals::not_found);
    if (listing.state != ListingStep::open) return refuse(refusals::listing_not_open);
    turn.append(draft(ListingWithdrawn{}, caller.actor("listing.withdraw"),
                      Place{listing.area, listing.area_path},
                      {{"listing", id.value}, {"person", listing.person.value}}, turn.now()));
    return id.value;
}

Result<std::int64_t> lapse_listing(journal::Turn& turn, ListingId id, Instant due_at) {
    const auto* found = turn.load<ListingFigure>(id);
    bool due = found && found->lapses_at && found->lapses_at <= turn.now();
    if (!due) return refuse(hezhi::refusals::not_found);
    const ListingState listing = *found;
    turn.append(draft(ListingLapsed{due_at}, {}, Place{listing.area, listing.area_path},
                      {{"listing", id.value}, {"person", listing.person.value}}, turn.now()));
    return id.value;
}

Result<std::int64_t> agree_exchange(journal::Turn& turn, const api::Caller& caller,
                                    const TimeBankDesk& desk, ListingId id,
                                    const AgreeExchange& input) {
    auto person = member(turn, caller, input.person_id, "exchange.agree");
    if (!person) return std::unexpected(person.error());
    const auto* found = id ? turn.load<ListingFigure>(id) : nullptr;
    if (!found) return refuse(hezhi::refusals::not_found);
    const ListingState listing = *found;
    if (auto may = may_be_known(turn, desk, *person); !may) return std::unexpected(may.error());
    if (listing.person == person->id) return refuse(refusals::own_listing);
    // The desk makes no agreement with itself.
    bool of_desk = person->id != caller.person && listing.person == caller.person;
    if (of_desk) return refuse(refusals::own_posting);
    if (listing.state != ListingStep::open) return refuse(refusals::listing_not_open);
    if (input.minutes.value > listing.minutes) {
        std::string most = std::to_string(listing.minutes);
        return refuse(hezhi::refusals::invalid_input,
                      {"/minutes", "一次至多 " + most + " 分钟", most + " minutes at most"});
    }
    bool helped = listing.side == ListingSide::offer;  // whoever answers
    PersonId receiver = helped ? person->id : listing.person;
    PersonId giver = helped ? listing.person : person->id;
    if (dormant(turn, receiver)) return refuse(refusals::account_dormant);
    const rules::PublishedPack* pack = turn.pack();
    ExchangeAgreed agreed;
    agreed.minutes = static_cast<std::int32_t>(input.minutes.value);
    agreed.confirm_until =
        turn.now() + std::chrono::days(pack->pack->time_bank.exchange_confirm_days);
    agreed.legs = {{LedgerAccount::person, receiver, -input.minutes.value},
                   {LedgerAccount::held, receiver, input.minutes.value}};
    agreed.pack = pack->hash;
    if (auto enough = check_floors(turn, agreed.legs); !enough) {
        return std::unexpected(enough.error());
    }
    return turn.append(draft(agreed, caller.actor("exchange.agree"),
                             Place{listing.area, listing.area_path},
                             {{"exchange", self},
                              {"listing", id.value},
                              {"giver", giver.value},
                              {"receiver", receiver.value},
                              {"person", listing.person.value}},
                             turn.now()));
}

Result<std::int64_t> confirm_exchange(journal::Turn& turn, const api::Caller& caller, ExchangeId id,
                                      const ConfirmExchange& input) {
    auto exchange = running(turn, caller, id);
    if (!exchange) return std::unexpected(exchange.error());
    if (caller.person && caller.person == exchange->giver) {
        return refuse(refusals::receiver_confirms);
    }
    if (input.minutes.value > exchange->minutes) {
        std::string most = std::to_string(exchange->minutes);
        return refuse(hezhi::refusals::invalid_input, {"/minutes", "不超过约定的 " + most + " 分钟",
                                                       "no more than the " + most + " agreed"});
    }
    ExchangeConfirmed confirmed;
    confirmed.minutes = static_cast<std::int32_t>(input.minutes.value);
    std::int64_t credited =
        std::min<std::int64_t>(input.minutes.value, room_of(turn, exchange->giver));
    confirmed.pooled = input.minutes.value - credited;
    std::int64_t back = exchange->minutes - input.minutes.value;
    confirmed.legs.push_back({LedgerAccount::held, exchange->receiver, -exchange->minutes});
    if (credited > 0) {
        confirmed.legs.push_back({LedgerAccount::person, exchange->giver, credited});
    }
    if (confirmed.pooled > 0) {
        confirmed.legs.push_back({LedgerAccount::pool, {}, confirmed.pooled});
    }
    if (back > 0) confirmed.legs.push_back({LedgerAccount::person, exchange->receiver, back});
    PersonId poster = posted_by(turn, exchange->listing);
    turn.append(draft(confirmed, caller.actor("exchange.settle"),
                      Place{exchange->area, exchange->area_path}, subjects_of(*exchange, poster),
                      turn.now()));
    return id.value;
}

Result<std::int64_t> cancel_exchange(journal::Turn& turn, const api::Caller& caller,
                                     ExchangeId id) {
    auto exchange = running(turn, caller, id);
    if (!exchange) return std::unexpected(exchange.error());
    ExchangeCancelled cancelled;
    cancelled.legs = {{LedgerAccount::held, exchange->receiver, -exchange->minutes},
                      {LedgerAccount::person, exchange->receiver, exchange->minutes}};
    PersonId poster = posted_by(turn, exchange->listing);
    turn.append(draft(cancelled, caller.actor("exchange.settle"),
                      Place{exchange->area, exchange->area_path}, subjects_of(*exchange, poster),
                      turn.now()));
    return id.value;
}

jobs::Timer listing_timer() {
    return {"lapse_listing",
            [](store::Session& db, Instant now, std::int64_t limit) {
                std::vector<jobs::Due> due;
                db.each(queries::due_listings, {{"now", now}, {"limit", limit}},
                        [&](const store::Row& row) {
                            due.push_back({row.integer("id"), 0, row.instant("lapses_at")});
                        });
                return due;
            },
            [](journal::Turn& turn, const jobs::Due& due) {
                return lapse_listing(turn, ListingId(due.id), due.due_at);
            }};
}

}  // namespace hezhi::time_bank
