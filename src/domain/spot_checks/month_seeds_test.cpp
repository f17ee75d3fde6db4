// The month's seed: nobody foresees it, every process draws by it, and once it is told anybody sees
// that it is the one that was promised, and draws again.
#include <set>

#include "base/sample_draw.h"
#include "crypto/promised_seed.h"
#include "domain/orders/sample_seed_figure.h"
#include "domain/spot_checks/check_draws.h"
#include "domain/spot_checks/spot_checks.h"
#include "support/world.h"

namespace hezhi::spot_checks {
namespace {

using Differences = std::vector<journal::Difference>;
using std::chrono::hours;
using std::chrono::minutes;

class MonthSeeds : public hezhi::testing::World {
  protected:
    MonthSeeds() : look(*ledger, spot_checks::timers(people, random)) {}

    void look_on(Instant day) {
        clock.set(day + minutes(10));
        while (look.run_due() > 0) {
        }
    }
    void next_morning() { look_on(start_of(day_of(clock.now()) + 1)); }
    // The first morning that draws by April.
    void after_march() { look_on(start_of(*parse_day("2026-04-02"))); }

    void serve_for_days(int days) {
        for (int i = 0; i < days; ++i) {
            delivered_order();
            next_morning();
        }
    }
    std::int64_t append(const auto& payload, const Subjects& subjects = {}) {
        return act([&](journal::Turn& turn) -> Result<std::int64_t> {
                   return turn.append(
                       draft(payload, {}, {community, path_of(community)}, subjects, turn.now()));
               })
            .value();
    }
    std::int64_t enter_record() {
        RecordEntered entered{"errands", clock.now() - hours(1), clock.now(),
                              60,        TimeWas::free_time,     false};
        return append(entered, {{"record", self}, {"person", zhang.person.value}});
    }
    Result<std::int64_t> seed_sample() {
        return act([&](journal::Turn& turn) {
            return spot_checks::seed_sample(turn, people, random, march);
        });
    }
    std::string seed() {
        auto db = ledger->read();
        return std::get<std::string>(orders::sample_seeds(*db, people).at(march.ms));
    }
    void forget_seed() {
        static constexpr store::Query forget{
            "test.forget", "DELETE FROM register_texts WHERE field = 'sample_seed'"};
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            turn.db().write(forget);
            return 1;
        }).value();
    }
    // In how many facts and rows of figures it can be read.
    std::int64_t told(const std::string& seed) {
        static constexpr store::Query query{
            "test.told",
            "SELECT (SELECT count(*) FROM journal WHERE body LIKE :seed) + (SELECT count(*) FROM "
            "figure_sample_seeds WHERE revealed LIKE :seed) AS places"};
        std::string like = "%" + seed + "%";
        return ledger->read()->row(query, {{"seed", like}})->integer("places");
    }
    // The orders that facts say were drawn; each of those that were served is in `served`.
    std::set<std::int64_t> drawn(std::set<std::int64_t>& served) {
        std::set<std::int64_t> orders;
        for (const Fact& fact : facts(SpotCheckOpened::kind)) {
            if (fact.as<SpotCheckOpened>().sampled) orders.insert(fact.subject("order"));
        }
        for (const Fact& fact : facts(OrderCheckedOut::kind)) served.insert(fact.subject("order"));
        return orders;
    }
    Differences found() { return check_draws(*ledger->read(), ledger->tables(), *packs()); }
    void TearDown() override { EXPECT_EQ(differences(), Differences{}); }

    const Instant march = start_of(*parse_day("2026-03-01"));
    const Instant april = start_of(*parse_day("2026-04-01"));
    jobs::Scheduler look;
};
HEZHI_ON_BOTH_ENGINES(MonthSeeds);

TEST_P(MonthSeeds, SeedSampleTellsNothingThatForeseesTheDraw) {
    serve_for_days(2);
    auto seeded = facts(SampleSeeded::kind);
    ASSERT_EQ(seeded.size(), 1U);
    std::string secret = seed();
    EXPECT_EQ(secret.size(), 64U);
    EXPECT_EQ(seeded.front().as<SampleSeeded>().commitment, crypto::commitment_of(secret));
    EXPECT_FALSE(seeded.front().as<SampleSeeded>().seed);
    EXPECT_EQ(told(secret), 0);
    EXPECT_REFUSED(seed_sample(), refusals::check_state_forbids);
    auto early =
        act([&](journal::Turn& turn) { return spot_checks::reveal_sample(turn, people, march); });
    EXPECT_REFUSED(early, refusals::check_state_forbids);
    look_on(april);
    EXPECT_EQ(told(secret), 0) << "the last of March is drawn this morning";
    after_march();
    EXPECT_EQ(told(secret), 2) << "one fact, one row";
}

TEST_P(MonthSeeds, RevealSampleLetsAnybodyDrawAgainFromTheFacts) {
    serve_for_days(3);
    EXPECT_EQ(found(), Differences{}) << "nothing is known yet";
    after_march();
    auto revealed = facts(SampleRevealed::kind);
    ASSERT_EQ(revealed.size(), 1U);
    std::string secret = revealed.front().as<SampleRevealed>().seed;
    auto seeded = facts(SampleSeeded::kind);
    EXPECT_EQ(seeded.front().as<SampleSeeded>().commitment, crypto::commitment_of(secret));
    std::set<std::int64_t> served, expected;
    auto said = drawn(served);
    for (auto order : served) {
        if (crypto::draw_of(order, secret) < 500) expected.insert(order);
    }
    EXPECT_EQ(served.size(), 3U);
    EXPECT_EQ(said, expected);
    EXPECT_EQ(found(), Differences{});
    next_morning();
    EXPECT_EQ(facts(SampleRevealed::kind).size(), 1U) << "once";
}

TEST_P(MonthSeeds, ThatAreToldOtherwiseThanPromisedAreNamed) {
    serve_for_days(1);
    std::string promised = crypto::commitment_of(seed()), other(64, 'a');
    append(SampleRevealed{march, other});
    Differences expected{{"sample 2026-03 seed", promised, crypto::commitment_of(other)}};
    EXPECT_EQ(found(), expected);
}

TEST_P(MonthSeeds, ThatAreNotToldAreNamedOnceTheNextMonthHasBegun) {
    serve_for_days(1);
    append(SampleSeeded{april, {}, std::string(64, 'b')});
    Differences expected{{"sample 2026-03 seed", "sample.revealed", "none"}};
    EXPECT_EQ(found(), expected);
}

TEST_P(MonthSeeds, NameTheServiceThatTheyDrawAndThatWasPassedOver) {
    seed_sample().value();
    const orders::SampleSeed secret = seed();
    std::int64_t record = 0;
    for (int i = 0; i < 1000 && !record; ++i) {
        std::int64_t entered = enter_record();
        if (orders::is_drawn(secret, entered, 5)) record = entered;
    }
    ASSERT_GT(record, 0);
    const Instant day = start_of(day_of(clock.now()) + 1);
    clock.set(day + minutes(10));
    append(SpotDayClosed{day, record});
    EXPECT_EQ(found(), Differences{}) << "the month is not over";
    after_march();
    Differences expected{{"record " + std::to_string(record) + " drawn", "a spot check", "none"}};
    EXPECT_EQ(found(), expected);
}

TEST_P(MonthSeeds, NameTheCheckThatSaysOtherwise) {
    seed_sample().value();
    std::int64_t record = enter_record();
    SpotCheckOpened opened;
    opened.percent = 5;
    bool is_drawn = crypto::draw_of(record, seed()) < 500;
    opened.sampled = !is_drawn;
    std::int64_t check =
        append(opened, {{"spot_check", self}, {"record", record}, {"person", zhang.person.value}});
    after_march();
    Differences expected{{"spot check " + std::to_string(check) + " sampled",
                          is_drawn ? "true" : "false", is_drawn ? "false" : "true"}};
    EXPECT_EQ(found(), expected);
}

TEST_P(MonthSeeds, ThatWereBegunInTheOpenDrawAndVerifyAsBefore) {
    append(SampleSeeded{march, 42, {}});
    serve_for_days(3);
    EXPECT_EQ(facts(SampleSeeded::kind).size(), 1U);
    std::set<std::int64_t> served, expected;
    auto said = drawn(served);
    for (auto order : served) {
        if (hezhi::is_drawn(order, 42, 5)) expected.insert(order);
    }
    EXPECT_EQ(said, expected);
    after_march();
    EXPECT_TRUE(facts(SampleRevealed::kind).empty()) << "it is known";
    EXPECT_EQ(found(), Differences{});
}

TEST_P(MonthSeeds, AreTheSameForEveryProcessAndAfterARestartAndANewMasterKey) {
    serve_for_days(1);
    std::string secret = seed();
    crypto::SeededRandom others(99);
    crypto::Suite rotated(suite.name(), keys.with_newer(others));
    people::Register other_people(rotated, others);
    journal::Ledger other(*database, hezhi::testing::world_figures(), clock,
                          journal::LedgerOptions{.inline_actions_per_turn = 1});
    jobs::Scheduler other_look(other, spot_checks::timers(other_people, others));
    for (int i = 0; i < 3; ++i) {
        delivered_order();
        clock.set(start_of(day_of(clock.now()) + 1) + minutes(10));
        while (other_look.run_due() + look.run_due() > 0) {
        }
    }
    EXPECT_EQ(facts(SampleSeeded::kind).size(), 1U);
    EXPECT_EQ(seed(), secret);
    std::set<std::int64_t> served, expected;
    auto said = drawn(served);
    for (auto order : served) {
        if (crypto::draw_of(order, secret) < 500) expected.insert(order);
    }
    EXPECT_EQ(served.size(), 4U);
    EXPECT_EQ(said, expected);
    after_march();
    EXPECT_EQ(found(), Differences{});
}

TEST_P(MonthSeeds, LoseSampleBeginsTheMonthAnewAndSaysSo) {
    serve_for_days(1);
    std::string first = seed();
    forget_seed();
    serve_for_days(1);
    EXPECT_EQ(facts(SampleLost::kind).size(), 1U);
    EXPECT_EQ(facts(SampleSeeded::kind).size(), 2U);
    EXPECT_NE(seed(), first);
    after_march();
    EXPECT_EQ(facts(SampleRevealed::kind).size(), 1U);
    EXPECT_EQ(found(), Differences{});
}

TEST_P(MonthSeeds, LoseSampleIsSaidInsteadOfTellingIt) {
    serve_for_days(1);
    forget_seed();
    after_march();
    EXPECT_EQ(facts(SampleLost::kind).size(), 1U);
    EXPECT_TRUE(facts(SampleRevealed::kind).empty());
    EXPECT_EQ(found(), Differences{});
}

TEST_P(MonthSeeds, OpenSpotCheckLeavesToTheNextDayWhatMidnightCutsOff) {
    delivered_order();
    clock.set(start_of(day_of(clock.now()) + 1) + minutes(10));
    auto timer = spot_checks::timers(people, random).front();
    auto due = timer.find(*ledger->read(), clock.now(), 100);
    ASSERT_FALSE(due.empty());
    clock.advance(hours(24));
    for (const auto& one : due) {
        auto done = act([&](journal::Turn& turn) { return timer.run(turn, one); });
        EXPECT_REFUSED(done, refusals::not_looked_at);
    }
    EXPECT_TRUE(facts(SampleSeeded::kind).empty());
}

}  // namespace
}  // namespace hezhi::spot_checks
