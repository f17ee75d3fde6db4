// 退出订单: who has accepted and cannot come says so, on both engines.
#include "domain/orders/order_pages.h"
#include "support/world.h"

namespace hezhi::orders {
namespace {

class LeaveOrder : public hezhi::testing::World {
  protected:
    Result<std::int64_t> leave(OrderId id, const hezhi::testing::Volunteer& who) {
        return act([&](journal::Turn& turn) { return leave_order(turn, *who.caller, id); });
    }
    bool may_leave(OrderId id, const hezhi::testing::Volunteer& who) {
        auto page = reading_as(*who.caller, [&](const api::Reading& reading) {
            return my_order_page(reading, desk, id).value();
        });
        return std::ranges::count(page.actions, "leave_order") == 1;
    }
};
HEZHI_ON_BOTH_ENGINES(LeaveOrder);

TEST_P(LeaveOrder, OpensThePlaceAgainAndSomebodyElseTakesIt) {
    OrderId id = accepted_order();
    EXPECT_TRUE(may_leave(id, zhang));
    leave(id, zhang).value();
    EXPECT_EQ(order(id).state, OrderStep::open);
    EXPECT_EQ(order(id).accepted, 1);
    EXPECT_EQ(offer_of(id, zhang.person)->state, OfferStep::cancelled);
    EXPECT_EQ(offer_of(id, liu.person)->state, OfferStep::accepted) << "the other one goes on";
    EXPECT_EQ(need(order(id).need).state, needs::NeedStep::planned);
    offer(id, {zhao}).value();
    accept(id, zhao).value();
    EXPECT_EQ(order(id).state, OrderStep::accepted);
    reading_as(*api::link_caller(), [&](const api::Reading& reading) {
        std::vector<std::string> coming{people.brief_name(reading.db, liu.person),
                                        people.brief_name(reading.db, zhao.person)};
        EXPECT_EQ(slip_page(reading, desk, id)->volunteer_names, coming)
            << "the requester hears who comes now";
    });
    EXPECT_TRUE(differences().empty());
}

TEST_P(LeaveOrder, ItsPageOffersExcuseServiceOfALateLeavingAndOfANoShowUntilItIsDone) {
    auto excusable = [&](const api::Caller& who, OrderId id, PersonId person) {
        auto page = reading_as(who, [&](const api::Reading& reading) {
            return order_page(reading, desk, id).value();
        });
        return std::ranges::find(page.offers, person, &OfferShown::person_id)->excusable;
    };
    OrderId in_time = accepted_order();
    leave(in_time, zhang).value();
    EXPECT_FALSE(excusable(*street_staff, in_time, zhang.person)) << "nothing to excuse";
    cancel(in_time).value();
    OrderId late = accepted_order();
    clock.set(order(late).starts_at - std::chrono::hours(1));
    leave(late, zhang).value();
    EXPECT_TRUE(excusable(*street_staff, late, zhang.person));
    EXPECT_FALSE(excusable(*street_staff, late, liu.person)) << "who comes";
    EXPECT_FALSE(excusable(*social_worker, late, zhang.person)) << "does not look into it";
    api::Caller herself = *street_staff;
    herself.person = zhang.person;
    EXPECT_FALSE(excusable(herself, late, zhang.person));
    OrderId missed = accepted_order();
    clock.set(order(missed).starts_at);
    act([&](journal::Turn& turn) {
        return note_no_show(turn, *social_worker, missed, zhang.person);
    }).value();
    EXPECT_TRUE(excusable(*street_staff, missed, zhang.person));
    act([&](journal::Turn& turn) {
        return grading::excuse_service(turn, *street_staff, grade_desk,
                                       {late, zhang.person, Text<1, 500>("因病")});
    }).value();
    EXPECT_FALSE(excusable(*street_staff, late, zhang.person)) << "done";
    clock.set(clock.now() + std::chrono::days(31));
    EXPECT_FALSE(excusable(*street_staff, missed, zhang.person)) << "after 30 days";
}

TEST_P(LeaveOrder, NeedsNoReasonAndBindsNoLonger) {
    OrderId id = accepted_order();
    leave(id, zhang).value();
    OrderId beside = open_order(report_need());
    offer(beside, {zhang}).value();
    EXPECT_TRUE(accept(beside, zhang)) << "at the same time, which is free again";
    EXPECT_TRUE(facts("order.no_show").empty());
    EXPECT_EQ(facts("order.left").front().actor.permission, "order.leave");
}

TEST_P(LeaveOrder, TakesTheContactAndTheDoorWordAway) {
    OrderId id = accepted_order();
    auto mine = [&] {
        return reading_as(*zhang.caller, [&](const api::Reading& reading) {
            return my_order_page(reading, desk, id).value();
        });
    };
    EXPECT_TRUE(mine().door_word);
    leave(id, zhang).value();
    EXPECT_FALSE(mine().door_word);
    EXPECT_FALSE(mine().contact);
}

TEST_P(LeaveOrder, IsForWhoHasAcceptedAndOnlyBeforeTheBeginning) {
    OrderId id = open_order(report_need());
    offer(id, {zhang, liu, zhao}).value();
    EXPECT_REFUSED(leave(id, zhang), refusals::offer_missing);
    EXPECT_FALSE(may_leave(id, zhang)) << "who is only asked declines";
    accept(id, zhang).value();
    accept(id, liu).value();
    EXPECT_REFUSED(leave(id, zhao), refusals::offer_missing);
    clock.set(order(id).starts_at - Millis(1));
    EXPECT_TRUE(may_leave(id, zhang));
    clock.advance(Millis(1));
    EXPECT_FALSE(may_leave(id, zhang));
    EXPECT_REFUSED(leave(id, zhang), refusals::begun_already);
    check_in(id, zhang).value();
    EXPECT_REFUSED(leave(id, zhang), refusals::offer_missing);
    EXPECT_REFUSED(leave(OrderId(99999), zhang), hezhi::refusals::not_found);
}

TEST_P(LeaveOrder, IsPossibleForBothWhoHadAccepted) {
    OrderId id = accepted_order();
    leave(id, zhang).value();
    EXPECT_TRUE(may_leave(id, liu));
    leave(id, liu).value();
    EXPECT_EQ(order(id).state, OrderStep::open);
    EXPECT_EQ(order(id).accepted, 0);
}

TEST_P(LeaveOrder, GoesBackToTheSocialWorkerWhereTheOrderHadBeen) {
    OrderId id = open_order(report_need());
    offer(id, {zhang, liu}).value();
    accept(id, zhang).value();
    act([&](journal::Turn& turn) { return escalate_order(turn, id, clock.now()); }).value();
    accept(id, liu).value();
    leave(id, liu).value();
    EXPECT_EQ(order(id).state, OrderStep::escalated) << "nobody is left waiting in silence";
}

}  // namespace
}  // namespace hezhi::orders
