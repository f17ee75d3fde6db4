// 接单
#include "domain/orders/load_order.h"
#include "domain/orders/queries.h"

namespace hezhi::orders {
namespace {

// The last place is taken: whoever was asked beside gets to know at once.
void lapse_other_offers(journal::Turn& turn, const OrderState& order,
                        const std::vector<OfferState>& offers, PersonId taker) {
    for (const auto& offer : offers) {
        if (offer.state != OfferStep::offered || offer.person == taker) continue;
        Subjects subjects = subjects_of(order);
        subjects["person"] = offer.person.value;
        turn.append(
            draft(OfferLapsed{turn.now()}, {}, place_of(order), std::move(subjects), turn.now()));
    }
}

}  // namespace

Result<std::int64_t> accept_order(journal::Turn& turn, const api::Caller& caller, OrderId id) {
    const OfferState* offer = own_offer(turn, caller, id);
    if (offer && offer->state == OfferStep::accepted) return id.value;  // accepted before: as it is
    auto order = load_order(turn, caller, id, "accept_order");
    if (!order) {
        // To somebody who was asked and came late it is said why.
        bool late = offer && order.error().is(refusals::order_state_forbids) &&
                    (offer->state == OfferStep::offered || offer->state == OfferStep::lapsed ||
                     offer->state == OfferStep::declined);
        bool taken = late && turn.load<OrderFigure>(id)->accepted_at;
        return taken ? refuse(refusals::order_already_taken) : std::unexpected(order.error());
    }
    offer = own_offer(turn, caller, id);
    if (!offer || offer->state != OfferStep::offered || offer->until < turn.now()) {
        return refuse(refusals::offer_missing);
    }
    auto overlapping = turn.db().row(queries::overlapping_acceptance, {{"person", caller.person},
                                                                       {"from", order->starts_at},
                                                                       {"to", order->ends_at},
                                                                       {"order_id", id}});
    if (overlapping->integer("orders") > 0) return refuse(refusals::time_conflict);
    bool last_place = order->accepted + 1 == order->people_needed;
    std::vector<OfferState> others;
    if (last_place && order->offers_open > 1) others = offers_of(turn.db(), turn.tables(), id);

    Subjects subjects = subjects_of(*order);
    subjects["person"] = caller.person.value;
    turn.append(draft(OrderAccepted{order->starts_at, order->ends_at, last_place},
                      caller.actor("order.accept"), place_of(*order), std::move(subjects),
                      turn.now()));
    lapse_other_offers(turn, *order, others, caller.person);
    return id.value;
}

}  // namespace hezhi::orders
