// The link on the slip and the six digits: keyed codes, so whatever was not given out opens
// nothing.
#include "domain/orders/order_pages.h"
#include "support/world.h"

namespace hezhi::orders {
namespace {

class OrderSlip : public ::testing::TestWithParam<crypto::SuiteName> {
  protected:
    OrderSlip()
        : random(1),
          keys(crypto::MasterKeys::generate(random)),
          other_keys(crypto::MasterKeys::generate(random)),
          suite(GetParam(), keys),
          other_suite(GetParam(), other_keys) {}

    crypto::SeededRandom random;
    crypto::MasterKeys keys, other_keys;
    crypto::Suite suite, other_suite;
};
INSTANTIATE_TEST_SUITE_P(Suites, OrderSlip,
                         ::testing::Values(crypto::SuiteName::gm, crypto::SuiteName::intl));

TEST_P(OrderSlip, OpensTheOrderThatItWasPrintedFor) {
    for (std::int64_t id : {1L, 42L, 123456789L}) {
        EXPECT_EQ(order_of_token(suite, slip_token(suite, OrderId(id))), OrderId(id));
    }
}

TEST_P(OrderSlip, OpensNothingWhenAnyLetterIsChangedOrMissing) {
    std::string token = slip_token(suite, OrderId(42));
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string changed = token;
        changed[i] = changed[i] == '7' ? '8' : '7';
        EXPECT_FALSE(order_of_token(suite, changed)) << changed;
        EXPECT_FALSE(order_of_token(suite, token.substr(0, i))) << i;
    }
    EXPECT_FALSE(order_of_token(suite, token + "7"));
}

TEST_P(OrderSlip, OpensNothingWithTheCodeOfAnotherOrderOrAnotherKey) {
    std::string token = slip_token(suite, OrderId(42));
    std::string code = token.substr(token.find('-'));
    EXPECT_FALSE(order_of_token(suite, "43" + code));
    EXPECT_FALSE(order_of_token(other_suite, token));
    EXPECT_NE(slip_token(suite, OrderId(42)), slip_token(suite, OrderId(43)));
}

TEST_P(OrderSlip, OpensNothingForWhatIsNoTokenAtAll) {
    std::string code = slip_token(suite, OrderId(42)).substr(2);
    for (const std::string& token :
         {std::string(), std::string("-"), "-42" + code, "0" + code, "+42" + code, " 42" + code,
          "42x" + code, "99999999999999999999" + code, std::string("42-"),
          std::string(9999, '4')}) {
        EXPECT_FALSE(order_of_token(suite, token)) << token;
    }
}

TEST_P(OrderSlip, HasSixDigitsThatBelongToTheOrderAndTheKey) {
    int same = 0, same_other_key = 0;
    for (std::int64_t id = 1; id <= 200; ++id) {
        std::string code = service_code(suite, OrderId(id));
        EXPECT_EQ(code.size(), 6U);
        EXPECT_EQ(code.find_first_not_of("0123456789"), std::string::npos);
        same += code == service_code(suite, OrderId(id + 1));
        same_other_key += code == service_code(other_suite, OrderId(id));
    }
    EXPECT_LE(same, 1);
    EXPECT_LE(same_other_key, 1);
}

class SlipPage : public hezhi::testing::World {};
HEZHI_ON_BOTH_ENGINES(SlipPage);

TEST_P(SlipPage, TellsTheRequesterWhatTheyMayDoAndNoFullName) {
    OrderId id = accepted_order();
    auto page = [&] {
        return reading_as(*api::link_caller(), [&](const api::Reading& reading) {
            return slip_page(reading, desk, id).value();
        });
    };
    EXPECT_EQ(page().volunteer_names.size(), 2U);
    for (const auto& name : page().volunteer_names) {
        EXPECT_EQ(name.find("晓梅"), std::string::npos) << name;
        EXPECT_EQ(name.find("志强"), std::string::npos) << name;
    }
    EXPECT_EQ(page().code, code_of(id));
    EXPECT_TRUE(page().actions.empty());
    for (const auto& who : {zhang, liu}) check_in(id, who).value();
    for (const auto& who : {zhang, liu}) check_out(id, who).value();
    EXPECT_EQ(page().actions, std::vector<std::string>{"confirm_order"});
    confirm(id).value();
    EXPECT_EQ(page().actions, (std::vector<std::string>{"review_order", "ask_again"}));
    review(id, Resolution::resolved, 5).value();
    EXPECT_EQ(page().actions, std::vector<std::string>{"ask_again"});
}

}  // namespace
}  // namespace hezhi::orders
