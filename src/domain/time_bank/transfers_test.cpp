// 通存通兑: time that leaves for another district, comes from it, is disputed and goes back.
#include "crypto/signing.h"
#include "domain/time_bank/test_bank.h"

namespace hezhi::time_bank {
namespace {

class Transfers : public TimeBankWorld {
  protected:
    // 40 of 张's minutes, sent to here and taken in for 刘: both districts are this one.
    TransferId received_by_liu() {
        serve(zhang, 45);
        know_peer("0123456789abcdef");
        know_peer("fedcba9876543277");
        SendCredit sent{zhang.person, Text<1, 40>("0123456789abcdef"), Bounded<1, 600'000>(40)};
        act([&](journal::Turn& turn) { return send_credit(turn, *officer, sent); }).value();
        IncomingTransfer incoming{
            "fedcba9876543277", facts("credit.sent").back(), {"0123456789abcdef"}, liu.person};
        return TransferId(act([&](journal::Turn& turn) {
                              return receive_credit(turn, command, incoming);
                          }).value());
    }
    Result<std::int64_t> dispute(TransferId id) {
        return act([&](journal::Turn& turn) {
            return dispute_transfer(turn, *officer, time_bank_desk, id, "对方区来函");
        });
    }
    Result<std::int64_t> settle(TransferId id, bool upheld) {
        SettleTransfer input{upheld, Text<1, 200>("已核实")};
        return act([&](journal::Turn& turn) {
            return settle_transfer(turn, *officer, time_bank_desk, id, input);
        });
    }
};
HEZHI_ON_BOTH_ENGINES(Transfers);

TEST_P(Transfers, SendCreditLeavesAndReceiveCreditTakesInOnce) {
    serve(zhang, 45);
    auto send = [&](std::string_view to, long long sent) {
        SendCredit input{zhang.person, Text<1, 40>(std::string(to)), Bounded<1, 600'000>(sent)};
        return act([&](journal::Turn& turn) { return send_credit(turn, *officer, input); });
    };
    EXPECT_REFUSED(send("west", 10), hezhi::refusals::invalid_input);
    EXPECT_REFUSED(send("0123456789abcdef", 40), refusals::peer_unknown);
    know_peer("0123456789abcdef");
    EXPECT_REFUSED(send("0123456789abcdef", 46), refusals::credit_too_low);
    send("0123456789abcdef", 40).value();
    EXPECT_EQ(balance(zhang), 5);
    EXPECT_EQ(balance(LedgerAccount::transferred), 40);
    // The same statement comes back to us, from a district whose key is …77.
    IncomingTransfer incoming{
        "fedcba9876543277", facts("credit.sent").back(), {"0123456789abcdef"}, liu.person};
    auto receive = [&] {
        return act([&](journal::Turn& turn) { return receive_credit(turn, command, incoming); });
    };
    EXPECT_REFUSED(receive(), refusals::peer_unknown);
    know_peer("fedcba9876543277");
    std::int64_t id = receive().value();
    EXPECT_EQ(balance(liu), 40);
    EXPECT_REFUSED(receive(), refusals::transfer_received_already);
    incoming.own_ledgers = {"aaaaaaaaaaaaaaaa"};
    EXPECT_REFUSED(receive(), refusals::transfer_not_for_us);
    incoming.sent = facts("earning.judged").back();
    EXPECT_REFUSED(receive(), refusals::transfer_not_for_us);
    EXPECT_EQ(facts("credit.received").back().position, id);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Transfers, AdmitPeerByItsPublicKeyAndDismissPeerEndsIt) {
    auto key = crypto::SigningKey::generate(crypto::SuiteName::gm).public_key();
    auto admit = [&](const api::Caller& who, const std::string& pem) {
        AdmitPeer input{Text<1, 60>("市南区"), Text<1, 2000>(pem)};
        return act([&](journal::Turn& turn) { return admit_peer(turn, who, input); });
    };
    auto dismiss = [&](const api::Caller& who) {
        return act([&](journal::Turn& turn) { return dismiss_peer(turn, who, key.id()); });
    };
    EXPECT_REFUSED(admit(*officer, "no key"), hezhi::refusals::invalid_input);
    EXPECT_REFUSED(admit(*street_staff, key.pem()), hezhi::refusals::not_permitted);
    EXPECT_REFUSED(dismiss(*officer), refusals::peer_unknown);
    admit(*officer, key.pem()).value();
    EXPECT_REFUSED(admit(*officer, key.pem()), refusals::peer_known);
    serve(zhang, 45);
    SendCredit sent{zhang.person, Text<1, 40>(key.id()), Bounded<1, 600'000>(10)};
    auto send = [&] {
        return act([&](journal::Turn& turn) { return send_credit(turn, *officer, sent); });
    };
    send().value();
    EXPECT_REFUSED(dismiss(*street_staff), hezhi::refusals::not_permitted);
    dismiss(*officer).value();
    EXPECT_REFUSED(send(), refusals::peer_unknown);
    admit(*officer, key.pem()).value();
    send().value();
    auto list = reading_as(
        *officer, [&](const api::Reading& reading) { return list_peers(reading).value(); });
    ASSERT_EQ(list.items.size(), 1U);
    EXPECT_EQ(list.items.front().ledger, key.id());
    EXPECT_EQ(list.items.front().actions, std::vector<std::string>{"dismiss_peer"});
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Transfers, DisputeTransferFreezesThatAmountOnlyAndSettleTransferEndsIt) {
    TransferId id = received_by_liu();
    serve(liu, 45);
    donate(liu, 60).value();
    EXPECT_REFUSED(settle(id, true), refusals::transfer_state_forbids);
    dispute(id).value();
    EXPECT_EQ(balance(liu), 0);
    EXPECT_EQ(balance(LedgerAccount::disputed, liu.person), 25) << "what is left of the 40";
    EXPECT_REFUSED(dispute(id), refusals::transfer_state_forbids);
    serve(liu, 45);
    EXPECT_EQ(balance(liu), 45) << "nothing else is frozen";
    settle(id, false).value();
    EXPECT_EQ(balance(liu), 70);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Transfers, SettleTransferSendsWhatIsUpheldBackToWhereItCameFrom) {
    TransferId id = received_by_liu();
    dispute(id).value();
    settle(id, true).value();
    EXPECT_EQ(balance(LedgerAccount::disputed, liu.person), 0);
    // There it is taken in like any other statement.
    Fact back = facts("credit.sent").back();
    EXPECT_EQ(back.as<CreditSent>().to, "fedcba9876543277");
    EXPECT_EQ(facts("transfer.settled").back().subject("posting"), back.position);
    auto page = reading_as(*officer, [&](const api::Reading& reading) {
        return transfer_page(reading, time_bank_desk, id).value();
    });
    EXPECT_EQ(page.state, TransferStep::returned);
    EXPECT_EQ(page.returned_as, TransferId(back.position)) << "its page leads there";
    IncomingTransfer returned_home{"0123456789abcdef", back, {"fedcba9876543277"}, zhang.person};
    act([&](journal::Turn& turn) { return receive_credit(turn, command, returned_home); }).value();
    EXPECT_EQ(balance(zhang), 45);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

}  // namespace
}  // namespace hezhi::time_bank
