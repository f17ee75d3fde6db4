// A month that is over shows the services as it counted them, and beside each what changed since.
#include <algorithm>

#include "domain/grading/test_grading.h"

namespace hezhi::grading {
namespace {

using std::chrono::hours;

class MonthServices : public Grades {
  protected:
    GradePage zhangs_page() {
        return page(*officer, GradeSubject::person, zhang.person.value).value();
    }
    static const GradeServiceWhy* of_order(const std::vector<GradeServiceWhy>& rows, OrderId id) {
        auto row = std::ranges::find(rows, id, &GradeServiceWhy::order_id);
        return row == rows.end() ? nullptr : &*row;
    }
    // The month's own numbers against its list.
    static void expect_explained(const GradePage& shown) {
        EXPECT_EQ(shown.counted_in_all, shown.services);
        EXPECT_EQ(std::ssize(shown.counted), shown.counted_in_all);
        std::int64_t completed =
            std::ranges::count(shown.counted, CountedAs::completed, &GradeServiceWhy::counted);
        EXPECT_EQ(shown.parts.front().numerator, completed);
    }
};
HEZHI_ON_BOTH_ENGINES(MonthServices);

TEST_P(MonthServices, ReviewedAfterTheMonthShowNoMarkInItAndSaySoBeside) {
    served(5);
    OrderId silent = delivered_order();
    confirm(silent).value();
    month_ends("2026-04-01");
    const auto closed = zhangs_page();
    expect_explained(closed);
    ASSERT_TRUE(of_order(closed.counted, silent));
    EXPECT_FALSE(of_order(closed.counted, silent)->since);
    review(silent, Resolution::resolved, 2).value();
    const auto later = zhangs_page();
    expect_explained(later);
    EXPECT_EQ(to_json(later.parts), to_json(closed.parts));
    const auto* row = of_order(later.counted, silent);
    ASSERT_TRUE(row);
    EXPECT_EQ(row->counted, CountedAs::completed);
    EXPECT_FALSE(row->satisfaction);
    ASSERT_TRUE(row->since);
    EXPECT_EQ(row->since->counted, CountedAs::completed);
    EXPECT_EQ(row->since->satisfaction, 2);
    EXPECT_EQ(row->since->at, clock.now());
    auto changed = [](const GradeServiceWhy& one) { return one.since.has_value(); };
    EXPECT_EQ(std::ranges::count_if(later.counted, changed), 1) << "the others are as they were";
}

TEST_P(MonthServices, WhoseRowIsAnotherByNowAreFoldedAsTheMonthKnewThem) {
    served(6);
    month_ends("2026-04-01");
    const auto closed = zhangs_page();
    expect_explained(closed);
    auto outs = facts("order.checked_out");
    auto zhangs_last = std::ranges::find(outs.rbegin(), outs.rend(), zhang.person.value,
                                         [](const Fact& fact) { return fact.subject("person"); });
    ASSERT_NE(zhangs_last, outs.rend());
    OrderId id(zhangs_last->subject("order"));
    clock.advance(hours(1));
    act([&](journal::Turn& turn) {
        return turn.append(
            draft(NoShowNoted{}, command, zhangs_last->place, zhangs_last->subjects, turn.now()));
    }).value();
    const auto later = zhangs_page();
    expect_explained(later);
    const auto* row = of_order(later.counted, id);
    ASSERT_TRUE(row) << "it was counted";
    EXPECT_EQ(row->counted, CountedAs::completed);
    EXPECT_EQ(row->satisfaction, 5);
    ASSERT_TRUE(row->since);
    EXPECT_EQ(row->since->counted, CountedAs::no_show);
    EXPECT_EQ(later.services, closed.services);
}

TEST_P(MonthServices, OfWhoCameBackToTheTeamSinceStayInItsMonth) {
    OrganizationId team = team_of({liu, zhang});
    served(8);
    month_ends("2026-04-01");
    auto teams_page = [&] { return page(*officer, GradeSubject::team, team.value).value(); };
    const auto closed = teams_page();
    expect_explained(closed);
    EXPECT_EQ(closed.counted_in_all, 16);
    act([&](journal::Turn& turn) {
        return organizations::leave_organization(turn, *zhang.caller, team);
    }).value();
    clock.advance(hours(1));
    auto invitation = act([&](journal::Turn& turn) {
        return organizations::invite_member(turn, *social_worker, team, zhang.person);
    });
    act([&](journal::Turn& turn) {
        return organizations::accept_invitation(turn, invitation.value(), true);
    }).value();
    const auto later = teams_page();
    expect_explained(later);
    EXPECT_EQ(to_json(later.counted), to_json(closed.counted));
}

TEST_P(MonthServices, ExcusedSinceIsToldOfThePersonAndNotOfTheTeam) {
    OrganizationId team = team_of({liu, zhang});
    served(8);
    zhang_did_not_come();
    OrderId ill(facts("order.no_show").back().subject("order"));
    month_ends("2026-04-01");
    ExcuseService input{ill, zhang.person, Text<1, 500>("因病，已看病假条")};
    act([&](journal::Turn& turn) {
        return excuse_service(turn, *officer, grade_desk, input);
    }).value();
    const auto persons = zhangs_page();
    const auto* row = of_order(persons.counted, ill);
    ASSERT_TRUE(row);
    EXPECT_EQ(row->counted, CountedAs::no_show) << "as the month knew it";
    ASSERT_TRUE(row->since);
    EXPECT_EQ(row->since->counted, CountedAs::excused);
    const auto teams = page(*liu.caller, GradeSubject::team, team.value).value();
    for (const auto& one : teams.counted) EXPECT_FALSE(one.since) << one.order_id.value;
}

TEST_P(MonthServices, StandBesideWhatEachGateLookedAt) {
    served(5, 4);
    zhang_did_not_come();
    month_ends("2026-04-01");
    const auto shown = zhangs_page();
    auto gate = [&](std::string_view key) {
        return *std::ranges::find(shown.gates, key, &GradeGateWhy::key);
    };
    EXPECT_EQ(gate("no_shows").found, 1);
    EXPECT_EQ(gate("no_shows").from, 3);
    EXPECT_FALSE(gate("no_shows").of);
    EXPECT_EQ(gate("unresolved").found, 5);
    EXPECT_EQ(gate("unresolved").of, 5);
    EXPECT_EQ(gate("unresolved").limit, 70);
    EXPECT_EQ(gate("dissatisfied").found, 20);
    EXPECT_EQ(gate("dissatisfied").of, 5);
    for (const auto& each : shown.gates) EXPECT_FALSE(each.bit) << each.key;
}

TEST_P(MonthServices, StandBesideTheIncidentsThatSafetyIsCountedFrom) {
    OrganizationId team = team_of({liu, zhang});
    served(8);
    major_incident(OrderId(facts("order.checked_out").back().subject("order")));
    month_ends("2026-04-01");
    const auto shown = page(*officer, GradeSubject::team, team.value).value();
    ASSERT_EQ(shown.incidents.size(), 1U);
    EXPECT_EQ(shown.incidents[0].percent, 100);
    EXPECT_EQ(shown.incidents[0].zh, pack().incidents.find("major")->name.zh);
    EXPECT_EQ(shown.parts.at(2).numerator, 0) << "100 − 100";
    for (const auto& one : shown.counted) EXPECT_EQ(one.record_in_time, true);
    for (const auto& one : zhangs_page().counted) {
        EXPECT_FALSE(one.record_in_time) << "counted for teams only";
    }
}

}  // namespace
}  // namespace hezhi::grading
