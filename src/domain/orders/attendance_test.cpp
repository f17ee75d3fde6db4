// Who came: 未到, the leader's list, and 电话确认完成. No order sticks.
#include <algorithm>

#include "domain/orders/order_pages.h"
#include "support/world.h"

namespace hezhi::orders {
namespace {

using hezhi::testing::Volunteer;
using std::chrono::hours;
using std::chrono::minutes;

class Attendance : public hezhi::testing::World {
  protected:
    Result<std::int64_t> miss(OrderId id, const Volunteer& who) {
        return act(
            [&](journal::Turn& turn) { return note_no_show(turn, *street_staff, id, who.person); });
    }
    Result<std::int64_t> list(OrderId id, const std::vector<Volunteer>& there) {
        NoteAttendance input;
        for (const auto& one : there) input.person_ids.push_back(one.person);
        input.reason = Text<0, 200>("改了时间");
        return act([&](journal::Turn& turn) {
            return note_attendance(turn, *social_worker, desk, id, input);
        });
    }
    Result<std::int64_t> finish(OrderId id, const std::vector<Volunteer>& came, int served = 45) {
        FinishOrder input;
        for (const auto& one : came) input.came.push_back(one.person);
        input.minutes.value = served;
        input.reason = Text<0, 200>("改了时间");
        return act([&](journal::Turn& turn) {
            return finish_order(turn, *street_staff, desk, id, input);
        });
    }
    OrderId begun_order() {
        OrderId id = accepted_order();
        clock.set(order(id).starts_at);
        return id;
    }
    OfferStep step_of(OrderId id, const Volunteer& who) { return offer_of(id, who.person)->state; }
    MyOrder mine(OrderId id, const Volunteer& who) {
        return reading_as(*who.caller, [&](const api::Reading& reading) {
            return my_order_page(reading, desk, id).value();
        });
    }
    Order page(OrderId id) {
        return reading_as(*street_staff, [&](const api::Reading& reading) {
            return order_page(reading, desk, id).value();
        });
    }
    bool offers_action(OrderId id, std::string_view action) {
        auto actions = page(id).actions;
        return std::ranges::find(actions, action) != actions.end();
    }
    void TearDown() override { EXPECT_EQ(differences(), std::vector<journal::Difference>{}); }
};
HEZHI_ON_BOTH_ENGINES(Attendance);

TEST_P(Attendance, WhoDoesNotComeBeforeAnybodyBeganLeavesThePlaceOpenForAnother) {
    OrderId id = begun_order();
    miss(id, liu).value();
    EXPECT_EQ(order(id).state, OrderStep::open);
    EXPECT_EQ(order(id).accepted, 1);
    EXPECT_EQ(step_of(id, liu), OfferStep::no_show);
    EXPECT_EQ(need(order(id).need).order_step, OrderStep::open);
    offer(id, {zhao}).value();
    accept(id, zhao).value();
    EXPECT_EQ(order(id).state, OrderStep::accepted);
    list(id, {zhang, zhao}).value();
    EXPECT_EQ(order(id).state, OrderStep::in_service);
}

TEST_P(Attendance, AnOrderInServiceEndsWithThoseWhoCame) {
    OrderId id = begun_order();
    check_in(id, zhang).value();
    clock.advance(minutes(60));
    check_out(id, zhang).value();
    EXPECT_EQ(order(id).state, OrderStep::in_service) << "it waits for 刘";
    miss(id, liu).value();
    EXPECT_EQ(order(id).state, OrderStep::delivered);
    EXPECT_EQ(order(id).minutes, 60);
    EXPECT_GT(order(id).confirm_until, clock.now());
    EXPECT_EQ(need(order(id).need).order_step, OrderStep::delivered);
    confirm(id).value();
}

TEST_P(Attendance, WhoIsMissedWhileAnotherServesLetsThatOneFinish) {
    OrderId id = begun_order();
    check_in(id, zhang).value();
    miss(id, liu).value();
    EXPECT_EQ(order(id).state, OrderStep::in_service);
    clock.advance(minutes(30));
    check_out(id, zhang).value();
    EXPECT_EQ(order(id).state, OrderStep::delivered);
}

TEST_P(Attendance, NoRecordHoldsMoreThanThePackLetsOneHold) {
    ASSERT_EQ(pack().records.minutes_max, 720);
    OrderId id = begun_order();
    check_in(id, zhang).value();
    miss(id, liu).value();
    clock.advance(hours(13));  // the check-out was forgotten
    check_out(id, zhang).value();
    EXPECT_EQ(order(id).minutes, 720);
    OrderId told = begun_order();
    EXPECT_REFUSED(finish(told, {zhang, liu}, 721), hezhi::refusals::invalid_input);
    finish(told, {zhang, liu}, 720).value();
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Attendance, AnOrderInServiceCanBeCancelledAndTheNeedWaitsAgain) {
    OrderId id = begun_order();
    check_in(id, zhang).value();
    cancel(id).value();
    EXPECT_EQ(order(id).state, OrderStep::cancelled);
    EXPECT_EQ(step_of(id, zhang), OfferStep::cancelled);
    EXPECT_EQ(step_of(id, liu), OfferStep::cancelled);
    EXPECT_EQ(need(order(id).need).state, needs::NeedStep::reported);
}

TEST_P(Attendance, NobodyIsMissedBeforeTheStartNorTwiceNorAfterCheckingIn) {
    OrderId id = accepted_order();
    EXPECT_REFUSED(miss(id, liu), refusals::not_begun);
    clock.set(order(id).starts_at);
    check_in(id, zhang).value();
    EXPECT_REFUSED(miss(id, zhang), refusals::not_expected);
    EXPECT_REFUSED(miss(id, zhao), refusals::not_expected);
    miss(id, liu).value();
    EXPECT_REFUSED(miss(id, liu), refusals::not_expected);
}

TEST_P(Attendance, ANoShowHasNoConsequenceForTheNextOrder) {
    OrderId id = begun_order();
    miss(id, liu).value();
    OrderId next = open_order(report_need());
    EXPECT_TRUE(offer(next, {liu}));
}

TEST_P(Attendance, TheListHoldsTheTwoPersonRule) {
    OrderId id = begun_order();
    EXPECT_REFUSED(list(id, {zhang}), refusals::two_needed);
    EXPECT_REFUSED(list(id, {zhang, zhang}), refusals::not_expected);
    EXPECT_REFUSED(list(id, {}), hezhi::refusals::invalid_input);
    list(id, {zhang, liu}).value();
    EXPECT_EQ(order(id).state, OrderStep::in_service);
    EXPECT_EQ(facts("order.checked_in").size(), 2U);
}

TEST_P(Attendance, DoneByPhoneIsSeveralFactsInOneTurn) {
    OrderId id = begun_order();
    clock.advance(hours(2));
    finish(id, {zhang}).value();
    EXPECT_EQ(order(id).state, OrderStep::confirmed);
    EXPECT_FALSE(order(id).unconfirmed) << "the requester said so on the phone";
    EXPECT_EQ(order(id).minutes, 45);
    EXPECT_EQ(step_of(id, zhang), OfferStep::delivered);
    EXPECT_EQ(step_of(id, liu), OfferStep::no_show);
    EXPECT_TRUE(need(order(id).need).served);
    EXPECT_EQ(facts("order.checked_out").size(), 1U);
    EXPECT_REFUSED(finish(id, {zhang}), refusals::order_state_forbids);
}

TEST_P(Attendance, DoneByPhoneStandsAtTheTimeOfTheServiceAndNotOfTheCall) {
    OrderId id = begun_order();
    clock.advance(hours(9));
    finish(id, {zhang, liu}).value();
    for (const Fact& in : facts("order.checked_in")) {
        EXPECT_EQ(in.occurred_at, order(id).starts_at);
    }
    for (const Fact& out : facts("order.checked_out")) {
        EXPECT_EQ(out.occurred_at, order(id).starts_at + std::chrono::minutes(45));
    }
}

TEST_P(Attendance, DoneByPhoneCountsNoMinuteOfAnEarlierRecordAgain) {
    OrderId first = accepted_order();
    OrderId second = open_order(report_need(), "environment_clean_up",
                                order(first).starts_at + std::chrono::minutes(150),
                                order(first).starts_at + std::chrono::minutes(270));
    offer(second, {zhang, liu}).value();
    for (const auto& who : {zhang, liu}) accept(second, who).value();
    clock.set(order(second).ends_at + hours(3));
    finish(first, {zhang, liu}, 180).value();
    finish(second, {zhang, liu}, 60).value();
    EXPECT_EQ(order(second).minutes, 2 * 30)
        << "the first lasted into the second's first half hour";
}

TEST_P(Attendance, DoneByPhoneKeepsEverybodyWhoHadCheckedIn) {
    OrderId id = begun_order();
    check_in(id, zhang).value();
    EXPECT_REFUSED(finish(id, {liu}), hezhi::refusals::invalid_input);
    finish(id, {liu, zhang}).value();
    EXPECT_EQ(order(id).minutes, 90);
}

TEST_P(Attendance, DoneByPhoneIsNotSaidBeforeTheStart) {
    OrderId id = accepted_order();
    EXPECT_REFUSED(finish(id, {zhang, liu}), refusals::not_begun);
    EXPECT_FALSE(offers_action(id, "finish_order"));
    clock.set(order(id).starts_at);
    EXPECT_TRUE(offers_action(id, "finish_order"));
}

TEST_P(Attendance, TheBriefClosesADayAfterTheEnd) {
    OpenOrder input;
    input.category.value = "environment_clean_up";
    input.starts_at = tomorrow_at(9);
    input.ends_at = tomorrow_at(11);
    input.contacted = true;
    input.brief = Text<0, 300>("带扫帚");
    NeedId asked = report_need(PriorityClass::P3, "王秀英 13900000001");
    OrderId id(act([&](journal::Turn& turn) {
                   return orders::open_order(turn, *social_worker, desk, asked, input);
               }).value());
    offer(id, {zhang, liu}).value();
    EXPECT_FALSE(mine(id, zhang).door_word) << "not before she has accepted";
    EXPECT_FALSE(mine(id, zhang).contact);
    accept(id, zhang).value();
    EXPECT_TRUE(mine(id, zhang).contact);
    EXPECT_EQ(mine(id, zhang).door_word, door_word(suite, pack(), id));
    clock.set(tomorrow_at(11) + hours(24) - minutes(1));
    EXPECT_EQ(mine(id, zhang).brief, "带扫帚");
    clock.advance(minutes(1));
    EXPECT_FALSE(mine(id, zhang).brief);
    EXPECT_FALSE(mine(id, zhang).contact);
    EXPECT_FALSE(mine(id, zhang).door_word);
}

TEST_P(Attendance, TheSlipSaysTheWordThatTheVolunteerSays) {
    OrderId id = accepted_order();
    auto slip = reading_as(*officer, [&](const api::Reading& reading) {
        return slip_page(reading, desk, id).value();
    });
    EXPECT_EQ(slip.door_word, mine(id, zhang).door_word);
    EXPECT_EQ(slip.door_word.size(), 12U) << "two words of two characters";
}

// --- searching

TEST_P(Attendance, TheSearchWidensByItselfAndThePagesSayHowFar) {
    OrderId id = open_order(report_need());
    auto total = order(id).handle_until - order(id).opened_at;
    Instant opened = order(id).opened_at;
    EXPECT_EQ(order(id).reach, "community");
    EXPECT_EQ(order(id).widen_at, opened + total / 4);
    wait_until(opened + total / 4);
    EXPECT_EQ(order(id).reach, "subdistrict");
    EXPECT_EQ(page(id).reach_zh, pack().area_kind("subdistrict")->name.zh);
    wait_until(opened + total / 2);
    EXPECT_EQ(order(id).reach, "district");
    EXPECT_FALSE(order(id).widen_at) << "what follows is the social worker's";
    auto slip = reading_as(*officer, [&](const api::Reading& reading) {
        return slip_page(reading, desk, id).value();
    });
    EXPECT_EQ(slip.reach_zh, pack().area_kind("district")->name.zh);
    EXPECT_EQ(facts("order.widened").size(), 2U);
    wait_until(opened + total * 3 / 4);
    EXPECT_EQ(order(id).state, OrderStep::escalated);
}

TEST_P(Attendance, ATakenOrderDoesNotWiden) {
    OrderId id =
        open_order(report_need(), "environment_clean_up", tomorrow_at(9) + std::chrono::days(5),
                   tomorrow_at(11) + std::chrono::days(5));
    offer(id, {zhang, liu}).value();
    accept(id, zhang).value();
    accept(id, liu).value();
    wait_until(order(id).widen_at);
    EXPECT_TRUE(facts("order.widened").empty());
}

TEST_P(Attendance, AfterAllHaveDeclinedTheNeedIsNoLongerOffered) {
    OrderId id = open_order(report_need());
    offer(id, {zhang, liu}).value();
    EXPECT_EQ(need(order(id).need).order_step, OrderStep::offered);
    decline(id, zhang).value();
    EXPECT_EQ(need(order(id).need).order_step, OrderStep::offered);
    decline(id, liu).value();
    EXPECT_EQ(need(order(id).need).order_step, OrderStep::open);
}

TEST_P(Attendance, AnOrderPastItsTimeIsNotOfferedAnyMore) {
    OrderId id = open_order(report_need());
    wait_until(order(id).escalate_until);
    ASSERT_EQ(order(id).state, OrderStep::escalated);
    ASSERT_LE(order(id).ends_at, clock.now());
    EXPECT_FALSE(offers_action(id, "offer_order"));
    EXPECT_TRUE(offers_action(id, "cancel_order"));
    EXPECT_REFUSED(offer(id, {zhang}), refusals::window_over);
}

}  // namespace
}  // namespace hezhi::orders
