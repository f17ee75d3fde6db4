// The sealer of an installation, its key file, and what becomes of it when the key is lost.
#include "app/sealing.h"

#include <gmock/gmock.h>

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
        return journal::verify(*db, installation->ledger().tables(),
                               *installation->ledger().packs(), {}, {}, trust);
    }

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

}  // namespace
}  // namespace hezhi::app
