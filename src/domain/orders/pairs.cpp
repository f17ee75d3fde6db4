// 不再匹配, 恢复匹配: a recipient would rather have somebody else come. Nobody else is told.
#include "domain/orders/pair_figure.h"

#include "domain/orders/load_order.h"
#include "domain/orders/order_pages.h"
#include "domain/orders/queries.h"

namespace hezhi::orders {

std::string pair_key(PersonId recipient, PersonId volunteer) {
    return std::to_string(recipient.value) + "-" + std::to_string(volunteer.value);
}

std::vector<std::string_view> PairFigure::kinds() {
    return {PairSeparated::kind, PairRejoined::kind};
}

journal::Keys PairFigure::keys(const Fact& fact) {
    return {pair_key(PersonId(fact.subject("recipient")), PersonId(fact.subject("volunteer")))};
}

void PairFigure::step(State& pair, const Fact& fact, const rules::Pack&) {
    pair.recipient = PersonId(fact.subject("recipient"));
    pair.volunteer = PersonId(fact.subject("volunteer"));
    pair.apart = fact.is<PairSeparated>();
}

bool are_apart(journal::Turn& turn, PersonId recipient, PersonId volunteer) {
    if (!recipient) return false;
    const auto* pair = turn.load<PairFigure>(pair_key(recipient, volunteer));
    return pair && pair->apart;
}

std::vector<std::int64_t> apart_from(store::Session& db, PersonId recipient) {
    std::vector<std::int64_t> people;
    if (!recipient) return people;
    db.each(queries::apart_from, {{"recipient", recipient}},
            [&](const store::Row& row) { people.push_back(row.integer("volunteer")); });
    return people;
}

std::map<std::int64_t, std::vector<std::int64_t>> all_apart(store::Session& db) {
    std::map<std::int64_t, std::vector<std::int64_t>> people;
    db.each(queries::all_apart, {}, [&](const store::Row& row) {
        people[row.integer("recipient")].push_back(row.integer("volunteer"));
    });
    return people;
}

namespace {

// The order, its recipient known, and the person among those who were asked for it.
Result<OrderState> load_pair(journal::Turn& turn, const api::Caller& caller, OrderId id,
                             PersonId person) {
    const OrderState* order = id ? turn.load<OrderFigure>(id) : nullptr;
    if (!order) return refuse(hezhi::refusals::not_found);
    api::Access access = access_of(*order, own_offer(turn, caller, id) != nullptr);
    if (!caller.may("order.read", access)) return refuse(hezhi::refusals::not_found);
    if (!caller.may("pair.separate", access)) return refuse(hezhi::refusals::not_permitted);
    OrderState found = *order;
    if (!found.recipient || !turn.load<OfferFigure>(offer_key(id, person))) {
        return refuse(hezhi::refusals::invalid_input,
                      {"/person_id", "该订单派过的人员，且服务对象已登记",
                       "somebody who was asked for this order, of a registered recipient"});
    }
    return found;
}

// Without the order as a subject: what is told of a service is told to who served, too.
template <class Payload>
void append_pair(journal::Turn& turn, const Actor& actor, const OrderState& order,
                 PersonId volunteer) {
    turn.append(draft(Payload{}, actor, place_of(order),
                      {{"recipient", order.recipient.value}, {"volunteer", volunteer.value}},
                      turn.now()));
}

}  // namespace

void separate_all(journal::Turn& turn, const Actor& actor, const OrderState& order) {
    if (!order.recipient) return;  // whoever is not registered is not known the next time
    for (const OfferState& offer : offers_of(turn.db(), turn.tables(), order.id)) {
        bool served = offer.state == OfferStep::delivered;
        if (!served || are_apart(turn, order.recipient, offer.person)) continue;
        append_pair<PairSeparated>(turn, actor, order, offer.person);
    }
}

Result<std::int64_t> separate_pair(journal::Turn& turn, const api::Caller& caller,
                                   const OrderDesk& desk, OrderId id, const SeparatePair& input) {
    auto order = load_pair(turn, caller, id, input.person_id);
    if (!order) return std::unexpected(order.error());
    if (are_apart(turn, order->recipient, input.person_id)) return id.value;
    desk.people.write_text(turn.db(), turn.next_position(), people::text_reason, input.reason);
    append_pair<PairSeparated>(turn, caller.actor("pair.separate"), *order, input.person_id);
    return id.value;
}

Result<std::int64_t> rejoin_pair(journal::Turn& turn, const api::Caller& caller, OrderId id,
                                 const RejoinPair& input) {
    auto order = load_pair(turn, caller, id, input.person_id);
    if (!order) return std::unexpected(order.error());
    if (!are_apart(turn, order->recipient, input.person_id)) return id.value;
    append_pair<PairRejoined>(turn, caller.actor("pair.separate"), *order, input.person_id);
    return id.value;
}

api::Routes pair_routes(const OrderDesk& desk) {
    using api::Reading;
    using api::Writing;
    using http::Method;
    auto render = [&desk](const Reading& r, std::int64_t id) {
        return order_page(r, desk, OrderId(id));
    };
    return {
        api::writes<SeparatePair, Order>(
            {Method::post, "/orders/{id}/separations", "separate_pair", "pair.separate"},
            [&desk](const Writing& w, const SeparatePair& input) {
                return separate_pair(w.turn, w.caller, desk, OrderId(w.id()), input);
            },
            render),
        api::writes<RejoinPair, Order>(
            {Method::post, "/orders/{id}/reunions", "rejoin_pair", "pair.separate"},
            [](const Writing& w, const RejoinPair& input) {
                return rejoin_pair(w.turn, w.caller, OrderId(w.id()), input);
            },
            render),
    };
}

}  // namespace hezhi::orders
