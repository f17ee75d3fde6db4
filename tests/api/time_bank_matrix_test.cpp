// The time bank: actions × roles × how the caller stands to the account.
#include "api/matrix.h"
#include "domain/accounts/account_pages.h"
#include "domain/time_bank/listings.h"
#include "domain/time_bank/transfer_proof.h"
#include "journal/ledger.h"
#include "support/changed_pack.h"

namespace hezhi {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::holds;
using testing::Standing;

class TimeBankMatrix : public testing::MatrixWorld {
  protected:
    api::Caller caller(std::string_view role, Standing standing) {
        api::Caller made;
        made.account = AccountId(999999);
        made.person = standing == Standing::own ? zhang.person : PersonId(999999);
        AreaId area = standing == Standing::outside ? other_district : subdistrict;
        made.roles = {{std::string(role), area, path_of(area)}};
        made.held = accounts::held_by(made.roles);
        return made;
    }
    void know_peer(std::string_view peer) {
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            return turn.append(draft(PeerAdmitted{std::string(peer), "邻区", "no key"}, command, {},
                                     {{"peer", self}}, turn.now()));
        }).value();
    }
    // 45 minutes of 张, by a record.
    std::int64_t earned() {
        records::EnterRecord input;
        input.person_id = zhang.person;
        input.category.value = "errands";
        input.starts_at = clock.now();
        input.ends_at = clock.now() + minutes(45);
        input.unpaid = true;
        clock.advance(hours(1));
        act([&](journal::Turn& turn) {
            return records::enter_record(turn, *social_worker, record_desk, input);
        }).value();
        return facts("earning.judged").back().position;
    }
};
HEZHI_ON_BOTH_ENGINES(TimeBankMatrix);

TEST_P(TimeBankMatrix, OfReversePostingAndDonateCreditAnswersEveryoneAsThePermissionsSay) {
    time_bank::PostingId posting(earned());
    int reached = 0;
    for (const auto& role : accounts::roles()) {
        for (Standing standing : {Standing::inside, Standing::outside, Standing::own}) {
            api::Caller who = caller(role.key, standing);
            std::string which = std::string(role.key) + ", " + std::string(label_of(standing));
            std::string reversed = outcome_of([&](journal::Turn& turn) {
                return time_bank::reverse_posting(turn, who, time_bank_desk, posting, "不实");
            });
            bool held = holds(role.key, "posting.reverse", Standing::inside);
            if (!held || standing == Standing::outside) {
                EXPECT_EQ(reversed, "not_found") << which;
            } else {
                EXPECT_EQ(reversed, standing == Standing::own ? "own_posting" : "done") << which;
                ++reached;
            }
            std::string given = outcome_of([&](journal::Turn& turn) {
                return time_bank::donate_credit(turn, who, {Bounded<1, 600'000>(45)});
            });
            if (!holds(role.key, "credit.donate", Standing::own)) {
                EXPECT_EQ(given, "not_permitted") << which;
            } else {
                EXPECT_EQ(given, standing == Standing::own ? "done" : "credit_too_low") << which;
                ++reached;
            }
        }
    }
    EXPECT_EQ(reached, 5);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{}) << "nothing of it was kept";
}

TEST_P(TimeBankMatrix, OfReverseGrantAnswersEveryoneAsThePermissionsSay) {
    CreditGranted granted;
    granted.group = "hardship_60";
    granted.lapses_at = clock.now() + hours(24);
    granted.legs = {{LedgerAccount::pool, {}, -30}, {LedgerAccount::grant, zhang.person, 30}};
    time_bank::PostingId posting(
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            return turn.append(draft(granted, command, Place{community, path_of(community)},
                                     {{"person", zhang.person.value}}, turn.now()));
        }).value());
    int reached = 0;
    for (const auto& role : accounts::roles()) {
        for (Standing standing : {Standing::inside, Standing::outside, Standing::own}) {
            api::Caller who = caller(role.key, standing);
            std::string reversed = outcome_of([&](journal::Turn& turn) {
                return time_bank::reverse_grant(turn, who, time_bank_desk, posting, "不实");
            });
            bool may =
                standing != Standing::outside && holds(role.key, "credit.grant", Standing::inside);
            std::string done = standing == Standing::own ? "own_posting" : "done";
            EXPECT_EQ(reversed, may ? done : "not_found") << role.key << ", " << label_of(standing);
            if (reversed == "done") ++reached;
        }
    }
    EXPECT_EQ(reached, 2) << "the desks of a community and of a subdistrict";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{}) << "nothing of it was kept";
}

TEST_P(TimeBankMatrix, OfGivingAndPassingOnAnswersEveryoneAsThePermissionsSay) {
    earned();
    time_bank::GiftCredit gift{zhang.person, liu.person, Text<1, 40>("spouse"),
                               Bounded<1, 600'000>(10)};
    time_bank::GrantCredit grant{liu.person, Text<1, 40>("hardship_60")};
    time_bank::NameBeneficiary named{zhang.person, liu.person, Text<1, 40>("spouse")};
    time_bank::TakeOverCredit estate{zhang.person, clock.now(), Text<1, 200>("证明")};
    for (const auto& role : accounts::roles()) {
        for (Standing standing : {Standing::inside, Standing::outside, Standing::own}) {
            api::Caller who = caller(role.key, standing);
            std::string which = std::string(role.key) + ", " + std::string(label_of(standing));
            std::string given = outcome_of([&](journal::Turn& turn) {
                return time_bank::gift_credit(turn, who, time_bank_desk, gift);
            });
            bool inside = standing != Standing::outside;
            bool gives = inside && holds(role.key, "credit.gift", Standing::inside);
            // 刘 is too young to use time; whoever got that far was permitted.
            std::string then = standing == Standing::own ? "own_posting" : "may_not_redeem";
            EXPECT_EQ(given, gives ? then : "not_found") << which;
            std::string granted = outcome_of([&](journal::Turn& turn) {
                return time_bank::grant_credit(turn, who, time_bank_desk, grant);
            });
            bool grants = inside && holds(role.key, "credit.grant", Standing::inside);
            EXPECT_EQ(granted, grants ? "group_does_not_fit" : "not_found") << which;
            auto answers = [&](std::string_view permission, std::string done) {
                return inside && holds(role.key, permission, Standing::inside) ? done : "not_found";
            };
            std::string naming = outcome_of(
                [&](journal::Turn& turn) { return time_bank::name_beneficiary(turn, who, named); });
            EXPECT_EQ(naming, answers("beneficiary.name",
                                      standing == Standing::own ? "own_posting" : "done"))
                << which;
            std::string taking = outcome_of([&](journal::Turn& turn) {
                return time_bank::take_over_credit(turn, who, time_bank_desk, estate);
            });
            EXPECT_EQ(taking, answers("credit.take_over", "done")) << which;
            std::string waking = outcome_of([&](journal::Turn& turn) {
                return time_bank::wake_credit(turn, who, zhang.person);
            });
            EXPECT_EQ(waking, answers("credit.wake",
                                      standing == Standing::own ? "own_posting" : "account_awake"))
                << which;
        }
    }
}

// ask_entitlement by oneself or the desk; approve_entitlement, reject_entitlement and
// end_entitlement by the desk, never of oneself.
TEST_P(TimeBankMatrix, OfEntitlementsAnswersEveryoneAsThePermissionsSay) {
    using Deed =
        Result<std::int64_t> (*)(journal::Turn&, const api::Caller&, const time_bank::TimeBankDesk&,
                                 PersonId, std::string_view);
    time_bank::AskEntitlement input{Text<1, 40>("disability"), Text<1, 500>("残疾人证")};
    auto ask = [&](journal::Turn& turn, const api::Caller& who) {
        return time_bank::ask_entitlement(turn, who, time_bank_desk, zhang.person, input);
    };
    int reached = 0;
    auto each = [&](std::string_view action, auto expected, auto deed) {
        for (const auto& role : accounts::roles()) {
            for (Standing standing : {Standing::inside, Standing::outside, Standing::own}) {
                api::Caller who = caller(role.key, standing);
                std::string outcome =
                    outcome_of([&](journal::Turn& turn) { return deed(turn, who); });
                EXPECT_EQ(outcome, expected(role.key, standing))
                    << action << " by " << role.key << ", " << label_of(standing);
                if (outcome == "done") ++reached;
            }
        }
    };
    each(
        "ask_entitlement",
        [&](std::string_view role, Standing standing) -> std::string {
            // "own" stands in the area as well.
            bool may =
                holds(role, "entitlement.ask", standing) ||
                (standing == Standing::own && holds(role, "entitlement.ask", Standing::inside));
            return may ? "done" : "not_found";
        },
        ask);
    act([&](journal::Turn& turn) { return ask(turn, *zhang.caller); }).value();
    auto decided = [&](std::string_view role, Standing standing) -> std::string {
        bool may = holds(role, "entitlement.approve", Standing::inside);
        if (!may || standing == Standing::outside) return "not_found";
        return standing == Standing::own ? "own_entitlement" : "done";
    };
    auto decide = [&](std::string_view action, Deed deed) {
        each(action, decided, [&](journal::Turn& turn, const api::Caller& who) {
            return deed(turn, who, time_bank_desk, zhang.person, "已核对");
        });
    };
    decide("approve_entitlement", time_bank::approve_entitlement);
    decide("reject_entitlement", time_bank::reject_entitlement);
    act([&](journal::Turn& turn) {
        return time_bank::approve_entitlement(turn, *street_staff, time_bank_desk, zhang.person,
                                              "已核对");
    }).value();
    decide("end_entitlement", time_bank::end_entitlement);
    EXPECT_EQ(reached, 16) << "ten ask, two decide in three ways";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{}) << "nothing of it was kept";
}

// Every page names the bank by the session.
TEST_P(TimeBankMatrix, TheSessionTellsWhatTheDistrictCallsItsTimeBank) {
    auto name_of_bank = [&] {
        return reading_as(*zhang.caller, [&](const api::Reading& reading) {
            auto session =
                accounts::show_session(reading.db, accounts_desk, reading.caller, reading.pack());
            return session.time_bank_zh.value_or("") + ", " + session.time_bank_en.value_or("");
        });
    };
    EXPECT_EQ(name_of_bank(), "服务时间, service time");
    auto named = hezhi::testing::changed_pack(pack(), "time_bank.toml", R"([bank]
says = { zh = "一小时为一个时间币。", en = "An hour is one time coin." }
name = { zh = "时间币", en = "time coins" }
)");
    act([&](journal::Turn& turn) {
        return journal::publish_pack(turn, command, named, clock.now());
    }).value();
    EXPECT_EQ(name_of_bank(), "时间币, time coins");
}

TEST_P(TimeBankMatrix, OfAdmitPeerAndDismissPeerAnswersEveryoneAsThePermissionsSay) {
    know_peer("0123456789abcdef");
    for (const auto& role : accounts::roles()) {
        api::Caller who = caller(role.key, Standing::inside);
        std::string admitted = outcome_of([&](journal::Turn& turn) {
            return time_bank::admit_peer(turn, who,
                                         {Text<1, 60>("市南区"), Text<1, 2000>("no key")});
        });
        // Whoever got so far as to have the key read was permitted.
        bool admits = holds(role.key, "peer.admit", Standing::inside);
        EXPECT_EQ(admitted, admits ? "invalid_input" : "not_permitted") << role.key;
        std::string dismissed = outcome_of([&](journal::Turn& turn) {
            return time_bank::dismiss_peer(turn, who, "0123456789abcdef");
        });
        bool dismisses = holds(role.key, "peer.dismiss", Standing::inside);
        EXPECT_EQ(dismissed, dismisses ? "done" : "not_permitted") << role.key;
    }
}

TEST_P(TimeBankMatrix, OfBookOrderAnswersEveryoneAsThePermissionsSay) {
    for (const auto& role : accounts::roles()) {
        for (Standing standing : {Standing::inside, Standing::outside, Standing::own}) {
            api::Caller who = caller(role.key, standing);
            orders::BookOrder input;
            input.category.value = "errands";
            input.starts_at = tomorrow_at(9);
            std::string booked = outcome_of(
                [&](journal::Turn& turn) { return orders::book_order(turn, who, desk, input); });
            // 张 is too young to use time; whoever got that far was permitted.
            bool may = standing == Standing::own && holds(role.key, "order.book", Standing::own);
            EXPECT_EQ(booked, may ? "may_not_redeem" : "not_permitted")
                << role.key << ", " << label_of(standing);
        }
    }
}

TEST_P(TimeBankMatrix, OfListingsAndExchangesAnswersEveryoneAsThePermissionsSay) {
    auto mutual = hezhi::testing::changed_pack(pack(), "time_bank.toml", R"([bank]
says = { zh = "会员之间互助，可以先用后还。", en = "Members help each other and may use first." }
model = "mutual"
overdraft_minutes_max = 600
)");
    act([&](journal::Turn& turn) {
        return journal::publish_pack(turn, command, mutual, clock.now());
    }).value();
    auto post = [&](const api::Caller& who, std::optional<PersonId> person) {
        time_bank::PostListing input{ListingSide::offer, Text<1, 60>("errands"),
                                     Text<1, 200>("代买菜"), Bounded<5, 1440>(30), person};
        return [this, input, &who](journal::Turn& turn) {
            return time_bank::post_listing(turn, who, time_bank_desk, input);
        };
    };
    ListingId of_zhang(act(post(*zhang.caller, {})).value());
    ListingId of_liu(act(post(*liu.caller, {})).value());
    auto agree = [&](const api::Caller& who, std::optional<PersonId> person) {
        return [this, &who, person, of_liu](journal::Turn& turn) {
            return time_bank::agree_exchange(turn, who, time_bank_desk, of_liu,
                                             {Bounded<5, 1440>(30), person});
        };
    };
    ExchangeId running(act(agree(*zhang.caller, {})).value());
    for (const auto& role : accounts::roles()) {
        for (Standing standing : {Standing::inside, Standing::outside, Standing::own}) {
            api::Caller who = caller(role.key, standing);
            bool own = standing == Standing::own;
            std::string which = std::string(role.key) + ", " + std::string(label_of(standing));
            auto answers = [&](std::string_view permission, std::string refused) {
                bool may = standing != Standing::outside && holds(role.key, permission, standing);
                return may ? std::string("done") : refused;
            };
            std::string unknown = own ? "not_permitted" : "not_found";
            EXPECT_EQ(outcome_of(post(who, zhang.person)), answers("listing.post", unknown))
                << which;
            EXPECT_EQ(outcome_of(agree(who, zhang.person)), answers("exchange.agree", unknown))
                << which;
            std::string withdrawn = outcome_of([&](journal::Turn& turn) {
                return time_bank::withdraw_listing(turn, who, of_zhang);
            });
            EXPECT_EQ(withdrawn, answers("listing.withdraw", "not_found")) << which;
            std::string confirmed = outcome_of([&](journal::Turn& turn) {
                return time_bank::confirm_exchange(turn, who, running, {Bounded<1, 1440>(30)});
            });
            EXPECT_EQ(confirmed, answers("exchange.settle", "not_found")) << which;
            std::string cancelled = outcome_of([&](journal::Turn& turn) {
                return time_bank::cancel_exchange(turn, who, running);
            });
            EXPECT_EQ(cancelled, answers("exchange.settle", "not_found")) << which;
        }
    }
}

TEST_P(TimeBankMatrix, OfTransfersAnswersEveryoneAsThePermissionsAndStatesSay) {
    earned();
    know_peer("0123456789abcdef");
    know_peer("fedcba9876543277");
    time_bank::SendCredit send{zhang.person, Text<1, 40>("0123456789abcdef"),
                               Bounded<1, 600'000>(20)};
    act([&](journal::Turn& turn) { return time_bank::send_credit(turn, *officer, send); }).value();
    std::map<std::string, TransferId> all;
    for (const char* state : {"received", "disputed"}) {
        Fact sent = facts("credit.sent").back();
        sent.position += std::ssize(all);  // another number of the other district
        time_bank::IncomingTransfer incoming{
            "fedcba9876543277", sent, {"0123456789abcdef"}, zhang.person};
        all[state] = TransferId(act([&](journal::Turn& turn) {
                                    return time_bank::receive_credit(turn, command, incoming);
                                }).value());
    }
    act([&](journal::Turn& turn) {
        return time_bank::dispute_transfer(turn, *officer, time_bank_desk, all["disputed"], "来函");
    }).value();
    TransferId sent_here(facts("credit.sent").front().position);
    time_bank::IncomingTransfer another{
        "fedcba9876543277", facts("credit.sent").back(), {"0123456789abcdef"}, zhang.person};
    another.sent.position += std::ssize(all);
    for (const auto& role : accounts::roles()) {
        for (Standing standing : {Standing::inside, Standing::outside, Standing::own}) {
            api::Caller who = caller(role.key, standing);
            std::string which = std::string(role.key) + ", " + std::string(label_of(standing));
            auto answers = [&](std::string_view permission, std::string done) {
                bool held =
                    standing != Standing::outside && holds(role.key, permission, Standing::inside);
                if (!held) return std::string("not_found");
                return standing == Standing::own && done == "done" ? "own_posting" : done;
            };
            std::string sending = outcome_of(
                [&](journal::Turn& turn) { return time_bank::send_credit(turn, who, send); });
            EXPECT_EQ(sending, answers("credit.send", "done")) << which;
            std::string receiving = outcome_of(
                [&](journal::Turn& turn) { return time_bank::receive_credit(turn, who, another); });
            EXPECT_EQ(receiving, answers("credit.send", "done")) << which;
            auto proof = reading_as(who, [&](const api::Reading& reading) {
                return time_bank::prove_transfer(reading, sent_here);
            });
            EXPECT_EQ(testing::code_of(proof), answers("credit.send", "fact_not_sealed")) << which;
            for (const auto& [state, id] : all) {
                bool fresh = state == "received";
                std::string disputing = outcome_of([&, id = id](journal::Turn& turn) {
                    return time_bank::dispute_transfer(turn, who, time_bank_desk, id, "来函");
                });
                EXPECT_EQ(disputing,
                          answers("transfer.dispute", fresh ? "done" : "transfer_state_forbids"))
                    << which << " " << state;
                std::string settling = outcome_of([&, id = id](journal::Turn& turn) {
                    return time_bank::settle_transfer(turn, who, time_bank_desk, id,
                                                      {false, Text<1, 200>("已核实")});
                });
                EXPECT_EQ(settling,
                          answers("transfer.settle", fresh ? "transfer_state_forbids" : "done"))
                    << which << " " << state;
            }
        }
    }
}

}  // namespace
}  // namespace hezhi
