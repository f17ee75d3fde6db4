#include "dispatch/instance.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>

#include "dispatch/dense_reference.h"
#include "dispatch/explain.h"
#include "dispatch/generate.h"

namespace hezhi::dispatch {
namespace {

unsigned seed_of_run() {
    if (const char* given = std::getenv("HEZHI_TEST_SEED")) {
        return static_cast<unsigned>(std::strtoul(given, nullptr, 10));
    }
    return std::random_device{}();
}

std::string field_of(std::string_view text) {
    auto result = read_market(text);
    return result || result.error().fields.empty() ? "" : result.error().fields[0].field;
}

TEST(Instance, WhatIsWrittenReadsBackTheSame) {
    auto market = generate_city({3, 40, 200, 50});
    auto text = write_market(market);
    auto read = read_market(text);
    ASSERT_TRUE(read);
    EXPECT_EQ(write_market(*read), text);
    auto report = solve_instance(text, {});
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->proven && report->unique);
    EXPECT_EQ(report->cost, assign_market(market, {})->units);
}

TEST(Instance, ASeedGivesTheSameCityOnEveryMachine) {
    auto text = write_market(generate_city({1, 20, 100, 30}));
    std::uint64_t sum = 0;
    for (char c : text) sum = mixed(sum + static_cast<unsigned char>(c));
    EXPECT_EQ(sum, 2182093626714699481u);
}

TEST(Instance, AFaultNamesItsLine) {
    EXPECT_EQ(field_of(""), "line 1");
    EXPECT_EQ(field_of("hezhi-dispatch 2\n"), "line 1");
    EXPECT_EQ(field_of("hezhi-dispatch 1\n# remark\n\nperson 1 2\n"), "line 4, y");
    EXPECT_EQ(field_of("hezhi-dispatch 1\nrule visit_cots 4\n"), "line 2, name");
    EXPECT_EQ(field_of("hezhi-dispatch 1\ncapability a\ncapability a\n"), "line 3, name");
    EXPECT_EQ(field_of("hezhi-dispatch 1\nperson 1 0 0 500 ff 0 600 0 unknown\n"),
              "line 2, capabilities");
    EXPECT_EQ(
        field_of("hezhi-dispatch 1\nperson 1 0 0 500 ff 0 600 0 -\nperson 1 0 0 5 f 0 6 0 -\n"),
        "line 3, id");
    EXPECT_EQ(field_of("hezhi-dispatch 1\nperson 1 0 0 500 ff 0 99999999999 0 -\n"),
              "line 2, minutes_left");
}

TEST(Instance, OrLibraryFormIsSolvedToTheOptimum) {
    auto result = solve_instance("3\n 4 1 3\n2 0 5 3\n2 2\n", {});
    ASSERT_TRUE(result);
    EXPECT_EQ(result->cost, 5);
    EXPECT_TRUE(result->proven);
    for (auto text : {"", "0", "2\n1 2 3", "2\n1 2 3 4 5", "1\n-3", "1\n10000001", "x", "6000"}) {
        EXPECT_FALSE(solve_instance(text, {})) << text;
    }
    auto seed = seed_of_run();
    std::cout << "seed " << seed << "\n";
    std::mt19937 engine(seed);
    for (std::uint32_t size : {1u, 7u, 60u}) {
        for (int kind = 0; kind < 3; ++kind) {
            CostMatrix matrix{size, {}};
            std::vector<std::vector<std::int64_t>> rows(size);
            for (std::uint32_t i = 0; i < size; ++i) {
                for (std::uint32_t j = 0; j < size; ++j) {
                    std::int64_t cost = kind == 0   ? std::int64_t(engine() % 100)
                                        : kind == 1 ? (i + 1) * (j + 1)
                                                    : std::int64_t(engine() % matrix_cost_max);
                    matrix.costs.push_back(cost);
                    rows[i].push_back(cost);
                }
            }
            auto own = solve_matrix(matrix);
            ASSERT_TRUE(own);
            EXPECT_TRUE(own->certificate.proves_optimum());
            EXPECT_EQ(own->total, solve_dense(rows).total) << "seed " << seed;
        }
    }
}

// One to six bytes or pieces changed.
std::string damaged(std::string text, std::mt19937& engine) {
    constexpr std::string_view bytes("0123456789abf -,\n#xpo\xff\0", 24);
    for (unsigned n = 1 + engine() % 6; n > 0; --n) {
        auto at = engine() % text.size();
        switch (engine() % 3) {
            case 0:
                text[at] = bytes[engine() % bytes.size()];
                break;
            case 1:
                text.erase(at, 1 + engine() % 40);
                break;
            default:
                text.insert(at, text.substr(engine() % text.size(), engine() % 40));
        }
        if (text.empty()) text = "h";
    }
    return text;
}

TEST(Instance, DamagedFilesAreRefusedByTheLineOrSolvedRight) {
    auto seed = seed_of_run();
    std::cout << "seed " << seed << "\n";
    std::mt19937 engine(seed);
    BatchSettings settings{4, 1, nullptr, 1 << 20};
    for (auto kind : {InstanceKind::city, InstanceKind::matrix}) {
        auto sound = generate_instance({kind, 6, 20, 20, 2});
        ASSERT_TRUE(sound);
        int refused = 0, solved = 0;
        for (int round = 0; round < 1500; ++round) {
            auto text = damaged(*sound, engine);
            auto report = solve_instance(text, settings);
            if (!report) {
                ++refused;
                ASSERT_FALSE(report.error().fields.empty()) << "seed " << seed << "\n" << text;
                continue;
            }
            ++solved;
            ASSERT_TRUE(report->sound()) << "seed " << seed << "\n" << text;
            if (report->is_matrix) continue;
            auto once = write_market(*read_market(text));
            auto again = read_market(once);
            ASSERT_TRUE(again) << "seed " << seed;
            ASSERT_EQ(write_market(*again), once) << "seed " << seed;
        }
        EXPECT_GT(refused, 100);
        EXPECT_GT(solved, 5);
    }
}

TEST(Explain, TheFunnelCountsWhatTheRulesSayOfEachPerson) {
    auto market = generate_city({5, 30, 3000, 60});
    PersonIndex index(market.rules, std::vector(market.people));
    std::vector<Capabilities> asked;
    for (auto& order : market.orders) asked.push_back(order.required);
    index.prepare(asked, 1 << 24);
    auto moved = market.people[7];
    moved.x_m += 5000;
    market.people[7] = moved;
    index.put(moved);
    index.remove(market.people[9].id);
    market.people.erase(market.people.begin() + 9);
    for (auto& order : market.orders) {
        auto funnel = funnel_of(index, order, false);
        EXPECT_EQ(funnel.considered, std::ssize(market.people));
        std::int64_t remaining = funnel.considered;
        for (auto& line : funnel.lines) {
            for (auto& person : market.people) {
                remaining -= obstacle_between(order, person, false) == line.rule->obstacle;
            }
            EXPECT_EQ(line.remaining, remaining) << line.rule->code;
        }
    }
}

TEST(Explain, ScoreSheetsAddUpToThePriceOfTheIndex) {
    auto market = generate_city({6, 60, 4000, 60});
    PersonIndex index(market.rules, std::vector(market.people));
    for (auto& order : market.orders) {
        bool leader = order.lead_required != 0;
        for (auto& best : best_people(index, order, leader, 16)) {
            auto& person = market.people[std::size_t(best.person - 1)];
            auto sheet = price_of(market.rules, order, person, leader);
            EXPECT_EQ(sheet.total, best.units);
            EXPECT_EQ(sheet.visit + sheet.travel + sheet.load + sheet.colour + sheet.scarcity +
                          sheet.wishes + sheet.continuity,
                      sheet.total);
        }
    }
}

TEST(Explain, WhyNotIsARuleOrTheExactLossOfForcingThePair) {
    auto market = generate_city({8, 40, 400, 30});
    PersonIndex index(market.rules, std::vector(market.people));
    Batch batch(index, {2, 1, nullptr});
    ASSERT_TRUE(batch.assign(market.orders));
    auto before = batch.result();
    int forced = 0;
    for (auto& order : market.orders) {
        if (order.people > 1) continue;  // the pair is forced by giving the order to nobody else
        for (auto& person : market.people) {
            auto why = why_not(batch, order.id, person);
            ASSERT_TRUE(why);
            EXPECT_EQ(why->obstacle, obstacle_between(order, person, order.lead_required != 0));
            if (why->obstacle != Obstacle::none || ++forced > 40) continue;
            auto other = market;
            for (auto& one : other.orders) {
                if (one.id != order.id) {
                    one.excluded.push_back(person.id);
                    continue;
                }
                for (auto& p : market.people) {
                    if (p.id != person.id) one.excluded.push_back(p.id);
                }
            }
            auto after = assign_market(other, {});
            ASSERT_TRUE(after);
            EXPECT_NEAR(double(after->bound_units - before.bound_units), double(why->loss_units),
                        1.0);
            EXPECT_EQ(why->chosen, why->swaps.empty());
        }
    }
    EXPECT_GT(forced, 20);
    EXPECT_EQ(batch.result().proposals, before.proposals);
    for (auto& shortage : shortages(batch)) EXPECT_GT(shortage.worth_units, 0);
}

}  // namespace
}  // namespace hezhi::dispatch
