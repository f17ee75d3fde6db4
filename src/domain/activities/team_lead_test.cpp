// What a team holds: published and run by its lead, checked in at the place by a code.
#include <algorithm>

#include "domain/activities/activities.h"
#include "support/world.h"

namespace hezhi::activities {
namespace {

using hezhi::testing::Volunteer;
using std::chrono::hours;

class TeamLead : public hezhi::testing::World {
  protected:
    TeamLead() : team(team_of({zhao, zhang})) {}

    PublishActivity evening() {
        PublishActivity input;
        input.area_id = community;
        input.organization_id = team;
        input.category.value = "environment_clean_up";
        input.title.value = "楼道清理";
        input.place.value = "三号楼前";
        input.risk.value = "注意台阶";
        input.shifts = {{tomorrow_at(9), tomorrow_at(11), Bounded<1, 100000>(5)}};
        return input;
    }
    Result<std::int64_t> publish(const PublishActivity& input, const Volunteer& who) {
        return act([&](journal::Turn& turn) {
            return publish_activity(turn, *who.caller, activity_desk, input);
        });
    }
    ActivityId published() { return ActivityId(publish(evening(), zhao).value()); }
    Activity seen(ActivityId id, const Volunteer& who) {
        return reading_as(*who.caller, [&](const api::Reading& reading) {
            return activity_page(reading, activity_desk, id).value();
        });
    }
    ShiftId shift_of(ActivityId id) { return seen(id, zhang).shifts.front().id; }
    Result<std::int64_t> join(ShiftId id, const Volunteer& who) {
        return act([&](journal::Turn& turn) { return join_shift(turn, *who.caller, id); });
    }
    Result<std::int64_t> tick(ShiftId id, const Volunteer& by, const Volunteer& who) {
        return act([&](journal::Turn& turn) {
            return check_in_shift(turn, *by.caller, id, who.person, true);
        });
    }
    Result<std::int64_t> arrive(ShiftId id, const Volunteer& who, std::string_view code) {
        return act([&](journal::Turn& turn) {
            return arrive_at_shift(turn, *who.caller, activity_desk, id, code);
        });
    }
    Result<std::int64_t> record(ShiftId id, const Volunteer& by) {
        return act([&](journal::Turn& turn) { return record_shift(turn, *by.caller, id); });
    }
    LedTeams led(const Volunteer& who) {
        return reading_as(*who.caller, [&](const api::Reading& reading) {
            return led_teams_page(reading, activity_desk);
        });
    }
    Result<PlaceCode> poster(ActivityId id, const Volunteer& who) {
        return reading_as(*who.caller, [&](const api::Reading& reading) {
            return place_code_page(reading, activity_desk, id);
        });
    }
    void TearDown() override { EXPECT_EQ(differences(), std::vector<journal::Difference>{}); }

    OrganizationId team;
};
HEZHI_ON_BOTH_ENGINES(TeamLead);

TEST_P(TeamLead, PublishesForHerTeamWhereItServesAndNobodyElseDoes) {
    EXPECT_TRUE(publish(evening(), zhao).has_value());
    EXPECT_REFUSED(publish(evening(), zhang), hezhi::refusals::not_found);  // a member only
    auto without_team = evening();
    without_team.organization_id.reset();
    EXPECT_REFUSED(publish(without_team, zhao), hezhi::refusals::not_found);
    auto elsewhere = evening();
    elsewhere.area_id = other_community;
    EXPECT_REFUSED(publish(elsewhere, zhao), areas::refusals::area_unknown);
    auto supervised = evening();
    supervised.category.value = "visit_alone_elder";
    EXPECT_REFUSED(publish(supervised, zhao), refusals::supervisor_missing);
}

TEST_P(TeamLead, TicksTheListAndRecordsTheShiftOfHerTeamOnly) {
    ActivityId id = published();
    ShiftId shift = shift_of(id);
    join(shift, liu).value();
    join(shift, zhang).value();
    clock.set(tomorrow_at(9));
    EXPECT_REFUSED(tick(shift, zhang, liu), hezhi::refusals::not_permitted);
    EXPECT_TRUE(tick(shift, zhao, liu).has_value());
    EXPECT_EQ(seen(id, zhao).shifts.front().seats.size(), 2u);
    EXPECT_TRUE(seen(id, zhang).shifts.front().seats.empty()) << "members see no list";
    clock.advance(hours(2));
    EXPECT_REFUSED(record(shift, zhang), hezhi::refusals::not_permitted);
    EXPECT_TRUE(record(shift, zhao).has_value());
    auto db = ledger->read();
    EXPECT_EQ(records::minutes_of(*db, liu.person), 120);
}

TEST_P(TeamLead, SeesPlacesUnfilledAndWhatWasNotRecordedAfterFiveWorkingDays) {
    ActivityId id = published();
    ShiftId shift = shift_of(id);
    join(shift, liu).value();
    auto page = led(zhao);
    ASSERT_EQ(page.teams.size(), 1u);
    EXPECT_EQ(page.teams.front().name, "夕阳红志愿服务队");
    EXPECT_EQ(page.teams.front().members, 2);
    EXPECT_EQ(page.teams.front().places_unfilled, 4);
    EXPECT_EQ(page.teams.front().records_due, 0);
    EXPECT_TRUE(led(zhang).teams.empty()) << "who leads nothing has nothing here";
    Instant ends = tomorrow_at(11);
    clock.set(ends + hours(1));
    page = led(zhao);
    EXPECT_EQ(page.teams.front().places_unfilled, 0);
    EXPECT_EQ(page.teams.front().records_due, 1);
    EXPECT_EQ(page.teams.front().records_past_reminder, 0);
    clock.set(ends + hours(24 * 8));
    EXPECT_EQ(led(zhao).teams.front().records_past_reminder, 1);
    record(shift, zhao).value();
    EXPECT_EQ(led(zhao).teams.front().records_due, 0);
}

TEST_P(TeamLead, ArriveAtShiftTakesTheCodeOfThePlaceOnTheDayFromWhoHasAPlace) {
    ActivityId id = published();
    ShiftId shift = shift_of(id);
    join(shift, liu).value();
    std::string code = place_code(suite, id);
    EXPECT_REFUSED(arrive(shift, liu, code), refusals::activity_state_forbids);  // the day before
    clock.set(tomorrow_at(8));
    EXPECT_REFUSED(arrive(shift, liu, code == "000000" ? "000001" : "000000"),
                   refusals::place_code_wrong);
    EXPECT_REFUSED(arrive(shift, zhang, code), refusals::not_joined);
    EXPECT_EQ(seen(id, liu).shifts.front().actions,
              (std::vector<std::string>{"leave_shift", "arrive_at_shift"}));
    EXPECT_TRUE(arrive(shift, liu, code).has_value());
    EXPECT_TRUE(arrive(shift, liu, "").has_value()) << "once is enough";
    EXPECT_EQ(seen(id, liu).shifts.front().mine, SeatStep::present);
    EXPECT_EQ(facts(ShiftCheckedIn::kind).size(), 1u);
}

TEST_P(TeamLead, ArriveAtShiftIsTriedOnlySoOften) {
    http::RateLimiter attempts({.burst = 2, .refill_every = std::chrono::minutes(1)});
    activity_desk.code_attempts = &attempts;
    ActivityId id = published();
    ShiftId shift = shift_of(id);
    join(shift, liu).value();
    clock.set(tomorrow_at(8));
    EXPECT_REFUSED(arrive(shift, liu, "1"), refusals::place_code_wrong);
    EXPECT_REFUSED(arrive(shift, liu, "2"), refusals::place_code_wrong);
    EXPECT_REFUSED(arrive(shift, liu, place_code(suite, id)),
                   orders::refusals::code_attempts_used_up);
}

TEST_P(TeamLead, PostsTheCodeOfThePlaceWhichMembersDoNotSee) {
    ActivityId id = published();
    auto shown = poster(id, zhao).value();
    EXPECT_EQ(shown.code, place_code(suite, id));
    EXPECT_EQ(shown.link, "https://example.org/m/#/activities/" + std::to_string(id.value) +
                              "?code=" + shown.code);
    EXPECT_REFUSED(poster(id, zhang), hezhi::refusals::not_found);
    EXPECT_NE(place_code(suite, ActivityId(id.value + 1)), shown.code);
}

TEST_P(TeamLead, WhoLeadsNoMoreRunsNothingMore) {
    ActivityId id = published();
    act([&](journal::Turn& turn) {
        return organizations::leave_organization(turn, *zhao.caller, team);
    }).value();
    EXPECT_REFUSED(poster(id, zhao), hezhi::refusals::not_found);
    EXPECT_REFUSED(publish(evening(), zhao), hezhi::refusals::not_found);
}

}  // namespace
}  // namespace hezhi::activities
