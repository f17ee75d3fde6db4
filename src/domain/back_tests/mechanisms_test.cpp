// What a mechanism makes of facts alone.
#include "domain/back_tests/mechanisms.h"

#include <gtest/gtest.h>

#include "facts/grade_facts.h"
#include "rules/pack_reader.h"

namespace hezhi::back_tests {
namespace {

// A month of the team 5, as the monthly run noted it.
Fact month_of_team(std::int64_t position, const char* until, const GradeCounts& counts,
                   bool enough) {
    GradeComputed computed;
    computed.until = start_of(*parse_day(until));
    computed.from = computed.until - std::chrono::days(90);
    computed.counts = counts;
    computed.enough = enough;
    FactDraft made = draft(computed, Actor{}, {AreaId(1), "/1/"}, {{"organization", 5}},
                           computed.until + std::chrono::hours(1));
    Fact fact;
    fact.position = position;
    fact.recorded_at = fact.occurred_at = made.occurred_at;
    fact.kind = made.kind;
    fact.version = made.version;
    fact.place = made.place;
    fact.subjects = made.subjects;
    fact.payload = made.payload;
    return fact;
}

TEST(Colors, AMonthOfTooFewServicesCountsNeitherUpNorDown) {
    auto pack = std::make_shared<rules::Pack>(*rules::read_pack_folder("packs/base"));
    const Mechanism& colors = *find_mechanism("color_grades");
    // As in grade_rules_test.cpp: all as agreed; a mean of two.
    GradeCounts good{30, 30, 0, 0, 10, 50, 10, 0, 0, 0, 30, 30, 4};
    GradeCounts low{20, 20, 0, 0, 5, 10, 5, 0, 0, 0, 20, 20, 4};
    GradeCounts quiet{3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 4};
    journal::PackFold fold(colors.figures(), pack);
    Fact facts[] = {month_of_team(1, "2026-04-01", good, true),
                    month_of_team(2, "2026-05-01", quiet, false),
                    month_of_team(3, "2026-06-01", low, true)};
    fold.add(facts);
    Period period{{}, start_of(*parse_day("2026-07-01"))};
    auto outcomes = colors.outcomes(fold, period);
    ASSERT_EQ(outcomes.size(), 1U);
    EXPECT_EQ(outcomes.front().band, "blue") << "one month below is not two of three";
    Fact again[] = {month_of_team(4, "2026-07-01", low, true)};
    fold.add(again);
    period.until = start_of(*parse_day("2026-08-01"));
    EXPECT_EQ(colors.outcomes(fold, period).front().band, "yellow");
}

}  // namespace
}  // namespace hezhi::back_tests
