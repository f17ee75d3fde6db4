// 婉拒, 退出, 取消, and what the timers do.
#include <algorithm>

#include "domain/orders/load_order.h"
#include "domain/orders/queries.h"
#include "domain/standing/standing_figure.h"
#include "rules/working_calendar.h"

namespace hezhi::orders {
OrderLeft leaving(journal::Turn& turn, const OrderState& order) {
    OrderLeft left;
    left.reopened = order.state != OrderStep::in_service;
    left.last_out = !left.reopened && order.accepted > 1 && order.delivered == order.accepted - 1;
    if (left.last_out) {
        const rules::Pack& pack = *turn.pack()->pack;
        left.confirm_until =
            rules::deadline(turn.now(), pack.order_limits.confirm_within, pack.calendar).at;
    }
    return left;
}

Result<std::int64_t> decline_offer(journal::Turn& turn, const api::Caller& caller, OrderId id) {
    auto order = load_order(turn, caller, id, "decline_offer");
    if (!order) return std::unexpected(order.error());
    const OfferState* offer = own_offer(turn, caller, id);
    if (!offer || offer->state != OfferStep::offered) return refuse(refusals::offer_missing);
    turn.append(draft(OrderDeclined{}, caller.actor("order.decline"), place_of(*order),
                      with_person(*order, caller.person), turn.now()));
    return id.value;
}

Result<std::int64_t> leave_order(journal::Turn& turn, const api::Caller& caller, OrderId id) {
    auto order = load_order(turn, caller, id, "leave_order");
    if (!order) return std::unexpected(order.error());
    const OfferState* offer = own_offer(turn, caller, id);
    if (!offer || offer->state != OfferStep::accepted) return refuse(refusals::offer_missing);
    // From the beginning on it is for the leader to say who did not come.
    if (turn.now() >= order->starts_at) return refuse(refusals::begun_already);
    turn.append(draft(leaving(turn, *order), caller.actor("order.leave"), place_of(*order),
                      with_person(*order, caller.person), turn.now()));
    return id.value;
}

Result<std::int64_t> cancel_order(journal::Turn& turn, const api::Caller& caller,
                                  const OrderDesk& desk, OrderId id, std::string_view reason,
                                  bool absent) {
    auto order = load_order(turn, caller, id, "cancel_order");
    if (!order) return std::unexpected(order.error());
    append_cancellation(turn, desk, caller.actor("order.cancel"), *order, reason, absent);
    return id.value;
}

void append_cancellation(journal::Turn& turn, const OrderDesk& desk, const Actor& actor,
                         const OrderState& order, std::string_view reason, bool absent) {
    std::vector<PersonId> bound;
    for (const OfferState& offer : offers_of(turn.db(), turn.tables(), order.id)) {
        bool open = offer.state == OfferStep::offered || offer.state == OfferStep::accepted ||
                    offer.state == OfferStep::in_service;
        if (open) bound.push_back(offer.person);
    }
    Subjects subjects = acting_on(turn, actor, order);
    desk.people.write_text(turn.db(), order.id.value, text_cancel_reason, reason);
    for (PersonId person : bound) {
        turn.append(draft(OfferWithdrawn{}, actor, place_of(order), with_person(subjects, person),
                          turn.now()));
    }
    turn.append(draft(OrderCancelled{}, actor, place_of(order), subjects, turn.now()));
    // Nobody was absent where nobody came.
    if (absent && order.accepted > 0) note_absence(turn, actor, order);
    bool came_in_vain = absent && order.accepted > 0 && turn.now() >= order.starts_at;
    time_bank::release_credit(turn, place_of(order), order.id, came_in_vain);
    needs::return_need(turn, actor, order.need);
}

Result<std::int64_t> disclose_contact(journal::Turn& turn, const api::Caller& caller,
                                      const OrderDesk& desk, OrderId id, std::string_view reason) {
    const OfferState* offer = own_offer(turn, caller, id);
    const OrderState* order = id ? turn.load<OrderFigure>(id) : nullptr;
    bool goes =
        offer && (offer->state == OfferStep::accepted || offer->state == OfferStep::in_service ||
                  offer->state == OfferStep::delivered);
    if (!order || !goes) return refuse(hezhi::refusals::not_found);
    if (!caller.may("order.check_in", access_of(*order, true))) {
        return refuse(hezhi::refusals::not_permitted);
    }
    const rules::Pack& pack = *turn.pack()->pack;
    Instant closes =
        rules::deadline(order->ends_at, pack.order_limits.brief_closes, pack.calendar).at;
    const auto* recipient =
        order->recipient ? turn.load<people::PersonFigure>(order->recipient) : nullptr;
    bool guarded = order->sealed || about_minor(*order, pack, recipient);
    if (!guarded || turn.now() >= closes) return refuse(refusals::order_state_forbids);
    Place place = place_of(*order);
    Subjects about{{"need", order->need.value}, {"order", id.value}};
    std::int64_t position = turn.next_position();
    desk.people.write_text(turn.db(), position, people::text_reason, reason);
    turn.append(draft(ContactRead{}, caller.actor("order.check_in"), std::move(place),
                      std::move(about), turn.now()));
    return id.value;
}

std::int64_t end_offers(journal::Turn& turn, const Actor& actor, PersonId person,
                        std::optional<OrderId> only) {
    std::vector<OfferState> open;
    turn.db().each(queries::offers_of_person, {{"person", person}, {"limit", INT64_MAX}},
                   [&](const store::Row& row) {
                       auto offer = journal::read_state<OfferFigure>(turn.tables(), row);
                       bool ends =
                           offer.state == OfferStep::offered || offer.state == OfferStep::accepted;
                       if (ends && (!only || *only == offer.order_id)) open.push_back(offer);
                   });
    for (const OfferState& offer : open) {
        OrderState order = *turn.load<OrderFigure>(offer.order_id);
        Subjects about = with_person(order, person);
        if (offer.state == OfferStep::offered) {
            turn.append(draft(OrderDeclined{}, actor, place_of(order), about, turn.now()));
        } else {
            turn.append(draft(leaving(turn, order), actor, place_of(order), about, turn.now()));
        }
    }
    return std::ssize(open);
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
