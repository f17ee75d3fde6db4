// What a colour does beside orders: to a team's activities and whoever comes to them, and to the
// percentage of what is drawn.
#include "domain/activities/activities.h"
#include "domain/grading/grading.h"
#include "support/world.h"

namespace hezhi::activities {
namespace {

using std::chrono::hours;
using enum GradeColor;
using namespace grading;

class GradeEffects : public hezhi::testing::World {
  protected:
    GradeEffects() : team(team_of({zhang, liu})) {}

    // As an officer has confirmed it.
    void holds(GradeSubject graded, std::int64_t subject, GradeColor color) {
        Subjects subjects = subjects_of(graded, subject);
        auto append = [&](const auto& payload) {
            return act([&](journal::Turn& turn) -> Result<std::int64_t> {
                       return turn.append(draft(payload, {}, {community, path_of(community)},
                                                subjects, turn.now()));
                   })
                .value();
        };
        subjects["grade_proposal"] = self;
        GradeProposed proposed;
        proposed.graded = graded;
        proposed.from = proposed.effective = blue;
        proposed.to = color;
        proposed.reasons = {"score"};
        subjects["grade_proposal"] = append(proposed);
        append(GradeConfirmed{color, color, clock.now()});
    }
    PublishActivity evening(const char* category = "environment_clean_up") {
        PublishActivity input;
        input.organization_id = team;
        input.area_id = community;
        input.category.value = category;
        input.title.value = "楼道清洁";
        input.place.value = "一号楼";
        input.risk.value = "防滑";
        input.shifts = {{tomorrow_at(9), tomorrow_at(11), Bounded<1, 100000>(5)}};
        return input;
    }
    Result<std::int64_t> publish(const PublishActivity& input, const api::Caller& who) {
        return act(
            [&](journal::Turn& turn) { return publish_activity(turn, who, activity_desk, input); });
    }
    ShiftId shift_of(std::int64_t activity) {
        return reading_as(*street_staff, [&](const api::Reading& reading) {
            return activity_page(reading, activity_desk, ActivityId(activity))
                .value()
                .shifts.front()
                .id;
        });
    }
    Result<std::int64_t> join(ShiftId shift, const hezhi::testing::Volunteer& who) {
        return act([&](journal::Turn& turn) { return join_shift(turn, *who.caller, shift); });
    }
    std::optional<std::int32_t> percent_of(PersonId person, OrganizationId holder, Instant at) {
        std::optional<std::int32_t> found;
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            found = spot_check_percent(turn, person, holder, at);
            return 0;
        }).value();
        return found;
    }
    void TearDown() override { EXPECT_EQ(differences(), std::vector<journal::Difference>{}); }

    OrganizationId team;
};
HEZHI_ON_BOTH_ENGINES(GradeEffects);

TEST_P(GradeEffects, AYellowTeamPublishesLowRisksOnlyAndWithASocialWorker) {
    EXPECT_TRUE(publish(evening(), *zhang.caller)) << "ungraded is as blue";
    holds(GradeSubject::team, team.value, yellow);
    EXPECT_REFUSED(publish(evening(), *zhang.caller), grading::refusals::team_unaccompanied);
    EXPECT_TRUE(publish(evening(), *social_worker)) << "R1, by a social worker";
    EXPECT_REFUSED(publish(evening("hospital_escort"), *social_worker),
                   grading::refusals::team_risk_limited)
        << "R3";
    auto without_team = evening("hospital_escort");
    without_team.organization_id.reset();
    EXPECT_NE(hezhi::testing::code_of(publish(without_team, *social_worker)), "team_risk_limited")
        << "an office's own is no team's";
}

TEST_P(GradeEffects, NobodyJoinsWhatAPausedTeamPublishedBefore) {
    ShiftId shift = shift_of(publish(evening(), *zhang.caller).value());
    join(shift, zhao).value();
    holds(GradeSubject::team, team.value, red);
    EXPECT_REFUSED(join(shift, liu), grading::refusals::team_paused);
    EXPECT_REFUSED(publish(evening(), *social_worker), grading::refusals::team_paused);
}

TEST_P(GradeEffects, WhoeverIsPausedJoinsNothingAndDoesNotMoveUp) {
    auto input = evening();
    input.shifts.front().capacity = Bounded<1, 100000>(1);
    ShiftId shift = shift_of(publish(input, *zhang.caller).value());
    join(shift, liu).value();
    join(shift, zhang).value();
    join(shift, zhao).value();
    holds(GradeSubject::person, zhang.person.value, red);
    act([&](journal::Turn& turn) { return leave_shift(turn, *liu.caller, shift); }).value();
    ASSERT_EQ(facts("shift.moved_up").size(), 1U);
    EXPECT_EQ(facts("shift.moved_up").front().subject("person"), zhao.person.value)
        << "张 was the first who waited, and is suspended meanwhile";
    ShiftId another = shift_of(publish(evening(), *social_worker).value());
    EXPECT_REFUSED(join(another, zhang), grading::refusals::person_paused);
    holds(GradeSubject::person, liu.person.value, yellow);
    auto other_day = evening();
    other_day.shifts.front().starts_at = tomorrow_at(14);
    other_day.shifts.front().ends_at = tomorrow_at(16);
    EXPECT_TRUE(join(shift_of(publish(other_day, *social_worker).value()), liu))
        << "结对 comes to low risks";
}

TEST_P(GradeEffects, WhatIsDrawnGoesByTheStrictestColourOfPersonTeamsAndHolder) {
    EXPECT_EQ(percent_of(liu.person, {}, clock.now()), std::nullopt) << "nobody is graded";
    holds(GradeSubject::person, liu.person.value, green);
    EXPECT_EQ(percent_of(liu.person, {}, clock.now()), 3);
    holds(GradeSubject::team, team.value, yellow);
    EXPECT_EQ(percent_of(liu.person, {}, clock.now()), 20) << "the team's is stricter";
    EXPECT_EQ(percent_of(liu.person, {}, clock.now() - hours(24 * 365)), 3)
        << "a service of before belonged to no team";
    EXPECT_EQ(percent_of(zhao.person, {}, clock.now()), std::nullopt) << "a member of none";
    EXPECT_EQ(percent_of(zhao.person, team, clock.now()), 20) << "who came to the team's activity";
    holds(GradeSubject::team, team.value, green);
    holds(GradeSubject::person, liu.person.value, yellow);
    EXPECT_EQ(percent_of(liu.person, team, clock.now()), 20) << "the person's is stricter";
}

}  // namespace
}  // namespace hezhi::activities
