// 确认服务, 评单, 取消订单, and the timers: how an order ends.
#include "domain/orders/order_states.h"
#include "support/world.h"

namespace hezhi::orders {
namespace {

using needs::NeedStep;
using std::chrono::hours;

class OrderEnds : public hezhi::testing::World {};
HEZHI_ON_BOTH_ENGINES(OrderEnds);

TEST_P(OrderEnds, WithTheRequestersWordThroughTheLink) {
    OrderId id = delivered_order();
    confirm(id).value();
    EXPECT_EQ(order(id).state, OrderStep::confirmed);
    EXPECT_FALSE(order(id).unconfirmed);
    EXPECT_REFUSED(confirm(id), refusals::order_state_forbids);
    review(id, Resolution::not_resolved, 2).value();
    EXPECT_EQ(order(id).state, OrderStep::reviewed);
    EXPECT_EQ(order(id).satisfaction, 2);
    EXPECT_EQ(need(order(id).need).resolution, Resolution::not_resolved);
    EXPECT_REFUSED(review(id, Resolution::resolved, 5), refusals::order_state_forbids);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(OrderEnds, NotBeforeItWasServed) {
    OrderId delivered = delivered_order();
    OrderId id = accepted_order();
    EXPECT_REFUSED(confirm(id), refusals::order_state_forbids);
    EXPECT_REFUSED(review(id, Resolution::resolved, 5), refusals::order_state_forbids);
    EXPECT_REFUSED(review(delivered, Resolution::resolved, 5), refusals::order_state_forbids);
}

// A review says resolved or not; who did not answer has not reviewed.
TEST_P(OrderEnds, WithAReviewThatAnswers) {
    OrderId id = delivered_order();
    confirm(id).value();
    auto outcome = review(id, Resolution::not_answered, 5);
    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().fields.front().field, "/resolution");
}

TEST_P(OrderEnds, BySilenceAfterFortyEightHoursAndSaysSo) {
    OrderId id = delivered_order();
    Instant until = order(id).confirm_until;
    EXPECT_EQ(wait_until(until - Millis(1)), 0U);
    EXPECT_EQ(order(id).state, OrderStep::delivered);
    EXPECT_EQ(wait_until(until), 1U);
    EXPECT_EQ(order(id).state, OrderStep::confirmed);
    EXPECT_TRUE(order(id).unconfirmed);
    auto confirmed = facts("order.confirmed");
    EXPECT_EQ(confirmed.front().as<OrderConfirmed>().due_at, until);
    EXPECT_EQ(confirmed.front().actor.via, Via::system);
    EXPECT_EQ(scheduler.run_due(), 0U);
    review(id, Resolution::resolved, 4).value();  // late, and still welcome
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(OrderEnds, CancelledAndTheNeedWaitsAgainOnItsOldClock) {
    OrderId id = open_order(report_need());
    NeedId need_id = order(id).need;
    Instant handle_until = need(need_id).handle_until;
    offer(id, {zhang, liu, zhao}).value();
    accept(id, zhang).value();
    cancel(id).value();
    EXPECT_EQ(order(id).state, OrderStep::cancelled);
    EXPECT_EQ(need(need_id).state, NeedStep::reported);
    EXPECT_FALSE(need(need_id).order_id);
    EXPECT_EQ(need(need_id).handle_until, handle_until);
    for (const auto& who : {zhang, liu, zhao}) {
        EXPECT_EQ(offer_of(id, who.person)->state, OfferStep::cancelled);
    }
    // 张 is free again at that time, and the need can be answered anew.
    OrderId next = open_order(need_id);
    offer(next, {zhang, liu}).value();
    EXPECT_TRUE(accept(next, zhang).has_value());
    clock.advance(hours(24 * 10));
    scheduler.run_due();
    EXPECT_EQ(order(id).state, OrderStep::cancelled) << "no timer wakes it";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(OrderEnds, CancelledNoMoreOnceTheServiceIsDone) {
    OrderId id = delivered_order();
    EXPECT_REFUSED(cancel(id), refusals::order_state_forbids);
}

class OrderTimers : public hezhi::testing::World {};
HEZHI_ON_BOTH_ENGINES(OrderTimers);

TEST_P(OrderTimers, LapseAnOfferOnTheMinute) {
    OrderId id = open_order(report_need());
    offer(id, {zhang, liu}).value();
    Instant until = offer_of(id, zhang.person)->until;
    EXPECT_EQ(until, clock.now() + hours(12));
    EXPECT_EQ(wait_until(until - Millis(1)), 0U);
    EXPECT_EQ(wait_until(until), 2U);
    EXPECT_EQ(offer_of(id, zhang.person)->state, OfferStep::lapsed);
    EXPECT_EQ(order(id).state, OrderStep::open);
    EXPECT_EQ(order(id).offers_open, 0);
    EXPECT_EQ(facts("offer.lapsed").front().as<OfferLapsed>().due_at, until);
    EXPECT_EQ(scheduler.run_due(), 0U);
}

TEST_P(OrderTimers, LeaveWhoAcceptedAlone) {
    OrderId id = open_order(report_need());
    offer(id, {zhang, liu}).value();
    accept(id, zhang).value();
    EXPECT_EQ(wait_until(offer_of(id, zhang.person)->until), 1U);
    EXPECT_EQ(offer_of(id, zhang.person)->state, OfferStep::accepted);
    EXPECT_EQ(order(id).state, OrderStep::open) << "one place is left and nobody is asked";
}

TEST_P(OrderTimers, GiveAnOrderThatNobodyTookBackToTheSocialWorkerOnce) {
    OrderId id = open_order(report_need());
    Instant escalates = order(id).escalate_until;
    EXPECT_EQ(escalates, clock.now() + hours(24 * 7 * 3 / 4));
    wait_until(escalates - Millis(1));
    scheduler.run_due();  // until then it only widens, once a round
    EXPECT_EQ(order(id).state, OrderStep::open);
    EXPECT_EQ(wait_until(escalates), 1U);
    EXPECT_EQ(order(id).state, OrderStep::escalated);
    // She may ask people herself; that is not taken from her again.
    EXPECT_EQ(scheduler.run_due(), 0U);
    auto tried = offer(id, {zhang});
    if (!tried) return;  // the window is over: nobody may be asked for the past
    EXPECT_EQ(scheduler.run_due(), 0U);
    EXPECT_EQ(order(id).state, OrderStep::offered);
    wait_until(offer_of(id, zhang.person)->until);
    EXPECT_EQ(order(id).state, OrderStep::escalated);
    EXPECT_EQ(facts("order.escalated").size(), 1U);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(OrderTimers, KeepAnEscalatedOrderThereWhileOthersMayAnswer) {
    Instant starts = clock.now() + hours(24 * 6);
    OrderId id = open_order(report_need(), "environment_clean_up", starts, starts + hours(2));
    clock.set(order(id).escalate_until - hours(1));
    offer(id, {zhang, liu, zhao}).value();
    EXPECT_EQ(wait_until(order(id).escalate_until), 2U) << "it also widens";
    decline(id, zhao).value();
    EXPECT_EQ(order(id).state, OrderStep::escalated);
    accept(id, zhang).value();
    EXPECT_EQ(order(id).state, OrderStep::escalated);
    EXPECT_EQ(scheduler.run_due(), 0U);
    accept(id, liu).value();
    EXPECT_EQ(order(id).state, OrderStep::accepted);
}

}  // namespace
}  // namespace hezhi::orders
