// 婉拒, 取消, and what the timers do.
#include <algorithm>

#include "domain/orders/load_order.h"

namespace hezhi::orders {
namespace {

Subjects with_person(const OrderState& order, PersonId person) {
    Subjects subjects = subjects_of(order);
    subjects["person"] = person.value;
    return subjects;
}

}  // namespace

Result<std::int64_t> decline_offer(journal::Turn& turn, const api::Caller& caller, OrderId id) {
    auto order = load_order(turn, caller, id, "decline_offer");
    if (!order) return std::unexpected(order.error());
    const OfferState* offer = own_offer(turn, caller, id);
    if (!offer || offer->state != OfferStep::offered) return refuse(refusals::offer_missing);
    turn.append(draft(OrderDeclined{}, caller.actor("order.decline"), place_of(*order),
                      with_person(*order, caller.person), turn.now()));
    return id.value;
}

Result<std::int64_t> cancel_order(journal::Turn& turn, const api::Caller& caller,
                                  const OrderDesk& desk, OrderId id, std::string_view reason) {
    auto order = load_order(turn, caller, id, "cancel_order");
    if (!order) return std::unexpected(order.error());
    std::vector<PersonId> bound;
    for (const OfferState& offer : offers_of(turn.db(), turn.tables(), id)) {
        bool open = offer.state == OfferStep::offered || offer.state == OfferStep::accepted ||
                    offer.state == OfferStep::in_service;
        if (open) bound.push_back(offer.person);
    }
    Actor actor = caller.actor("order.cancel");
    desk.people.write_text(turn.db(), id.value, text_cancel_reason, reason);
    for (PersonId person : bound) {
        turn.append(draft(OfferWithdrawn{}, actor, place_of(*order), with_person(*order, person),
                          turn.now()));
    }
    turn.append(draft(OrderCancelled{}, actor, place_of(*order), subjects_of(*order), turn.now()));
    needs::return_need(turn, actor, order->need);
    return id.value;
}

Result<std::int64_t> lapse_offer(journal::Turn& turn, OrderId id, PersonId person, Instant due_at) {
    const OfferState* offer = turn.load<OfferFigure>(offer_key(id, person));
    if (!offer || offer->state != OfferStep::offered || offer->until > turn.now()) {
        return refuse(refusals::offer_missing);  // answered since
    }
    OrderState order = *turn.load<OrderFigure>(id);
    turn.append(
        draft(OfferLapsed{due_at}, {}, place_of(order), with_person(order, person), turn.now()));
    return id.value;
}

Result<std::int64_t> widen_order(journal::Turn& turn, OrderId id, Instant due_at) {
    auto order = load_order(turn, api::system_caller(), id, "widen_order");
    if (!order) return std::unexpected(order.error());
    // The step after the present one; from the start, the first.
    const auto& steps = turn.pack()->pack->dispatch.widening;
    auto next = std::ranges::find(steps, order->reach, &rules::WideningStep::reach);
    next = next == steps.end() ? steps.begin() : next + 1;
    if (!order->widen_at || next == steps.end() || next->reach == "staff") {
        return refuse(refusals::order_state_forbids);
    }
    turn.append(draft(OrderWidened{next->reach, due_at}, {}, place_of(*order), subjects_of(*order),
                      turn.now()));
    return id.value;
}

Result<std::int64_t> escalate_order(journal::Turn& turn, OrderId id, Instant due_at) {
    auto order = load_order(turn, api::system_caller(), id, "escalate_order");
    if (!order) return std::unexpected(order.error());
    turn.append(
        draft(OrderEscalated{due_at}, {}, place_of(*order), subjects_of(*order), turn.now()));
    return id.value;
}

}  // namespace hezhi::orders
