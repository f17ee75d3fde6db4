// The batch of the product against a slow second opinion, and against itself by other ways.
#include "dispatch/matching.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "dispatch/dense_reference.h"
#include "dispatch/pricing.h"

namespace hezhi::dispatch {
namespace {

using namespace std::chrono_literals;

const Instant morning = start_of(*parse_day("2026-11-30")) + 9h;

Weights pack_weights() {
    return {40, 20, 15, 15, 10, {100, 60, 25}, 2400, 50, 18, 4800};
}

MatchPerson somebody(std::int64_t id, std::string path = "/1/5/9/") {
    MatchPerson out;
    out.person.id = id;
    out.person.area_path = std::move(path);
    out.person.volunteer = true;
    out.person.certification = 1;
    out.person.age_years = 50;
    return out;
}

MatchOrder one_order(std::int64_t id, std::string path = "/1/5/9/") {
    MatchOrder out;
    out.id = id;
    out.order.category = "visit";
    out.order.area_path = path;
    out.order.reach_path = std::move(path);
    out.order.near_depth = 3;
    out.order.window = {morning, morning + 1h};
    out.order.minutes_planned = 60;
    out.order.duty_boundary = DutyBoundary::volunteer;
    out.order.certification_min = 1;
    out.empty_points = 300;
    return out;
}

// Three subdistricts of three communities; people and orders at random, people scarce.
MatchInput sample(std::uint32_t seed, int people, int orders) {
    std::mt19937 random(seed);
    auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    auto place = [&](int depth) {
        std::string path = "/1/";
        if (depth > 0) path += std::to_string(2 + below(3)) + "/";
        if (depth > 1) path += std::to_string(10 + below(3)) + "/";
        return path;
    };
    MatchInput input{pack_weights(), 20261130, {}, {}};
    for (int i = 0; i < people; ++i) {
        auto person = somebody(1000 + i * 3, place(below(10) ? 2 : below(2)));
        person.person.certification = below(3);
        person.person.recent_minutes = below(5000);
        if (below(8) == 0) {
            person.person.social_worker = true;
            person.person.credentials = {{"social_worker", morning + 24h}};
        }
        if (below(6) == 0) {
            auto from = morning + std::chrono::hours(below(4));
            person.person.busy = {{from, from + 1h}};
        }
        if (below(9) == 0) person.asked = {{morning, morning + 1h}};
        person.experienced = below(3) == 0;
        input.people.push_back(std::move(person));
    }
    for (int i = 0; i < orders; ++i) {
        auto order = one_order(1 + i * 2, place(2));
        if (below(2)) order.order.reach_path = order.order.area_path.substr(0, below(2) ? 5 : 3);
        order.order.window.from = morning + std::chrono::hours(below(4));
        order.order.window.to = order.order.window.from + 1h;
        order.order.certification_min = below(3);
        order.empty_points = 200 + below(4) * 100;
        if (below(7) == 0) {
            order.order.duty_boundary = DutyBoundary::professional_only;
            order.order.credential = "social_worker";
        }
        for (auto& person : input.people) {
            if (below(40) == 0) order.known.push_back(person.person.id);
            if (below(40) == 0) order.asked_before.push_back(person.person.id);
            if (below(60) == 0) order.excluded.push_back(person.person.id);
        }
        input.orders.push_back(std::move(order));
    }
    return input;
}

std::string text_of(const MatchResult& result) {
    std::string out;
    append_text(out, result);
    return out;
}

MatchResult solved(MatchInput input) {
    Matching matching(std::move(input));
    EXPECT_TRUE(matching.solve());
    return matching.result();
}

// Every pair judged one by one, without index, lists or reach ranges; the lots left out. A point
// counts `point`, somebody who was not proposed before `change`.
std::int64_t dense_points(const MatchInput& input, std::int64_t point = 1,
                          std::int64_t change = 0) {
    std::vector<std::vector<std::int64_t>> costs;
    std::vector<std::int64_t> exits;
    for (auto& order : input.orders) {
        for (std::int32_t place = 0; place < order.places; ++place) {
            std::vector<std::int64_t> row;
            for (auto& somebody : input.people) {
                auto person = somebody.person;
                auto in = [&](auto& ids) { return std::ranges::count(ids, person.id) > 0; };
                person.served_recipient_before = in(order.known);
                person.excluded_by_recipient = in(order.excluded);
                auto verdict = consider(order.order, person, input.weights);
                bool asked = in(order.asked_before) ||
                             std::ranges::any_of(somebody.asked, [&](auto& interval) {
                                 return interval.overlaps(order.order.window);
                             });
                auto* score = std::get_if<Score>(&verdict);
                std::int64_t changed = in(order.proposed_before) ? 0 : change;
                row.push_back(score && !asked ? (100 - score->total) * point + changed : never);
            }
            costs.push_back(std::move(row));
            exits.push_back(order.empty_points * point);
        }
    }
    // Each place has an exit of its own.
    for (std::size_t at = 0; at < costs.size(); ++at) {
        costs[at].resize(input.people.size() + costs.size(), never);
        costs[at][input.people.size() + at] = exits[at];
    }
    return solve_dense(costs).total;
}

TEST(Matching, IsTheOptimumOfAllPairsAndProvesIt) {
    for (std::uint32_t seed = 1; seed <= 40; ++seed) {
        auto input = sample(seed, 30, 12 + static_cast<int>(seed));
        auto result = solved(input);
        EXPECT_TRUE(result.certificate.proves_optimum()) << seed;
        EXPECT_EQ(result.points, result.bound_points) << seed;
        EXPECT_EQ(result.points, dense_points(input)) << "seed " << seed;
    }
}

TEST(Matching, DoesNotDependOnTheOrderOfTheInput) {
    auto input = sample(7, 80, 60);
    auto shuffled = input;
    std::mt19937 random(7);
    std::ranges::shuffle(shuffled.people, random);
    std::ranges::shuffle(shuffled.orders, random);
    std::string a, b;
    append_text(a, input);
    append_text(b, shuffled);
    EXPECT_EQ(a, b);
    EXPECT_EQ(text_of(solved(input)), text_of(solved(shuffled)));
}

TEST(Matching, ChangesLeadToTheSameBytesAsARunFromScratch) {
    for (std::uint32_t seed = 1; seed <= 12; ++seed) {
        auto input = sample(seed, 70, 50);
        std::mt19937 random(seed);
        Matching followed(input);
        ASSERT_TRUE(followed.solve());
        for (int day = 0; day < 6; ++day) {
            auto others = sample(seed * 100 + static_cast<std::uint32_t>(day), 70, 50);
            for (int i = 0; i < 4; ++i) {
                auto at = random() % input.orders.size();
                input.orders[at].asked_before.push_back(
                    input.people[random() % input.people.size()].person.id);
                std::ranges::sort(input.orders[at].asked_before);
                at = random() % input.people.size();
                auto id = input.people[at].person.id;
                input.people[at] = others.people[at];
                input.people[at].person.id = id;
            }
            input.orders.erase(input.orders.begin() + static_cast<int>(random() % 20));
            auto added = others.orders.front();
            added.id = 5000 + day;
            input.orders.push_back(added);
            input.people.erase(input.people.begin() + static_cast<int>(random() % 20));
            auto joined = others.people.back();
            joined.person.id = 9000 + day;
            input.people.push_back(joined);
            ASSERT_TRUE(followed.change_to(input));
            auto result = followed.result();
            EXPECT_TRUE(result.certificate.proves_optimum());
            EXPECT_EQ(text_of(result), text_of(solved(input))) << seed << " on day " << day;
        }
    }
}

std::int64_t changes_in(const MatchResult& result, const MatchInput& input) {
    std::int64_t changes = 0;
    for (auto& matched : result.orders) {
        auto& before =
            std::ranges::find(input.orders, matched.order, &MatchOrder::id)->proposed_before;
        for (auto& one : matched.people) changes += !std::ranges::count(before, one.person);
    }
    return changes;
}

TEST(Matching, ChangesWhatWasProposedBeforeNoMoreThanTheOptimumMust) {
    std::int64_t kept = 0, free = 0;
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        auto input = sample(seed, 60, 40);
        for (auto& somebody : input.people) somebody.person.recent_minutes = 0;  // many are alike
        auto first = solved(input);
        std::mt19937 random(seed);
        for (auto& matched : first.orders) {
            auto& order = *std::ranges::find(input.orders, matched.order, &MatchOrder::id);
            for (auto& one : matched.people) order.proposed_before.push_back(one.person);
            std::ranges::sort(order.proposed_before);
            if (random() % 5 == 0) order.asked_before = order.proposed_before;  // and they declined
        }
        auto second = solved(input);
        EXPECT_TRUE(second.certificate.proves_optimum()) << seed;
        EXPECT_EQ(second.points * 10'000 + changes_in(second, input),
                  dense_points(input, 10'000, 1))
            << seed;
        auto other_lots = input;
        for (auto& order : other_lots.orders) order.proposed_before.clear();
        other_lots.tie_salt = 99;
        kept += changes_in(second, input);
        free += changes_in(solved(other_lots), input);
    }
    EXPECT_LT(kept, free) << "lots alone would have changed more";
}

TEST(Matching, SharesOutTheBitsBelowAPointForAnySize) {
    EXPECT_EQ(tie_scale(1), tie_scale(256));
    for (std::int64_t places : {1, 300, 2'048, 5'000, 20'000}) {
        auto scale = tie_scale(places);
        auto lots = Cost(1) << scale.noise_bits;
        EXPECT_GE(scale.change, std::min<std::int64_t>(places, 128) * lots) << places;
        EXPECT_LT(places * (scale.change + lots), Cost(1) << (tie_bits - 1)) << places;
    }
}

TEST(Matching, ChangesOfTheRulesNeedANewRun) {
    auto input = sample(3, 20, 10);
    Matching matching(input);
    input.weights.distance = 41;
    EXPECT_FALSE(matching.change_to(input));
}

TEST(Matching, WhyNotTellsTheRuleOrExactlyWhatEverybodyWouldLose) {
    int regrets = 0, losses = 0;
    for (std::uint32_t seed = 1; seed <= 10; ++seed) {
        auto input = sample(seed, 24, 20);
        Matching matching(input);
        ASSERT_TRUE(matching.solve());
        auto before = dense_points(input);
        for (std::size_t o = 0; o < input.orders.size(); ++o) {
            for (std::size_t p = 0; p < input.people.size(); p += 5) {
                auto why = matching.why_not(input.orders[o].id, input.people[p].person.id);
                ASSERT_TRUE(why);
                if (why->rule) continue;
                // The pair made by hand, everybody else at their best.
                auto rest = input;
                rest.orders.erase(rest.orders.begin() + static_cast<int>(o));
                rest.people.erase(rest.people.begin() + static_cast<int>(p));
                auto forced = dense_points(rest) + 100 - why->points;
                EXPECT_EQ(why->loss_points, forced - before) << seed << " " << o << " " << p;
                EXPECT_EQ(why->chosen, why->swaps.empty());
                ++regrets;
                losses += why->loss_points > 0;
            }
        }
    }
    EXPECT_GT(regrets, 50);
    EXPECT_GT(losses, 20);
    Matching matching(sample(1, 5, 5));
    EXPECT_FALSE(matching.why_not(1, 77));
    EXPECT_FALSE(matching.why_not(77, 1000));
}

TEST(Matching, NobodyIsAskedTwice) {
    auto order = one_order(1);
    MatchInput input{pack_weights(), 1, {somebody(10)}, {order}};
    EXPECT_EQ(solved(input).empty_places, 0);
    input.orders[0].asked_before = {10};
    Matching before(input);
    ASSERT_TRUE(before.solve());
    EXPECT_EQ(before.result().empty_places, 1);
    EXPECT_EQ(before.why_not(1, 10)->rule->code, "asked_before");
    input.orders[0].asked_before.clear();
    input.people[0].asked = {order.order.window};
    Matching elsewhere(input);
    ASSERT_TRUE(elsewhere.solve());
    EXPECT_EQ(elsewhere.result().empty_places, 1);
    EXPECT_EQ(elsewhere.why_not(1, 10)->rule->code, "asked_elsewhere");
}

TEST(Matching, TeamsAreAllOrNothingWithSomebodyExperienced) {
    auto team = one_order(1);
    team.places = 2;
    team.all_or_nothing = team.leader_needed = true;
    MatchInput input{pack_weights(), 1, {somebody(10), somebody(11), somebody(12)}, {team}};
    auto nobody_leads = solved(input);
    EXPECT_TRUE(nobody_leads.orders[0].people.empty());
    EXPECT_TRUE(nobody_leads.orders[0].left_for_team);
    input.people[2].experienced = true;
    auto led = solved(input).orders[0];
    ASSERT_EQ(led.people.size(), 2U);
    EXPECT_EQ(led.people[0].person, 12) << "who leads stands first";
    Matching matching(input);
    ASSERT_TRUE(matching.solve());
    EXPECT_EQ(matching.why_not(1, 10)->rule, nullptr) << "the member's place is open to them";
    // One person is worth more on the order that needs one than on half a team.
    input.people.resize(1);
    input.people[0].experienced = true;
    input.orders.push_back(one_order(2));
    auto result = solved(input);
    EXPECT_TRUE(result.orders[0].people.empty());
    EXPECT_EQ(result.orders[1].people.size(), 1U);
}

TEST(Matching, AnUrgentPlaceIsFilledBeforeOneThatFitsBetter) {
    auto near = one_order(1), urgent = one_order(2, "/1/5/8/");
    urgent.order.reach_path = "/1/5/";
    urgent.empty_points = 500;
    MatchInput input{pack_weights(), 1, {somebody(10)}, {near, urgent}};
    auto result = solved(input);
    EXPECT_TRUE(result.orders[0].people.empty());
    EXPECT_EQ(result.orders[1].people.size(), 1U);
}

TEST(Matching, CoverIsAskedForTheTimeOfTheOrder) {
    auto order = one_order(1);
    order.order.insurance = true;
    MatchInput input{pack_weights(), 1, {somebody(10)}, {order}};
    auto rule_against = [&] {
        Matching matching(input);
        EXPECT_TRUE(matching.solve());
        auto why = matching.why_not(1, 10).value();
        return why.rule ? std::string(why.rule->code) : "";
    };
    EXPECT_EQ(rule_against(), "insurance_missing");
    input.people[0].insured = {{morning - 24h, morning + 30min}};
    EXPECT_EQ(rule_against(), "insurance_missing") << "it ends during the service";
    input.people[0].insured = {{morning - 240h, morning - 24h}, {morning, morning + 24h}};
    EXPECT_EQ(rule_against(), "") << "it begins only then, and holds";
}

TEST(Matching, SaysNothingWrongOfNothing) {
    MatchInput input{pack_weights(), 1, {}, {one_order(1)}};
    auto nobody = solved(input);
    EXPECT_EQ(nobody.empty_places, 1);
    EXPECT_TRUE(nobody.certificate.proves_optimum());
    input = {pack_weights(), 1, {somebody(10)}, {}};
    EXPECT_TRUE(solved(input).orders.empty());
}

TEST(Matching, StopsWhenItIsTold) {
    std::atomic<bool> cancelled{true};
    Matching matching(sample(1, 60, 60));
    EXPECT_FALSE(matching.solve(&cancelled));
}

}  // namespace
}  // namespace hezhi::dispatch
