// 四色分级 from facts to effect: the monthly run, proposals and who decides them, appeals, what
// dispatch makes of it, and what pages say.
#include <algorithm>

#include "domain/grading/test_grading.h"

namespace hezhi::grading {
namespace {

using hezhi::testing::Volunteer;
using std::chrono::days;
using std::chrono::hours;
using enum GradeColor;

HEZHI_ON_BOTH_ENGINES(Grades);

TEST_P(Grades, ComputeGradeAtTheMonthsEndOfTeamsAndOfAdultVolunteers) {
    OrganizationId team = team_of({zhang, liu});
    served(8);
    month_ends("2026-04-01");
    auto of_team = grade_of(GradeSubject::team, team.value);
    EXPECT_EQ(of_team.color, blue) << "the first month";
    EXPECT_EQ(of_team.bands, std::vector<GradeColor>{green});
    ASSERT_EQ(facts("grade.computed").size(), 3U) << "the team, 张 and 刘; 赵 served nobody";
    const Fact first = facts("grade.computed").front();
    const auto& run = first.as<GradeComputed>();
    EXPECT_EQ(run.counts.accepted, 16) << "eight services of two";
    EXPECT_EQ(run.counts.satisfaction_sum, 80);
    EXPECT_EQ(run.counts.records_in_time, 16);
    // (16·100 + 10·90) ÷ 26 reviews = 96.15 %; one month of four = 25 %.
    EXPECT_EQ(run.parts.satisfaction, 9615);
    EXPECT_EQ(run.parts.continuity, 2500);
    EXPECT_EQ(run.parts.score, 9154);
    EXPECT_EQ(facts("grading_month.closed").size(), 1U);
    scheduler.run_due();
    EXPECT_EQ(facts("grade.computed").size(), 3U) << "CloseGradingMonth: once a month";
    month_ends("2026-05-01");
    EXPECT_EQ(grade_of(GradeSubject::team, team.value).color, green) << "two in a row";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Grades, ComputeGradeProposesTheWayDownAndChangesNothingByItself) {
    served(3);
    for (int i = 0; i < 3; ++i) zhang_did_not_come();
    month_ends("2026-04-01");
    EXPECT_EQ(zhangs().bands, std::vector<GradeColor>{yellow}) << "three no-shows";
    EXPECT_FALSE(zhangs().proposal);
    month_ends("2026-05-01");
    auto state = zhangs();
    ASSERT_TRUE(state.proposal);
    EXPECT_EQ(state.color, ungraded) << "nobody has confirmed it";
    EXPECT_EQ(state.effective, ungraded);
    reject_down(*officer, state.proposal).value();
    EXPECT_TRUE(zhangs().bands.empty()) << "these months are not counted again";
    EXPECT_REFUSED(confirm_down(*second_officer, state.proposal), refusals::grade_state_forbids);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Grades, ProposeGradeAfterAMajorIncidentSuspendsAtOnce) {
    OrderId served_order = delivered_order();
    OrderId next = open_order(report_need());
    offer(next, {zhang, liu}).value();
    major_incident(served_order);
    settle_timers();
    auto state = zhangs();
    ASSERT_TRUE(state.proposal);
    EXPECT_TRUE(state.suspended);
    EXPECT_EQ(state.color, ungraded) << "only dispatch is suspended";
    EXPECT_EQ(forbidden(next), "paused");
    EXPECT_REFUSED(accept(next, zhang), orders::refusals::dispatch_paused);
    EXPECT_EQ(facts("grade.proposed").size(), 1U) << "once an incident";
    reject_down(*officer, state.proposal).value();  // RejectGrade
    EXPECT_EQ(forbidden(next), "");
    accept(next, zhang).value();
    settle_timers();
    EXPECT_EQ(facts("grade.proposed").size(), 1U);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Grades, ProposeGradeFindsNoIncidentsOfMinors) {
    OrderId served_order = delivered_order();
    auto found = [&] {
        auto all = timers(*ledger);
        auto timer = std::ranges::find(all, "propose_grade", &jobs::Timer::name);
        auto db = ledger->read();
        return timer->find(*db, clock.now(), 100).size();
    };
    major_incident(served_order);
    EXPECT_EQ(found(), 1U);
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        AgeNoted noted;
        noted.age_years = 17;
        return turn.append(draft(noted, {}, {community, path_of(community)},
                                 {{"person", zhang.person.value}}, turn.now()));
    }).value();
    EXPECT_EQ(found(), 0U) << "it would be refused in every round, and found again in the next";
    settle_timers();
    EXPECT_TRUE(facts("grade.proposed").empty());
}

TEST_P(Grades, ATriggerSuspendsWhileAMonthsProposalIsOpen) {
    served(3);
    for (int i = 0; i < 3; ++i) zhang_did_not_come();
    month_ends("2026-04-01");
    month_ends("2026-05-01");
    GradeProposalId months_one = zhangs().proposal;
    ASSERT_TRUE(months_one);
    OrderId next = open_order(report_need());
    EXPECT_EQ(forbidden(next), "");
    propose(*officer, GradeSubject::person, zhang.person.value).value();
    EXPECT_TRUE(zhangs().suspended);
    EXPECT_EQ(forbidden(next), "paused");
    EXPECT_REFUSED(confirm_down(*second_officer, months_one), refusals::grade_state_forbids)
        << "it gave way";
    EXPECT_REFUSED(propose(*officer, GradeSubject::person, zhang.person.value),
                   refusals::grade_undecided)
        << "suspended already";
    EXPECT_EQ(zhangs().bands.size(), 2U) << "the bad months are not forgotten for it";
    reject_down(*second_officer, zhangs().proposal).value();
    EXPECT_EQ(forbidden(next), "");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Grades, ATriggerSuspendsWhileAnAppealIsOpenAndOutlastsIt) {
    GradeProposalId yellow_one = made_yellow();
    GradeAppealId filed(appeal(*zhang.caller, yellow_one).value());
    ASSERT_EQ(zhangs().effective, blue);
    propose(*officer, GradeSubject::person, zhang.person.value).value();
    EXPECT_EQ(zhangs().effective, red);
    GradeProposalId trigger = zhangs().proposal;
    reject_down(*second_officer, trigger).value();
    EXPECT_EQ(zhangs().effective, blue) << "as the appeal left it";
    propose(*officer, GradeSubject::person, zhang.person.value).value();
    confirm_down(*second_officer, zhangs().proposal).value();
    decide(*second_officer, filed, true).value();
    EXPECT_EQ(zhangs().color, red) << "which was not appealed";
    EXPECT_EQ(zhangs().effective, red);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Grades, AppealingAnEarlierGradeLiftsNothingGraverAndGivesBackWhatStandsOfBoth) {
    GradeProposalId yellow_one = made_yellow();
    propose(*officer, GradeSubject::person, zhang.person.value).value();
    GradeProposalId red_one = zhangs().proposal;
    confirm_down(*second_officer, red_one).value();
    GradeAppealId of_yellow(appeal(*zhang.caller, yellow_one).value());
    EXPECT_EQ(zhangs().effective, red) << "which is not appealed";
    GradeAppealId of_red(appeal(*zhang.caller, red_one).value());
    EXPECT_EQ(zhangs().effective, red) << "safety stands until the decision";
    EXPECT_REFUSED(propose(*officer, GradeSubject::person, zhang.person.value),
                   refusals::grade_state_forbids);
    decide(*second_officer, of_yellow, true).value();
    EXPECT_EQ(zhangs().color, red);
    EXPECT_EQ(zhangs().appeal, of_red);
    auto third = staff("district_officer", district);
    decide(*third, of_red, true).value();
    EXPECT_EQ(zhangs().color, blue) << "not the yellow that was withdrawn";
    EXPECT_EQ(zhangs().effective, blue);
    EXPECT_FALSE(zhangs().appeal);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Grades, ATriggerThatIsUndecidedSuspendsAfterAnAppealIsUpheld) {
    GradeAppealId filed(appeal(*zhang.caller, made_yellow()).value());
    propose(*officer, GradeSubject::person, zhang.person.value).value();
    decide(*second_officer, filed, true).value();
    EXPECT_EQ(zhangs().color, blue);
    EXPECT_EQ(zhangs().effective, red);
    reject_down(*second_officer, zhangs().proposal).value();
    EXPECT_EQ(zhangs().effective, blue);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Grades, ConfirmGradeIsForSomebodyElseWhomItDoesNotConcern) {
    OrganizationId team = team_of({zhang, liu});
    GradeProposalId id(propose(*officer, GradeSubject::team, team.value).value());
    EXPECT_REFUSED(propose(*officer, GradeSubject::team, team.value), refusals::grade_undecided);
    EXPECT_REFUSED(propose(*officer, GradeSubject::team, team.value, "no_such"),
                   refusals::trigger_unknown);
    EXPECT_REFUSED(propose(*social_worker, GradeSubject::team, team.value),
                   hezhi::refusals::not_found);
    EXPECT_REFUSED(confirm_down(*officer, id), refusals::own_grade_proposal);
    api::Caller member = *second_officer;
    member.person = liu.person;
    EXPECT_REFUSED(confirm_down(member, id), refusals::grade_concerns_caller);
    EXPECT_REFUSED(confirm_down(*staff("district_officer", other_district), id),
                   hezhi::refusals::not_found);
    confirm_down(*second_officer, id).value();
    EXPECT_EQ(grade_of(GradeSubject::team, team.value).color, red);
    // A team that is suspended publishes nothing.
    activities::PublishActivity input;
    input.organization_id = team;
    input.area_id = community;
    auto published = act([&](journal::Turn& turn) {
        return activities::publish_activity(turn, *zhang.caller, activity_desk, input);
    });
    EXPECT_REFUSED(published, refusals::team_paused);
}

TEST_P(Grades, PairedServesOnlyBesideSomebodyWhoseStateIsNormal) {
    made_yellow();
    ASSERT_EQ(zhangs().color, yellow);
    OrderId two = open_order(report_need());
    EXPECT_EQ(forbidden(two), "") << "R1, two places";
    OrderId alone = open_order(report_need(), "errands");
    EXPECT_EQ(forbidden(alone), "paired_only") << "one place";
    offer(two, {zhang, liu}).value();
    accept(two, zhang).value();
    accept(two, liu).value();
    OrderId other =
        open_order(report_need(), "environment_clean_up", tomorrow_at(14), tomorrow_at(16));
    offer(other, {zhang, liu}).value();
    // 刘 becomes yellow as well, and takes the first place.
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        return turn.append(draft(GradeConfirmed{yellow, yellow, turn.now()}, {},
                                 {community, path_of(community)},
                                 {{"person", liu.person.value},
                                  {"grade_proposal", facts("grade.proposed").back().position}},
                                 turn.now()));
    }).value();
    accept(other, liu).value();
    EXPECT_REFUSED(accept(other, zhang), orders::refusals::partner_missing);
}

TEST_P(Grades, NoteRemedialOnTheWayBackFromYellow) {
    auto note = [&](const api::Caller& who) {
        NoteRemedial input;
        input.subject_id = zhang.person.value;
        input.minutes.value = 240;
        return act([&](journal::Turn& turn) { return note_remedial(turn, who, input); });
    };
    EXPECT_REFUSED(note(*street_staff), refusals::not_on_the_way_back);
    made_yellow();
    EXPECT_REFUSED(note(*social_worker), hezhi::refusals::not_found);
    note(*street_staff).value();
    auto next = [&] { return page(*zhang.caller, GradeSubject::person, zhang.person.value)->next; };
    served(2);
    EXPECT_EQ(next()->runs_missing, 2) << "two of the three services";
    served(1);
    clock.advance(hours(3));  // past the end that was planned
    EXPECT_EQ(next()->standing, PersonStanding::normal);
    EXPECT_EQ(next()->runs_missing, 0) << "nothing is missing any more";
    EXPECT_TRUE(next()->gates.empty());
    month_ends("2026-06-01");
    auto run = page(*officer, GradeSubject::person, zhang.person.value).value();
    EXPECT_EQ(std::ranges::count(run.gates, true, &GradeGateWhy::bit), 1)
        << "the three no-shows of March are in the window still";
    EXPECT_EQ(zhangs().color, blue) << "after one month";
    EXPECT_TRUE(zhangs().bands.empty()) << "the yellow months do not lead down again";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Grades, FileGradeAppealKeepsTheColourFromHavingEffectUntilDecideGradeAppeal) {
    GradeProposalId id = made_yellow();
    EXPECT_EQ(zhangs().effective, yellow);
    EXPECT_REFUSED(appeal(*liu.caller, id), hezhi::refusals::not_found);
    GradeAppealId filed(appeal(*zhang.caller, id).value());
    EXPECT_EQ(zhangs().color, yellow);
    EXPECT_EQ(zhangs().effective, blue) << "as before, until it is decided";
    EXPECT_REFUSED(appeal(*zhang.caller, id), refusals::grade_state_forbids);
    EXPECT_REFUSED(decide(*officer, filed, true), refusals::took_part_in_grade);
    EXPECT_REFUSED(acknowledge(*street_staff, filed), hezhi::refusals::not_found);
    acknowledge(*second_officer, filed).value();  // AcknowledgeGradeAppeal
    EXPECT_REFUSED(acknowledge(*second_officer, filed), refusals::grade_state_forbids);
    decide(*second_officer, filed, true).value();
    EXPECT_EQ(zhangs().color, blue);
    EXPECT_EQ(zhangs().effective, blue);
    EXPECT_REFUSED(decide(*second_officer, filed, false), refusals::took_part_in_grade);
    auto third = staff("district_officer", district);
    EXPECT_REFUSED(decide(*third, filed, false), refusals::grade_state_forbids);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Grades, FileGradeAppealLeavesASuspensionForSafetyAndHasItsDays) {
    GradeProposalId id(propose(*officer, GradeSubject::person, zhang.person.value).value());
    confirm_down(*second_officer, id).value();
    auto third = staff("district_officer", district);
    Instant confirmed = clock.now();
    GradeAppealId filed(appeal(*zhang.caller, id).value());
    EXPECT_EQ(zhangs().effective, red);
    decide(*third, filed, false).value();
    EXPECT_EQ(zhangs().color, red);
    // Confirmed on Thursday 5 March: ten working days end on the 19th.
    OrganizationId team = team_of({zhang, liu});
    GradeProposalId late(propose(*officer, GradeSubject::team, team.value).value());
    confirm_down(*second_officer, late).value();
    clock.set(confirmed + days(15));
    EXPECT_REFUSED(appeal(*zhang.caller, late), refusals::appeal_time_over);
}

TEST_P(Grades, EscalateGradeAppealAtEachLimitThatPasses) {
    GradeProposalId id(propose(*officer, GradeSubject::person, zhang.person.value).value());
    confirm_down(*second_officer, id).value();
    appeal(*zhang.caller, id).value();
    wait_until(clock.now() + days(6));
    EXPECT_EQ(facts("grade_appeal.escalated").size(), 1U);
    wait_until(clock.now() + days(25));
    EXPECT_EQ(facts("grade_appeal.escalated").size(), 2U);
    wait_until(clock.now() + days(10));
    EXPECT_EQ(facts("grade_appeal.escalated").size(), 2U);
}

TEST_P(Grades, EscalateGradeAppealRaisesASuspensionThatNobodyDecidesOnce) {
    // Proposed on Thursday 5 March: ten working days end with Thursday the 19th.
    GradeProposalId id(propose(*officer, GradeSubject::person, zhang.person.value).value());
    auto shown = [&] {
        return reading_as(*second_officer, [&](const api::Reading& reading) {
            return proposal_page(reading, grade_desk, id).value();
        });
    };
    ASSERT_TRUE(shown().decide_until);
    EXPECT_EQ(day_of(*shown().decide_until), *parse_day("2026-03-19"));
    wait_until(*shown().decide_until - hours(1));
    EXPECT_TRUE(facts("grade_appeal.escalated").empty());
    EXPECT_FALSE(shown().late);
    wait_until(*shown().decide_until + hours(1));
    ASSERT_EQ(facts("grade_appeal.escalated").size(), 1U);
    EXPECT_EQ(facts("grade_appeal.escalated").front().subject("grade_proposal"), id.value);
    EXPECT_TRUE(shown().late);
    EXPECT_EQ(zhangs().effective, red) << "it is about somebody's safety";
    wait_until(clock.now() + days(30));
    EXPECT_EQ(facts("grade_appeal.escalated").size(), 1U);
    reject_down(*second_officer, id).value();
    EXPECT_TRUE(shown().late);
    EXPECT_EQ(zhangs().effective, ungraded);
    // Decided in time, nothing is raised.
    GradeProposalId in_time(propose(*officer, GradeSubject::person, liu.person.value).value());
    confirm_down(*second_officer, in_time).value();
    wait_until(clock.now() + days(20));
    EXPECT_EQ(facts("grade_appeal.escalated").size(), 1U);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Grades, AnAppealIsNotForWhoPutTheIncidentDownToThePerson) {
    OrderId served_order = delivered_order();
    IncidentId incident = major_incident(served_order);
    settle_timers();
    GradeProposalId id = zhangs().proposal;
    auto proposal = reading_as(*officer, [&](const api::Reading& reading) {
        return reading.load<GradeProposalFigure>(id).value();
    });
    EXPECT_EQ(proposal.incident, incident);
    EXPECT_FALSE(proposal.proposed_by) << "the system";
    api::Caller settled = *officer;
    settled.account = street_staff->account;  // who settled the incident
    EXPECT_REFUSED(confirm_down(settled, id), refusals::own_grade_proposal);
    confirm_down(*officer, id).value();
    GradeAppealId filed(appeal(*zhang.caller, id).value());
    EXPECT_REFUSED(decide(settled, filed, false), refusals::took_part_in_grade);
    EXPECT_REFUSED(decide(*officer, filed, false), refusals::took_part_in_grade);
    decide(*second_officer, filed, false).value();
}

TEST_P(Grades, LeavingAnOrderLateCountsAndInTimeDoesNot) {
    // Accepted with a lead of at least a day: half of it is the limit.
    auto outcome_after = [&](int percent_of_lead) {
        OrderId id = open_order(report_need(), "environment_clean_up", tomorrow_at(9) + days(2),
                                tomorrow_at(11) + days(2));
        offer(id, {zhang, liu}).value();
        accept(id, zhang).value();
        std::int64_t lead = order(id).starts_at.ms - clock.now().ms;
        clock.set({clock.now().ms + lead * percent_of_lead / 100});
        act([&](journal::Turn& turn) {
            return orders::leave_order(turn, *zhang.caller, id);
        }).value();
        return reading_as(*officer, [&](const api::Reading& reading) {
            std::string key = std::to_string(id.value) + "-" + std::to_string(zhang.person.value);
            return reading.load<GradedServiceFigure>(key)->outcome;
        });
    };
    EXPECT_EQ(outcome_after(49), ServiceOutcome::given_back);
    EXPECT_EQ(outcome_after(51), ServiceOutcome::given_back_late);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Grades, AreOfTeamsAndAdultsOnly) {
    auto found = [&](GradeSubject graded, std::int64_t subject) {
        return act([&](journal::Turn& turn) -> Result<std::int64_t> {
            auto graded_subject = load_graded(turn, graded, subject);
            if (!graded_subject) return std::unexpected(graded_subject.error());
            return subject;
        });
    };
    found(GradeSubject::person, zhang.person.value).value();
    // A minor: the age as last noted.
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        AgeNoted noted;
        noted.age_years = 17;
        return turn.append(draft(noted, {}, {community, path_of(community)},
                                 {{"person", zhang.person.value}}, turn.now()));
    }).value();
    EXPECT_REFUSED(found(GradeSubject::person, zhang.person.value), refusals::not_graded);
    EXPECT_REFUSED(found(GradeSubject::person, social_worker->person.value), refusals::not_graded);
    EXPECT_REFUSED(found(GradeSubject::team, 999999), hezhi::refusals::not_found);
}

TEST_P(Grades, OpenToWhyForStaffTheLeadAndThePersonAndNobodyElse) {
    OrganizationId team = team_of({zhang, liu});
    served(8);
    month_ends("2026-04-01");
    auto why = page(*street_staff, GradeSubject::team, team.value).value();
    EXPECT_EQ(why.color, blue);
    EXPECT_EQ(why.score, 9154);
    EXPECT_EQ(why.counted.size(), 16U);
    ASSERT_EQ(why.parts.size(), 5U);
    EXPECT_EQ(why.parts[0].numerator, 16);
    EXPECT_EQ(why.parts[0].denominator, 16);
    EXPECT_EQ(why.parts[0].weight, 30);
    EXPECT_EQ(why.parts[0].points, 3000);
    EXPECT_FALSE(why.parts[0].says.zh.empty());
    ASSERT_TRUE(why.next);
    EXPECT_EQ(why.next->color, green);
    EXPECT_EQ(why.next->points_missing, 0);
    EXPECT_EQ(why.next->runs_missing, 1) << "one more month like this";
    ASSERT_EQ(why.history.size(), 1U);
    EXPECT_TRUE(page(*zhang.caller, GradeSubject::team, team.value)) << "leads it";
    EXPECT_REFUSED(page(*liu.caller, GradeSubject::team, team.value), hezhi::refusals::not_found);

    auto own = page(*zhang.caller, GradeSubject::person, zhang.person.value).value();
    EXPECT_EQ(own.standing, PersonStanding::normal);
    EXPECT_EQ(own.color, std::nullopt) << "no colour for persons";
    EXPECT_EQ(own.parts[3].share, std::nullopt) << "records are the team's";
    EXPECT_REFUSED(page(*street_staff, GradeSubject::person, zhang.person.value),
                   hezhi::refusals::not_found);
    EXPECT_TRUE(page(*officer, GradeSubject::person, zhang.person.value));
    auto mine = reading_as(*zhang.caller, [&](const api::Reading& reading) {
        return own_grades(reading, grade_desk).value();
    });
    ASSERT_EQ(mine.items.size(), 2U);
    EXPECT_EQ(mine.items.back().color, blue);
    auto list = reading_as(*officer, [&](const api::Reading& reading) {
        return list_team_grades(reading, grade_desk, {}).value();
    });
    ASSERT_EQ(list.items.size(), 1U);
    EXPECT_EQ(list.colors.front().color, blue);
}

}  // namespace
}  // namespace hezhi::grading
