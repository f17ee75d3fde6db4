#include "domain/needs/need_figure.h"

#include "facts/review_facts.h"
#include "rules/working_calendar.h"

namespace hezhi::needs {
namespace {

// While people are still asked the order is offered; when all have answered and a place is left, it
// waits for the dispatcher, or for the social worker once it went back to her.
void settle_search(NeedState& need) {
    if (need.offers_open > 0) return;
    need.order_step = need.order_escalated ? OrderStep::escalated : OrderStep::open;
}

bool searching(const NeedState& need) {
    return need.order_step == OrderStep::offered || need.order_step == OrderStep::escalated ||
           need.order_step == OrderStep::open;
}

// Where the order that answers the need stands after this fact.
void follow_order(NeedState& need, const Fact& fact) {
    if (fact.is<OrderOpened>()) {
        need.order_step = OrderStep::open;
        need.offers_open = 0;
        need.order_escalated = false;
        need.category = fact.as<OrderOpened>().category;
    } else if (fact.is<OrderOffered>()) {
        ++need.offers_open;
        need.order_step = OrderStep::offered;
    } else if (fact.is<OrderAccepted>()) {
        --need.offers_open;
        if (fact.as<OrderAccepted>().last_place) {
            need.order_step = OrderStep::accepted;
        } else {
            settle_search(need);
        }
    } else if (fact.is<OrderDeclined>() || fact.is<OfferLapsed>()) {
        --need.offers_open;
        if (searching(need)) settle_search(need);
    } else if (fact.is<NoShowNoted>()) {
        if (fact.as<NoShowNoted>().reopened) settle_search(need);
        if (fact.as<NoShowNoted>().last_out) need.order_step = OrderStep::delivered;
    } else if (fact.is<OrderLeft>()) {
        if (fact.as<OrderLeft>().reopened) settle_search(need);
        if (fact.as<OrderLeft>().last_out) need.order_step = OrderStep::delivered;
    } else if (fact.is<OrderReassigned>()) {
        const auto& reassigned = fact.as<OrderReassigned>();
        if (reassigned.reopened) {
            need.order_escalated = false;
            settle_search(need);
        }
        if (reassigned.last_out) need.order_step = OrderStep::delivered;
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
        need.order_escalated = true;
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
    need.referred_at = Instant();  // a referral belongs to its round
    need.served = false;
}

// What happens between the report and its answer. False if the fact is none of that.
bool follow_asking(NeedState& need, const Fact& fact, const rules::Pack& pack) {
    if (fact.is<NeedAsked>()) {
        const auto& asked = fact.as<NeedAsked>();
        need.asked_by = PersonId(fact.subject("person"));
        if (asked.wished_at) need.wished_at = *asked.wished_at;
        need.category = asked.category.value_or("");
    } else if (fact.is<NeedTriaged>()) {
        const auto& triaged = fact.as<NeedTriaged>();
        need.priority_class = triaged.priority_class;
        need.first_contact_until = triaged.first_contact_until;
        need.handle_until = triaged.handle_until;
        need.triaged_at = fact.occurred_at;
        need.assess_until = triaged.assess_until.value_or(Instant());
        need.state = triaged.assess_until ? NeedStep::assessing : NeedStep::reported;
    } else if (fact.is<NeedAssessed>()) {
        need.state = NeedStep::assessed;
        need.assessed_at = fact.occurred_at;
        need.domain = fact.as<NeedAssessed>().domain;
        need.risk = fact.as<NeedAssessed>().risk;
        need.consent = fact.as<NeedAssessed>().consent;
    } else if (fact.is<NeedReferred>()) {
        need.state = NeedStep::referred;
        need.referred_at = fact.occurred_at;
        need.receipt_until = fact.as<NeedReferred>().receipt_until;
        need.reminders = 0;
    } else if (fact.is<ReferralReminded>()) {
        need.receipt_until = fact.as<ReferralReminded>().receipt_until;
        ++need.reminders;
    } else if (fact.is<ReferralReceipted>()) {
        bool accepted = fact.as<ReferralReceipted>().accepted;
        need.receipted_at = fact.occurred_at;
        need.state = accepted ? NeedStep::closed : NeedStep::reported;
        if (accepted) {
            need.closed_at = fact.occurred_at;
            need.reopen_until = end_of_reopening(need.closed_at, pack);
        }
    } else if (fact.is<NeedMerged>()) {
        need.state_before = need.state;
        need.state = NeedStep::merged;
        need.merged_into = fact.as<NeedMerged>().into;
        need.undo_until = fact.as<NeedMerged>().undo_until;
    } else if (fact.is<NeedUnmerged>()) {
        need.state = *need.state_before;
        need.state_before.reset();
        need.merged_into = NeedId();
        need.undo_until = Instant();
    } else {
        return false;
    }
    return true;
}

}  // namespace

std::vector<std::string_view> NeedFigure::kinds() {
    return {
        NeedReported::kind,  NeedContacted::kind,  NeedPlanned::kind,      NeedReturned::kind,
        NeedClosed::kind,    NeedReviewed::kind,   OrderOpened::kind,      OrderOffered::kind,
        OrderAccepted::kind, OrderCheckedIn::kind, OrderCheckedOut::kind,  OrderConfirmed::kind,
        OrderReviewed::kind, OrderEscalated::kind, NeedAsked::kind,        NeedTriaged::kind,
        NeedAssessed::kind,  NeedReferred::kind,   ReferralReminded::kind, ReferralReceipted::kind,
        NeedMerged::kind,    NeedUnmerged::kind,   NeedReopened::kind,     MeetingNoted::kind,
        OrderDeclined::kind, OfferLapsed::kind,    NoShowNoted::kind,      OrderLeft::kind,
        NeedSealed::kind,    OrderReassigned::kind};
}

journal::Keys NeedFigure::keys(const Fact& fact) {
    return {fact.subject("need")};
}

void NeedFigure::step(State& need, const Fact& fact, const rules::Pack& pack) {
    if (fact.is<NeedReported>()) {
        report(need, fact);
    } else if (fact.is<NeedSealed>()) {
        need.area = fact.place.area;
        need.area_path = fact.place.path;
        need.sealed = true;
        need.keeper = fact.as<NeedSealed>().keeper;
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
        need.satisfied = need.satisfaction >= pack.reports.satisfied_mark_min;
    } else if (!follow_asking(need, fact, pack)) {
        follow_order(need, fact);
    }
}

}  // namespace hezhi::needs
