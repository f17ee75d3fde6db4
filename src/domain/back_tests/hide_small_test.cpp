// Small numbers: what is told of a part that has them all. "?" is hidden.
#include "domain/back_tests/hide_small.h"

#include <gtest/gtest.h>

namespace hezhi::back_tests {
namespace {

constexpr std::int64_t few_below = 10;

std::string number_told(const std::optional<std::int64_t>& number) {
    return number ? std::to_string(*number) : "?";
}

std::string told_of_bands(const BackTestPart& part) {
    std::string out;
    for (const auto& band : part.bands)
        out += number_told(band.before) + "→" + number_told(band.after) + " ";
    return out;
}

std::string told_of_groups(const BackTestPart& part) {
    std::string out;
    for (const auto& group : part.groups) {
        out += group.hidden ? "? " : std::to_string(group.subjects) + " ";
        if (!group.hidden)
            out += "+" + number_told(group.better) + " -" + number_told(group.worse) + " ";
    }
    return out;
}

struct Moved {
    std::int64_t subjects, better, worse;
};

BackTestPart part_of(Moved all, std::vector<BackTestBand> bands, std::vector<Moved> areas = {}) {
    BackTestPart part;
    part.mechanism = "handling";
    part.subjects = all.subjects;
    part.better = all.better;
    part.worse = all.worse;
    part.total_before = 600;
    part.total_after = 500;
    part.bands = std::move(bands);
    for (const Moved& area : areas) {
        part.groups.push_back({GroupedBy::area, std::to_string(part.groups.size()), false,
                               area.subjects, area.better, area.worse});
    }
    return part;
}

TEST(HideSmall, TellsWhatIsOfManyOrOfNobody) {
    auto part = part_of({60, 0, 20}, {{"late", 10, 30}, {"open", 0, 0}, {"in_time", 50, 30}},
                        {{30, 0, 20}, {30, 0, 0}});
    hide_small(part, few_below);
    EXPECT_EQ(told_of_bands(part), "10→30 0→0 50→30 ");
    EXPECT_EQ(told_of_groups(part), "30 +0 -20 30 +0 -0 ");
    EXPECT_EQ(number_told(part.better) + " " + number_told(part.worse) + " " +
                  number_told(part.total_after),
              "0 20 500");
}

struct BandsRow {
    const char* why;
    Moved all;
    std::vector<BackTestBand> bands;
    const char* expected;
};

TEST(HideSmall, HidesBandsInWhichFewStandAndWhatWouldTellThem) {
    const BandsRow rows[] = {
        {"the total less those shown is three: the next smallest goes too",
         {100, 0, 20},
         {{"late", 3, 23}, {"open", 20, 20}, {"in_time", 77, 57}},
         "?→? ?→? 77→57 "},
        {"two that are few together are many",
         {100, 0, 0},
         {{"a", 6, 6}, {"b", 7, 7}, {"c", 87, 87}},
         "?→? ?→? 87→87 "},
        {"few under the new pack alone: both sides, or who gains would tell it",
         {100, 20, 0},
         {{"late", 24, 4}, {"in_time", 76, 96}},
         "?→? ?→? "},
        {"nobody stands in the others: one more is hidden, for the total is all of it",
         {50, 0, 0},
         {{"late", 5, 5}, {"open", 0, 0}, {"in_time", 45, 45}},
         "?→? 0→0 ?→? "},
        {"few gain, though the bands are large: their difference would tell how many",
         {100, 3, 0},
         {{"late", 20, 17}, {"in_time", 80, 83}},
         "20→? 80→? "},
        {"all but five lose: the difference would tell those five",
         {60, 0, 55},
         {{"late", 10, 20}, {"open", 20, 30}, {"in_time", 30, 10}},
         "10→? 20→? 30→? "},
    };
    for (const auto& row : rows) {
        auto part = part_of(row.all, row.bands);
        hide_small(part, few_below);
        EXPECT_EQ(told_of_bands(part), row.expected) << row.why;
    }
}

TEST(HideSmall, HidesWhoGainsOrLosesWhereTheyAreFew) {
    auto part = part_of({100, 3, 40}, {{"late", 20, 57}, {"in_time", 80, 43}});
    hide_small(part, few_below);
    EXPECT_EQ(number_told(part.better) + " " + number_told(part.worse), "? 40");
    EXPECT_EQ(part.total_after, 500) << "of 43 together";
    auto few = part_of({100, 3, 4}, {{"0", 20, 20}, {"1-", 80, 80}});
    hide_small(few, few_below);
    EXPECT_EQ(number_told(few.better) + " " + number_told(few.worse), "? ?");
    EXPECT_EQ(number_told(few.total_before) + " " + number_told(few.total_after), "600 ?")
        << "the difference is that of seven";
}

// 60 of whom 55 lose and nobody gains: the rest are five.
TEST(HideSmall, HidesWhatWouldTellTheFewThatNeitherGainNorLose) {
    struct MovedRow {
        Moved all;
        const char* expected;
    };
    const MovedRow rows[] = {
        {{60, 0, 55}, "0 ?"},   {{60, 55, 0}, "? 0"},    {{60, 30, 28}, "30 ?"},
        {{60, 28, 30}, "? 30"}, {{100, 3, 95}, "? ?"},   {{100, 3, 40}, "? 40"},
        {{60, 0, 50}, "0 50"},  {{60, 20, 40}, "20 40"}, {{60, 0, 60}, "0 60"},
    };
    for (const auto& row : rows) {
        auto part = part_of(row.all, {});
        hide_small(part, few_below);
        EXPECT_EQ(number_told(part.better) + " " + number_told(part.worse), row.expected)
            << row.all.better << " gain, " << row.all.worse << " lose";
    }
}

struct GroupsRow {
    const char* why;
    Moved all;
    std::vector<Moved> areas;
    const char* expected;
};

TEST(HideSmall, HidesSmallGroupsAndWhoMovesInThem) {
    const GroupsRow rows[] = {
        {"3 people, and 40 less those shown",
         {40, 0, 0},
         {{3, 0, 0}, {12, 0, 0}, {25, 0, 0}},
         "? ? 25 +0 -0 "},
        {"two lose: the ten of the next area would tell them",
         {60, 0, 32},
         {{20, 0, 2}, {20, 0, 10}, {20, 0, 20}},
         "20 +0 -? 20 +0 -? 20 +0 -20 "},
        {"what the small groups lose is told by the rest; one of those shown goes too",
         {60, 0, 22},
         {{4, 0, 1}, {6, 0, 1}, {20, 0, 10}, {30, 0, 10}},
         "? ? 20 +0 -? 30 +0 -10 "},
        {"few lose of all: no area says how many",
         {60, 0, 4},
         {{30, 0, 4}, {30, 0, 0}},
         "30 +0 -? 30 +0 -? "},
        {"few lose there, and nobody elsewhere but in a group that is hidden",
         {60, 0, 12},
         {{5, 0, 5}, {7, 0, 7}, {48, 0, 0}},
         "? ? 48 +0 -0 "},
        {"two do neither: the 18 who lose there would tell them, and so would the other area",
         {60, 0, 38},
         {{20, 0, 18}, {40, 0, 20}},
         "20 +0 -? 40 +0 -? "},
        {"the two and the three are five together: the next smallest that do neither go too",
         {143, 0, 68},
         {{20, 0, 18}, {33, 0, 30}, {50, 0, 20}, {40, 0, 0}},
         "20 +0 -? 33 +0 -? 50 +0 -? 40 +0 -0 "},
        {"two do neither, and fewer gain than lose: who gains is hidden, in both",
         {80, 20, 38},
         {{30, 10, 18}, {50, 10, 20}},
         "30 +? -18 50 +? -20 "},
        {"of all five do neither: no area says how many lose",
         {60, 0, 55},
         {{30, 0, 30}, {30, 0, 25}},
         "30 +0 -? 30 +0 -? "},
        {"one of the small groups does neither: that the rest less those shown is one tells it",
         {60, 0, 48},
         {{5, 0, 5}, {6, 0, 5}, {24, 0, 14}, {25, 0, 24}},
         "? ? 24 +0 -? 25 +0 -? "},
        {"ten do neither in each", {60, 0, 40}, {{30, 0, 20}, {30, 0, 20}}, "30 +0 -20 30 +0 -20 "},
    };
    for (const auto& row : rows) {
        auto part = part_of(row.all, {}, row.areas);
        hide_small(part, few_below);
        EXPECT_EQ(told_of_groups(part), row.expected) << row.why;
    }
}

TEST(HideSmall, SaysNothingOfAPartThatIsSmallItself) {
    auto part = part_of({9, 0, 9}, {{"late", 0, 9}, {"in_time", 9, 0}}, {{9, 0, 9}});
    hide_small(part, few_below);
    EXPECT_EQ(number_told(part.subjects) + number_told(part.better) + number_told(part.worse),
              "???");
    EXPECT_EQ(number_told(part.total_before) + number_told(part.total_after), "??");
    EXPECT_EQ(told_of_bands(part), "?→? ?→? ");
    EXPECT_EQ(told_of_groups(part), "? ");
}

TEST(HideSmall, TellsThatThereIsNothing) {
    auto part = part_of({0, 0, 0}, {{"late", 0, 0}});
    hide_small(part, few_below);
    EXPECT_EQ(number_told(part.subjects) + told_of_bands(part), "00→0 ");
}

}  // namespace
}  // namespace hezhi::back_tests
