#include "dispatch/day_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <random>

namespace hezhi::dispatch {
namespace {

unsigned seed_of_run() {
    if (const char* given = std::getenv("HEZHI_TEST_SEED")) {
        return static_cast<unsigned>(std::strtoul(given, nullptr, 10));
    }
    return std::random_device{}();
}

// Every subset in every order, walked through minute by minute.
std::pair<int, int> best_by_trying(const DayFrame& frame, std::vector<Visit> visits) {
    auto minutes = [&](int ax, int ay, int bx, int by) {
        auto metres =
            static_cast<int>(std::sqrt(double(ax - bx) * (ax - bx) + double(ay - by) * (ay - by)));
        return (metres + frame.metres_per_minute - 1) / frame.metres_per_minute;
    };
    std::pair<int, int> best{0, frame.from_minute};
    std::ranges::sort(visits, {}, &Visit::id);
    do {
        int at_x = frame.x_m, at_y = frame.y_m, now = frame.from_minute, made = 0;
        for (auto& visit : visits) {
            now = std::max(now + minutes(at_x, at_y, visit.x_m, visit.y_m), visit.from_minute);
            if (now > visit.to_minute) break;
            now += visit.minutes;
            at_x = visit.x_m;
            at_y = visit.y_m;
            ++made;
            int home = now + minutes(at_x, at_y, frame.x_m, frame.y_m);
            if (home > frame.to_minute) continue;
            if (made > best.first || (made == best.first && home < best.second))
                best = {made, home};
        }
    } while (std::ranges::next_permutation(visits, {}, &Visit::id).found);
    return best;
}

TEST(PlanDay, NoOtherOrderMakesMoreVisitsOrIsHomeEarlier) {
    auto seed = seed_of_run();
    std::cout << "seed " << seed << "\n";
    std::mt19937 engine(seed);
    auto upto = [&](int n) { return static_cast<int>(engine() % unsigned(n + 1)); };
    for (int round = 0; round < 60; ++round) {
        DayFrame frame{0, 0, 480, 480 + 240 + upto(300), 200};
        std::vector<Visit> visits;
        for (int i = 0; i < 1 + round % 7; ++i) {
            auto from = 480 + upto(400);
            visits.push_back({i + 1, upto(9000) - 4500, upto(9000) - 4500, from, from + upto(200),
                              20 + upto(60)});
        }
        auto plan = plan_day(frame, visits);
        ASSERT_TRUE(plan);
        auto [made, home] = best_by_trying(frame, visits);
        EXPECT_EQ(std::ssize(plan->visits), made) << "seed " << seed;
        EXPECT_EQ(plan->home_minute, home) << "seed " << seed;
        EXPECT_EQ(plan->visits.size() + plan->not_made.size(), visits.size());
        std::ranges::shuffle(visits, engine);
        EXPECT_EQ(*plan_day(frame, visits), *plan) << "seed " << seed;
    }
}

TEST(PlanDay, FourteenVisitsArePlannedAndFifteenRefused) {
    DayFrame frame;
    std::vector<Visit> visits;
    for (int i = 1; i <= 14; ++i) visits.push_back({i, i * 300, (i * 7 % 5) * 400, 480, 1000, 20});
    auto plan = plan_day(frame, visits);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->visits.size(), 14u);
    visits.push_back({15, 0, 0, 480, 1000, 20});
    EXPECT_FALSE(plan_day(frame, visits));
}

TEST(PlanDay, AnImpossibleWindowIsLeftOutAndSaid) {
    DayFrame frame{0, 0, 480, 1080, 200};
    auto plan = plan_day(frame, {{1, 20000, 0, 480, 500, 30}, {2, 200, 0, 480, 900, 30}});
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->not_made, std::vector<std::int64_t>{1});
    ASSERT_EQ(plan->visits.size(), 1u);
    EXPECT_EQ(plan->visits[0], (PlannedVisit{2, 480, 481, 511}));
    EXPECT_EQ(plan->home_minute, 512);
}

TEST(PlanDay, AnEmptyDayEndsWhereItBegins) {
    auto plan = plan_day({0, 0, 480, 1080, 200}, {});
    ASSERT_TRUE(plan);
    EXPECT_TRUE(plan->visits.empty());
    EXPECT_EQ(plan->home_minute, 480);
    EXPECT_FALSE(plan_day({}, {{1, 0, 0, 0, 0, 0}, {1, 0, 0, 0, 0, 0}}));
    EXPECT_FALSE(plan_day({0, 0, 0, 0, 0}, {}));
}

TEST(DayPlan, TakesTheWaysThatItIsGiven) {
    // Two visits next door to each other and far from the office: the far one is made on the way.
    DayFrame frame;
    frame.from_minute = 8 * 60;
    Visit first{1, 0, 0, 8 * 60, 18 * 60, 30}, second{2, 0, 0, 8 * 60, 18 * 60, 30};
    auto travel = [](const Visit* from, const Visit& to) {
        if (!from) return to.id == 1 ? 40 : 10;
        return from->id == to.id ? 0 : 5;
    };
    auto plan = plan_day(frame, {first, second}, travel).value();
    ASSERT_EQ(plan.visits.size(), 2U);
    EXPECT_EQ(plan.home_minute, 8 * 60 + 10 + 30 + 5 + 30 + 40);
    EXPECT_EQ(plan.visits.front().leaves_minute, 8 * 60);
}

}  // namespace
}  // namespace hezhi::dispatch
