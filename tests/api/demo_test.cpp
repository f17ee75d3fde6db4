// hezhi demo: the same settings make the same journal, on whatever engine it is kept.
#include <gtest/gtest.h>

#include "app/demo/demo.h"
#include "support/test_database.h"

namespace hezhi {
namespace {

constexpr store::Query bodies{"test.bodies", "SELECT body FROM journal ORDER BY position"};

// The facts of a small district's fortnight, byte for byte.
std::vector<std::string> lived_on(store::Engine engine, std::uint64_t seed) {
    testing::TempFolder folder;
    testing::TestDatabase home(engine);
    app::Location place{home.url(), folder.path() / "demo.keys"};
    app::DemoSettings settings;
    settings.days = 9;
    settings.people = 12;
    settings.seed = seed;
    settings.until = *parse_day("2025-11-30");
    settings.divisions = {"assets/divisions/qingdao-huangdao.csv"};
    settings.pack = "packs/base";
    int days_told = 0;
    app::live(place, settings, [&](int day, int days) {
        EXPECT_EQ(day, ++days_told);
        EXPECT_EQ(days, 9);
    });
    EXPECT_EQ(days_told, 9);
    std::vector<std::string> facts;
    auto database = home.open();
    auto db = database->connect(store::Access::read_only);
    db->each(bodies, {}, [&](const store::Row& row) { facts.emplace_back(row.text("body")); });
    return facts;
}

TEST(Demonstration, MakesTheSameJournalOnBothEnginesAndAnotherFromAnotherSeed) {
    auto on_sqlite = lived_on(store::Engine::sqlite, 7);
    EXPECT_GT(on_sqlite.size(), 800U);
    EXPECT_EQ(on_sqlite, lived_on(store::Engine::postgresql, 7));
    EXPECT_NE(on_sqlite, lived_on(store::Engine::sqlite, 8));
}

}  // namespace
}  // namespace hezhi
