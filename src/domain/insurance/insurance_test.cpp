// The register of insurance: whom a policy covers, until when, what that opens, and the warning.
#include "domain/insurance/insurance.h"

#include "support/world.h"

namespace hezhi::insurance {
namespace {

using hezhi::testing::Volunteer;
using std::chrono::days;
using std::chrono::hours;

Instant at_day(const char* text) {
    return start_of(*parse_day(text));
}

TEST(CoveredUntil, GoesOnOnlyWithoutAGap) {
    Span march{at_day("2026-03-01"), at_day("2026-04-01")};
    Span april{at_day("2026-04-01"), at_day("2026-05-01")};
    Span june{at_day("2026-06-01"), at_day("2026-07-01")};
    Instant fifth = at_day("2026-03-05");
    EXPECT_EQ(covered_until({}, fifth), Instant{});
    EXPECT_EQ(covered_until({june, april, march}, fifth), april.until);
    EXPECT_EQ(covered_until({march, june}, fifth), march.until) << "a gap in April and May";
    EXPECT_EQ(covered_until({june}, fifth), Instant{}) << "not begun: no proof before the start";
    EXPECT_EQ(covered_until({march}, at_day("2026-04-01")), march.until) << "when it ran out";
    EXPECT_EQ(covered_until({march}, march.until - Millis(1)), march.until);
}

class Insurances : public hezhi::testing::World {
  protected:
    Insurances()
        : worker(staff("community_worker", community)),
          wei(volunteer("魏明", community, rules::LevelKey::V2)),
          he(volunteer("何青", community, rules::LevelKey::V2)) {}

    OrganizationId team(const std::vector<Volunteer>& members, OrganizationId parent = {}) {
        organizations::FoundOrganization input;
        input.name.value = "浪花志愿服务队";
        input.area_id = community;
        if (parent) input.parent_id = parent;
        OrganizationId id(act([&](journal::Turn& turn) {
                              return organizations::found_organization(turn, *worker,
                                                                       organization_desk, input);
                          }).value());
        for (const auto& one : members) {
            auto invitation = act([&](journal::Turn& turn) {
                return organizations::invite_member(turn, *worker, id, one.person);
            });
            act([&](journal::Turn& turn) {
                return organizations::accept_invitation(turn, *invitation, true);
            }).value();
        }
        return id;
    }
    AddInsurance of_team(OrganizationId id, const char* first, const char* last) {
        AddInsurance input;
        input.insurer.value = "示范保险";
        input.policy.value = "PA-2026-001";
        input.organization_id = id;
        input.from = at_day(first);
        input.until = at_day(last) + hours(15);  // somewhere in its last day
        return input;
    }
    AddInsurance of_area(InsuranceCovers covers, const char* first, const char* last) {
        AddInsurance input = of_team({}, first, last);
        input.covers = covers;
        input.organization_id.reset();
        input.area_id = community;
        return input;
    }
    Result<std::int64_t> add(const AddInsurance& input, const api::CallerPtr& who) {
        return act(
            [&](journal::Turn& turn) { return add_insurance(turn, *who, insurance_desk, input); });
    }
    InsuranceId added(const AddInsurance& input) { return InsuranceId(add(input, worker).value()); }
    Result<std::int64_t> end(InsuranceId id, const api::CallerPtr& who) {
        return act([&](journal::Turn& turn) {
            return end_insurance(turn, *who, insurance_desk, id, "保险公司解约");
        });
    }
    Result<std::int64_t> cover(InsuranceId id, PersonId who, const api::CallerPtr& by) {
        return act([&](journal::Turn& turn) { return add_cover(turn, *by, id, who); });
    }
    Instant until_of(const Volunteer& who, Instant at) {
        auto db = ledger->read();
        return insured_until(*db, who.person, at);
    }
    InsuranceState row(InsuranceId id) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<InsuranceFigure>(id).value();
        });
    }
    // 陪同就医 on 6 March, 09:00 to 11:00.
    OrderId escort() { return open_order(report_need(), "hospital_escort"); }
    api::CallerPtr worker;
    Volunteer wei, he;
};
HEZHI_ON_BOTH_ENGINES(Insurances);

TEST_P(Insurances, AddInsuranceCoversTheMembersOfATeamWithBothItsDaysWhole) {
    OrganizationId waves = team({wei});
    InsuranceId id = added(of_team(waves, "2026-03-05", "2026-03-06"));
    EXPECT_EQ(row(id).from_at, at_day("2026-03-05"));
    EXPECT_EQ(row(id).until_at, at_day("2026-03-07"));
    EXPECT_EQ(until_of(wei, clock.now()), at_day("2026-03-07"));
    EXPECT_EQ(until_of(he, clock.now()), Instant{}) << "no member";
    OrderId order = escort();
    EXPECT_REFUSED(offer(order, {he}), orders::refusals::person_may_not_take);
    offer(order, {wei}).value();
    act([&](journal::Turn& turn) {
        return organizations::leave_organization(turn, *wei.caller, waves);
    }).value();
    EXPECT_EQ(until_of(wei, clock.now()), Instant{}) << "cover ends with membership";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Insurances, ReachTheTeamsOfTheOrganisationThatTookThem) {
    OrganizationId above = team({});
    OrganizationId below = team({he}, above);
    EXPECT_NE(above, below);
    added(of_team(above, "2026-03-01", "2026-12-31"));
    EXPECT_EQ(until_of(he, clock.now()), at_day("2027-01-01"));
}

TEST_P(Insurances, AddCoverNamesPeopleOneByOneAndOnlyOnce) {
    InsuranceId id = added(of_area(InsuranceCovers::named_people, "2026-03-01", "2026-03-31"));
    cover(id, he.person, worker).value();
    EXPECT_REFUSED(cover(id, he.person, worker), refusals::covered_already);
    EXPECT_EQ(row(id).people, 1);
    EXPECT_EQ(until_of(he, clock.now()), at_day("2026-04-01"));
    EXPECT_EQ(until_of(wei, clock.now()), Instant{});
    InsuranceId whole = added(of_team(team({}), "2026-03-01", "2026-03-31"));
    EXPECT_REFUSED(cover(whole, he.person, worker), refusals::names_nobody);
    EXPECT_REFUSED(cover(id, wei.person, social_worker), hezhi::refusals::not_permitted);
    auto elsewhere = staff("community_worker", other_district);
    EXPECT_REFUSED(cover(id, wei.person, elsewhere), hezhi::refusals::not_found);
}

TEST_P(Insurances, AddInsuranceRefusesDaysThatCannotBeAndPlacesOutsideTheScope) {
    OrganizationId waves = team({wei});
    EXPECT_REFUSED(add(of_team(waves, "2026-03-06", "2026-03-05"), worker),
                   refusals::insurance_days_invalid);
    EXPECT_REFUSED(add(of_team(waves, "2025-03-05", "2026-03-04"), worker),
                   refusals::insurance_days_invalid);
    EXPECT_REFUSED(add(of_team(waves, "2026-03-05", "2036-03-04"), worker),
                   refusals::insurance_days_invalid);
    auto nobody = of_team(waves, "2026-03-05", "2026-12-31");
    nobody.organization_id.reset();
    EXPECT_REFUSED(add(nobody, worker), refusals::covers_whom);
    auto nowhere = of_area(InsuranceCovers::activities, "2026-03-05", "2026-12-31");
    nowhere.area_id.reset();
    EXPECT_REFUSED(add(nowhere, worker), refusals::covers_whom);
    auto elsewhere = staff("community_worker", other_district);
    EXPECT_REFUSED(add(of_team(waves, "2026-03-05", "2026-12-31"), elsewhere),
                   hezhi::refusals::not_found);
}

TEST_P(Insurances, OpenTheCategoriesThatNeedThemUntilTheirLastDay) {
    OrganizationId waves = team({wei});
    added(of_team(waves, "2026-03-01", "2026-03-05"));
    OrderId order = escort();
    EXPECT_REFUSED(offer(order, {wei}), orders::refusals::person_may_not_take);
    added(of_team(waves, "2026-03-06", "2026-03-31"));
    offer(order, {wei}).value();  // the next one begins the day after
    accept(order, wei).value();
}

TEST_P(Insurances, EndInsuranceTakesCoverAwayAlsoFromWhoeverWasAsked) {
    InsuranceId id = added(of_team(team({wei}), "2026-03-01", "2026-12-31"));
    OrderId order = escort();
    offer(order, {wei}).value();
    EXPECT_REFUSED(end(id, social_worker), hezhi::refusals::not_permitted);
    end(id, worker).value();
    EXPECT_REFUSED(end(id, worker), refusals::insurance_over);
    EXPECT_REFUSED(accept(order, wei), refusals::not_insured);
    EXPECT_EQ(until_of(wei, clock.now()), clock.now()) << "when it ran out";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Insurances, EndedAfterTheAcceptanceStopTheServiceAtTheDoorAndOnEveryList) {
    OrganizationId waves = team({wei, he});
    InsuranceId id = added(of_team(waves, "2026-03-01", "2026-12-31"));
    OrderId order_id = escort();
    offer(order_id, {wei, he}).value();
    accept(order_id, wei).value();
    accept(order_id, he).value();
    clock.set(order(order_id).starts_at);
    end(id, worker).value();
    EXPECT_REFUSED(check_in(order_id, wei), refusals::not_insured);
    EXPECT_REFUSED(act([&](journal::Turn& turn) {
                       return orders::note_attendance(turn, *social_worker, desk, order_id,
                                                      {{wei.person, he.person}});
                   }),
                   orders::refusals::person_not_insured);
    EXPECT_REFUSED(act([&](journal::Turn& turn) {
                       return orders::finish_order(
                           turn, *social_worker, desk, order_id,
                           {{wei.person, he.person}, Bounded<1, 1440>(180)});
                   }),
                   orders::refusals::person_not_insured);
    added(of_team(waves, "2026-03-06", "2026-12-31"));
    EXPECT_TRUE(check_in(order_id, wei).has_value());
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Insurances, ThatEndBeforeTheyBeginHaveCoveredNobody) {
    InsuranceId id = added(of_team(team({wei}), "2026-04-01", "2026-12-31"));
    end(id, worker).value();
    EXPECT_EQ(until_of(wei, clock.now()), Instant{});
    EXPECT_EQ(until_of(wei, at_day("2026-04-02")), Instant{}) << "nor has it run out then";
}

TEST_P(Insurances, WarnInsuranceOnceThirtyDaysBefore) {
    InsuranceId id = added(of_team(team({wei}), "2026-03-01", "2026-06-30"));
    wait_until(at_day("2026-05-30"));
    EXPECT_TRUE(facts("insurance.warned").empty());
    wait_until(at_day("2026-06-01"));
    wait_until(at_day("2026-06-20"));
    ASSERT_EQ(facts("insurance.warned").size(), 1U);
    EXPECT_EQ(facts("insurance.warned").front().as<InsuranceWarned>().due_at, row(id).warn_at);
    EXPECT_EQ(row(id).warn_at, at_day("2026-06-01"));
}

TEST_P(Insurances, WarnInsuranceAtOnceOfOneThatEndsSoonAndNeverOfOneThatWasEnded) {
    OrganizationId waves = team({wei});
    added(of_team(waves, "2026-03-01", "2026-03-20"));
    InsuranceId gone = added(of_team(waves, "2026-03-01", "2026-12-31"));
    end(gone, worker).value();
    wait_until(clock.now());
    EXPECT_EQ(facts("insurance.warned").size(), 1U);
    wait_until(at_day("2026-12-20"));
    EXPECT_EQ(facts("insurance.warned").size(), 1U);
}

TEST_P(Insurances, AreSeenByStaffOfAreasBelowThem) {
    auto input = of_area(InsuranceCovers::activities, "2026-03-01", "2026-12-31");
    input.area_id = subdistrict;
    InsuranceId id(add(input, street_staff).value());
    EXPECT_TRUE(may_read(*worker, row(id)));
    EXPECT_TRUE(may_read(*officer, row(id)));
    EXPECT_FALSE(may_read(*staff("community_worker", other_district), row(id)));
    EXPECT_REFUSED(end(id, worker), hezhi::refusals::not_permitted);
}

class InsuredActivities : public Insurances {
  protected:
    activities::PublishActivity camp(std::optional<InsuranceId> id) {
        activities::PublishActivity input;
        input.area_id = community;
        input.category.value = "community_patrol";
        input.title.value = "小区巡逻";
        input.place.value = "顾家岛社区";
        input.risk.value = "夜间行走";
        input.insurance_id = id;
        input.shifts = {{tomorrow_at(9), tomorrow_at(11), Bounded<1, 100000>(5)}};
        return input;
    }
    Result<std::int64_t> publish(std::optional<InsuranceId> id) {
        return act([&](journal::Turn& turn) {
            return activities::publish_activity(turn, *worker, activity_desk, camp(id));
        });
    }
    Result<std::int64_t> join(std::int64_t activity, const Volunteer& who) {
        auto page = reading_as(*worker, [&](const api::Reading& reading) {
            return activities::activity_page(reading, activity_desk, ActivityId(activity)).value();
        });
        return act([&](journal::Turn& turn) {
            return activities::join_shift(turn, *who.caller, page.shifts.front().id);
        });
    }
};
HEZHI_ON_BOTH_ENGINES(InsuredActivities);

TEST_P(InsuredActivities, ArePublishedOnlyUnderAPolicyThatLasts) {
    EXPECT_REFUSED(publish({}), activities::refusals::insurance_missing);
    EXPECT_REFUSED(publish(InsuranceId(1)), activities::refusals::insurance_missing);
    auto today = added(of_area(InsuranceCovers::activities, "2026-03-05", "2026-03-05"));
    EXPECT_REFUSED(publish(today), activities::refusals::insurance_missing);
    auto later = added(of_area(InsuranceCovers::activities, "2026-03-07", "2026-03-31"));
    EXPECT_REFUSED(publish(later), activities::refusals::insurance_missing);
    auto id = added(of_area(InsuranceCovers::activities, "2026-03-05", "2026-03-06"));
    std::int64_t activity = publish(id).value();
    auto page = reading_as(*worker, [&](const api::Reading& reading) {
        return activities::activity_page(reading, activity_desk, ActivityId(activity)).value();
    });
    EXPECT_EQ(page.insurance, "示范保险 · PA-2026-001");
    join(activity, zhang).value();
    end(id, worker).value();
    EXPECT_REFUSED(join(activity, liu), refusals::not_insured);
}

TEST_P(InsuredActivities, AreJoinedOnlyByMembersWhereMembersAreCovered) {
    auto id = added(of_team(team({wei}), "2026-03-01", "2026-12-31"));
    std::int64_t activity = publish(id).value();
    join(activity, wei).value();
    EXPECT_REFUSED(join(activity, zhang), refusals::not_insured);
}

}  // namespace
}  // namespace hezhi::insurance
