// Power cuts at any moment of a real load: whatever was acknowledged is there afterwards, and the
// figures still follow from the journal. The same load without syncs must lose something, or these
// tests would find nothing.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cstdlib>
#include <random>

#include "faults/faulty_disk.h"
#include "support/postgres_cluster.h"
#include "support/world.h"

namespace hezhi::testing {
namespace {

// Another run with the same: HEZHI_SEED=… test_faults
std::uint64_t chosen_seed() {
    const char* named = std::getenv("HEZHI_SEED");
    return named ? std::stoull(named) : std::random_device()();
}

constexpr store::Query integrity{"test.integrity", "PRAGMA integrity_check"};
constexpr store::Query chain_at{"test.chain_at",
                                "SELECT chain FROM journal WHERE position = :position"};

// How far the journal had come by what somebody was told of.
struct Told {
    std::int64_t position = 0;
};

class Load : public World {
  protected:
    // Reports needs, four to a commit, and empties the WAL now and then.
    void report_needs(store::Database& on, int count, Told& told, std::mt19937_64& dice) {
        journal::Ledger writer(on, world_figures(), clock, {.inline_actions_per_turn = 4});
        listen(writer, told);
        auto janitor = on.connect();
        for (int i = 0; i < count; ++i) {
            ASSERT_TRUE(writer.write(
                [this](journal::Turn& turn) {
                    needs::ReportNeed input;
                    input.area_id = community;
                    input.what.value = what;
                    input.consent = true;
                    return needs::report_need(turn, *grid_worker, people, input, Channel::grid)
                        .has_value();
                },
                [](store::Settled how, std::exception_ptr) {
                    EXPECT_EQ(how, store::Settled::committed);
                }));
            if (!on_sqlite() || i % 4 != 3 || dice() % 6 != 0) continue;
            janitor->script(dice() % 2 == 0 ? "PRAGMA wal_checkpoint(PASSIVE)"
                                            : "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        writer.finish_turn();
    }

    // Followers hear of what is committed, just before whoever asked for it does.
    static void listen(journal::Ledger& ledger, Told& told) {
        told.position = ledger.head().position;
        ledger.follow({}, [&](std::span<const Fact> facts) {
            if (!facts.empty()) told.position = facts.back().position;
        });
    }

    // What is lost or wrong in a database that is opened again; empty if nothing is.
    std::string loss(const std::string& url, const Told& told) try {
        auto again = store::Database::open(url);
        auto db = again->connect();
        if (on_sqlite()) {
            auto sound = db->row(integrity)->value(0);
            if (std::get<std::string>(sound) != "ok") return "the file is damaged";
        }
        if (!db->row(chain_at, {{"position", told.position}})) {
            return fmt::format("position {} was acknowledged and is lost", told.position);
        }
        journal::FigureTables tables(world_figures());
        auto verified = journal::verify(*db, tables, *journal::published_packs(*db));
        if (!verified.differences.empty()) return verified.differences.front().place;
        std::string unread;
        static constexpr store::Query needs_of{
            "test.needs", "SELECT position FROM journal WHERE kind = 'need.reported'"};
        std::vector<std::int64_t> ids;
        db->each(needs_of, {}, [&](const store::Row& row) { ids.push_back(row.integer(0)); });
        for (auto id : ids) {
            if (people.read_text(*db, id, needs::text_what) != what) {
                return fmt::format("the text of need {} is lost", id);
            }
        }
        return {};
    } catch (const std::exception& error) {
        return error.what();
    }

    const std::string what = "楼道堆放杂物，希望一起清理";
};

struct OnFaultyDisk {
    FaultyDisk disk;
};

// The disk is there before anything is opened on it.
class PowerCuts : private OnFaultyDisk, public Load {
  protected:
    struct Cut {
        std::unique_ptr<TempFolder> left;
        Told told;
    };

    // Cuts at about every `rarity`th operation, without disturbing the load.
    void begin_cutting(unsigned rarity) {
        disk.before_operation = [this, rarity] {
            if (dice() % rarity != 0) return;
            unsynced_ += disk.unsynced_writes();
            cuts.push_back({std::make_unique<TempFolder>(), told});
            disk.cut(dice(), cuts.back().left->path());
        };
    }

    // What the cuts have lost, one line each.
    std::vector<std::string> losses() {
        disk.before_operation = {};
        std::vector<std::string> all;
        for (const auto& cut : cuts) {
            auto file = cut.left->path() / "test.sqlite";
            auto lost = loss("sqlite:" + file.string(), cut.told);
            if (!lost.empty()) all.push_back(lost);
        }
        return all;
    }

    const std::uint64_t seed = chosen_seed();
    std::mt19937_64 dice{seed};
    std::vector<Cut> cuts;
    Told told;
    std::size_t unsynced_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Engines, PowerCuts, ::testing::Values(store::Engine::sqlite), engine_name);

TEST_P(PowerCuts, LoseNothingThatWasAcknowledgedInBatches) {
    SCOPED_TRACE(fmt::format("HEZHI_SEED={}", seed));
    begin_cutting(60);
    report_needs(*database, 120, told, dice);
    EXPECT_THAT(losses(), ::testing::IsEmpty());
    EXPECT_GT(cuts.size(), 10U);
    EXPECT_GT(unsynced_, 100U) << "the cuts met nothing that could be lost";
    EXPECT_TRUE(differences().empty()) << "the running service went on";
}

TEST_P(PowerCuts, LoseNoStepOfAnOrder) {
    SCOPED_TRACE(fmt::format("HEZHI_SEED={}", seed));
    listen(*ledger, told);
    begin_cutting(40);
    report_need();
    reviewed_order();
    EXPECT_THAT(losses(), ::testing::IsEmpty());
    EXPECT_GT(cuts.size(), 3U);
}

TEST_P(PowerCuts, AreNoticedWhereNothingIsSynced) {
    SCOPED_TRACE(fmt::format("HEZHI_SEED={}", seed));
    auto careless = home.open({.durable = false});
    begin_cutting(60);
    report_needs(*careless, 60, told, dice);
    EXPECT_THAT(losses(), ::testing::Not(::testing::IsEmpty()))
        << "without a sync every test of this file must fail";
}

// The server dies, not the machine: what it handed to the system in time survives, what still lay
// in its own memory does not.
class ServerCrashes : public Load {
  protected:
    ~ServerCrashes() override {
        cluster.administer("ALTER SYSTEM RESET ALL");
        cluster.administer("SELECT pg_reload_conf()");
    }

    PostgresCluster& cluster = PostgresCluster::instance();
    Told told;
    std::mt19937_64 dice{1};
};
INSTANTIATE_TEST_SUITE_P(Engines, ServerCrashes, ::testing::Values(store::Engine::postgresql),
                         engine_name);

TEST_P(ServerCrashes, LoseNothingThatWasAcknowledgedAndTheServiceGoesOn) {
    report_needs(*database, 30, told, dice);
    cluster.crash();
    EXPECT_EQ(loss(home.url(), told), "");
    // The ledger's own connection died with the server. One action may be told so.
    try {
        report_need();
    } catch (const store::StoreError& error) {
        EXPECT_EQ(error.kind, store::StoreError::Kind::lost);
    }
    EXPECT_TRUE(report_need());
    EXPECT_TRUE(differences().empty());
}

TEST_P(ServerCrashes, InTheMiddleOfATurnLeaveNothingHalfDone) {
    report_needs(*database, 8, told, dice);
    auto count = facts("need.reported").size();
    EXPECT_THROW(act([&](journal::Turn& turn) -> Result<std::int64_t> {
                     needs::ReportNeed input;
                     input.area_id = community;
                     input.what.value = what;
                     input.consent = true;
                     auto done =
                         needs::report_need(turn, *grid_worker, people, input, Channel::grid);
                     turn.db().flush();
                     cluster.crash();
                     return done;
                 }),
                 store::StoreError);
    EXPECT_EQ(loss(home.url(), told), "");
    EXPECT_EQ(facts("need.reported").size(), count);
}

TEST_P(ServerCrashes, AreNoticedWhereACommitIsNotWaitedFor) {
    // Otherwise the server hands its log to the system five times a second by itself.
    cluster.administer("ALTER SYSTEM SET wal_writer_delay = '10s'");
    cluster.crash();  // so that it holds
    report_needs(*home.open({.durable = false}), 30, told, dice);
    cluster.crash();
    EXPECT_NE(loss(home.url(), told), "");
}

}  // namespace
}  // namespace hezhi::testing
