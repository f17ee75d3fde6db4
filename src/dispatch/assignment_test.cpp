#include "dispatch/assignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <random>

#include "dispatch/certificate.h"
#include "dispatch/dense_reference.h"

namespace hezhi::dispatch {
namespace {

unsigned seed_of_run() {
    if (const char* given = std::getenv("HEZHI_TEST_SEED")) {
        return static_cast<unsigned>(std::strtoul(given, nullptr, 10));
    }
    return std::random_device{}();
}

// A full bipartite market in memory that gives out its edges a few at a time.
struct SmallMarket : EdgeSource {
    std::vector<std::vector<Edge>> lists;  // complete, ascending
    std::vector<std::uint32_t> row_list;
    std::vector<Cost> exits;
    std::uint32_t columns = 0;
    std::size_t at_once = 2;

    Cost more(std::uint32_t list, std::span<const Edge> listed, std::vector<Edge>& next) override {
        auto& all = lists[list];
        auto from = listed.size();
        auto to = std::min(all.size(), from + std::max<std::size_t>(from, 1));
        next.assign(all.begin() + static_cast<std::ptrdiff_t>(from),
                    all.begin() + static_cast<std::ptrdiff_t>(to));
        return to == all.size() ? no_cut : all[to].cost;
    }

    Assignment start(std::size_t k0) {
        Assignment out(this);
        out.add_columns(columns);
        for (auto& all : lists) {
            auto k = std::min(k0, all.size());
            out.add_list(std::span(all).first(k), k == all.size() ? no_cut : all[k].cost);
        }
        for (std::size_t row = 0; row < row_list.size(); ++row) {
            out.add_row(row_list[row], exits[row]);
        }
        return out;
    }
};

struct Dice {
    std::mt19937 engine;
    explicit Dice(unsigned seed) : engine(seed) {}
    std::int64_t upto(std::int64_t n) {
        return std::uniform_int_distribution<std::int64_t>(0, n)(engine);
    }
};

// Ties are frequent where costs are few.
SmallMarket any_market(Dice& dice, std::int64_t size, std::int64_t cost_range) {
    SmallMarket out;
    out.columns = static_cast<std::uint32_t>(1 + dice.upto(size));
    auto lists = 1 + dice.upto(size);
    for (std::int64_t list = 0; list < lists; ++list) {
        std::vector<Edge> edges;
        for (std::uint32_t column = 0; column < out.columns; ++column) {
            if (dice.upto(2) > 0) edges.push_back({dice.upto(cost_range), column});
        }
        std::ranges::stable_sort(edges, {}, &Edge::cost);
        out.lists.push_back(edges);
        auto places = 1 + dice.upto(2);
        auto exit = dice.upto(2 * cost_range);
        for (std::int64_t i = 0; i < places; ++i) {
            out.row_list.push_back(static_cast<std::uint32_t>(list));
            out.exits.push_back(exit);
        }
    }
    return out;
}

// The same market as a full matrix, one private column an exit.
std::int64_t dense_total(const SmallMarket& market, const std::vector<bool>& row_there,
                         const std::vector<bool>& column_there) {
    std::vector<std::vector<std::int64_t>> costs;
    for (std::size_t row = 0; row < market.row_list.size(); ++row) {
        if (!row_there[row]) continue;
        std::vector<std::int64_t> line(market.columns + market.row_list.size(), never);
        for (const Edge& edge : market.lists[market.row_list[row]]) {
            if (column_there[edge.column]) line[edge.column] = edge.cost;
        }
        line[market.columns + row] = market.exits[row];
        costs.push_back(line);
    }
    return costs.empty() ? 0 : solve_dense(costs).total;
}

std::int64_t dense_total(const SmallMarket& market) {
    return dense_total(market, std::vector<bool>(market.row_list.size(), true),
                       std::vector<bool>(market.columns, true));
}

// Every way to fill the rows, tried.
std::int64_t brute_force(const SmallMarket& market) {
    std::vector<bool> taken(market.columns, false);
    std::function<std::int64_t(std::size_t)> best = [&](std::size_t row) -> std::int64_t {
        if (row == market.row_list.size()) return 0;
        auto least = market.exits[row] + best(row + 1);
        for (const Edge& edge : market.lists[market.row_list[row]]) {
            if (taken[edge.column]) continue;
            taken[edge.column] = true;
            least = std::min(least, edge.cost + best(row + 1));
            taken[edge.column] = false;
        }
        return least;
    };
    return best(0);
}

void expect_optimum(const Assignment& assignment, std::int64_t total, unsigned seed) {
    auto certificate = check_certificate(assignment);
    ASSERT_EQ(certificate.violations, 0) << "seed " << seed;
    ASSERT_TRUE(certificate.proves_optimum()) << "seed " << seed;
    ASSERT_EQ(static_cast<std::int64_t>(certificate.cost), total) << "seed " << seed;
}

TEST(Assignment, DenseReferenceAgreesWithTryingEverything) {
    auto seed = seed_of_run();
    std::cout << "seed " << seed << "\n";
    Dice dice(seed);
    for (int round = 0; round < 300; ++round) {
        auto market = any_market(dice, 3, 9);
        ASSERT_EQ(dense_total(market), brute_force(market)) << "seed " << seed;
    }
}

TEST(Assignment, FindsTheOptimumAndProvesItWhateverItStartsWith) {
    auto seed = seed_of_run();
    std::cout << "seed " << seed << "\n";
    Dice dice(seed);
    for (int round = 0; round < 2000; ++round) {
        auto market = any_market(dice, 3 + round % 20, round % 3 ? 1000 : 5);
        auto total = dense_total(market);
        for (std::size_t k0 : {1u, 3u, 100u}) {
            auto assignment = market.start(k0);
            assignment.solve();
            expect_optimum(assignment, total, seed);
            if (HasFatalFailure()) return;
        }
    }
}

TEST(Assignment, ATightMarketGoesThroughTheAuctionAndStaysExact) {
    auto seed = seed_of_run();
    std::cout << "seed " << seed << "\n";
    Dice dice(seed);
    for (int round = 0; round < 30; ++round) {
        auto market = any_market(dice, 60, 40);
        market.columns = std::max<std::uint32_t>(market.columns, 1);
        auto assignment = market.start(2);
        assignment.solve();
        expect_optimum(assignment, dense_total(market), seed);
        if (HasFatalFailure()) return;
    }
}

TEST(Assignment, EveryChangeLeavesTheOptimumBehind) {
    auto seed = seed_of_run();
    std::cout << "seed " << seed << "\n";
    Dice dice(seed);
    for (int round = 0; round < 300; ++round) {
        auto market = any_market(dice, 14, round % 2 ? 500 : 6);
        std::vector<bool> rows(market.row_list.size(), true), columns(market.columns, true);
        auto assignment = market.start(2);
        assignment.solve();
        for (int change = 0; change < 12; ++change) {
            auto row = static_cast<std::uint32_t>(dice.upto(std::ssize(rows) - 1));
            auto column = static_cast<std::uint32_t>(dice.upto(std::ssize(columns) - 1));
            auto list = market.row_list[row];
            switch (dice.upto(3)) {
                case 0:
                    if (rows[row]) assignment.remove_row(row);
                    rows[row] = false;
                    break;
                case 1:
                    if (columns[column]) assignment.remove_column(column);
                    columns[column] = false;
                    break;
                case 2: {
                    // A source that learns of the refusal, as the index does.
                    auto grown = assignment.edges_of(list).size();
                    auto& all = market.lists[list];
                    auto at = std::ranges::find(all, column, &Edge::column);
                    if (at == all.end() || static_cast<std::size_t>(at - all.begin()) >= grown)
                        break;
                    all.erase(at);
                    assignment.forbid(list, column);
                    break;
                }
                default: {
                    auto added = market.row_list.size();
                    market.row_list.push_back(list);
                    market.exits.push_back(market.exits[row]);
                    rows.push_back(true);
                    auto placed = assignment.add_row(list, market.exits[added]);
                    assignment.place(placed);
                }
            }
            expect_optimum(assignment, dense_total(market, rows, columns), seed);
            if (HasFatalFailure()) return;
        }
    }
}

TEST(Assignment, APersonWhoJoinsIsUsedWhereItHelpsMost) {
    auto seed = seed_of_run();
    std::cout << "seed " << seed << "\n";
    Dice dice(seed);
    for (int round = 0; round < 300; ++round) {
        auto market = any_market(dice, 12, 300);
        auto assignment = market.start(100);
        assignment.solve();
        auto column = assignment.add_columns(1);
        market.columns = column + 1;
        std::vector<Assignment::Join> joins;
        for (std::uint32_t list = 0; list < market.lists.size(); ++list) {
            if (dice.upto(1)) continue;
            joins.push_back({list, dice.upto(300)});
            auto& all = market.lists[list];
            all.push_back({joins.back().cost, column});
            std::ranges::stable_sort(all, {}, &Edge::cost);
        }
        assignment.join_column(column, joins);
        expect_optimum(assignment, dense_total(market), seed);
        if (HasFatalFailure()) return;
    }
}

TEST(Assignment, RegretIsExactlyTheDifferenceOfTwoOptima) {
    auto seed = seed_of_run();
    std::cout << "seed " << seed << "\n";
    Dice dice(seed);
    for (int round = 0; round < 400; ++round) {
        auto market = any_market(dice, 10, round % 2 ? 300 : 5);
        auto assignment = market.start(1);
        assignment.solve();
        auto total = dense_total(market);
        for (std::uint32_t list = 0; list < market.lists.size(); ++list) {
            for (const Edge& edge : market.lists[list]) {
                // Forced by making staying with anybody else impossible for one row of the list.
                auto forced = std::numeric_limits<std::int64_t>::max();
                for (std::size_t row = 0; row < market.row_list.size(); ++row) {
                    if (market.row_list[row] != list) continue;
                    std::vector<bool> rows(market.row_list.size(), true);
                    std::vector<bool> columns(market.columns, true);
                    rows[row] = columns[edge.column] = false;
                    forced = std::min(forced, dense_total(market, rows, columns) + edge.cost);
                }
                auto regret = assignment.regret(list, edge.cost, edge.column);
                ASSERT_EQ(regret.loss, forced - total) << "seed " << seed;
                if (regret.loss == 0 && regret.moves.empty()) continue;
                // The named moves bring about exactly that loss.
                std::map<std::uint32_t, std::int32_t> moved;
                for (auto& move : regret.moves)
                    ASSERT_TRUE(moved.emplace(move.row, move.column).second);
                std::int64_t after = 0;
                std::map<std::int32_t, int> taken;
                for (std::uint32_t row = 0; row < assignment.rows(); ++row) {
                    auto column = moved.contains(row) ? moved[row] : assignment.column_of(row);
                    if (column < 0) {
                        after += market.exits[row];
                        continue;
                    }
                    ASSERT_EQ(taken[column]++, 0) << "seed " << seed;
                    auto& all = market.lists[market.row_list[row]];
                    auto its =
                        std::ranges::find(all, static_cast<std::uint32_t>(column), &Edge::column);
                    ASSERT_NE(its, all.end());
                    after += its->cost;
                }
                ASSERT_EQ(after - total, regret.loss) << "seed " << seed;
            }
        }
        ASSERT_EQ(static_cast<std::int64_t>(check_certificate(assignment).cost), total);
    }
}

TEST(Assignment, NobodyAndNothingIsAnAnswerToo) {
    Assignment nothing;
    nothing.solve();
    EXPECT_TRUE(check_certificate(nothing).proves_optimum());
    Assignment nobody;
    auto list = nobody.add_list({}, no_cut);
    nobody.add_row(list, 70);
    nobody.solve();
    EXPECT_EQ(nobody.column_of(0), Assignment::at_exit);
    EXPECT_EQ(check_certificate(nobody).cost, 70);
}

TEST(Assignment, EqualCostsEverywhereAreNotAProofOfUniqueness) {
    Assignment equal;
    equal.add_columns(2);
    std::vector<Edge> edges{{5, 0}, {5, 1}};
    for (int i = 0; i < 2; ++i) equal.add_row(equal.add_list(edges, no_cut), 100);
    equal.solve();
    EXPECT_EQ(check_certificate(equal).cost, 10);
    EXPECT_FALSE(is_unique(equal));
}

TEST(Certificate, UniqueMeansThatTryingEverythingFindsNoSecondOptimum) {
    auto seed = seed_of_run();
    std::cout << "seed " << seed << "\n";
    Dice dice(seed);
    int unique = 0;
    for (int round = 0; round < 3000; ++round) {
        auto market = any_market(dice, 3, 5 + round % 20);
        auto assignment = market.start(100);
        assignment.solve();
        auto total = dense_total(market);
        // Every optimum, as which columns each list has.
        std::map<std::vector<std::vector<std::uint32_t>>, int> optima;
        std::vector<std::vector<std::uint32_t>> has(market.lists.size());
        std::vector<bool> taken(market.columns, false);
        std::function<void(std::size_t, std::int64_t)> go = [&](std::size_t row,
                                                                std::int64_t cost) {
            if (cost > total) return;
            if (row == market.row_list.size()) {
                auto sorted = has;
                for (auto& columns : sorted) std::ranges::sort(columns);
                optima[sorted] = 1;
                return;
            }
            auto list = market.row_list[row];
            go(row + 1, cost + market.exits[row]);
            for (const Edge& edge : market.lists[list]) {
                if (taken[edge.column]) continue;
                taken[edge.column] = true;
                has[list].push_back(edge.column);
                go(row + 1, cost + edge.cost);
                has[list].pop_back();
                taken[edge.column] = false;
            }
        };
        go(0, 0);
        ASSERT_EQ(is_unique(assignment), optima.size() == 1) << "seed " << seed;
        unique += optima.size() == 1;
    }
    EXPECT_GT(unique, 100);
}

TEST(Certificate, AWrongAnswerIsNoticed) {
    // Solved on a list that pretends to be complete: the real edges prove that it is not the best.
    std::vector<Edge> edges{{1, 0}, {2, 1}};
    Assignment cheap;
    cheap.add_columns(2);
    auto list = cheap.add_list(edges, 2);  // claims that unlisted people cost 2 at least
    cheap.add_row(list, 100);
    cheap.add_row(list, 100);
    EXPECT_FALSE(check_certificate(cheap).proves_optimum());  // nobody was placed
}

}  // namespace
}  // namespace hezhi::dispatch
