// The same kind of need again and again in one community: what proposes a project, and what becomes
// of it.
#include <algorithm>

#include "domain/cases/cases.h"
#include "support/world.h"

namespace hezhi::cases {
namespace {

using std::chrono::days;
using std::chrono::hours;

class ProjectNeeds : public hezhi::testing::World {
  protected:
    // Needs of one kind, a day apart: the category is known once they are answered.
    std::vector<NeedId> asked_for(int times, AreaId area = {},
                                  std::string_view category = "environment_clean_up") {
        std::vector<NeedId> needs;
        for (int i = 0; i < times; ++i) {
            needs.push_back(report_need(PriorityClass::P3, {}, area));
            open_order(needs.back(), category);
        }
        return needs;
    }
    void next_morning() { wait_until(start_of(day_of(clock.now()) + 1) + hours(8)); }
    std::vector<ProjectNeedState> proposals() {
        std::vector<ProjectNeedState> found;
        for (const Fact& fact : facts(ProjectNeedProposed::kind)) found.push_back(of(fact));
        return found;
    }
    ProjectNeedState of(const Fact& fact) { return state(ProjectNeedId(fact.position)); }
    ProjectNeedState state(ProjectNeedId id) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<ProjectNeedFigure>(id).value();
        });
    }
    Result<std::int64_t> adopt(ProjectNeedId id, const api::Caller& who) {
        return act([&](journal::Turn& turn) { return adopt_project_need(turn, who, people, id); });
    }
    Result<std::int64_t> dismiss(ProjectNeedId id, const api::Caller& who) {
        return act([&](journal::Turn& turn) {
            return dismiss_project_need(turn, who, people, id, "已有同类项目");
        });
    }
    std::string listed(const api::Caller& who) {
        auto all = cases::routes(desk);
        auto route = std::ranges::find(all, "list_project_needs", &api::Route::action);
        return reading_as(who, [&](const api::Reading& reading) {
            return route->read(reading, http::Request()).value();
        });
    }
};
HEZHI_ON_BOTH_ENGINES(ProjectNeeds);

TEST_P(ProjectNeeds, ProposeProjectNeedWithTheFifthOfOneKindInOneCommunity) {
    auto causes = asked_for(4);
    next_morning();
    EXPECT_TRUE(proposals().empty()) << "four are not enough";
    causes.push_back(asked_for(1).front());
    next_morning();
    ASSERT_EQ(proposals().size(), 1U);
    ProjectNeedState project = proposals().front();
    EXPECT_EQ(project.area, community);
    EXPECT_EQ(project.category, "environment_clean_up");
    EXPECT_EQ(project.needs, 5);
    EXPECT_EQ(project.days, 30);
    const Fact proposed = facts(ProjectNeedProposed::kind).front();
    const auto& made_of = proposed.as<ProjectNeedProposed>().causes;
    EXPECT_EQ(std::vector<NeedId>(made_of.begin(), made_of.end()), causes);
    next_morning();
    EXPECT_EQ(proposals().size(), 1U) << "what counted once counts no more";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(ProjectNeeds, AreNotProposedAcrossCommunitiesKindsOrMonths) {
    asked_for(4);
    asked_for(4, other_community);
    asked_for(2, {}, "visit_alone_elder");
    next_morning();
    EXPECT_TRUE(proposals().empty());
    wait_until(clock.now() + days(31));
    asked_for(1);
    next_morning();
    EXPECT_TRUE(proposals().empty()) << "the others were longer ago than the pack looks";
}

TEST_P(ProjectNeeds, AreNotMadeOfPlansNorOfWhatWasMerged) {
    MakePlan plan;
    plan.person_id = resident("王秀英", "13900000001");
    plan.category.value = "environment_clean_up";
    plan.weekdays = Bounded<1, 127>(127);
    plan.at_minute = Bounded<0, 1439>(9 * 60);
    plan.until = clock.now() + days(20);
    act([&](journal::Turn& turn) { return make_plan(turn, *social_worker, plan); }).value();
    for (int day = 0; day < 10; ++day) next_morning();
    ASSERT_GE(facts(PlanRan::kind).size(), 5U);
    EXPECT_TRUE(proposals().empty()) << "a plan says already that it comes again";
}

TEST_P(ProjectNeeds, AdoptProjectNeedMakesANeedOfItsOwnOnce) {
    asked_for(5);
    next_morning();
    ProjectNeedId id = proposals().at(0).id;
    auto community_worker = staff("community_worker", community);
    EXPECT_REFUSED(adopt(id, *social_worker), hezhi::refusals::not_found);
    EXPECT_REFUSED(adopt(id, *staff("community_worker", other_community)),
                   hezhi::refusals::not_found);
    adopt(id, *community_worker).value();
    EXPECT_EQ(state(id).state, ProjectNeedStep::adopted);
    needs::NeedState made = need(state(id).need);
    EXPECT_EQ(made.channel, Channel::project);
    EXPECT_EQ(made.priority_class, PriorityClass::P4);
    EXPECT_EQ(made.state, needs::NeedStep::reported);
    EXPECT_EQ(made.area, community);
    EXPECT_REFUSED(adopt(id, *community_worker), refusals::project_need_decided);
    EXPECT_REFUSED(dismiss(id, *community_worker), refusals::project_need_decided);
    std::string text = listed(*community_worker);
    EXPECT_NE(text.find("\"need_id\":" + std::to_string(made.id.value)), std::string::npos);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(ProjectNeeds, DismissProjectNeedKeepsItsReasonAndFiveMoreProposeAnew) {
    auto causes = asked_for(5);
    next_morning();
    ProjectNeedId id = proposals().at(0).id;
    std::string before = listed(*street_staff);
    for (NeedId cause : causes) {
        EXPECT_NE(before.find("\"need_id\":" + std::to_string(cause.value)), std::string::npos);
    }
    EXPECT_NE(before.find("dismiss_project_need"), std::string::npos);
    dismiss(id, *street_staff).value();
    EXPECT_EQ(state(id).state, ProjectNeedStep::dismissed);
    EXPECT_NE(listed(*street_staff).find("已有同类项目"), std::string::npos);
    asked_for(4);
    next_morning();
    EXPECT_EQ(proposals().size(), 1U);
    asked_for(1);
    next_morning();
    EXPECT_EQ(proposals().size(), 2U);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

}  // namespace
}  // namespace hezhi::cases
