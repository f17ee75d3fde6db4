#include "domain/time_bank/few_postings.h"

#include <gtest/gtest.h>

namespace hezhi::time_bank {
namespace {

constexpr std::int64_t small_group = 5;

PartWeight of(std::int64_t postings, std::int64_t month, std::int64_t moved_by) {
    return {postings, Instant(month), moved_by};
}

using Places = std::vector<bool>;

TEST(FewPostings, WhatIsOfManyIsToldByItself) {
    FewParts found = gather_few({of(5, 1, 5), of(60, 2, 7)}, small_group);
    EXPECT_FALSE(found.some);
    EXPECT_EQ(found.in_few, (Places{false, false}));
    EXPECT_FALSE(gather_few({}, small_group).some);
}

TEST(FewPostings, ASumOfFewTakesTheSmallestOfTheOthersUntilItIsOfMany) {
    FewParts found = gather_few({of(30, 1, 30), of(1, 1, 1), of(6, 1, 6)}, small_group);
    EXPECT_EQ(found.in_few, (Places{false, true, true}));
    EXPECT_TRUE(found.told);
    // Two and three are five, and enough.
    found = gather_few({of(2, 1, 2), of(30, 1, 30), of(3, 1, 3)}, small_group);
    EXPECT_EQ(found.in_few, (Places{true, false, true}));
}

TEST(FewPostings, WhereNothingIsLeftToTakeTheSumIsNotTold) {
    FewParts found = gather_few({of(1, 1, 1), of(3, 1, 3)}, small_group);
    EXPECT_EQ(found.in_few, (Places{true, true}));
    EXPECT_FALSE(found.told);
}

TEST(FewPostings, WhatGrewByOneIsNotToldByItself) {
    // 12 became 13: the month before tells the one.
    FewParts found = gather_few({of(13, 2, 1), of(40, 2, 8)}, small_group);
    EXPECT_EQ(found.in_few, (Places{true, true}));
    EXPECT_TRUE(found.told);
    // What did not move in that month does not cover it, however much it is.
    found = gather_few({of(13, 2, 1), of(40, 1, 8)}, small_group);
    EXPECT_FALSE(found.told);
    // Nor is it told a month later, when nothing has moved.
    EXPECT_FALSE(may_be_told(of(13, 2, 1), small_group));
}

}  // namespace
}  // namespace hezhi::time_bank
