#include "domain/needs/need_figure.h"

#include "facts/review_facts.h"
#include "rules/working_calendar.h"

namespace hezhi::needs {
namespace {

// Where the order that answers the need stands after this fact. Offers and their lapses are the
// order's own business until every place is taken.
void follow_order(NeedState& need, const Fact& fact) {
    if (fact.is<OrderOpened>()) {
        need.order_step = OrderStep::open;
    } else if (fact.is<OrderOffered>()) {
        need.order_step = OrderStep::offered;
    } else if (fact.is<OrderAccepted>()) {
        if (fact.as<OrderAccepted>().last_place) need.order_step = OrderStep::accepted;
    } else if (fact.is<OrderCheckedIn>()) {
        need.order_step = OrderStep::in_service;
    } else if (fact.is<OrderCheckedOut>()) {
        if (fact.as<OrderCheckedOut>().last_out) need.order_step = OrderStep::delivered;
    } else if (fact.is<OrderConfirmed>()) {
        need.order_step = OrderStep::confirmed;
    } else if (fact.is<OrderReviewed>()) {
        // An earlier round's order may be reviewed while another one answers the need.
        if (need.order_id.value != fact.subject("order")) return;
        need.order_step = OrderStep::reviewed;
    } else if (fact.is<OrderEscalated>()) {
        need.order_step = OrderStep::escalated;
    }
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

// The day of the closing does not count and the last day counts whole.
Instant end_of_reopening(Instant closed_at, const rules::Pack& pack) {
    Instant limit = rules::deadline(closed_at, pack.order_limits.reopen_within, pack.calendar).at;
    return start_of(day_of(limit) + 1);
}

void reopen(NeedState& need, const Fact& fact) {
    const auto& reopened = fact.as<NeedReopened>();
    need.state = reopened.joint_meeting ? NeedStep::meeting : NeedStep::reported;
    need.priority_class = reopened.priority_class;
    need.handle_until = reopened.handle_until;
    need.reopenings = reopened.times;
    need.reopened_by = fact.position;
    need.order_id = OrderId();
    need.order_step.reset();
    need.planned_at = Instant();
    need.closed_at = Instant();
    need.reopen_until = Instant();
    need.served = false;
}

}  // namespace

std::vector<std::string_view> NeedFigure::kinds() {
    return {NeedReported::kind,  NeedContacted::kind,  NeedPlanned::kind,     NeedReturned::kind,
            NeedClosed::kind,    NeedReviewed::kind,   OrderOpened::kind,     OrderOffered::kind,
            OrderAccepted::kind, OrderCheckedIn::kind, OrderCheckedOut::kind, OrderConfirmed::kind,
            OrderReviewed::kind, OrderEscalated::kind, NeedReopened::kind,    MeetingNoted::kind};
}

journal::Keys NeedFigure::keys(const Fact& fact) {
    return {fact.subject("need")};
}

void NeedFigure::step(State& need, const Fact& fact, const rules::Pack& pack) {
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
        need.reopen_until = end_of_reopening(need.closed_at, pack);
    } else if (fact.is<NeedReopened>()) {
        reopen(need, fact);
    } else if (fact.is<MeetingNoted>()) {
        need.state = NeedStep::reported;
        need.meeting_by = fact.position;
    } else if (fact.is<NeedReviewed>()) {
        need.resolution = fact.as<NeedReviewed>().resolution;
        need.satisfaction = fact.as<NeedReviewed>().satisfaction;
    } else {
        follow_order(need, fact);
    }
}

}  // namespace hezhi::needs
