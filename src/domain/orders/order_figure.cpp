#include "domain/orders/order_figure.h"

#include "facts/deputy_facts.h"
#include "facts/review_facts.h"

namespace hezhi::orders {
namespace {

// While places are left, the order stays as it is as long as somebody may still answer; then it
// waits for the dispatcher, or for the social worker once it went back to her.
void settle_search(OrderState& order) {
    if (order.accepted >= order.people_needed) {
        order.state = OrderStep::accepted;
    } else if (order.offers_open == 0) {
        order.state = order.escalated_at ? OrderStep::escalated : OrderStep::open;
    }
}

// When the search widens next after `reach` (empty: from the start); never before the last step,
// which is the social worker's and has a deadline of its own.
Instant next_widening(const OrderState& order, const rules::Pack& pack, std::string_view reach) {
    bool passed = reach.empty();
    for (const auto& step : pack.dispatch.widening) {
        if (step.reach == "staff" || order.handle_until <= order.opened_at) return {};
        if (passed) {
            std::int64_t total = order.handle_until.ms - order.opened_at.ms;
            return {order.opened_at.ms + total * step.at_percent / 100};
        }
        passed = step.reach == reach;
    }
    return {};
}

bool searching(const OrderState& order) {
    return order.state == OrderStep::open || order.state == OrderStep::offered ||
           order.state == OrderStep::escalated;
}

void open(OrderState& order, const Fact& fact, const rules::Pack& pack) {
    const auto& opened = fact.as<OrderOpened>();
    order.need = NeedId(fact.subject("need"));
    order.area = fact.place.area;
    order.area_path = fact.place.path;
    order.category = opened.category;
    order.duty_boundary = opened.duty_boundary;
    order.priority_class = opened.priority_class;
    order.minutes_planned = opened.minutes_planned;
    order.people_needed = opened.people_needed;
    order.starts_at = opened.starts_at;
    order.ends_at = opened.ends_at;
    order.opened_at = fact.occurred_at;
    order.handle_until = opened.handle_until;
    order.escalate_until = opened.escalate_until;
    order.leader = opened.leader;
    order.recipient = opened.recipient;
    order.reporter = opened.reporter;
    order.reach = "community";
    order.widen_at = next_widening(order, pack, "");
}

// The place is open again, or what is left of the order is what there is.
template <class Missed>
void miss(OrderState& order, const Fact& fact) {
    const auto& missed = fact.as<Missed>();
    --order.accepted;
    if (missed.reopened) {
        order.accepted_at = {};
        settle_search(order);
    } else if (missed.last_out) {
        order.state = OrderStep::delivered;
        order.delivered_at = fact.occurred_at;
        order.confirm_until = missed.confirm_until;
    }
}

// The search begins anew, with a limit of its own.
void reassign(OrderState& order, const Fact& fact) {
    const auto& reassigned = fact.as<OrderReassigned>();
    if (reassigned.reopened) {
        order.escalated_at = {};
        order.escalate_until = order.refill_until = reassigned.refill_until;
    }
    miss<OrderReassigned>(order, fact);
}

void check_out(OrderState& order, const Fact& fact) {
    const auto& checked_out = fact.as<OrderCheckedOut>();
    ++order.delivered;
    order.minutes += checked_out.minutes;
    if (order.delivered < order.accepted) return;
    order.state = OrderStep::delivered;
    order.delivered_at = fact.occurred_at;
    order.confirm_until = checked_out.confirm_until;
}

}  // namespace

std::vector<std::string_view> OrderFigure::kinds() {
    return {
        OrderWidened::kind,   NoShowNoted::kind,     OrderOpened::kind,     OrderOffered::kind,
        OrderAccepted::kind,  OrderDeclined::kind,   OfferLapsed::kind,     OrderEscalated::kind,
        OrderCheckedIn::kind, OrderCheckedOut::kind, OrderConfirmed::kind,  OrderReviewed::kind,
        OrderCancelled::kind, ItemHandedOn::kind,    ItemPassedOn::kind,    OrderLeft::kind,
        OrderSealed::kind,    CreditHeld::kind,      OrderReassigned::kind, OrderUnanswered::kind};
}

journal::Keys OrderFigure::keys(const Fact& fact) {
    if (std::int64_t order = fact.subject("order")) return {order};
    return {};  // other work changed hands
}

void OrderFigure::step(State& order, const Fact& fact, const rules::Pack& pack) {
    if (fact.is<OrderOpened>()) {
        open(order, fact, pack);
    } else if (fact.is<OrderWidened>()) {
        order.reach = fact.as<OrderWidened>().reach;
        order.widen_at = next_widening(order, pack, order.reach);
    } else if (fact.is<NoShowNoted>()) {
        miss<NoShowNoted>(order, fact);
    } else if (fact.is<OrderLeft>()) {
        miss<OrderLeft>(order, fact);
    } else if (fact.is<OrderReassigned>()) {
        reassign(order, fact);
    } else if (fact.is<OrderOffered>()) {
        ++order.offers_open;
        order.state = OrderStep::offered;
    } else if (fact.is<OrderAccepted>()) {
        --order.offers_open;
        ++order.accepted;
        settle_search(order);
        if (order.state == OrderStep::accepted) {
            order.accepted_at = fact.occurred_at;
            order.refill_until = {};
        }
    } else if (fact.is<OrderDeclined>() || fact.is<OfferLapsed>()) {
        --order.offers_open;
        if (searching(order)) settle_search(order);
    } else if (fact.is<OrderEscalated>()) {
        order.state = OrderStep::escalated;
        order.escalated_at = fact.occurred_at;
    } else if (fact.is<OrderCheckedIn>()) {
        order.state = OrderStep::in_service;
    } else if (fact.is<OrderCheckedOut>()) {
        check_out(order, fact);
    } else if (fact.is<OrderConfirmed>()) {
        order.state = OrderStep::confirmed;
        order.confirmed_at = fact.occurred_at;
        order.unconfirmed = fact.as<OrderConfirmed>().silent;
    } else if (fact.is<OrderReviewed>()) {
        order.state = OrderStep::reviewed;
        order.resolution = fact.as<OrderReviewed>().resolution;
        order.satisfaction = fact.as<OrderReviewed>().satisfaction;
    } else if (fact.is<OrderSealed>()) {
        order.area = fact.place.area;
        order.area_path = fact.place.path;
        order.sealed = true;
        order.keeper = fact.as<OrderSealed>().keeper;
    } else if (fact.is<OrderUnanswered>()) {
        order.alarm = fact.as<OrderUnanswered>().alarm;
    } else if (fact.is<OrderCancelled>()) {
        order.state = OrderStep::cancelled;
    } else if (fact.is<CreditHeld>()) {
        bool own = false;
        for (const PostingLeg& leg : fact.as<CreditHeld>().legs) {
            own = own || leg.account == LedgerAccount::person;
        }
        order.funding = own ? Funding::credit : Funding::grant;
    } else if (changes_leader(fact)) {
        order.leader = next_leader(fact);
    }
}

std::string offer_key(OrderId order, PersonId person) {
    return std::to_string(order.value) + "-" + std::to_string(person.value);
}

std::vector<std::string_view> OfferFigure::kinds() {
    return {OrderOffered::kind,   OrderAccepted::kind,   OrderDeclined::kind,  OfferLapsed::kind,
            OrderCheckedIn::kind, OrderCheckedOut::kind, OfferWithdrawn::kind, ReviewReplied::kind,
            NoShowNoted::kind,    OrderLeft::kind,       OrderReassigned::kind};
}

journal::Keys OfferFigure::keys(const Fact& fact) {
    return {offer_key(OrderId(fact.subject("order")), PersonId(fact.subject("person")))};
}

void OfferFigure::step(State& offer, const Fact& fact, const rules::Pack&) {
    offer.order_id = OrderId(fact.subject("order"));
    offer.person = PersonId(fact.subject("person"));
    if (fact.is<OrderOffered>()) {
        offer.state = OfferStep::offered;
        offer.accepted_at = {};
        offer.checked_in_at = {};
        offer.arrival_apart = offer.leaving_apart = 0;
        offer.offered_at = fact.occurred_at;
        offer.until = fact.as<OrderOffered>().until;
        offer.score = fact.as<OrderOffered>().score;
    } else if (fact.is<OrderAccepted>()) {
        const auto& accepted = fact.as<OrderAccepted>();
        offer.state = OfferStep::accepted;
        offer.accepted_at = fact.occurred_at;
        offer.starts_at = accepted.starts_at;
        offer.ends_at = accepted.ends_at;
    } else if (fact.is<OrderDeclined>()) {
        offer.state = OfferStep::declined;
    } else if (fact.is<OfferLapsed>()) {
        offer.state = OfferStep::lapsed;
    } else if (fact.is<OrderCheckedIn>()) {
        offer.state = OfferStep::in_service;
        offer.checked_in_at = fact.occurred_at;
        if (fact.as<OrderCheckedIn>().minutes_apart) offer.arrival_apart = fact.position;
    } else if (fact.is<OrderCheckedOut>()) {
        offer.state = OfferStep::delivered;
        offer.checked_out_at = fact.occurred_at;
        offer.minutes = fact.as<OrderCheckedOut>().minutes;
        if (fact.as<OrderCheckedOut>().minutes_apart) offer.leaving_apart = fact.position;
    } else if (fact.is<OfferWithdrawn>() || fact.is<OrderLeft>() || fact.is<OrderReassigned>()) {
        offer.state = OfferStep::cancelled;
    } else if (fact.is<ReviewReplied>()) {
        offer.reply = fact.position;
    } else if (fact.is<NoShowNoted>()) {
        offer.state = OfferStep::no_show;
    }
}

}  // namespace hezhi::orders
