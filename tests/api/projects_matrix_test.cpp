// Projects that needs propose, and calls before an order is offered: states × actions × roles × how
// the caller stands to the record. By the clock or in the turn of another action:
// propose_project_need, note_absence, ask_phone_check.
#include "api/matrix.h"
#include "domain/cases/cases.h"

namespace hezhi {
namespace {

using testing::holds;
using testing::Standing;
using testing::Table;

// "+": the state must allow it.
constexpr std::string_view project_table = R"(
action               proposed adopted dismissed
adopt_project_need      +        -        -
dismiss_project_need    +        -        -
)";
// By the state of the call; "offered" is an order that nobody has to call about.
constexpr std::string_view phone_check_table = R"(
action             due wanted not_wanted offered
answer_phone_check  +     -       -         -
)";

class ProjectsMatrix : public testing::MatrixWorld {
  protected:
    api::Caller caller(std::string_view role, Standing standing) {
        api::Caller made;
        made.account = AccountId(999999);
        AreaId area = standing == Standing::inside ? subdistrict : other_district;
        made.roles = {{std::string(role), area, path_of(area)}};
        made.held = accounts::held_by(made.roles);
        return made;
    }
    ProjectNeedId proposed() {
        for (int i = 0; i < 5; ++i) open_order(report_need());
        return ProjectNeedId(act([&](journal::Turn& turn) {
                                 return cases::propose_project_need(turn, community);
                             }).value());
    }
    Result<std::int64_t> decide(std::string_view action, journal::Turn& turn,
                                const api::Caller& who, ProjectNeedId id) {
        if (action == "adopt_project_need") {
            return cases::adopt_project_need(turn, who, people, id);
        }
        return cases::dismiss_project_need(turn, who, people, id, "已有同类项目");
    }
    ProjectNeedId decided(std::string_view action) {
        ProjectNeedId id = proposed();
        auto by = staff("community_worker", community);
        act([&](journal::Turn& turn) { return decide(action, turn, *by, id); }).value();
        return id;
    }
    OrderId ordered() { return open_order(report_need(PriorityClass::P3, "孙桂香 13900000018")); }
    void missed() {
        clock.advance(std::chrono::minutes(1));  // after the last call, if there was one
        OrderId id = ordered();
        offer(id, {zhao}).value();
        accept(id, zhao).value();
        act([&](journal::Turn& turn) {
            return orders::cancel_order(turn, *social_worker, desk, id, "无人在家", true);
        }).value();
    }
    OrderId held() {
        missed();
        missed();
        return ordered();
    }
    Result<std::int64_t> answer(journal::Turn& turn, const api::Caller& who, OrderId id,
                                PhoneCheckOutcome outcome) {
        return orders::answer_phone_check(turn, who, desk, id, {outcome});
    }
    OrderId answered(PhoneCheckOutcome outcome) {
        OrderId id = held();
        act([&](journal::Turn& turn) { return answer(turn, *social_worker, id, outcome); }).value();
        return id;
    }

    // What every role may see and do, inside its area and outside.
    template <class Id, class Run>
    void walk(std::string_view text, const std::map<std::string, Id>& all,
              std::map<std::string, std::string> permissions, std::string_view read,
              std::string_view forbids, Run run) {
        int reached = 0;
        for (const auto& [action, states] : testing::read_table(text)) {
            for (const auto& role : accounts::roles()) {
                for (Standing standing : testing::in_or_out) {
                    api::Caller who = caller(role.key, standing);
                    for (const auto& [state, id] : all) {
                        std::string outcome =
                            outcome_of([&, action = action, id = id](journal::Turn& turn) {
                                return run(action, turn, who, id);
                            });
                        std::string which = action + " on " + state + " by " +
                                            std::string(role.key) + ", " +
                                            std::string(label_of(standing));
                        if (!holds(role.key, read, standing)) {
                            EXPECT_EQ(outcome, "not_found") << which;
                        } else if (!holds(role.key, permissions[action], standing)) {
                            EXPECT_EQ(outcome, "not_permitted") << which;
                        } else if (!states.at(state)) {
                            EXPECT_EQ(outcome, forbids) << which;
                        } else {
                            EXPECT_EQ(outcome, "done") << which;
                            ++reached;
                        }
                    }
                }
            }
        }
        EXPECT_GT(reached, 0);
        EXPECT_EQ(differences(), std::vector<journal::Difference>{}) << "nothing of it was kept";
    }
};
HEZHI_ON_BOTH_ENGINES(ProjectsMatrix);

TEST_P(ProjectsMatrix, OfProposalsAnswersEveryoneAsTheTableSays) {
    std::map<std::string, ProjectNeedId> all;
    all["adopted"] = decided("adopt_project_need");
    all["dismissed"] = decided("dismiss_project_need");
    all["proposed"] = proposed();
    walk(project_table, all,
         {{"adopt_project_need", "project_need.adopt"},
          {"dismiss_project_need", "project_need.dismiss"}},
         "project_need.read", cases::refusals::project_need_decided.code,
         [this](const std::string& action, journal::Turn& turn, const api::Caller& who,
                ProjectNeedId id) { return decide(action, turn, who, id); });
}

TEST_P(ProjectsMatrix, OfPhoneChecksAnswersEveryoneAsTheTableSays) {
    resident("孙桂香", "13900000018");
    std::map<std::string, OrderId> all;
    all["offered"] = ordered();
    all["wanted"] = answered(PhoneCheckOutcome::wanted);
    all["not_wanted"] = answered(PhoneCheckOutcome::not_wanted);
    all["due"] = held();
    walk(phone_check_table, all, {{"answer_phone_check", "phone_check.answer"}}, "order.read",
         orders::refusals::order_state_forbids.code,
         [this](const std::string&, journal::Turn& turn, const api::Caller& who, OrderId id) {
             return answer(turn, who, id, PhoneCheckOutcome::wanted);
         });
}

}  // namespace
}  // namespace hezhi
