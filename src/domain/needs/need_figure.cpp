#include "domain/needs/need_figure.h"

namespace hezhi::needs {
namespace {

// Where the order that answers the need stands after this fact. Offers and their lapses are the
// order's own business until somebody has taken it.
std::optional<OrderStep> order_step_after(const Fact& fact) {
    if (fact.is<OrderOpened>()) return OrderStep::open;
    if (fact.is<OrderOffered>()) return OrderStep::offered;
    if (fact.is<OrderAccepted>()) return OrderStep::accepted;
    if (fact.is<OrderCheckedIn>()) return OrderStep::in_service;
    if (fact.is<OrderCheckedOut>()) return OrderStep::delivered;
    if (fact.is<OrderConfirmed>()) return OrderStep::confirmed;
    if (fact.is<OrderReviewed>()) return OrderStep::reviewed;
    if (fact.is<OrderEscalated>()) return OrderStep::escalated;
    return std::nullopt;
}

void report(NeedState& need, const Fact& fact) {
    const auto& reported = fact.as<NeedReported>();
    need.area = fact.place.area;
    need.area_path = fact.place.path;
    need.state = NeedStep::reported;
    need.channel = reported.channel;
    need.priority_class = reported.priority_class;
    need.reporter = fact.actor.account;
    need.recipient = reported.recipient;
    need.consent = reported.consent;
    need.reported_at = fact.occurred_at;
    need.first_contact_until = reported.first_contact_until;
    need.handle_until = reported.handle_until;
}

}  // namespace

std::vector<std::string_view> NeedFigure::kinds() {
    return {NeedReported::kind,   NeedContacted::kind,  NeedPlanned::kind,
            NeedReturned::kind,   NeedClosed::kind,     NeedReviewed::kind,
            OrderOpened::kind,    OrderOffered::kind,   OrderAccepted::kind,
            OrderCheckedIn::kind, OrderCheckedOut::kind, OrderConfirmed::kind,
            OrderReviewed::kind,  OrderEscalated::kind};
}

journal::Keys NeedFigure::keys(const Fact& fact) {
    return {fact.subject("need")};
}

void NeedFigure::step(State& need, const Fact& fact, const rules::Pack&) {
    if (fact.is<NeedReported>()) {
        report(need, fact);
    } else if (fact.is<NeedContacted>()) {
        if (!need.first_contacted_at) need.first_contacted_at = fact.occurred_at;
    } else if (fact.is<NeedPlanned>()) {
        need.state = NeedStep::planned;
        need.planned_at = fact.occurred_at;
        need.order_id = OrderId(fact.subject("order"));
    } else if (fact.is<NeedReturned>()) {
        need.state = NeedStep::reported;
        need.order_id = OrderId();
        need.order_step.reset();
    } else if (fact.is<NeedClosed>()) {
        need.state = NeedStep::closed;
        need.closed_at = fact.occurred_at;
        need.served = fact.as<NeedClosed>().served;
    } else if (fact.is<NeedReviewed>()) {
        need.resolution = fact.as<NeedReviewed>().resolution;
        need.satisfaction = fact.as<NeedReviewed>().satisfaction;
    } else if (auto step = order_step_after(fact)) {
        need.order_step = step;
    }
}

}  // namespace hezhi::needs
