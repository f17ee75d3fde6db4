// A new master key under both suites and on both engines, also when the change is cut off.
#include "app/keys/rotate_keys.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "app/demo/demo.h"
#include "crypto/key_file.h"
#include "domain/accounts/accounts.h"
#include "store/tables.h"
#include "support/engines.h"

namespace hezhi::app {
namespace {

namespace fs = std::filesystem;

struct EngineAndSuite {
    store::Engine engine;
    crypto::SuiteName suite;
};

class KeyRotation : public ::testing::TestWithParam<EngineAndSuite> {
  protected:
    KeyRotation() {
        accounts = live(place, {.area_code = "370211",
                                .days = 1,
                                .people = 3,
                                .seed = 4,
                                .until = *parse_day("2025-11-30"),
                                .divisions = {"assets/divisions/qingdao-huangdao.csv"},
                                .pack = "packs/base",
                                .suite = GetParam().suite});
        {
            auto installation = open();
            people::RegisterPerson input;
            input.name.value = "钱留下";
            input.phone.emplace("13900000011");
            input.birth_date.emplace("1980-02-29");
            input.area_id = installation->tree().now()->find_code("370211")->id;
            person = PersonId(installation->ledger()
                                  .act<std::int64_t>([&](journal::Turn& turn) {
                                      return people::register_person(
                                          turn, Actor{.via = Via::command}, {input.area_id, "/1/"},
                                          installation->people(), input);
                                  })
                                  .value());
        }
        before = everything();
    }

    std::unique_ptr<Installation> open() {
        return std::make_unique<Installation>(place, clock, random,
                                              journal::LedgerOptions{.inline_actions_per_turn = 1});
    }

    static std::string text_of_file(const fs::path& file) {
        std::ifstream in(file, std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        return std::move(text).str();
    }

    // All that the register holds, in clear.
    std::vector<std::string> everything() {
        auto installation = open();
        auto db = installation->ledger().read();
        std::vector<std::string> all;
        for (const auto& table : sealed_tables()) {
            store::each_row(*db, table.name, [&](const store::Row& row) {
                for (const auto& column : table.columns) {
                    auto sealed = row.bytes_or_null(column);
                    if (!sealed) continue;
                    std::string_view at = table.column_from.empty() ? std::string_view(column)
                                                                    : row.text(table.column_from);
                    auto clear = installation->suite().open(
                        {table.name, at, row.integer(table.row_key)}, *sealed);
                    EXPECT_TRUE(clear.has_value()) << table.name << "." << column;
                    all.push_back(std::string(table.name) + " " +
                                  std::to_string(row.integer(table.row_key)) + " " +
                                  std::string(at) + " " + clear.value_or("?"));
                }
            });
        }
        std::sort(all.begin(), all.end());
        return all;
    }

    void expect_only_under(crypto::KeyId key) {
        auto database = store::Database::open(place.db_url);
        auto db = database->connect();
        std::int64_t values = 0;
        for (const auto& table : sealed_tables()) {
            store::each_row(*db, table.name, [&](const store::Row& row) {
                for (const auto& column : table.columns) {
                    if (auto sealed = row.bytes_or_null(column)) {
                        EXPECT_EQ(crypto::Suite::key_of(*sealed), key) << table.name;
                        ++values;
                    }
                }
            });
        }
        EXPECT_EQ(values, std::ssize(before));
    }

    void expect_found() {
        auto installation = open();
        auto db = installation->ledger().read();
        EXPECT_EQ(installation->people().find_by_phone(*db, "13900000011"), person);
        EXPECT_EQ(
            installation->people().with_birth_date(*db, "钱 留下", *parse_day("1980-02-29"), "/1/"),
            std::vector{person});
        EXPECT_EQ(installation->people().name(*db, person), "钱留下");
    }

    // The code on a printed slip still names its account.
    void expect_slips_work() {
        auto installation = open();
        auto db = installation->ledger().read();
        int tried = 0;
        for (const auto& account : accounts.items) {
            if (!account.code) continue;
            ++tried;
            auto index = installation->suite().code_index("sign-in slip", *account.code);
            static constexpr store::Query by_slip{
                "test.slip",
                "SELECT count(*) AS n FROM credentials WHERE slip_index = :slip_index"};
            EXPECT_EQ(db->row(by_slip, {{"slip_index", std::string_view(index)}})->integer("n"), 1);
        }
        EXPECT_GT(tried, 0);
    }

    static std::string refusal_of(const std::function<void()>& what) {
        try {
            what();
        } catch (const CannotOpen& refused) {
            return refused.what();
        }
        return {};
    }

    hezhi::testing::TempFolder folder;
    hezhi::testing::TestDatabase home{GetParam().engine};
    Location place{home.url(), folder.path() / "keys"};
    ManualClock clock{Instant{1772672400000}};
    crypto::SystemRandom random;
    DemoAccounts accounts;
    PersonId person;
    std::vector<std::string> before;
};
INSTANTIATE_TEST_SUITE_P(
    Engines, KeyRotation,
    ::testing::Values(EngineAndSuite{store::Engine::sqlite, crypto::SuiteName::gm},
                      EngineAndSuite{store::Engine::sqlite, crypto::SuiteName::intl},
                      EngineAndSuite{store::Engine::postgresql, crypto::SuiteName::gm},
                      EngineAndSuite{store::Engine::postgresql, crypto::SuiteName::intl}),
    [](const auto& which) {
        return std::string(which.param.engine == store::Engine::sqlite ? "Sqlite" : "Postgresql") +
               std::string(crypto::to_string(which.param.suite));
    });

TEST_P(KeyRotation, SealsEverythingAnewAndTheOldKeyLeavesTheFile) {
    ASSERT_GT(before.size(), 10U);
    for (int round = 0; round < 2; ++round) {  // a second change keeps what the first has kept
        auto old = load_keys(place.key_file).key_check();
        auto done = rotate_keys(place, clock, random);
        clock.advance(std::chrono::hours(1));
        EXPECT_EQ(done.values, std::ssize(before));
        auto keys = load_keys(place.key_file);
        EXPECT_EQ(keys.count(), 1U);
        EXPECT_EQ(keys.id(0), done.new_key);
        EXPECT_FALSE(keys.matches(old));
        EXPECT_TRUE(load_keys(done.kept_copy).matches(old)) << "for the backups from before";
        expect_only_under(done.new_key);
        EXPECT_EQ(everything(), before);
        expect_found();
        expect_slips_work();
    }
}

TEST_P(KeyRotation, ThatIsCutOffIsNotServedAndGoesOnWhenRunAgain) {
    struct Killed {};
    std::vector<std::string> tables;
    for (const auto& table : sealed_tables()) tables.emplace_back(table.name);
    for (const auto& cut_in : {tables[0], tables[1]}) {
        EXPECT_THROW(rotate_keys(place, clock, random,
                                 [&](std::string_view table, std::int64_t done, std::int64_t) {
                                     if (table == cut_in && done == 2) throw Killed();
                                 }),
                     Killed);
        EXPECT_NE(refusal_of([&] { open(); }).find("hezhi keys rotate"), std::string::npos);
        EXPECT_EQ(load_keys(place.key_file).count(), 2U) << "the old key is still needed";
    }
    auto done = rotate_keys(place, clock, random);
    EXPECT_LT(done.values, std::ssize(before)) << "what was done is not done again";
    EXPECT_EQ(load_keys(place.key_file).count(), 1U);
    expect_only_under(done.new_key);
    EXPECT_EQ(everything(), before);
    expect_found();
    expect_slips_work();
}

TEST_P(KeyRotation, ThatIsCutOffAtItsVeryEndLeavesAFileThatServes) {
    auto done = rotate_keys(place, clock, random);
    // As if the file had not been written any more.
    auto old = load_keys(done.kept_copy), fresh = load_keys(place.key_file);
    std::vector<crypto::Secret> both;
    both.emplace_back(crypto::Bytes(old.key(0).begin(), old.key(0).end()));
    both.emplace_back(crypto::Bytes(fresh.key(0).begin(), fresh.key(0).end()));
    crypto::MasterKeys keys(
        std::move(both), crypto::Secret(crypto::Bytes(fresh.codes().begin(), fresh.codes().end())));
    ASSERT_TRUE(crypto::replace_key_file(place.key_file, keys).has_value());
    EXPECT_EQ(everything(), before);
    expect_found();
    expect_slips_work();
    EXPECT_EQ(rotate_keys(place, clock, random).new_key, done.new_key);
    EXPECT_EQ(load_keys(place.key_file).count(), 1U);
    expect_found();
}

TEST_P(KeyRotation, RefusesWrongMissingAndOldKeyFilesWithWhatToDo) {
    auto done = rotate_keys(place, clock, random);
    std::string right = text_of_file(place.key_file);
    fs::copy_file(done.kept_copy, place.key_file, fs::copy_options::overwrite_existing);
    EXPECT_NE(refusal_of([&] { open(); }).find("before the master key was changed"),
              std::string::npos);
    EXPECT_NE(refusal_of([&] { rotate_keys(place, clock, random); }).find("newest"),
              std::string::npos);
    fs::remove(place.key_file);
    EXPECT_NE(refusal_of([&] { open(); }).find("Put the backed-up key file back"),
              std::string::npos);
    EXPECT_NE(refusal_of([&] { rotate_keys(place, clock, random); }).find("backed-up key file"),
              std::string::npos);
    ASSERT_TRUE(crypto::create_key_file(place.key_file, random).has_value());
    EXPECT_NE(refusal_of([&] { open(); }).find("another one's"), std::string::npos);
    EXPECT_FALSE(right.empty());
}

TEST_P(KeyRotation, WaitsForNobody) {
    auto serving = open();
    EXPECT_NE(refusal_of([&] { rotate_keys(place, clock, random); }).find("stop the service"),
              std::string::npos);
    serving.reset();
    KeysInUse rotation(place.key_file, KeysInUse::By::rotation);
    EXPECT_NE(refusal_of([&] { open(); }).find("being changed"), std::string::npos);
}

// What a later migration seals must not be forgotten here.
TEST_P(KeyRotation, KnowsEverySealedColumn) {
    static constexpr store::Query columns_of_bytes[] = {
        {"test.bytes",
         "SELECT m.name AS tab, c.name AS col FROM sqlite_schema m, pragma_table_info(m.name) c "
         "WHERE m.type = 'table' AND c.type = 'BLOB'"},
        {"test.bytes",
         "SELECT CAST(table_name AS TEXT) AS tab, CAST(column_name AS TEXT) AS col "
         "FROM information_schema.columns WHERE data_type = 'bytea' "
         "AND table_schema = current_schema()"}};
    std::set<std::string> known, found;
    for (const auto& table : sealed_tables()) {
        for (const auto& column : table.columns) {
            known.insert(std::string(table.name) + "." + column);
        }
    }
    auto database = store::Database::open(place.db_url);
    auto db = database->connect();
    bool sqlite = GetParam().engine == store::Engine::sqlite;
    db->each(columns_of_bytes[sqlite ? 0 : 1], {}, [&](const store::Row& row) {
        found.insert(std::string(row.text("tab")) + "." + std::string(row.text("col")));
    });
    EXPECT_EQ(found, known);
}

}  // namespace
}  // namespace hezhi::app
