// Whatever happens in whatever order, all accounts add up to zero and none is below its floor; what
// stands in the tables is what the facts say, and they say the same on any number of threads.
#include <sstream>

#include "domain/time_bank/test_random_life.h"
#include "journal/evaluate.h"
#include "journal/facts_about.h"

namespace hezhi::time_bank {
namespace {

constexpr std::uint64_t ledger_seeds[] = {20261129, 20261130, 20261201};

class RandomLedger : public RandomLife {
  protected:
    // After every step the accounts are held to their sum and floors.
    void live_all_seeds() {
        for (std::uint64_t seed : ledger_seeds) {
            live_at_random(seed);
            if (HasFatalFailure()) return;
        }
    }
    // What `hezhi evaluate` says of the facts under the pack in force.
    std::string evaluated_on(int threads) {
        std::stringstream lines, out;
        auto db = ledger->read();
        journal::each_fact_line(*db, [&](std::string_view line) { lines << line << "\n"; });
        journal::Figures figures;
        for (const auto& each : ledger->tables().all()) figures.push_back(&each->def());
        auto done = journal::evaluate(lines, figures, packs()->in_force(clock.now())->pack,
                                      {.at = {}, .threads = threads}, out);
        EXPECT_TRUE(done.has_value());
        return out.str();
    }
    void expect_that_replay_is_live_on_any_number_of_threads() {
        EXPECT_EQ(differences(), std::vector<journal::Difference>{}) << "replay equals live";
        std::string alone = evaluated_on(1);
        EXPECT_NE(alone.find("\"time_accounts\""), std::string::npos);
        for (int threads : {2, 5}) EXPECT_TRUE(evaluated_on(threads) == alone) << threads;
    }
    // Else nothing was tried.
    void expect_some_of(const std::vector<std::string_view>& kinds) {
        for (auto kind : kinds) EXPECT_FALSE(facts(kind).empty()) << kind;
    }
    void expect_reversals_of(const std::vector<std::string_view>& kinds) {
        auto reversals = facts(PostingReversed::kind);
        for (auto kind : kinds) {
            auto posted = facts(kind);
            bool some = std::ranges::any_of(reversals, [&](const Fact& reversal) {
                return std::ranges::find(posted, reversal.subject("posting"), &Fact::position) !=
                       posted.end();
            });
            EXPECT_TRUE(some) << "none was reversed of " << kind;
        }
    }
    void expect_all_that_moves_time() {
        expect_some_of({EarningJudged::kind, PostingReversed::kind, CreditDonated::kind,
                        CreditGifted::kind, CreditGranted::kind, CreditLapsed::kind,
                        CreditHeld::kind, CreditSettled::kind, CreditReleased::kind,
                        CreditSent::kind, CreditReceived::kind, TransferDisputed::kind,
                        TransferSettled::kind, CreditTakenOver::kind});
        expect_reversals_of({EarningJudged::kind, CreditDonated::kind, CreditGifted::kind,
                             CreditGranted::kind, CreditTakenOver::kind});
        auto charged = facts(CreditReleased::kind);
        EXPECT_TRUE(std::ranges::any_of(charged, [](const Fact& fact) {
            return fact.as<CreditReleased>().charged > 0;
        })) << "nobody was missing";
        auto estates = facts(CreditTakenOver::kind);
        EXPECT_TRUE(std::ranges::any_of(estates, [](const Fact& fact) {
            return fact.subject("beneficiary") > 0;
        })) << "nobody had named a beneficiary";
    }
};
HEZHI_ON_BOTH_ENGINES(RandomLedger);

TEST_P(RandomLedger, IsSoundAfterEveryStepWhereTimeIsSavedAndUsed) {
    settle_in(time_is_saved);
    live_all_seeds();
    if (HasFatalFailure()) return;
    expect_all_that_moves_time();
    EXPECT_TRUE(facts(ExchangeAgreed::kind).empty()) << "only members help each other";
    expect_that_replay_is_live_on_any_number_of_threads();
}

TEST_P(RandomLedger, IsSoundAfterEveryStepWhereMembersHelpEachOther) {
    settle_in(members_help);
    live_all_seeds();
    if (HasFatalFailure()) return;
    expect_all_that_moves_time();
    expect_some_of({ListingPosted::kind, ExchangeAgreed::kind, ExchangeConfirmed::kind,
                    ExchangeCancelled::kind});
    expect_reversals_of({ExchangeConfirmed::kind});
    expect_that_replay_is_live_on_any_number_of_threads();
}

}  // namespace
}  // namespace hezhi::time_bank
