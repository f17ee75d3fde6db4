// 签到, 签退: the six digits and the minutes.
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

}  // namespace
}  // namespace hezhi::orders
