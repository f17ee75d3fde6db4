// 报告无人应答: an urgent need stands at once, on both engines.
#include "domain/orders/order_pages.h"
#include "support/world.h"

namespace hezhi::orders {
namespace {

class RaiseAlarm : public hezhi::testing::World {
  protected:
    // Taken by 张 and 刘, for 王秀英 tomorrow at nine.
    RaiseAlarm()
        : wang(resident("王秀英", "13900000001")),
          id(open_order(report_need(PriorityClass::P3, "王秀英 13900000001"))) {
        offer(id, {zhang, liu, zhao}).value();
        for (const auto& who : {zhang, liu}) accept(id, who).value();
    }
    Result<std::int64_t> raise(const hezhi::testing::Volunteer& who) {
        return act([&](journal::Turn& turn) { return raise_alarm(turn, *who.caller, desk, id); });
    }
    MyOrder mine(const hezhi::testing::Volunteer& who) {
        return reading_as(*who.caller, [&](const api::Reading& reading) {
            return my_order_page(reading, desk, id).value();
        });
    }

    PersonId wang;
    OrderId id;
};
HEZHI_ON_BOTH_ENGINES(RaiseAlarm);

TEST_P(RaiseAlarm, MakesAnUrgentNeedOfTheSameRecipientAtOnce) {
    clock.set(tomorrow_at(9));
    raise(zhang).value();
    NeedId alarm = order(id).alarm;
    ASSERT_TRUE(alarm);
    EXPECT_EQ(need(alarm).priority_class, PriorityClass::P1);
    EXPECT_EQ(need(alarm).channel, Channel::service);
    EXPECT_EQ(need(alarm).recipient, wang);
    EXPECT_EQ(need(alarm).state, needs::NeedStep::reported);
    EXPECT_EQ(need(alarm).first_contact_until, clock.now() + std::chrono::minutes(30)) << "as a P1";
    EXPECT_EQ(order(id).state, OrderStep::accepted) << "the order stays as it was";
    auto shown = reading_as(*social_worker, [&](const api::Reading& reading) {
        return need_pages.one(reading, alarm).value();
    });
    EXPECT_EQ(shown.what, pack().asking.alarm_what.zh);
    EXPECT_EQ(shown.contact_masked, "王** 139****0001") << "whom to call";
    EXPECT_TRUE(differences().empty());
}

TEST_P(RaiseAlarm, TellsWhoeverRaisedItWhatBecameOfIt) {
    clock.set(tomorrow_at(9));
    raise(zhang).value();
    NeedId alarm = order(id).alarm;
    act([&](journal::Turn& turn) {
        return needs::close_need(turn, *social_worker, people, alarm, "已入户核实，平安");
    }).value();
    auto shown = reading_as(*zhang.caller, [&](const api::Reading& reading) {
        return need_pages.one(reading, alarm).value();
    });
    EXPECT_TRUE(shown.reported_by_me);
    EXPECT_EQ(shown.close_reason, "已入户核实，平安");
}

TEST_P(RaiseAlarm, SaidTwiceOrByBothIsOneNeed) {
    clock.set(tomorrow_at(9));
    raise(zhang).value();
    auto before = facts("need.reported").size();
    raise(zhang).value();
    raise(liu).value();
    EXPECT_EQ(facts("need.reported").size(), before);
    EXPECT_EQ(facts("order.unanswered").size(), 1U);
    EXPECT_TRUE(mine(liu).alarm) << "who goes along sees it";
    EXPECT_EQ(std::ranges::count(mine(liu).actions, "raise_alarm"), 0);
}

TEST_P(RaiseAlarm, IsForWhoGoesAndFromTheDayOfTheServiceOn) {
    clock.set(start_of(day_of(order(id).starts_at)) - Millis(1));
    EXPECT_REFUSED(raise(zhang), refusals::not_begun);
    EXPECT_EQ(std::ranges::count(mine(zhang).actions, "raise_alarm"), 0);
    clock.advance(Millis(1));
    EXPECT_EQ(std::ranges::count(mine(zhang).actions, "raise_alarm"), 1);
    EXPECT_REFUSED(raise(zhao), refusals::offer_missing);
    EXPECT_REFUSED(act([&](journal::Turn& turn) { return raise_alarm(turn, *officer, desk, id); }),
                   hezhi::refusals::not_permitted);
    raise(zhang).value();
    EXPECT_EQ(facts("order.unanswered").front().actor.permission, "alarm.raise");
}

TEST_P(RaiseAlarm, OfASecretAddressIsAsSecretAsTheOrder) {
    act([&](journal::Turn& turn) {
        return needs::seal_address(turn, *social_worker, people, wang, "家庭暴力");
    }).value();
    clock.set(tomorrow_at(9));
    raise(zhang).value();
    NeedId alarm = order(id).alarm;
    EXPECT_TRUE(need(alarm).sealed);
    EXPECT_EQ(need(alarm).area, subdistrict) << "coarse";
    EXPECT_TRUE(differences().empty());
}

}  // namespace
}  // namespace hezhi::orders
