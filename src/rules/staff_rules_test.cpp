// What packs/base says to staff: deputies, homes, signing in, figures, what pages show of the past.
#include <gtest/gtest.h>

#include "rules/pack_reader.h"

namespace hezhi::rules {
namespace {

TEST(BaseStaffRules, SayWhatStaffAndFiguresGoBy) {
    auto base = read_pack_folder("packs/base");
    ASSERT_TRUE(base.has_value()) << to_string(base.error().front());
    EXPECT_EQ(base->reports.satisfied_mark_min, 3);
    EXPECT_EQ(base->staff.deputy_days_max, 366);
    EXPECT_EQ(base->staff.due_soon_hours, 24);
    EXPECT_EQ(base->staff.readings_shown_days, 7);
    EXPECT_EQ(base->records.unrecorded_shown_days, 60);
    EXPECT_EQ(base->activities.past_shown_days, 7);
    EXPECT_EQ(base->joining.outings_shown_days, 7);
    EXPECT_EQ(base->dispatch.afternoon_from_minute, 12 * 60);
    EXPECT_EQ(base->dispatch.evening_from_minute, 18 * 60);
    EXPECT_EQ(base->security_log_days(), 184);
    EXPECT_EQ(base->sign_in.failures_before_lock, 5);
    EXPECT_EQ(base->sign_in.lock_minutes, 15);
    EXPECT_EQ(base->sign_in.office_idle_minutes, 30);
    EXPECT_EQ(base->sign_in.office_hours_max, 12);
    EXPECT_EQ(base->sign_in.phone_idle_days, 30);
    EXPECT_EQ(base->sign_in.phone_days_max, 365);
    EXPECT_EQ(base->sign_in.slip_first_use_days, 14);
    for (const Clause* clause :
         {&base->reports.satisfied_clause, &base->staff.deputies_clause, &base->staff.home_clause,
          &base->records.unrecorded_clause, &base->activities.past_clause,
          &base->joining.guardian_page_clause, &base->dispatch.day_parts_clause}) {
        EXPECT_GT(clause->line, 0) << clause->file;
        EXPECT_FALSE(clause->says.zh.empty()) << clause->file;
    }
}

}  // namespace
}  // namespace hezhi::rules
