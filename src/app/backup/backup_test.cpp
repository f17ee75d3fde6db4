// Backup and restore as they are meant to go, and as they go wrong. The source is on one engine,
// the target on both in turn.
#include "app/backup/backup.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "app/demo/demo.h"
#include "app/sealing.h"
#include "crypto/key_file.h"
#include "domain/accounts/accounts.h"
#include "journal/journal_copy.h"
#include "store/tables.h"
#include "support/engines.h"

namespace hezhi::app {
namespace {

namespace fs = std::filesystem;
using hezhi::testing::TempFolder;
using hezhi::testing::TestDatabase;

std::string content_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return std::move(text).str();
}

void change(const fs::path& file, const std::function<void(std::string&)>& how) {
    std::string text = content_of(file);
    how(text);
    std::ofstream(file, std::ios::binary) << text;
}

class Backups : public hezhi::testing::OnBothEngines {
  protected:
    Backups() {
        live(place, {.area_code = "370211",
                     .days = 1,
                     .people = 3,
                     .seed = 4,
                     .until = *parse_day("2025-11-30"),
                     .divisions = {"assets/divisions/qingdao-huangdao.csv"},
                     .pack = "packs/base"});
        installation = open(place);
    }

    std::unique_ptr<Installation> open(const Location& where) {
        return std::make_unique<Installation>(where, clock, random,
                                              journal::LedgerOptions{.inline_actions_per_turn = 1});
    }

    PersonId register_person(Installation& in, std::string_view name, std::string_view phone) {
        people::RegisterPerson input;
        input.name.value = name;
        input.phone.emplace(std::string(phone));
        input.area_id = AreaId(in.tree().now()->find_code("370211")->id);
        auto done = in.ledger().act<std::int64_t>([&](journal::Turn& turn) {
            return people::register_person(turn, Actor{.via = Via::command}, {input.area_id, "/1/"},
                                           in.people(), input);
        });
        return PersonId(done.value());
    }

    void erase(Installation& in, PersonId person) {
        accounts::AccountDesk desk{in.people(), in.tree(), in.suite(), in.random(), ""};
        auto done = in.ledger().act<std::int64_t>(
            [&](journal::Turn& turn) { return accounts::erase_person_again(turn, desk, person); });
        ASSERT_TRUE(done.has_value());
    }

    static std::string name_of(Installation& in, PersonId person) {
        return in.people().name(*in.ledger().read(), person);
    }

    Location target(const TestDatabase& elsewhere) {
        return {elsewhere.url(), place.key_file, folder.path() / "target.erasures"};
    }

    ErasureList known() { return read_erasures(place.erasures_file().string(), clock.now()); }

    // What is said when something is refused; empty if it was done.
    static std::string refusal_of(const std::function<void()>& what) {
        try {
            what();
        } catch (const CannotOpen& refused) {
            return refused.what();
        }
        return {};
    }

    TempFolder folder;
    Location place{home.url(), folder.path() / "keys"};
    ManualClock clock{Instant{1772672400000}};
    crypto::SystemRandom random;
    std::unique_ptr<Installation> installation;
    const fs::path backup = folder.path() / "backup";
};
HEZHI_ON_BOTH_ENGINES(Backups);

TEST_P(Backups, MadeUnderLoadAndRestoredOnEitherEngineVerifyAndForgetWhoWasErasedAfterwards) {
    PersonId stays = register_person(*installation, "钱留下", "13900000011");
    PersonId goes = register_person(*installation, "孙离开", "13900000012");
    auto before = installation->ledger().head().position;
    std::atomic<bool> enough{false};
    std::thread load([&] {
        auto other = open(place);
        for (int i = 0; !enough && i < 2000; ++i) {
            auto added = other->ledger().act<std::int64_t>([&](journal::Turn& turn) {
                return areas::add_area(turn, Actor{.via = Via::command}, {}, "district",
                                       "区" + std::to_string(i), std::nullopt);
            });
            EXPECT_TRUE(added.has_value());
        }
    });
    while (journal::head_of(*installation->ledger().read()).position < before + 5) {
        std::this_thread::yield();
    }
    auto manifest = back_up(*installation, backup);
    enough = true;
    load.join();
    EXPECT_GT(manifest.position, before);
    clock.advance(std::chrono::hours(1));
    erase(*installation, goes);
    note_erasures(place.erasures_file(), erasures_in(*installation->ledger().read(), clock.now()));

    for (auto engine : {store::Engine::sqlite, store::Engine::postgresql}) {
        TestDatabase elsewhere(engine);
        auto restored = restore(target(elsewhere), backup, known(), clock);
        EXPECT_TRUE(restored.verified.differences.empty())
            << restored.verified.differences.front().place;
        EXPECT_EQ(restored.erased, 1);
        auto again = open(target(elsewhere));
        // The backup's facts, the erasure, and nothing else but closed accounts.
        EXPECT_EQ(journal::chain_at(*again->ledger().read(), manifest.position), manifest.chain);
        EXPECT_EQ(name_of(*again, stays), "钱留下");
        EXPECT_EQ(name_of(*again, goes), "-");
        EXPECT_FALSE(again->people().find_by_phone(*again->ledger().read(), "13900000012"));
        EXPECT_EQ(again->people().find_by_phone(*again->ledger().read(), "13900000011"), stays);
    }
}

TEST_P(Backups, OfBeforeTheLastSealAreRestoredAndSealedOn) {
    Sealer(installation->ledger(), place).seal_all();
    back_up(*installation, backup);
    clock.advance(std::chrono::hours(1));
    register_person(*installation, "钱留下", "13900000011");
    ASSERT_EQ(Sealer(installation->ledger(), place).seal_all(), 1);
    std::string head = content_of(place.seal_head_file());
    drill(*installation, backup);
    EXPECT_EQ(content_of(place.seal_head_file()), head) << "a drill changes nothing";
    note_erasures(place.erasures_file(), erasures_in(*installation->ledger().read(), clock.now()));
    TestDatabase elsewhere(GetParam());
    restore(target(elsewhere), backup, known(), clock);
    EXPECT_NE(content_of(place.seal_head_file()), head);
    auto again = open(target(elsewhere));
    register_person(*again, "孙以后", "13900000012");
    Sealer sealer(again->ledger(), target(elsewhere));
    EXPECT_TRUE(sealer.able()) << sealer.why();
    EXPECT_EQ(sealer.seal_all(), 1);
}

TEST_P(Backups, HoldNoKey) {
    back_up(*installation, backup);
    std::string keys = content_of(place.key_file);
    auto at = keys.find("\nkey ") + 14;
    std::string digits = keys.substr(at, 64);
    auto bytes = crypto::from_hex(digits);
    ASSERT_TRUE(bytes.has_value());
    std::string raw(bytes->begin(), bytes->end());
    for (const auto& file : fs::directory_iterator(backup)) {
        std::string text = content_of(file);
        EXPECT_EQ(text.find(digits), std::string::npos) << file;
        EXPECT_EQ(text.find(raw), std::string::npos) << file;
        EXPECT_EQ(file.status().permissions() & fs::perms::others_all, fs::perms::none) << file;
    }
}

TEST_P(Backups, LeaveOutOnlyWhatIsMadeAnewOrHoldsForARunningServiceOnly) {
    auto manifest = back_up(*installation, backup);
    std::set<std::string> held, left_out;
    for (const auto& file : manifest.files) held.insert(file.name);
    EXPECT_TRUE(held.contains("journal.ndjson"));
    auto db = installation->ledger().read();
    for (const auto& table : store::table_names(*db)) {
        if (!held.contains(table + ".rows") && !table.starts_with("figure_")) {
            left_out.insert(table);
        }
    }
    EXPECT_THAT(left_out,
                ::testing::UnorderedElementsAre("journal", "journal_head", "fact_subjects",
                                                "schema_migrations", "sessions", "restores"));
}

TEST_P(Backups, ThatAreHalfWrittenOrDamagedAreRefusedAndNothingIsMade) {
    auto manifest = back_up(*installation, backup);
    EXPECT_NE(refusal_of([&] { back_up(*installation, backup); }).find("exists already"),
              std::string::npos);
    TestDatabase elsewhere(store::Engine::sqlite);
    auto refused = [&](const fs::path& from) {
        return refusal_of([&] { restore(target(elsewhere), from, known(), clock); });
    };
    int number = 0;
    auto damaged = [&](const std::function<void(const fs::path&)>& how) {
        fs::path copy = folder.path() / ("copy" + std::to_string(++number));
        fs::copy(backup, copy);
        how(copy);
        return refused(copy);
    };
    for (const auto& file : manifest.files) {
        if (file.bytes == 0) continue;
        EXPECT_NE(damaged([&](const fs::path& copy) {
                      change(copy / file.name, [](auto& text) { text[text.size() / 2] ^= 1; });
                  }).find(file.name),
                  std::string::npos);
        EXPECT_NE(damaged([&](const fs::path& copy) {
                      change(copy / file.name, [](auto& text) { text.pop_back(); });
                  }).find(file.name),
                  std::string::npos);
    }
    EXPECT_NE(damaged([](const fs::path& copy) {
                  fs::remove(copy / "manifest.json");
              }).find("no whole backup"),
              std::string::npos);
    EXPECT_NE(damaged([](const fs::path& copy) {
                  fs::remove(copy / "people_register.rows");
              }).find("people_register.rows"),
              std::string::npos);
    fs::create_directories(folder.path() / "busy.part");
    EXPECT_NE(
        refusal_of([&] { back_up(*installation, folder.path() / "busy"); }).find("another backup"),
        std::string::npos);
    EXPECT_FALSE(elsewhere.open()->connect()->has_table("journal"));
}

TEST_P(Backups, AreNotRestoredWithAListOfErasuresThatCannotBeComplete) {
    back_up(*installation, backup);
    TestDatabase elsewhere(store::Engine::sqlite);
    auto refused = [&](const ErasureList& list) {
        return refusal_of([&] { restore(target(elsewhere), backup, list, clock); });
    };
    auto old = known();
    old.known_at = old.known_at - Millis(1);
    EXPECT_NE(refused(old).find("older than the backup"), std::string::npos);
    auto foreign = known();
    foreign.origin = std::string(64, '0');
    EXPECT_NE(refused(foreign).find("another installation"), std::string::npos);
    EXPECT_NE(refusal_of([&] {
                  read_erasures((folder.path() / "nowhere").string(), clock.now());
              }).find("not there"),
              std::string::npos);
    // A list that is gone for good is said to be lost, and the database remembers that.
    auto restored = restore(target(elsewhere), backup, read_erasures("lost", clock.now()), clock);
    EXPECT_TRUE(restored.verified.differences.empty());
    auto held = elsewhere.open();
    auto again = held->connect();
    EXPECT_FALSE(again->row({"test.restores", "SELECT erasures_known_at FROM restores"})
                     ->integer_or_null(0));
}

TEST_P(Backups, LearnOfErasuresFromANewerBackupOrTheOldDatabaseToo) {
    PersonId goes = register_person(*installation, "孙离开", "13900000012");
    back_up(*installation, backup);
    clock.advance(std::chrono::hours(1));
    erase(*installation, goes);
    fs::path newer = folder.path() / "newer";
    back_up(*installation, newer);
    for (const std::string& source : {newer.string(), place.db_url}) {
        TestDatabase elsewhere(store::Engine::sqlite);
        auto restored =
            restore(target(elsewhere), backup, read_erasures(source, clock.now()), clock);
        EXPECT_EQ(restored.erased, 1) << source;
        EXPECT_EQ(name_of(*open(target(elsewhere)), goes), "-");
        fs::remove(folder.path() / "target.erasures");
    }
}

// Ids are positions, and positions are given out again after a restore.
TEST_P(Backups, DoNotForgetANewPersonWhoGotTheIdOfAnErasedOne) {
    back_up(*installation, backup);
    clock.advance(std::chrono::minutes(1));
    PersonId gone = register_person(*installation, "孙离开", "13900000012");
    erase(*installation, gone);
    note_erasures(place.erasures_file(), erasures_in(*installation->ledger().read(), clock.now()));

    TestDatabase second(store::Engine::sqlite), third(store::Engine::sqlite);
    EXPECT_EQ(restore(target(second), backup, known(), clock).erased, 0);
    clock.advance(std::chrono::minutes(1));
    auto there = open(target(second));
    PersonId fresh = register_person(*there, "周新来", "13900000013");
    EXPECT_EQ(fresh, gone);
    fs::path later = folder.path() / "later";
    back_up(*there, later);
    auto list = known();
    list.known_at = clock.now();
    EXPECT_EQ(restore(target(third), later, list, clock).erased, 0);
    EXPECT_EQ(name_of(*open(target(third)), fresh), "周新来");
}

TEST_P(Backups, ThatWereRestoredHalfwayAreNotServedAndGoOnWhenRunAgain) {
    PersonId goes = register_person(*installation, "孙离开", "13900000012");
    back_up(*installation, backup);
    clock.advance(std::chrono::hours(1));
    erase(*installation, goes);
    auto list = erasures_in(*installation->ledger().read(), clock.now());
    TestDatabase elsewhere(GetParam());
    struct Killed {};
    EXPECT_THROW(restore(target(elsewhere), backup, list, clock,
                         [](std::string_view what, std::int64_t, std::int64_t) {
                             if (what == "verify") throw Killed();
                         }),
                 Killed);
    EXPECT_NE(refusal_of([&] { open(target(elsewhere)); }).find("hezhi restore"),
              std::string::npos);
    EXPECT_TRUE(restore(target(elsewhere), backup, list, clock).verified.differences.empty());
    EXPECT_EQ(name_of(*open(target(elsewhere)), goes), "-");
    // And once it is finished, nothing is restored over it.
    EXPECT_NE(
        refusal_of([&] { restore(target(elsewhere), backup, list, clock); }).find("empty database"),
        std::string::npos);
}

TEST_P(Backups, WantTheKeysOfTheirTime) {
    back_up(*installation, backup);
    TestDatabase elsewhere(store::Engine::sqlite);
    Location wrong = target(elsewhere);
    wrong.key_file = folder.path() / "other keys";
    ASSERT_TRUE(crypto::create_key_file(wrong.key_file, random).has_value());
    EXPECT_NE(refusal_of([&] { restore(wrong, backup, known(), clock); }).find("does not open"),
              std::string::npos);
    EXPECT_FALSE(elsewhere.open()->connect()->has_table("journal"));
}

TEST_P(Backups, CountAsTestedAfterADrill) {
    constexpr store::Query tested{"test.tested", "SELECT tested_at FROM backups"};
    back_up(*installation, backup);
    EXPECT_FALSE(installation->ledger().read()->row(tested)->integer_or_null(0));
    auto done = drill(*installation, backup);
    EXPECT_TRUE(done.verified.differences.empty());
    EXPECT_EQ(installation->ledger().read()->row(tested)->integer(0), clock.now().ms);
    EXPECT_FALSE(fs::exists(backup.string() + ".drill"));
}

TEST_P(Backups, AreNamedWithOrWithoutASlashAtTheEnd) {
    back_up(*installation, backup / "");
    EXPECT_TRUE(fs::exists(backup / "manifest.json"));
    EXPECT_FALSE(fs::exists(backup.string() + ".part"));
    EXPECT_TRUE(drill(*installation, backup / "").verified.differences.empty());
    EXPECT_FALSE(fs::exists(backup / ".drill"));
    // What is left of a drill that failed is the register of a district.
    change(backup / "journal.ndjson", [](std::string& text) { text.pop_back(); });
    EXPECT_THROW(drill(*installation, backup), CannotOpen);
    EXPECT_FALSE(fs::exists(backup.string() + ".drill"));
}

TEST_P(Backups, AListOfErasuresThatWasCutOffIsMended) {
    auto list = erasures_in(*installation->ledger().read(), clock.now());
    fs::path file = folder.path() / "list";
    note_erasures(file, list);
    list.items.push_back({PersonId(7), std::string(64, 'a'), clock.now()});
    note_erasures(file, list);
    change(file, [](std::string& text) { text.resize(text.size() - 5); });
    note_erasures(file, list);
    auto read = read_erasures(file.string(), clock.now());
    ASSERT_EQ(read.items.size(), 1U);
    EXPECT_EQ(read.items[0].person, PersonId(7));
    EXPECT_EQ(read.known_at, clock.now());
    change(file, [](std::string& text) { text += "nonsense here\n"; });
    EXPECT_NE(refusal_of([&] { read_erasures(file.string(), clock.now()); }).find("no list"),
              std::string::npos);
}

}  // namespace
}  // namespace hezhi::app
