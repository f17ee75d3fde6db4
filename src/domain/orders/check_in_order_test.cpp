// 签到, 签退: the six digits and the minutes.
#include "domain/orders/order_pages.h"
#include "support/world.h"

namespace hezhi::orders {
namespace {

using std::chrono::minutes;

class CheckInOrder : public hezhi::testing::World {};
HEZHI_ON_BOTH_ENGINES(CheckInOrder);

// ０１２… as a Chinese keyboard types digits.
std::string full_width(const std::string& digits) {
    std::string wide;
    for (char c : digits) {
        wide += "\xEF\xBC";
        wide += static_cast<char>(0x90 + (c - '0'));
    }
    return wide;
}

TEST_P(CheckInOrder, NeedsTheSixDigitsOfThisOrder) {
    OrderId id = accepted_order(), other = open_order(report_need());
    std::string right = code_of(id);
    ASSERT_EQ(right.size(), 6U);
    std::string wrong = right;
    wrong.back() = wrong.back() == '0' ? '1' : '0';
    std::string letters = "abcdef";
    for (const std::string& code :
         {wrong, right.substr(0, 5), right + "0", code_of(other), letters, std::string(" ")}) {
        auto outcome = check_in(id, zhang, code);
        ASSERT_FALSE(outcome.has_value()) << code;
        EXPECT_TRUE(outcome.error().is(refusals::code_wrong));
        EXPECT_EQ(outcome.error().fields.front().field, "/code");
    }
    EXPECT_EQ(order(id).state, OrderStep::accepted);
    EXPECT_TRUE(check_in(id, zhang, right).has_value());
}

TEST_P(CheckInOrder, TakesTheDigitsAsPeopleTypeThem) {
    OrderId id = accepted_order();
    std::string right = code_of(id);
    EXPECT_TRUE(check_in(id, zhang, right.substr(0, 3) + " " + right.substr(3)).has_value());
    EXPECT_TRUE(check_in(id, liu, full_width(right)).has_value());
    EXPECT_TRUE(check_out(id, zhang, right.substr(0, 3) + "-" + right.substr(3)).has_value());
}

TEST_P(CheckInOrder, CountsWholeMinutesThatWereServed) {
    OrderId id = accepted_order();
    clock.set(order(id).starts_at);
    check_in(id, zhang).value();
    EXPECT_EQ(order(id).state, OrderStep::in_service);
    clock.advance(minutes(10));
    check_in(id, liu).value();
    clock.advance(minutes(35) + Millis(59999));
    check_out(id, zhang).value();
    EXPECT_EQ(offer_of(id, zhang.person)->minutes, 45);
    EXPECT_EQ(order(id).state, OrderStep::in_service) << "刘 still serves";
    check_out(id, liu).value();
    EXPECT_EQ(offer_of(id, liu.person)->minutes, 35);
    EXPECT_EQ(order(id).minutes, 80);
    EXPECT_EQ(order(id).state, OrderStep::delivered);
    EXPECT_EQ(order(id).confirm_until, clock.now() + std::chrono::hours(48));
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(CheckInOrder, ComesInOrderAndOnce) {
    OrderId id = accepted_order();
    EXPECT_REFUSED(check_out(id, zhang), refusals::order_state_forbids);
    check_in(id, zhang).value();
    EXPECT_REFUSED(check_in(id, zhang), refusals::offer_missing);
    EXPECT_REFUSED(check_out(id, liu), refusals::not_checked_in);
    check_out(id, zhang).value();
    EXPECT_REFUSED(check_out(id, zhang), refusals::not_checked_in);
    EXPECT_REFUSED(check_in(id, zhang), refusals::offer_missing);
}

TEST_P(CheckInOrder, IsForThoseWhoTookTheOrder) {
    OrderId id = open_order(report_need());
    offer(id, {zhang, liu, zhao}).value();
    accept(id, zhang).value();
    EXPECT_REFUSED(check_in(id, zhang), refusals::order_state_forbids);
    accept(id, liu).value();
    EXPECT_REFUSED(check_in(id, zhao), refusals::offer_missing);
    auto stranger = volunteer("钱海燕", community);
    EXPECT_REFUSED(check_in(id, stranger), hezhi::refusals::not_found);
}

class PlannedTime : public hezhi::testing::World {
  protected:
    Result<std::int64_t> comes(OrderId id, std::string_view reason = {}) {
        return act([&](journal::Turn& turn) {
            return check_in_order(turn, *zhang.caller, desk, id, code_of(id), reason);
        });
    }
    Result<std::int64_t> goes(OrderId id, std::string_view reason = {}) {
        return act([&](journal::Turn& turn) {
            return check_out_order(turn, *zhang.caller, desk, id, code_of(id), reason);
        });
    }
    // From nine to eleven, an hour of work.
    Instant nine(OrderId id) { return order(id).starts_at; }
    std::vector<std::string> reasons(OrderId id) {
        return reading_as(*street_staff, [&](const api::Reading& reading) {
            auto shown = order_page(reading, desk, id).value();
            return shown.offers.front().time_reasons;
        });
    }
};
HEZHI_ON_BOTH_ENGINES(PlannedTime);

TEST_P(PlannedTime, IsTheWholeWindowAndAQuarterOfAnHourAroundIt) {
    for (int minute : {-15, 0, 60, 75}) {
        OrderId id = accepted_order();
        clock.set(nine(id) + minutes(minute));
        EXPECT_TRUE(comes(id).has_value()) << minute;
        clock.advance(minutes(minute < 60 ? 135 : 45));
        EXPECT_TRUE(goes(id).has_value()) << minute;
        EXPECT_EQ(reasons(id), std::vector<std::string>{});
    }
}

TEST_P(PlannedTime, LeftByMoreTakesAReasonThatTheLeaderReads) {
    OrderId id = accepted_order();
    clock.set(nine(id) - minutes(16));
    EXPECT_REFUSED(comes(id), refusals::time_reason_missing);
    EXPECT_EQ(order(id).state, OrderStep::accepted);
    comes(id, "对方请早些来").value();
    EXPECT_EQ(facts(OrderCheckedIn::kind).back().as<OrderCheckedIn>().minutes_apart, -16);
    clock.advance(minutes(44));
    EXPECT_REFUSED(goes(id), refusals::time_reason_missing);
    goes(id, "活不多").value();
    EXPECT_EQ(facts(OrderCheckedOut::kind).back().as<OrderCheckedOut>().minutes_apart, -16);
    EXPECT_EQ(reasons(id), (std::vector<std::string>{"对方请早些来", "活不多"}));
    OrderId late = open_order(report_need());
    offer(late, {zhang, liu}).value();
    accept(late, zhang).value();
    accept(late, liu).value();
    clock.set(nine(late) + minutes(76));
    EXPECT_REFUSED(comes(late), refusals::time_reason_missing);
    comes(late, "堵车").value();
    clock.advance(minutes(136));
    EXPECT_REFUSED(goes(late), refusals::time_reason_missing);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

}  // namespace
}  // namespace hezhi::orders
