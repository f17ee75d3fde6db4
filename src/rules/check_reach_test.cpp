// What can never be reached and takes more than a section of a pack to say; the others stand in
// bad_pack_test.cpp.
#include "rules/check_reach.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace hezhi::rules {
namespace {

class UnreachablePack : public ::testing::Test {
  protected:
    UnreachablePack() {
        auto read = read_pack_folder("packs/base");
        if (!read) throw std::runtime_error(to_string(read.error().front()));
        pack = std::move(*read);
    }
    // The keys that are wrong, each once, sorted.
    std::vector<std::string> wrong_keys() {
        std::vector<RuleError> errors;
        Documents none;
        Reach reach(none, errors);
        check_certification_reach(pack, reach);
        check_order_reach(pack, reach);
        check_true_hours_reach(pack, reach);
        check_grade_reach(pack, reach);
        check_time_bank_reach(pack, reach);
        std::vector<std::string> keys;
        for (const auto& error : errors) keys.push_back(error.key);
        std::ranges::sort(keys);
        return keys;
    }

    Pack pack;
};

using Keys = std::vector<std::string>;

TEST_F(UnreachablePack, IsNotBase) {
    EXPECT_EQ(wrong_keys(), Keys{});
}

TEST_F(UnreachablePack, GrantsALevelForALicenceThatNobodyHolds) {
    pack.credentials.clear();
    EXPECT_EQ(wrong_keys(), Keys{"level.V4.for_licence"});
}

TEST_F(UnreachablePack, AsksForAFieldThatNoLevelIsGrantedIn) {
    for (auto& level : pack.certification.levels) level.in_field = false;
    auto keys = wrong_keys();
    EXPECT_EQ(std::ranges::count(keys, "category.hospital_escort.field"), 1);
    EXPECT_TRUE(std::ranges::all_of(keys, [](auto& key) { return key.ends_with(".field"); }));
}

TEST_F(UnreachablePack, LeavesYellowWithoutAnyServiceToDo) {
    for (auto& category : pack.categories) category.risk_level = RiskLevel::R3;
    EXPECT_EQ(wrong_keys(), Keys{"effect.yellow.risk_max"});
}

TEST_F(UnreachablePack, OpensATimeBankForNoService) {
    for (auto& category : pack.categories) category.credit_eligible = category.redeemable = false;
    EXPECT_EQ(wrong_keys(), (Keys{"earn", "redeem"}));
}

TEST_F(UnreachablePack, IsReadFromAJournalAsItIs) {
    std::string text = pack.canonical_text;
    auto at = text.find("mean_at_most = 2\n");
    ASSERT_NE(at, std::string::npos);
    text.replace(at, 16, "mean_at_most = 5");
    auto read = read_pack_text(text);
    ASSERT_TRUE(read.has_value()) << to_string(read.error().front());
    EXPECT_EQ(read->color_grades.gate("dissatisfied")->limit, 5) << "and a new pack says gate_shut";
}

TEST_F(UnreachablePack, LeavesRedByItsDaysHoweverManyTheyAre) {
    pack.color_grades.red_days_min = pack.color_grades.window_days + 1;
    EXPECT_EQ(wrong_keys(), Keys{});
}

TEST(Outlasts, SaysOnlyWhatNoCalendarChanges) {
    using enum TimeUnit;
    using enum ClockKind;
    struct Row {
        TimeLimit first;
        TimeLimit second;
        bool outlasts;
    };
    // clang-format off
    const Row table[] = {
        {{3, hours, calendar},  {2, hours, calendar},  true},
        {{2, hours, calendar},  {2, hours, calendar},  false},
        {{25, hours, calendar}, {1, days, calendar},   true},
        {{3, hours, working},   {2, hours, calendar},  true},
        {{2, hours, working},   {2, hours, calendar},  false},
        {{3, days, working},    {1, days, calendar},   true},
        {{2, days, working},    {1, days, calendar},   false},
        {{30, days, calendar},  {1, days, working},    false},
        {{11, days, working},   {10, days, working},   true},
        {{40, hours, working},  {1, days, working},    false},
        {{1, days, calendar},   {0, minutes, calendar}, false},
    };
    // clang-format on
    for (const Row& row : table) {
        EXPECT_EQ(outlasts(row.first, row.second), row.outlasts)
            << row.first.amount << " " << row.second.amount;
    }
}

}  // namespace
}  // namespace hezhi::rules
