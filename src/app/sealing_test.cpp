// The sealer of an installation, its key file, and what becomes of it when the key is lost.
#include "app/sealing.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>

#include "app/seal_head.h"
#include "journal/verify.h"
#include "support/engines.h"

namespace hezhi::app {
namespace {

namespace fs = std::filesystem;

class Sealing : public hezhi::testing::OnBothEngines {
  protected:
    Sealing() {
        migrate(place, crypto::SuiteName::gm, "packs/base", clock, true);
        open();
    }
    void open() {
        installation.reset();
        installation = std::make_unique<Installation>(
            place, clock, random, journal::LedgerOptions{.inline_actions_per_turn = 1});
    }
    void add_area(const std::string& name) {
        auto added = installation->ledger().act<std::int64_t>([&](journal::Turn& turn) {
            return areas::add_area(turn, Actor{.via = Via::command}, {}, "district", name,
                                   std::nullopt);
        });
        ASSERT_TRUE(added.has_value());
    }
    journal::Verified verified() {
        auto db = installation->ledger().read();
        auto key = crypto::SigningKey::load(place.seal_key_file(), crypto::SuiteName::gm);
        journal::SealTrust trust;
        if (key) trust.keys.push_back(key->public_key());
        if (auto head = kept_head(place).value()) trust.heads.push_back(*head);
        return journal::verify(*db, installation->ledger().tables(),
                               *installation->ledger().packs(), {}, {}, trust);
    }

    void damage(const std::string& sql) { installation->database().connect()->script(sql); }
    std::int64_t kept_number() { return kept_head(place).value().value().block.header.number; }

    hezhi::testing::TempFolder folder;
    Location place{home.url(), folder.path() / "keys"};
    ManualClock clock{Instant{1772672400000}};
    crypto::SystemRandom random;
    std::unique_ptr<Installation> installation;
};
HEZHI_ON_BOTH_ENGINES(Sealing);

TEST_P(Sealing, WaitsLessThanAMinuteOrAThousandFacts) {
    Sealer sealer(installation->ledger(), place);
    ASSERT_TRUE(sealer.able()) << sealer.why();
    EXPECT_EQ(sealer.seal_due(), 0) << "too early";
    clock.advance(seal_after);
    EXPECT_EQ(sealer.seal_due(), 1);
    EXPECT_EQ(sealer.seal_due(), 0);
    auto added = installation->ledger().act<std::int64_t>([&](journal::Turn& turn) {
        Result<std::int64_t> last = 0;
        for (int i = 0; i < journal::seal_facts_max; ++i) {
            last = areas::add_area(turn, Actor{.via = Via::command}, {}, "district",
                                   "区" + std::to_string(i), std::nullopt);
        }
        return last;
    });
    ASSERT_TRUE(added.has_value());
    EXPECT_EQ(sealer.seal_due(), 1) << "at once";
    EXPECT_TRUE(verified().differences.empty());
}

TEST_P(Sealing, AKeyThatIsGoneIsToldAndReplacedOnlyWhenItIsSaidToBeLost) {
    add_area("甲区");
    Sealer(installation->ledger(), place).seal_all();
    fs::remove(place.seal_key_file());
    add_area("乙区");
    {
        Sealer sealer(installation->ledger(), place);
        EXPECT_FALSE(sealer.able());
        EXPECT_THAT(sealer.why(), ::testing::HasSubstr("hezhi keys seal --lost"));
        EXPECT_EQ(sealer.seal_all(), 0);
    }
    migrate(place, crypto::SuiteName::gm, "packs/base", clock, true);
    EXPECT_FALSE(fs::exists(place.seal_key_file())) << "no second key is made in silence";
    EXPECT_THROW(change_seal_key(*installation, false), CannotOpen);
    auto key = change_seal_key(*installation, true);
    add_area("丙区");
    Sealer sealer(installation->ledger(), place);
    ASSERT_TRUE(sealer.able()) << sealer.why();
    EXPECT_EQ(sealer.seal_all(), 1);
    auto result = verified();
    EXPECT_TRUE(result.differences.empty());
    EXPECT_THAT(result.unvouched_keys, ::testing::ElementsAre(key.id()));
}

TEST_P(Sealing, AChangedKeyIsVouchedForAndTheOldFileSealsNoMore) {
    Sealer running(installation->ledger(), place);
    running.seal_all();
    fs::copy_file(place.seal_key_file(), folder.path() / "old");
    change_seal_key(*installation, false);
    EXPECT_TRUE(verified().differences.empty()) << "though no fact came since";
    EXPECT_TRUE(verified().unvouched_keys.empty());
    add_area("甲区");
    EXPECT_EQ(running.seal_all(), 0) << "the service was not started anew";
    EXPECT_TRUE(verified().differences.empty());
    EXPECT_EQ(Sealer(installation->ledger(), place).seal_all(), 1);
    EXPECT_TRUE(verified().differences.empty());
    fs::copy_file(folder.path() / "old", place.seal_key_file(),
                  fs::copy_options::overwrite_existing);
    EXPECT_FALSE(Sealer(installation->ledger(), place).able());
}

TEST_P(Sealing, AChangeThatWasCutOffBeforeTheFileTookItsPlaceIsFinished) {
    fs::copy_file(place.seal_key_file(), folder.path() / "old");
    auto key = change_seal_key(*installation, false);
    fs::rename(place.seal_key_file(), place.seal_key_file().string() + ".next");
    fs::rename(folder.path() / "old", place.seal_key_file());
    Sealer sealer(installation->ledger(), place);
    EXPECT_TRUE(sealer.able()) << sealer.why();
    auto loaded = crypto::SigningKey::load(place.seal_key_file(), crypto::SuiteName::gm);
    EXPECT_EQ(loaded->public_key().id(), key.id());
}

TEST_P(Sealing, WhatWasSealedIsNotSealedAnotherWayAfterItsBlocksWereTakenOut) {
    Sealer running(installation->ledger(), place);
    running.seal_all();
    add_area("甲区");
    running.seal_all();
    EXPECT_EQ(kept_number(), 2);
    for (const char* taken :
         {"DELETE FROM seal_blocks WHERE number = 2", "DELETE FROM seal_blocks"}) {
        SCOPED_TRACE(taken);
        damage(taken);
        auto differences = verified().differences;
        ASSERT_EQ(differences.size(), 1U);
        EXPECT_EQ(differences[0].place, "signed head 2");
        Sealer fresh(installation->ledger(), place);
        EXPECT_FALSE(fresh.able());
        EXPECT_THAT(fresh.why(), ::testing::HasSubstr("hezhi verify"));
        EXPECT_EQ(fresh.seal_all(), 0);
        EXPECT_THROW(change_seal_key(*installation, false), CannotOpen);
        EXPECT_THROW(change_seal_key(*installation, true), CannotOpen);
    }
    EXPECT_TRUE(running.able());
    EXPECT_EQ(running.seal_due(), 0);
    EXPECT_FALSE(running.able()) << "noticed while it runs";
    EXPECT_TRUE(running.trouble());
    EXPECT_FALSE(journal::last_block(*installation->ledger().read())) << "nothing was signed";
}

TEST_P(Sealing, ABlockOfTheSameNumberIsNotTheOneThatWasSealed) {
    Sealer(installation->ledger(), place).seal_all();
    damage("UPDATE seal_blocks SET root = previous");
    EXPECT_FALSE(Sealer(installation->ledger(), place).able());
}

TEST_P(Sealing, AnOlderDatabaseIsSealedOnOnlyOnceTheHeadWasMovedAway) {
    Sealer(installation->ledger(), place).seal_all();
    add_area("甲区");
    Sealer(installation->ledger(), place).seal_all();
    damage("DELETE FROM seal_blocks WHERE number = 2");
    EXPECT_FALSE(Sealer(installation->ledger(), place).able());
    fs::remove(place.seal_head_file());
    Sealer accepted(installation->ledger(), place);
    EXPECT_TRUE(accepted.able()) << accepted.why();
    EXPECT_EQ(kept_number(), 1) << "what is there is kept at once";
    EXPECT_EQ(accepted.seal_all(), 1);
    EXPECT_TRUE(verified().differences.empty());
}

TEST_P(Sealing, AHeadFromBeforeTheLastBlockIsTakenForward) {
    Sealer(installation->ledger(), place).seal_all();
    fs::copy_file(place.seal_head_file(), folder.path() / "before");
    add_area("甲区");
    Sealer(installation->ledger(), place).seal_all();
    fs::rename(folder.path() / "before", place.seal_head_file());
    EXPECT_TRUE(verified().differences.empty());
    Sealer sealer(installation->ledger(), place);
    EXPECT_TRUE(sealer.able()) << sealer.why();
    EXPECT_EQ(kept_number(), 2);
    change_seal_key(*installation, false);
    EXPECT_EQ(kept_number(), 3) << "the new key's own block";
    EXPECT_EQ(fs::status(place.seal_head_file()).permissions(),
              fs::status(place.seal_key_file()).permissions());
}

TEST_P(Sealing, AHeadThatCannotBeReadOrWrittenIsTold) {
    Sealer sealer(installation->ledger(), place);
    fs::path in_the_way = place.seal_head_file().string() + ".part-" + std::to_string(::getpid());
    fs::create_directory(in_the_way);
    EXPECT_EQ(sealer.seal_all(), 1);
    EXPECT_TRUE(sealer.able()) << "what is sealed is better than what is not";
    EXPECT_TRUE(sealer.trouble());
    fs::remove(in_the_way);
    add_area("甲区");
    EXPECT_EQ(sealer.seal_all(), 1);
    EXPECT_FALSE(sealer.trouble());
    std::ofstream(place.seal_head_file()) << "{";
    EXPECT_FALSE(Sealer(installation->ledger(), place).able());
    EXPECT_EQ(sealer.seal_due(), 0);
    EXPECT_FALSE(sealer.able());
}

}  // namespace
}  // namespace hezhi::app
