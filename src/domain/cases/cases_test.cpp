// Recipient plans: rhythm, orders by the timer, holidays, pause and end, who was not visited.
#include "domain/cases/cases.h"

#include "facts/all_facts.h"
#include "support/world.h"

namespace hezhi::cases {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr int thursdays = 1 << 4;
constexpr int every_day = 127;

class Plans : public hezhi::testing::World {
  protected:
    Plans() : wang(resident("王秀英", "13900000001")) {}

    MakePlan visits(int weekdays, Instant until) {
        MakePlan input;
        input.person_id = wang;
        input.category.value = "environment_clean_up";
        input.weekdays = Bounded<1, 127>(weekdays);
        input.at_minute = Bounded<0, 1439>(9 * 60 + 30);
        input.until = until;
        return input;
    }
    Result<std::int64_t> make(const MakePlan& input, const api::Caller& caller) {
        return act([&](journal::Turn& turn) { return make_plan(turn, caller, input); });
    }
    PlanState plan(PlanId id) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<PlanFigure>(id).value();
        });
    }
    // Every day that passes, the timers run.
    void live_until(Instant at) {
        scheduler.run_due();
        while (clock.now() < at) wait_until(std::min(clock.now() + hours(12), at));
    }
    Instant on(std::string_view day, int hour) { return start_of(*parse_day(day)) + hours(hour); }

    PersonId wang;
};
HEZHI_ON_BOTH_ENGINES(Plans);

TEST_P(Plans, MakePlanSoThatRunPlanMakesAnOrderAWeekAndNoneAfterItsLastDay) {
    PlanId id(make(visits(thursdays, on("2026-04-02", 0)), *social_worker).value());
    EXPECT_EQ(plan(id).next_at, on("2026-03-05", 9) + std::chrono::minutes(30));
    live_until(on("2026-04-20", 12));
    // The 5th of March to the 2nd of April, both whole.
    EXPECT_EQ(plan(id).orders_made, 5);
    EXPECT_EQ(plan(id).state, PlanStep::ended);
    auto opened = facts("order.opened");
    ASSERT_EQ(opened.size(), 5U);
    EXPECT_EQ(opened.back().as<OrderOpened>().starts_at,
              on("2026-04-02", 9) + std::chrono::minutes(30));
    EXPECT_EQ(opened.back().as<OrderOpened>().recipient, wang);
    EXPECT_LE(opened.back().recorded_at, opened.back().as<OrderOpened>().starts_at - days(2));
    for (const Fact& fact : facts("need.reported")) {
        EXPECT_EQ(fact.as<NeedReported>().channel, Channel::plan);
    }
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Plans, SkipTheHolidaysOfTheCalendarOnlyWhereTheySaySo) {
    MakePlan input = visits(every_day, on("2026-04-08", 0));
    PlanId kept(make(input, *social_worker).value());
    input.on_holidays = OnHolidays::skip;
    PlanId skipping(make(input, *social_worker).value());
    live_until(on("2026-04-08", 12));
    EXPECT_EQ(plan(skipping).days_skipped, 3) << "Qingming, 4–6 April";
    EXPECT_EQ(plan(kept).days_skipped, 0);
    EXPECT_EQ(plan(kept).orders_made, plan(skipping).orders_made + 3);
}

TEST_P(Plans, PausePlanAndResumePlanMakeUpForNothing) {
    PlanId id(make(visits(thursdays, on("2026-06-30", 0)), *social_worker).value());
    live_until(on("2026-03-06", 12));
    auto before = plan(id).orders_made;
    auto pause = [&] {
        return act([&](journal::Turn& turn) { return pause_plan(turn, *social_worker, id); });
    };
    pause().value();
    EXPECT_REFUSED(pause(), refusals::plan_state_forbids);
    live_until(on("2026-03-28", 12));
    EXPECT_EQ(plan(id).orders_made, before);
    act([&](journal::Turn& turn) { return resume_plan(turn, *social_worker, id); }).value();
    EXPECT_EQ(plan(id).next_at, on("2026-04-02", 9) + std::chrono::minutes(30));
    act([&](journal::Turn& turn) { return end_plan(turn, *social_worker, id); }).value();
    live_until(on("2026-04-10", 12));
    EXPECT_EQ(plan(id).orders_made, before);
}

TEST_P(Plans, AskThePreferredPersonFirst) {
    MakePlan input = visits(thursdays, on("2026-04-02", 0));
    input.preferred_id = zhang.person;
    make(input, *social_worker).value();
    wait_until(clock.now());
    auto offered = facts("order.offered");
    ASSERT_EQ(offered.size(), 1U);
    EXPECT_EQ(PersonId(offered.front().subject("person")), zhang.person);
}

// A recipient who was not there twice is called first; the plan asks nobody before that.
TEST_P(Plans, AskNobodyWhileSomebodyHasToCallFirst) {
    for (int i = 0; i < 2; ++i) {
        OrderId missed = open_order(report_need(PriorityClass::P3, "王秀英 13900000001"));
        offer(missed, {liu}).value();
        accept(missed, liu).value();
        act([&](journal::Turn& turn) {
            return orders::cancel_order(turn, *social_worker, desk, missed, "无人在家", true);
        }).value();
    }
    MakePlan input = visits(thursdays, on("2026-04-02", 0));
    input.preferred_id = zhang.person;
    make(input, *social_worker).value();
    wait_until(clock.now());
    ASSERT_EQ(facts("plan.ran").size(), 1U);
    for (const Fact& fact : facts("order.offered")) {
        EXPECT_EQ(PersonId(fact.subject("person")), liu.person);
    }
    OrderId held(facts("order.opened").back().position);
    act([&](journal::Turn& turn) {
        return orders::answer_phone_check(turn, *social_worker, desk, held,
                                          {PhoneCheckOutcome::wanted});
    }).value();
    EXPECT_TRUE(offer(held, {zhang}).has_value());
}

TEST_P(Plans, AreExemptFromMerging) {
    make(visits(every_day, on("2026-04-02", 0)), *social_worker).value();
    wait_until(clock.now());
    NeedId planned(facts("need.reported").front().subject("need"));
    NeedId said = report_need(PriorityClass::P3, "王秀英 13900000001");
    EXPECT_REFUSED(act([&](journal::Turn& turn) {
                       return needs::merge_need(turn, *social_worker, said, planned);
                   }),
                   needs::refusals::merge_impossible);
}

TEST_P(Plans, AreMadeOnlyInsideTheScopeAndWithinThePacksTime) {
    auto elsewhere = staff("social_worker", other_subdistrict);
    EXPECT_REFUSED(make(visits(thursdays, on("2026-04-02", 0)), *elsewhere),
                   hezhi::refusals::not_found);
    EXPECT_REFUSED(make(visits(thursdays, on("2028-04-02", 0)), *social_worker),
                   refusals::plan_invalid);
    EXPECT_REFUSED(make(visits(thursdays, on("2026-03-04", 0)), *social_worker),
                   refusals::plan_invalid);
    PlanId id(make(visits(thursdays, on("2026-04-02", 0)), *social_worker).value());
    EXPECT_REFUSED(act([&](journal::Turn& turn) { return end_plan(turn, *elsewhere, id); }),
                   hezhi::refusals::not_found);
    EXPECT_REFUSED(act([&](journal::Turn& turn) { return end_plan(turn, *street_staff, id); }),
                   hezhi::refusals::not_permitted);
}

TEST_P(Plans, ReportProtectionIsSealedFromAllButTheRoleThatIsForIt) {
    auto protector = staff("protection_officer", district);
    ReportProtection input{community, ProtectedGroup::minor, Text<1, 1000>("孩子身上多处旧伤")};
    ProtectionId id(act([&](journal::Turn& turn) {
                        return report_protection(turn, *grid_worker, people, input);
                    }).value());
    ASSERT_EQ(facts("protection.reported").size(), 1U);
    const Fact fact = facts("protection.reported").front();
    EXPECT_FALSE(fact.actor.account) << "nobody can tell who reported";
    EXPECT_EQ(fact.subjects.size(), 1U) << "it is joined to no other record";
    EXPECT_TRUE(is_sealed(fact.kind));
    auto answer = [&](const api::Caller& caller) {  // AnswerProtection
        return act([&](journal::Turn& turn) {
            return answer_protection(turn, caller, people, id, "已会同派出所入户");
        });
    };
    for (const auto& caller : {grid_worker, social_worker, street_staff, officer}) {
        EXPECT_REFUSED(answer(*caller), hezhi::refusals::not_found);
    }
    answer(*protector).value();
    EXPECT_REFUSED(answer(*protector), refusals::protection_answered);
    EXPECT_REFUSED(
        act([&](journal::Turn& turn) { return report_protection(turn, *officer, people, input); }),
        areas::refusals::area_unknown);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST(CsvField, NeverBeginsAFormula) {
    EXPECT_EQ(csv_field("王**"), "王**");
    EXPECT_EQ(csv_field("=HYPERLINK(1)"), "'=HYPERLINK(1)");
    EXPECT_EQ(csv_field("+86"), "'+86");
    EXPECT_EQ(csv_field("-1"), "'-1");
    EXPECT_EQ(csv_field("@sum"), "'@sum");
    EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
    EXPECT_EQ(csv_field("=a\"b"), "\"'=a\"\"b\"");
}

}  // namespace
}  // namespace hezhi::cases
