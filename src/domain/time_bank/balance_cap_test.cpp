// Nobody comes above the largest balance of the pack by what others give, send or leave.
#include "domain/time_bank/test_bank.h"

namespace hezhi::time_bank {
namespace {

using hezhi::testing::Volunteer;

class BalanceCap : public TimeBankWorld {
  protected:
    void cap_at_a_hundred() {
        judge_by(R"([caps]
says = { zh = "余额至多 100 分钟，超出部分计入互助池。", en = "100 minutes at most, the rest to the pool." }
day_minutes_max = 100
month_minutes_max = 100
balance_minutes_max = 100
)");
    }
    Result<std::int64_t> leave(const Volunteer& who) {
        TakeOverCredit input{who.person, clock.now(), Text<1, 200>("死亡医学证明")};
        return act([&](journal::Turn& turn) {
            return take_over_credit(turn, *officer, time_bank_desk, input);
        });
    }
    void name(const Volunteer& who, const Volunteer& beneficiary) {
        NameBeneficiary named{who.person, beneficiary.person, Text<1, 40>("parent")};
        act([&](journal::Turn& turn) {
            return name_beneficiary(turn, *street_staff, named);
        }).value();
    }
};
HEZHI_ON_BOTH_ENGINES(BalanceCap);

TEST_P(BalanceCap, GiftCreditIsRefusedBeyondTheRecipientsRoom) {
    Volunteer mother = elder("王秀英");
    for (int i = 0; i < 2; ++i) serve(zhang, 45);
    serve(liu, 45);
    cap_at_a_hundred();
    gift(zhang, mother, 80).value();
    auto refused = gift(liu, mother, 30);
    EXPECT_REFUSED(refused, refusals::balance_full);
    EXPECT_EQ(balance(liu), 45) << "nothing is lost by it";
    gift(liu, mother, 20).value();
    EXPECT_EQ(balance(mother), 100);
    EXPECT_REFUSED(gift(liu, mother, 1), refusals::balance_full);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(BalanceCap, ReceiveCreditPutsWhatIsAboveIntoThePoolAndADisputeLeavesThatAlone) {
    serve(zhang, 45);
    serve(liu, 45);
    serve(liu, 45);
    know_peer("0123456789abcdef");
    know_peer("fedcba9876543277");
    cap_at_a_hundred();
    SendCredit sent{zhang.person, Text<1, 40>("0123456789abcdef"), Bounded<1, 600'000>(40)};
    act([&](journal::Turn& turn) { return send_credit(turn, *officer, sent); }).value();
    IncomingTransfer incoming{
        "fedcba9876543277", facts("credit.sent").back(), {"0123456789abcdef"}, liu.person};
    TransferId id(
        act([&](journal::Turn& turn) { return receive_credit(turn, command, incoming); }).value());
    EXPECT_EQ(balance(liu), 100);
    EXPECT_EQ(balance(LedgerAccount::pool), 30);
    auto page = reading_as(*officer, [&](const api::Reading& reading) {
        return transfer_page(reading, time_bank_desk, id).value();
    });
    EXPECT_EQ(page.minutes, 40) << "as it was sent";
    act([&](journal::Turn& turn) {
        return dispute_transfer(turn, *officer, time_bank_desk, id, "对方区来函");
    }).value();
    EXPECT_EQ(balance(LedgerAccount::disputed, liu.person), 10) << "what came to her";
    EXPECT_EQ(balance(liu), 90);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(BalanceCap, TakeOverCreditPutsWhatIsAboveIntoThePool) {
    Volunteer mother = elder("王秀英");
    for (int i = 0; i < 2; ++i) serve(zhang, 45);
    serve(liu, 45);
    gift(liu, mother, 30).value();
    name(zhang, mother);
    cap_at_a_hundred();
    leave(zhang).value();
    EXPECT_EQ(balance(mother), 100);
    EXPECT_EQ(balance(LedgerAccount::pool), 20);
    EXPECT_EQ(balance(zhang), 0);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(BalanceCap, TakeOverCreditPaysNobodyWhoIsErased) {
    Volunteer mother = elder("王秀英");
    serve(zhang, 45);
    name(zhang, mother);
    act([&](journal::Turn& turn) {
        return accounts::erase_person(turn, *street_staff, accounts_desk, mother.person,
                                      "本人申请");
    }).value();
    leave(zhang).value();
    EXPECT_EQ(balance(mother), 0);
    EXPECT_EQ(balance(LedgerAccount::pool), 45);
    EXPECT_EQ(facts("credit.taken_over").back().subject("beneficiary"), 0);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

}  // namespace
}  // namespace hezhi::time_bank
