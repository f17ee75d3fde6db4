// 报告无人应答: somebody stands at the door, or waits for the greeting, and nobody answers.
#include "domain/orders/load_order.h"

namespace hezhi::orders {

Result<std::int64_t> raise_alarm(journal::Turn& turn, const api::Caller& caller,
                                 const OrderDesk& desk, OrderId id) {
    auto order = load_order(turn, caller, id, "raise_alarm");
    if (!order) return std::unexpected(order.error());
    const OfferState* offer = own_offer(turn, caller, id);
    bool goes =
        offer && (offer->state == OfferStep::accepted || offer->state == OfferStep::in_service);
    if (!goes) return refuse(refusals::offer_missing);
    const rules::AskingRules& asking = turn.pack()->pack->asking;
    auto urgent = from_label<PriorityClass>(asking.alarm_class);
    if (!urgent) return refuse(refusals::order_state_forbids);  // the pack asks for none
    if (turn.now() < start_of(day_of(order->starts_at))) return refuse(refusals::not_begun);
    if (order->alarm) return id.value;  // said before, by her or by who goes along

    const needs::NeedState need = *turn.load<needs::NeedFigure>(order->need);
    needs::NeedEntry entry;
    entry.channel = Channel::service;
    entry.priority_class = *urgent;
    entry.what = asking.alarm_what.zh;
    entry.contact =
        desk.people.read_text(turn.db(), order->need.value, needs::text_contact).value_or("");
    entry.consent = need.consent;
    entry.recipient = order->recipient;
    Actor actor = caller.actor("alarm.raise");
    NeedId alarm = needs::enter_need(turn, actor, desk.people, place_of(*order), entry);
    // The need that the order answers may be secret where the recipient is not known.
    if (order->sealed && !turn.load<needs::NeedFigure>(alarm)->sealed) {
        needs::seal_entry(turn, actor, alarm, order->keeper);
    }
    turn.append(draft(OrderUnanswered{alarm}, actor, place_of(*order),
                      with_person(*order, caller.person), turn.now()));
    return id.value;
}

}  // namespace hezhi::orders
