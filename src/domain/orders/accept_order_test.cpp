// 接单: who has the place, and what those hear who come late.
#include "domain/orders/order_pages.h"
#include "support/world.h"

namespace hezhi::orders {
namespace {

using std::chrono::hours;

class AcceptOrder : public hezhi::testing::World {
  protected:
    // Two places, one of them taken by 张: the next one decides.
    OrderId order_with_one_place_left(const std::vector<hezhi::testing::Volunteer>& asked) {
        OrderId id = open_order(report_need());
        offer(id, asked).value();
        accept(id, zhang).value();
        return id;
    }
};
HEZHI_ON_BOTH_ENGINES(AcceptOrder);

TEST_P(AcceptOrder, TheOrderIsTakenWhenEveryPlaceIs) {
    OrderId id = order_with_one_place_left({zhang, liu, zhao});
    EXPECT_EQ(order(id).state, OrderStep::offered);
    EXPECT_FALSE(order(id).accepted_at);
    clock.advance(std::chrono::minutes(5));
    accept(id, liu).value();
    EXPECT_EQ(order(id).state, OrderStep::accepted);
    EXPECT_EQ(order(id).accepted, 2);
    EXPECT_EQ(order(id).accepted_at, clock.now());
    EXPECT_EQ(order(id).offers_open, 0);
}

TEST_P(AcceptOrder, SecondVolunteerIsRefusedAsAlreadyTaken) {
    OrderId id = order_with_one_place_left({zhang, liu, zhao});
    accept(id, liu).value();
    EXPECT_REFUSED(accept(id, zhao), refusals::order_already_taken);
    EXPECT_EQ(offer_of(id, zhao.person)->state, OfferStep::lapsed);
    EXPECT_EQ(facts("order.accepted").size(), 2U);
    // Also later, when the service has begun or is over.
    clock.set(order(id).starts_at);
    check_in(id, liu).value();
    EXPECT_REFUSED(accept(id, zhao), refusals::order_already_taken);
}

TEST_P(AcceptOrder, ARaceOfManyIsDecidedOnceForEveryPlace) {
    auto qian = volunteer("钱海燕", community), sun = volunteer("孙文博", community);
    OrderId id = open_order(report_need());
    std::vector<hezhi::testing::Volunteer> all{sun, zhao, zhang, qian, liu};
    offer(id, all).value();
    int done = 0, refused = 0;
    for (const auto& one : all) {
        auto outcome = accept(id, one);
        if (outcome) {
            ++done;
        } else {
            ++refused;
            EXPECT_TRUE(outcome.error().is(refusals::order_already_taken));
        }
    }
    EXPECT_EQ(done, 2);
    EXPECT_EQ(refused, 3);
    EXPECT_EQ(facts("offer.lapsed").size(), 3U);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(AcceptOrder, RepeatingOnesOwnAcceptanceIsFineAndWritesNothing) {
    OrderId id = order_with_one_place_left({zhang, liu});
    EXPECT_EQ(accept(id, zhang).value(), id.value);
    accept(id, liu).value();
    EXPECT_EQ(accept(id, zhang).value(), id.value);
    EXPECT_EQ(facts("order.accepted").size(), 2U);
}

TEST_P(AcceptOrder, AnOfferThatRanOutIsNoOffer) {
    OrderId id = open_order(report_need());
    offer(id, {zhang, liu}).value();
    clock.set(offer_of(id, zhang.person)->until + Millis(1));
    EXPECT_REFUSED(accept(id, zhang), refusals::offer_missing);  // before the timer came by
    scheduler.run_due();
    EXPECT_REFUSED(accept(id, zhang), refusals::order_state_forbids);
    EXPECT_EQ(order(id).state, OrderStep::open);
    offer(id, {zhang}).value();
    EXPECT_TRUE(accept(id, zhang).has_value());
}

TEST_P(AcceptOrder, WhoDeclinedIsOutUntilAskedAgain) {
    OrderId id = open_order(report_need());
    offer(id, {zhang, liu}).value();
    decline(id, zhang).value();
    EXPECT_REFUSED(decline(id, zhang), refusals::offer_missing);
    EXPECT_REFUSED(accept(id, zhang), refusals::offer_missing);
    EXPECT_EQ(order(id).state, OrderStep::offered);
    decline(id, liu).value();
    EXPECT_EQ(order(id).state, OrderStep::open);
}

TEST_P(AcceptOrder, NobodyIsBoundToTwoOrdersAtOneTime) {
    Instant nine = tomorrow_at(9);
    auto at = [&](int from_minutes, int to_minutes) {
        return open_order(report_need(), "environment_clean_up",
                          nine + std::chrono::minutes(from_minutes),
                          nine + std::chrono::minutes(to_minutes));
    };
    OrderId taken = at(0, 120), overlapping = at(119, 200), next = at(120, 200);
    OrderId before = at(-60, 0), around = at(-30, 300);
    for (OrderId id : {taken, overlapping, next, before, around}) offer(id, {zhang}).value();
    accept(taken, zhang).value();
    EXPECT_REFUSED(accept(overlapping, zhang), refusals::time_conflict);
    EXPECT_REFUSED(accept(around, zhang), refusals::time_conflict);
    EXPECT_TRUE(accept(next, zhang).has_value()) << "begins when the other ends";
    EXPECT_TRUE(accept(before, zhang).has_value()) << "ends when the other begins";
}

TEST_P(AcceptOrder, ACancelledOrderIsNotCalledTaken) {
    OrderId id = open_order(report_need());
    offer(id, {zhang, liu}).value();
    cancel(id).value();
    EXPECT_REFUSED(accept(id, zhang), refusals::order_state_forbids);
    EXPECT_EQ(offer_of(id, zhang.person)->state, OfferStep::cancelled);
}

TEST_P(AcceptOrder, WhoWasNotAskedDoesNotFindTheOrder) {
    OrderId id = open_order(report_need());
    offer(id, {zhang}).value();
    EXPECT_REFUSED(accept(id, zhao), hezhi::refusals::not_found);
    EXPECT_REFUSED(decline(id, zhao), hezhi::refusals::not_found);
    EXPECT_REFUSED(accept(OrderId(99999), zhang), hezhi::refusals::not_found);
}

TEST_P(AcceptOrder, TheContactIsThereFromTheAcceptanceUntilADayAfterTheOrder) {
    OrderId id = open_order(report_need(PriorityClass::P3, "王秀英 13900000001"));
    offer(id, {zhang, liu}).value();
    auto contact = [&] {
        return reading_as(*zhang.caller, [&](const api::Reading& reading) {
            return my_order_page(reading, desk, id).value().contact;
        });
    };
    EXPECT_EQ(contact(), std::nullopt);
    accept(id, zhang).value();
    EXPECT_EQ(contact(), "王秀英 13900000001");
    clock.set(order(id).ends_at + hours(24) - Millis(1));
    EXPECT_TRUE(contact().has_value());
    clock.advance(Millis(1));
    EXPECT_EQ(contact(), std::nullopt);
}

}  // namespace
}  // namespace hezhi::orders
