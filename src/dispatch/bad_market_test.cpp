// Markets that nobody would draw up on purpose: each ends in a clear error or in the right answer.
// The right answer is held against every pair of place and person.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "dispatch/generate.h"
#include "dispatch/instance.h"
#include "dispatch/pair_check.h"

namespace hezhi::dispatch {
namespace {

constexpr std::string_view head =
    "hezhi-dispatch 1\ncapability volunteer\nrule visit_cost 400\nrule metres_per_cost 20\n"
    "rule empty_cost 6000\nrule empty_cost_per_urgency 1000\nrule empty_cost_max 131071\n";

constexpr BatchSettings checked{4, 1, nullptr, 1 << 30};

InstanceReport solved(const std::string& lines) {
    auto report = solve_instance(std::string(head) + lines, checked);
    EXPECT_TRUE(report) << report.error().row->en << " " << report.error().fields[0].field;
    if (!report) return {};
    EXPECT_TRUE(report->sound());
    return *report;
}

// "line 12, id: id 7 once", or "" where it was solved.
std::string refused(const std::string& lines) {
    auto report = solve_instance(std::string(head) + lines, checked);
    if (report) return "";
    auto& fields = report.error().fields;
    EXPECT_FALSE(report.error().row->zh.empty() || fields.empty() || fields[0].expected_zh.empty());
    return fields.empty() ? "" : fields[0].field + ": " + fields[0].expected_en;
}

std::string person(int id, const std::string& rest = "0 0 3000 ffff 0 600 0 volunteer") {
    return "person " + std::to_string(id) + " " + rest + "\n";
}

// Half an hour for one person, at any of these starts.
std::string order(int id, int urgency, const std::string& starts = "ffff", int people = 1,
                  int half_hours = 1) {
    return "order " + std::to_string(id) + " 0 0 0 " + starts + " " + std::to_string(half_hours) +
           " " + std::to_string(people) + " any " + std::to_string(urgency) +
           " 0 volunteer - - - -\n";
}

TEST(BadMarket, EmptySetsAreSolved) {
    EXPECT_EQ(solved("").cost, 0);
    EXPECT_EQ(solved(person(1)).cost, 0);
    auto nobody = solved(order(1, 0) + order(2, 1));
    EXPECT_EQ(nobody.cost, 6000 + 7000);
    EXPECT_EQ(nobody.unassigned, 2);
    EXPECT_TRUE(nobody.unique);
}

TEST(BadMarket, OnePersonForAllGoesWhereTheyAreMissedMost) {
    std::string lines = person(1);
    for (int id = 1; id <= 50; ++id) lines += order(id, id == 31 ? 4 : 3);
    auto report = solved(lines);
    EXPECT_EQ(report.unassigned, 49);
    EXPECT_EQ(report.cost, 49 * 9000 + 400);
    EXPECT_EQ(report.proposals[30].people, std::vector<std::int64_t>{1});
}

TEST(BadMarket, EqualCostsEverywhereHaveOneAnswerWhateverTheOrderOfTheLines) {
    std::vector<std::string> lines;
    for (int id = 1; id <= 60; ++id) lines.push_back(person(id));
    for (int id = 1; id <= 40; ++id) lines.push_back(order(id, 0));
    auto joined = [&] { return std::accumulate(lines.begin(), lines.end(), std::string()); };
    auto report = solved(joined());
    EXPECT_TRUE(report.unique);
    EXPECT_EQ(report.cost, 40 * 400);
    std::ranges::reverse(lines);
    EXPECT_EQ(solved(joined()).proposals, report.proposals);
    // A matrix of one value: any assignment will do, and its total is known.
    CostMatrix even{70, std::vector<std::int64_t>(70 * 70, 9)};
    auto result = solve_matrix(even);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->total, 70 * 9);
    EXPECT_TRUE(result->certificate.proves_optimum());
}

TEST(BadMarket, ImpossibleWindowsLeaveTheirPlacesEmpty) {
    auto people = person(1) + person(2, "0 0 3000 5555555555555555 0 600 0 volunteer") +
                  person(3, "0 0 3000 ffffffffffffffff 0 29 0 volunteer");
    EXPECT_EQ(solved(people + order(1, 0, "0")).unassigned, 1);      // no start at all
    EXPECT_EQ(solved(people + order(1, 0, "20000")).unassigned, 1);  // when nobody can
    EXPECT_EQ(solved(people + order(1, 0, "ffff", 1, 17)).unassigned,
              1);  // longer than anybody has
    // Beyond the horizon's end there is no time, not even for those free in its last half hour.
    EXPECT_EQ(solved(people + order(1, 0, "8000000000000000", 1, 2)).unassigned, 1);
    EXPECT_EQ(solved(people + order(1, 0, "ffff", 1, 16)).unassigned, 0);
}

TEST(BadMarket, CostsAtTheBoundAreExactAndBeyondItRefused) {
    // Each person and each empty place as dear as the engine takes: 2^17 - 1, with ties below.
    std::string rules = "rule visit_cost 90413\ncolour 35543\nrule metres_per_cost 20\n";
    std::string lines;
    for (int id = 1; id <= 30; ++id) lines += person(id);
    for (int id = 1; id <= 40; ++id) lines += order(id, 2147483647);
    auto report = solved(rules + lines);
    EXPECT_EQ(report.unassigned, 10);
    EXPECT_EQ(report.cost, 30 * (90413 + 35543) + 10 * 131071LL);
    EXPECT_EQ(refused("rule visit_cost 90414\ncolour 35543\n"), "/rules: at most 131,071 together");
    EXPECT_EQ(refused("rule empty_cost_max 131072\n"), "line 8, empty_cost_max: at most 131,071");
    EXPECT_EQ(refused("rule visit_cost -1\n"),
              "line 8, visit_cost: an integer from 0 to 2147483647");
    EXPECT_EQ(refused("rule visit_cost 2147483648\n"),
              "line 8, visit_cost: an integer from 0 to 2147483647");
    // A matrix of the dearest costs: the anti-diagonal is cheaper by one each.
    CostMatrix dear{40, std::vector<std::int64_t>(1600, matrix_cost_max)};
    for (std::size_t i = 0; i < 40; ++i) dear.costs[i * 40 + 39 - i] -= 1;
    auto result = solve_matrix(dear);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->total, 40 * (matrix_cost_max - 1));
    EXPECT_TRUE(result->certificate.proves_optimum());
}

TEST(BadMarket, MorePlacesThanTheTieBreaksAllowAreRefused) {
    std::string lines = person(1);
    for (int id = 1; id <= 4097; ++id) lines += order(id, 0, "1", 64);
    EXPECT_EQ(refused(lines), "/orders: at most 262,144 places");
}

TEST(BadMarket, ADuplicateIdIsNamedWithTheLineOfTheSecond) {
    EXPECT_EQ(refused(person(7) + person(8) + person(7)), "line 10, id: id 7 once");
    EXPECT_EQ(refused(order(7, 0) + "# remark\n" + order(7, 1)), "line 10, id: id 7 once");
}

TEST(BadMarket, AFaultIsNamedByLineAndFieldWithWhatWasExpected) {
    EXPECT_EQ(refused(person(1, "0 0 3000 ffff 0 600 1 volunteer")),
              "line 8, colour: a colour that the rules list");
    EXPECT_EQ(refused(person(1, "0 0 3000 xyz 0 600 0 volunteer")),
              "line 8, free: 1 to 16 hexadecimal digits");
    EXPECT_EQ(refused(person(1, "0 0 102301 f 0 600 0 volunteer")),
              "line 8, reach: an integer from 0 to 102300");
    EXPECT_EQ(refused(person(1, "0 0 3000 f 0 600 0")),
              "line 8, capabilities: names of capabilities listed before with commas between them, "
              "or -");
    EXPECT_EQ(refused(person(1, "0 0 3000 f 0 600 0 - -")),
              "line 8: the line to end after capabilities");
    EXPECT_EQ(refused(order(1, 0, "3", 2)),
              "line 8, starts: one start only: a team begins together");
    EXPECT_EQ(refused(order(1, 0, "1", 65)), "line 8, people: an integer from 1 to 64");
    EXPECT_EQ(refused("visitor 1\n"),
              "line 8: one of capability, certificate, rule, load, colour, wish, person, order");
    EXPECT_EQ(solve_instance("3\n1 2 3\n4 x 6\n", {}).error().fields[0].field,
              "line 3, cost of row 2, column 2");
    EXPECT_EQ(solve_instance("3\n1 2 3\n4 5 6\n", {}).error().fields[0].field,
              "line 3, cost of row 3, column 1");
}

// Cancels itself when the engine asks for more candidates.
class CancellingSource final : public EdgeSource {
  public:
    std::atomic<bool> cancelled{false};
    Cost more(std::uint32_t, std::span<const Edge>, std::vector<Edge>& next) override {
        EXPECT_FALSE(cancelled) << "asked after it was cancelled";
        cancelled = true;
        next.push_back({7, 0});
        return no_cut;
    }
};

TEST(BadMarket, ACancelledRunSaysSoAndAnswersNothing) {
    std::atomic<bool> cancelled{true};
    BatchSettings settings{4, 1, &cancelled};
    for (auto kind : {InstanceKind::tight, InstanceKind::machol_wien}) {
        auto text = generate_instance({kind, 60});
        ASSERT_TRUE(text);
        auto report = solve_instance(*text, settings);
        ASSERT_FALSE(report);
        EXPECT_TRUE(report.error().is(refusals::batch_cancelled));
    }
    CancellingSource source;
    Assignment assignment(&source);
    assignment.stop_when(&source.cancelled);
    assignment.add_columns(1);
    for (int list = 0; list < 2; ++list) assignment.add_row(assignment.add_list({}, 5), 100);
    EXPECT_THROW(assignment.solve(), AssignmentStopped);
}

TEST(BadMarket, ThePairCheckNoticesAForeignPrice) {
    auto market = generate_city({4, 30, 120, 20});
    PersonIndex index(market.rules, std::vector(market.people));
    Batch batch(index, {4, 1, nullptr});
    ASSERT_TRUE(batch.assign(market.orders));
    EXPECT_EQ(check_pairs(batch, market).violations, 0);
    int noticed = 0;
    for (auto& one : market.people) {
        auto before = one;
        one.minutes_left = 6000;
        one.free = ~HalfHours(0);
        one.reach_m = 100000;
        noticed += check_pairs(batch, market).violations > 0;
        one = before;
    }
    EXPECT_GT(noticed, 0);  // somebody with more time would have been sent
}

TEST(Generate, EveryKindIsReadBackAndSolved) {
    for (auto& row : instance_kinds()) {
        auto text = generate_instance({row.kind, 40, 0, 10, 3});
        ASSERT_TRUE(text) << row.name;
        auto report = solve_instance(*text, checked);
        ASSERT_TRUE(report) << row.name;
        EXPECT_TRUE(report->sound()) << row.name;
        EXPECT_EQ(report->orders, 40);
        EXPECT_EQ(*generate_instance({row.kind, 40, 0, 10, 3}), *text);
        EXPECT_FALSE(generate_instance({row.kind, 0}));
        EXPECT_FALSE(generate_instance({row.kind, 100'001}));
    }
}

}  // namespace
}  // namespace hezhi::dispatch
