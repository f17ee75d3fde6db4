#include "dispatch/batch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <random>

#include "dispatch/dense_reference.h"
#include "dispatch/generate.h"

namespace hezhi::dispatch {
namespace {

unsigned seed_of_run() {
    if (const char* given = std::getenv("HEZHI_TEST_SEED")) {
        return static_cast<unsigned>(std::strtoul(given, nullptr, 10));
    }
    return std::random_device{}();
}

// The optimum of the flow in units, by a full matrix and the plain prices.
std::int64_t dense_units(const Market& market) {
    std::vector<std::vector<std::int64_t>> costs;
    std::size_t places = 0;
    for (auto& order : market.orders) places += std::size_t(order.people);
    for (auto& order : market.orders) {
        for (int i = 0; i < order.people; ++i) {
            bool leader = i == 0 && order.lead_required;
            std::vector<std::int64_t> line(market.people.size() + places, never);
            for (std::size_t p = 0; p < market.people.size(); ++p) {
                auto& person = market.people[p];
                if (obstacle_between(order, person, leader) != Obstacle::none) continue;
                line[p] = price_of(market.rules, order, person, leader).total;
            }
            line[market.people.size() + costs.size()] = empty_units(market.rules, order);
            costs.push_back(line);
        }
    }
    return costs.empty() ? 0 : solve_dense(costs).total;
}

const OrderProposal& proposal_of(const BatchResult& result, std::int64_t order) {
    return *std::ranges::find(result.proposals, order, &OrderProposal::order);
}

// Nobody is sent whom a rule forbids, nobody twice, no team without its leader or in part.
void expect_sound(const Market& market, const BatchResult& result, unsigned seed) {
    std::vector<std::int64_t> sent;
    for (auto& order : market.orders) {
        auto& proposal = proposal_of(result, order.id);
        auto have = std::ssize(proposal.people);
        EXPECT_EQ(have + proposal.missing, order.people);
        EXPECT_TRUE(!order.all_or_nothing || have == 0 || have == order.people) << "seed " << seed;
        for (std::size_t i = 0; i < proposal.people.size(); ++i) {
            auto person = std::ranges::find(market.people, proposal.people[i], &MarketPerson::id);
            ASSERT_NE(person, market.people.end());
            bool leader = i == 0 && order.lead_required;
            EXPECT_EQ(obstacle_between(order, *person, leader), Obstacle::none) << "seed " << seed;
            sent.push_back(person->id);
        }
    }
    std::ranges::sort(sent);
    EXPECT_EQ(std::ranges::adjacent_find(sent), sent.end()) << "seed " << seed;
}

BatchSettings settings(std::size_t k0 = 8, int threads = 1) {
    return {k0, threads, nullptr};
}

Market city(unsigned seed, std::int32_t orders, std::int32_t people, std::int32_t area = 60) {
    return generate_city({seed, orders, people, area});
}

TEST(AssignMarket, IsTheDenseOptimumOfTheWholeCity) {
    auto seed = seed_of_run();
    std::cout << "seed " << seed << "\n";
    for (unsigned round = 0; round < 12; ++round) {
        auto market = city(seed + round, 60, 150 + 100 * (round % 4));
        auto result = assign_market(market, settings(1 + round % 5));
        ASSERT_TRUE(result);
        EXPECT_TRUE(result->certificate.proves_optimum()) << "seed " << seed;
        EXPECT_TRUE(result->unique) << "seed " << seed;
        EXPECT_EQ(result->bound_units, dense_units(market)) << "seed " << seed + round;
        EXPECT_GE(result->units, result->bound_units);
        expect_sound(market, *result, seed + round);
    }
}

TEST(AssignMarket, SameBytesWhateverTheOrderOfTheInputTheThreadsAndTheFirstCandidates) {
    auto seed = seed_of_run();
    std::cout << "seed " << seed << "\n";
    auto market = city(seed, 1500, 5000);
    auto expected = assign_market(market, settings());
    ASSERT_TRUE(expected);
    EXPECT_TRUE(expected->unique);
    std::mt19937 engine(seed);
    for (std::size_t k0 : {1u, 4u, 64u, 5000u}) {
        for (int threads : {1, 3}) {
            std::ranges::shuffle(market.people, engine);
            std::ranges::shuffle(market.orders, engine);
            auto result = assign_market(market, settings(k0, threads));
            ASSERT_TRUE(result);
            EXPECT_EQ(result->proposals, expected->proposals) << "seed " << seed << " k0 " << k0;
            EXPECT_EQ(result->units, expected->units);
        }
    }
}

TEST(Batch, ChangesLeadToTheSameBytesAsARunFromScratch) {
    auto seed = seed_of_run();
    std::cout << "seed " << seed << "\n";
    auto market = city(seed, 300, 900);
    auto waiting = city(seed + 1, 400, 900);  // further orders and people to come
    PersonIndex index(market.rules, std::vector(market.people));
    Batch batch(index, settings(2));
    ASSERT_TRUE(batch.assign(market.orders));
    std::mt19937 engine(seed);
    auto any = [&](std::size_t n) { return std::size_t(engine() % n); };
    for (int change = 0; change < 60; ++change) {
        switch (change % 5) {
            case 0: {
                auto order = waiting.orders[std::size_t(300 + change)];
                market.orders.push_back(order);
                ASSERT_TRUE(batch.add_order(order));
                break;
            }
            case 1: {
                auto at = market.orders.begin() + std::ptrdiff_t(any(market.orders.size()));
                ASSERT_TRUE(batch.remove_order(at->id));
                market.orders.erase(at);
                break;
            }
            case 2: {
                auto result = batch.result();
                auto at = std::ranges::find_if(result.proposals,
                                               [](auto& p) { return !p.people.empty(); });
                ASSERT_NE(at, result.proposals.end());
                ASSERT_TRUE(batch.decline(at->order, at->people[0]));
                std::ranges::find(market.orders, at->order, &MarketOrder::id)
                    ->excluded.push_back(at->people[0]);
                break;
            }
            case 3: {
                auto at = market.people.begin() + std::ptrdiff_t(any(market.people.size()));
                batch.person_leaves(at->id);
                market.people.erase(at);
                break;
            }
            default: {
                auto person = waiting.people[any(waiting.people.size())];
                if (change % 2) person.id += 100'000;  // somebody new; else new values
                batch.person_changes(person);
                std::erase_if(market.people, [&](auto& p) { return p.id == person.id; });
                market.people.push_back(person);
            }
        }
        auto result = batch.result();
        EXPECT_TRUE(result.certificate.proves_optimum()) << "seed " << seed;
        auto scratch = assign_market(market, settings(8));
        ASSERT_TRUE(scratch);
        ASSERT_EQ(result.bound_units, scratch->bound_units)
            << "seed " << seed << " change " << change;
        ASSERT_EQ(result.proposals, scratch->proposals) << "seed " << seed << " change " << change;
    }
}

TEST(Batch, ATeamThatCannotBeCompleteLeavesItsPeopleToOthers) {
    auto rules = sample_rules();
    MarketPerson near;
    near.id = 1;
    near.capabilities = ~Capabilities(0);
    near.free = ~HalfHours(0);
    near.reach_m = 5000;
    near.minutes_left = 600;
    MarketOrder team;
    team.id = 10;
    team.starts = 1;
    team.people = 2;
    team.all_or_nothing = true;
    team.urgency = 3;  // dearer to leave empty than the other order
    MarketOrder single = team;
    single.id = 11;
    single.people = 1;
    single.all_or_nothing = false;
    single.urgency = 0;
    auto result = assign_market({rules, {near}, {team, single}}, settings());
    ASSERT_TRUE(result);
    EXPECT_TRUE(proposal_of(*result, 10).people.empty());
    EXPECT_TRUE(proposal_of(*result, 10).left_for_team);
    EXPECT_EQ(proposal_of(*result, 11).people, std::vector<std::int64_t>{1});
}

TEST(Batch, NobodyGoesWithoutTheLeaderWhoIsRequired) {
    auto rules = sample_rules();
    MarketPerson person;
    person.id = 1;
    person.capabilities = 1;
    person.free = ~HalfHours(0);
    person.reach_m = 5000;
    person.minutes_left = 600;
    auto leader = person;
    leader.id = 2;
    leader.capabilities = 1 | 1 << 7;
    MarketOrder pair;
    pair.id = 10;
    pair.required = 1;
    pair.lead_required = 1 << 7;
    pair.starts = 1;
    pair.people = 2;
    auto alone = assign_market({rules, {person}, {pair}}, settings());
    ASSERT_TRUE(alone);
    EXPECT_TRUE(proposal_of(*alone, 10).people.empty());
    auto both = assign_market({rules, {person, leader}, {pair}}, settings());
    ASSERT_TRUE(both);
    EXPECT_EQ(proposal_of(*both, 10).people, (std::vector<std::int64_t>{2, 1}));
}

TEST(AssignMarket, BadInputIsAClearErrorOrTheRightAnswer) {
    auto market = city(7, 20, 60);
    auto code = [](const Market& m) {
        auto result = assign_market(m, settings());
        return result ? "done" : std::string(result.error().row->code);
    };
    EXPECT_EQ(code({market.rules, {}, {}}), "done");
    EXPECT_EQ(code({market.rules, market.people, {}}), "done");
    EXPECT_EQ(code({market.rules, {}, market.orders}), "done");
    auto twice = market;
    twice.people.push_back(twice.people.front());
    EXPECT_EQ(code(twice), "market_duplicate_id");
    twice = market;
    twice.orders.push_back(twice.orders.front());
    EXPECT_EQ(code(twice), "market_duplicate_id");
    auto dear = market;
    dear.rules.empty_cost_max = 1 << 17;
    EXPECT_EQ(code(dear), "market_cost_out_of_bounds");
    dear.rules.empty_cost_max = (1 << 17) - 1;
    dear.rules.empty_cost = INT32_MAX;
    EXPECT_EQ(code(dear), "done");
    auto many = market;
    for (auto& order : many.orders) {
        order.people = 64;
        order.starts = 1;
    }
    EXPECT_EQ(code(many), "done");
    many.orders.clear();
    for (int i = 1; i <= 4097; ++i) {
        many.orders.push_back(market.orders[0]);
        many.orders.back().id = i;
        many.orders.back().starts = 1;
        many.orders.back().people = 64;
    }
    EXPECT_EQ(code(many), "market_too_large");
    auto never_free = market;
    for (auto& order : never_free.orders) order.starts = 0;
    auto nobody = assign_market(never_free, settings());
    ASSERT_TRUE(nobody);
    EXPECT_EQ(nobody->bound_units, dense_units(never_free));
    auto far = market;
    far.people[0].x_m = INT32_MIN;
    EXPECT_EQ(code(far), "market_invalid");
}

TEST(AssignMarket, EqualPeopleAndEqualOrdersAreDecidedByTheirIdsAlone) {
    auto market = city(7, 1, 1);
    auto person = market.people[0];
    person.capabilities = ~Capabilities(0);
    person.free = ~HalfHours(0);
    person.minutes_left = 600;
    MarketOrder order;
    order.starts = 1;
    order.x_m = person.x_m;
    order.y_m = person.y_m;
    market.people.clear();
    market.orders.clear();
    for (int i = 1; i <= 40; ++i) {
        person.id = order.id = i;
        market.people.push_back(person);
        market.orders.push_back(order);
    }
    auto expected = assign_market(market, settings());
    ASSERT_TRUE(expected);
    EXPECT_TRUE(expected->unique);
    std::ranges::reverse(market.people);
    auto again = assign_market(market, settings(3));
    EXPECT_EQ(again->proposals, expected->proposals);
}

TEST(AssignMarket, ACancelledRunSaysSo) {
    std::atomic<bool> cancelled{true};
    auto result = assign_market(city(7, 20, 60), {8, 1, &cancelled});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().row->code, "batch_cancelled");
}

TEST(PersonIndex, TheCheapestAreThoseOfAFullScan) {
    auto seed = seed_of_run();
    std::cout << "seed " << seed << "\n";
    auto market = city(seed, 200, 20000, 200);
    PersonIndex index(market.rules, std::vector(market.people));
    std::vector<Capabilities> asked;
    for (auto& order : market.orders) asked.push_back(order.required);
    index.prepare(asked, 1 << 20);
    EXPECT_GT(index.grids(), 3u);
    for (auto& order : market.orders) {
        bool leader = order.lead_required != 0;
        auto query = index.query_of(order, leader);
        std::vector<std::pair<Cost, std::int64_t>> all;
        for (auto& person : market.people) {
            if (obstacle_between(order, person, leader) != Obstacle::none) continue;
            auto units = price_of(market.rules, order, person, leader).total;
            all.push_back(
                {with_tie(units, query.tie, tie_of_person(person.id, market.rules.tie_salt)),
                 person.id});
        }
        std::ranges::sort(all);
        std::vector<Edge> found;
        Edge last{};
        std::vector<std::pair<Cost, std::int64_t>> mine;
        // Page by page, as a growing list asks.
        for (std::size_t k : {1u, 4u, 16u}) {
            auto cut = index.cheapest(query, k, mine.empty() ? nullptr : &last, found);
            for (auto& edge : found) mine.push_back({edge.cost, index.id_of(edge.column)});
            if (cut == no_cut) break;
            last = found.back();
            EXPECT_EQ(cut, last.cost);
        }
        all.resize(std::min<std::size_t>(all.size(), 21));
        EXPECT_EQ(mine, all) << "seed " << seed;
    }
}

// People without any time, with time in several parts of the horizon, and some who left.
TEST(PersonIndex, TheFunnelCountsEverybodyOnceByTheFirstRuleThatForbids) {
    auto seed = seed_of_run();
    std::cout << "seed " << seed << "\n";
    auto market = city(seed, 60, 8000, 100);
    PersonIndex index(market.rules, std::vector(market.people));
    std::vector<Capabilities> asked;
    for (auto& order : market.orders) asked.push_back(order.required);
    index.prepare(asked, 1 << 22);
    EXPECT_GT(index.grids(), 3u);
    for (int left = 0; left < 800; ++left) {
        index.remove(market.people.back().id);
        market.people.pop_back();
    }
    for (auto& order : market.orders) {
        for (bool leader : {false, true}) {
            FunnelCounts expected{};
            for (auto& person : market.people) {
                auto obstacle = obstacle_between(order, person, leader);
                for (std::size_t i = 0; i < expected.size(); ++i) {
                    if (obstacles()[i].obstacle == obstacle) break;
                    ++expected[i];
                }
            }
            EXPECT_EQ(index.count(index.query_of(order, leader)), expected)
                << "seed " << seed << " order " << order.id;
        }
    }
    EXPECT_EQ(index.people(), std::ssize(market.people));
}

}  // namespace
}  // namespace hezhi::dispatch
