// 队员签到, 队员签退: by the lead of the team, of its members and of nobody else.
#include <algorithm>

#include "domain/orders/order_pages.h"
#include "support/world.h"

namespace hezhi::orders {
namespace {

using hezhi::testing::Volunteer;
using std::chrono::minutes;

class LedOrdersTest : public hezhi::testing::World {
  protected:
    LedOrdersTest() { team = team_of({zhao, zhang, liu}); }

    // 张 and 刘 have taken it, and it begins.
    OrderId begun() {
        OrderId id = accepted_order();
        clock.set(order(id).starts_at);
        return id;
    }
    Result<std::int64_t> list(Result<std::int64_t> (*action)(journal::Turn&, const api::Caller&,
                                                             const OrderDesk&, OrderId,
                                                             const NoteAttendance&),
                              OrderId id, const Volunteer& by,
                              const std::vector<Volunteer>& there) {
        NoteAttendance input;
        for (const auto& one : there) input.person_ids.push_back(one.person);
        input.reason = Text<0, 200>("改了时间");
        return act([&](journal::Turn& turn) { return action(turn, *by.caller, desk, id, input); });
    }
    Result<std::int64_t> arrive(OrderId id, const Volunteer& by,
                                const std::vector<Volunteer>& there) {
        return list(check_in_members, id, by, there);
    }
    Result<std::int64_t> depart(OrderId id, const Volunteer& by,
                                const std::vector<Volunteer>& there) {
        return list(check_out_members, id, by, there);
    }
    void TearDown() override { EXPECT_EQ(differences(), std::vector<journal::Difference>{}); }

    OrganizationId team;
};
HEZHI_ON_BOTH_ENGINES(LedOrdersTest);

TEST_P(LedOrdersTest, CheckInMembersAndCheckOutMembersDeliverTheOrder) {
    OrderId id = begun();
    EXPECT_TRUE(arrive(id, zhao, {zhang, liu}).has_value());
    EXPECT_EQ(order(id).state, OrderStep::in_service);
    clock.advance(minutes(50));
    EXPECT_TRUE(depart(id, zhao, {zhang, liu}).has_value());
    EXPECT_EQ(order(id).state, OrderStep::delivered);
    EXPECT_EQ(order(id).minutes, 100);
    auto facts_out = facts(OrderCheckedOut::kind);
    ASSERT_EQ(facts_out.size(), 2u);
    EXPECT_FALSE(facts_out[0].as<OrderCheckedOut>().last_out);
    EXPECT_TRUE(facts_out[1].as<OrderCheckedOut>().last_out);
}

TEST_P(LedOrdersTest, WhereTwoGoTheyAreTickedTogether) {
    OrderId id = begun();
    EXPECT_REFUSED(arrive(id, zhao, {zhang}), refusals::two_needed);
    check_in(id, liu).value();
    EXPECT_TRUE(arrive(id, zhao, {zhang}).has_value());
}

TEST_P(LedOrdersTest, ForWhoLeadsNoneOfThoseWhoServeTheOrderIsNotThere) {
    OrderId id = begun();
    EXPECT_REFUSED(arrive(id, zhang, {liu}), hezhi::refusals::not_found);
    act([&](journal::Turn& turn) {
        return organizations::leave_organization(turn, *zhang.caller, team);
    }).value();
    EXPECT_REFUSED(arrive(id, zhao, {zhang, liu}), refusals::not_expected);
    act([&](journal::Turn& turn) {
        return organizations::leave_organization(turn, *liu.caller, team);
    }).value();
    EXPECT_REFUSED(arrive(id, zhao, {liu}), hezhi::refusals::not_found);
    EXPECT_REFUSED(depart(id, zhao, {liu}), hezhi::refusals::not_found);
}

TEST_P(LedOrdersTest, NobodyTicksThemselvesAndNobodyTheDayBefore) {
    OrderId id = open_order(report_need());
    offer(id, {zhao, zhang}).value();
    accept(id, zhao).value();
    accept(id, zhang).value();
    EXPECT_REFUSED(arrive(id, zhao, {zhang, zhao}), refusals::not_expected);
    EXPECT_REFUSED(arrive(id, zhao, {zhang}), refusals::not_begun);
}

TEST_P(LedOrdersTest, ThePageSaysWhoServesAndNotForWhom) {
    OrderId id = begun();
    auto page = reading_as(*zhao.caller, [&](const api::Reading& reading) {
        return to_json(led_orders_page(reading, desk));
    });
    EXPECT_NE(page.find("\"order_id\":" + std::to_string(id.value)), std::string::npos) << page;
    EXPECT_NE(page.find("check_in_members"), std::string::npos);
    EXPECT_EQ(page.find("contact"), std::string::npos);
    EXPECT_EQ(page.find("brief"), std::string::npos);
}

}  // namespace
}  // namespace hezhi::orders
