// Somebody's duty at an order makes no record, and is drawn for a call-back like any other.
#include "domain/orders/sample_seed_figure.h"
#include "domain/spot_checks/spot_checks.h"
#include "support/world.h"

namespace hezhi::spot_checks {
namespace {

using std::chrono::minutes;

class DutyChecks : public hezhi::testing::World {
  protected:
    DutyChecks()
        : worker(staff("community_worker", community)),
          counsellor(professional(community)),
          team(team_of({zhang})),
          look(*ledger, spot_checks::timers(people, random)) {
        // Of age, so that nothing but the duty keeps them from being graded.
        append(AgeNoted{40}, {{"person", counsellor.person.value}});
        append(MemberJoined{}, {{"organization", team.value}, {"person", counsellor.person.value}});
    }

    std::int64_t append(const auto& payload, const Subjects& subjects) {
        return act([&](journal::Turn& turn) -> Result<std::int64_t> {
                   return turn.append(
                       draft(payload, {}, {community, path_of(community)}, subjects, turn.now()));
               })
            .value();
    }

    OrderId served_on_duty() {
        OrderId id = open_order(report_need(), "adolescent_counselling");
        offer(id, {counsellor}).value();
        accept(id, counsellor).value();
        clock.set(order(id).starts_at);
        check_in(id, counsellor).value();
        clock.advance(minutes(50));
        check_out(id, counsellor).value();
        return id;
    }
    // Everything of theirs is called back from now on, by the colour of their team.
    void all_is_drawn() {
        Subjects subjects{{"organization", team.value}, {"grade_proposal", self}};
        GradeProposed proposed;
        proposed.graded = GradeSubject::team;
        proposed.from = proposed.effective = GradeColor::blue;
        proposed.to = GradeColor::red;
        subjects["grade_proposal"] = append(proposed, subjects);
        append(GradeConfirmed{GradeColor::red, GradeColor::red, clock.now()}, subjects);
    }
    void morning_after() {
        clock.set(start_of(day_of(clock.now()) + 1) + minutes(10));
        while (look.run_due() > 0) {
        }
    }
    SpotCheckState check(SpotCheckId id) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<SpotCheckFigure>(id).value();
        });
    }
    Result<std::int64_t> answer_it(const api::Caller& who, SpotCheckId id,
                                   SpotCheckOutcome outcome) {
        AnswerSpotCheck input;
        input.outcome = outcome;
        input.said = Text<0, 500>("没有人来");
        return act([&](journal::Turn& turn) {
            return answer_spot_check(turn, who, spot_check_desk, id, input);
        });
    }
    void TearDown() override { EXPECT_EQ(differences(), std::vector<journal::Difference>{}); }

    api::CallerPtr worker;
    hezhi::testing::Volunteer counsellor;
    OrganizationId team;
    jobs::Scheduler look;
};
HEZHI_ON_BOTH_ENGINES(DutyChecks);

TEST_P(DutyChecks, OpenSpotCheckDrawsDutyAsTheSeedSaysAndHoldsNothing) {
    OrderId first = served_on_duty();
    morning_after();
    ASSERT_EQ(facts("sample.seeded").size(), 1U) << "the duty was looked at";
    auto seeds = orders::sample_seeds(*ledger->read(), people);
    bool drawn = orders::is_drawn(seeds.begin()->second, first.value, 5);
    EXPECT_EQ(facts("spot_check.opened").size(), drawn ? 1U : 0U);
    std::size_t before = facts("spot_check.opened").size();
    OrderId second = served_on_duty();
    all_is_drawn();
    morning_after();
    ASSERT_EQ(facts("spot_check.opened").size(), before + 1);
    const Fact opened = facts("spot_check.opened").back();
    EXPECT_EQ(opened.subject("order"), second.value);
    EXPECT_EQ(opened.subject("record"), 0) << "there is none";
    EXPECT_TRUE(opened.as<SpotCheckOpened>().sampled);
    EXPECT_FALSE(opened.as<SpotCheckOpened>().held);
    morning_after();
    EXPECT_EQ(facts("spot_check.opened").size(), before + 1) << "once";
}

TEST_P(DutyChecks, AnswerAndSettleSpotCheckOfDutyWithoutARecord) {
    served_on_duty();
    all_is_drawn();
    morning_after();
    ASSERT_EQ(facts("spot_check.opened").size(), 1U);
    SpotCheckId id(facts("spot_check.opened").front().position);
    api::Caller served = *worker;
    served.person = counsellor.person;
    EXPECT_REFUSED(answer_it(served, id, SpotCheckOutcome::differs), refusals::not_a_third_person);
    answer_it(*worker, id, SpotCheckOutcome::differs).value();
    act([&](journal::Turn& turn) {
        return settle_spot_check(turn, *officer, spot_check_desk, id,
                                 {true, Text<1, 500>("当天没有去")});
    }).value();
    EXPECT_EQ(check(id).state, SpotCheckStep::reversed);
    EXPECT_TRUE(facts("record.corrected").empty()) << "nothing was recorded";
    EXPECT_TRUE(facts("earning.judged").empty());
    EXPECT_EQ(facts("grade.proposed").size(), 1U) << "the team's; nobody on duty is graded for it";
}

}  // namespace
}  // namespace hezhi::spot_checks
