// Which requesters are called back: a table that a district officer can read.
#include "domain/orders/revisit_rules.h"

#include <gtest/gtest.h>

#include "base/sample_draw.h"

namespace hezhi::orders {
namespace {

rules::AskingRules rules_of(std::int32_t percent) {
    rules::AskingRules rules;
    rules.revisit_all = {"P1", "P2", "P4"};
    rules.revisit_percent = percent;
    return rules;
}

TEST(Revisits, AreAllOfTheClassesThatThePackNamesAlsoBeforeTheSeedIsKnown) {
    auto rules = rules_of(20);
    for (auto all : {PriorityClass::P1, PriorityClass::P2, PriorityClass::P4}) {
        for (std::int64_t id = 1; id <= 200; ++id) {
            EXPECT_TRUE(revisit_due(rules, all, OrderId(id), std::nullopt));
        }
    }
    EXPECT_FALSE(revisit_due(rules, PriorityClass::P3, OrderId(1), std::nullopt));
}

TEST(Revisits, AreAShareOfTheOthersThatAnybodyDrawsAgain) {
    auto rules = rules_of(20);
    int drawn = 0, other_month = 0;
    for (std::int64_t id = 1; id <= 100000; ++id) {
        bool due = revisit_due(rules, PriorityClass::P3, OrderId(id), 42);
        EXPECT_EQ(due, revisit_due(rules, PriorityClass::P3, OrderId(id), 42));
        EXPECT_EQ(due, hezhi::draw_of(id, 42) < 2000) << id;
        drawn += due;
        other_month += due != revisit_due(rules, PriorityClass::P3, OrderId(id), 43);
    }
    EXPECT_NEAR(drawn, 20000, 500);
    EXPECT_GT(other_month, 10000) << "another month draws others";
}

TEST(Revisits, AreDrawnByAPromisedSeedAsTheSpotChecksAre) {
    const std::optional<SampleSeed> seed = std::string(64, '7');
    int drawn = 0;
    for (std::int64_t id = 1; id <= 20000; ++id) {
        bool due = revisit_due(rules_of(20), PriorityClass::P3, OrderId(id), seed);
        drawn += due;
        if (is_drawn(*seed, id, 5)) {
            EXPECT_TRUE(due) << id << ": one call serves both";
        }
    }
    EXPECT_NEAR(drawn, 4000, 250);
}

TEST(Revisits, AreEverybodyOrNobodyOfTheOthersAtTheEnds) {
    for (std::int64_t id = 1; id <= 1000; ++id) {
        EXPECT_TRUE(revisit_due(rules_of(100), PriorityClass::P3, OrderId(id), std::nullopt));
        EXPECT_FALSE(revisit_due(rules_of(0), PriorityClass::P3, OrderId(id), 42));
    }
}

// A pack that was published before the section existed: everybody, as before.
TEST(Revisits, AreEverybodyWhereThePackSaysNothing) {
    EXPECT_TRUE(revisit_due({}, PriorityClass::P3, OrderId(1), std::nullopt));
}

}  // namespace
}  // namespace hezhi::orders
