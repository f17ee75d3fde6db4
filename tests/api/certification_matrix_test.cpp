// Certification: actions × roles × how the caller stands to the volunteer. The table is written by
// hand, not taken from the actions.
#include <functional>

#include "api/matrix.h"

namespace hezhi {
namespace {

using testing::holds;
using testing::Standing;

// done: what whoever holds the permission is told of 张, who is certified V1 and fulfils nothing
// else.
struct CertificationRow {
    const char* action;
    const char* permission;
    const char* done;
};
// clang-format off
constexpr CertificationRow certification_table[] = {
    {"pass_course",             "course.pass",             "done"},
    {"observe_check",           "check.observe",           "done"},
    {"recommend_lead",          "lead.recommend",          "done"},
    {"verify_licence",          "licence.verify",          "done"},
    {"grant_certification",     "certification.grant",     "certification_gates_open"},
    {"renew_certification",     "certification.renew",     "renewal_not_ready"},
    {"recognise_certification", "certification.recognise", "recognition_closed"},
    {"propose_lowering",        "lowering.propose",        "done"},
};
// clang-format on

class CertificationMatrix : public testing::MatrixWorld {
  protected:
    api::Caller caller(std::string_view role, Standing standing) {
        api::Caller made;
        made.account = AccountId(999999);
        AreaId area = standing == Standing::inside ? subdistrict : other_district;
        made.roles = {{std::string(role), area, path_of(area)}};
        made.held = accounts::held_by(made.roles);
        return made;
    }
    static certification::ProposeLowering below_v1() {
        return {LoweringMeasure::lower, Text<1, 40>("check_failed"), rules::LevelKey::V0,
                std::nullopt, Text<1, 500>("复核不合格")};
    }
    Result<std::int64_t> run(std::string_view action, journal::Turn& turn, const api::Caller& who,
                             LoweringId id) {
        using namespace certification;
        if (action == "answer_lowering") {
            return answer_lowering(turn, who, certification_desk, id, "并无此事");
        }
        if (action == "confirm_lowering") {
            ConfirmLowering input{Text<1, 500>("属实")};
            input.answer_seen = turn.load<LoweringFigure>(id)->answered;
            return confirm_lowering(turn, who, certification_desk, id, input);
        }
        if (action == "reject_lowering") {
            return reject_lowering(turn, who, certification_desk, id, "不属实");
        }
        if (action == "appeal_lowering") {
            return appeal_lowering(turn, who, certification_desk, id, "不服");
        }
        if (action == "acknowledge_lowering") return acknowledge_lowering(turn, who, id);
        return settle_lowering(turn, who, certification_desk, id, {true, Text<1, 1000>("属实")});
    }
    Result<std::int64_t> run(std::string_view action, journal::Turn& turn, const api::Caller& who) {
        using namespace certification;
        if (action == "pass_course") {
            PassCourse input;
            input.held_at = clock.now();
            return pass_course(turn, who, zhang.person, input);
        }
        if (action == "observe_check") {
            return observe_check(turn, who, zhang.person,
                                 {Text<1, 40>("elders"), true, clock.now()});
        }
        if (action == "recommend_lead") return recommend_lead(turn, who, zhang.person);
        if (action == "verify_licence") {
            return verify_licence(turn, who, zhang.person,
                                  {Text<1, 40>("lawyer"), clock.now() + std::chrono::days(90)});
        }
        if (action == "grant_certification") {
            return grant_certification(turn, who, zhang.person,
                                       {rules::LevelKey::V4, Text<1, 40>("lawyer")});
        }
        if (action == "propose_lowering") {
            return propose_lowering(turn, who, certification_desk, zhang.person, below_v1());
        }
        if (action == "renew_certification") return renew_certification(turn, who, zhang.person);
        return recognise_certification(turn, who, zhang.person, {rules::LevelKey::V1, {}});
    }
};
HEZHI_ON_BOTH_ENGINES(CertificationMatrix);

TEST_P(CertificationMatrix, AnswersEveryoneAsTheTableSays) {
    int reached = 0;
    for (const auto& row : certification_table) {
        for (const auto& role : accounts::roles()) {
            for (Standing standing : {Standing::inside, Standing::outside}) {
                api::Caller who = caller(role.key, standing);
                std::string outcome =
                    outcome_of([&](journal::Turn& turn) { return run(row.action, turn, who); });
                bool sees = holds(role.key, "certification.read", standing);
                std::string expected = !sees ? "not_found"
                                       : holds(role.key, row.permission, standing)
                                           ? row.done
                                           : "not_permitted";
                EXPECT_EQ(outcome, expected)
                    << row.action << " by " << role.key << ", " << label_of(standing);
                if (outcome == row.done) ++reached;
            }
        }
    }
    EXPECT_EQ(reached, 10) << "two roles sign courses and propose, one each of the others";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{}) << "nothing of it was kept";
}

// "+": the state must allow it. Once the person has answered it is "heard", once settled "settled".
constexpr std::string_view lowering_table = R"(
action               proposed heard confirmed rejected appealed settled
answer_lowering         +       -       -         -        -       -
confirm_lowering        -       +       -         -        -       -
reject_lowering         +       +       -         -        -       -
appeal_lowering         -       -       +         -        -       -
acknowledge_lowering    -       -       -         -        +       -
settle_lowering         -       -       -         -        +       -
)";

// What whoever holds the permission is told where the table says "-".
std::string refusal_of_state(std::string_view action, std::string_view state) {
    bool unheard = action == "confirm_lowering" && state == "proposed";
    return unheard ? "lowering_unheard" : "lowering_state_forbids";
}

TEST_P(CertificationMatrix, OfLoweringsAnswersEveryoneAsTheTableSays) {
    using namespace certification;
    std::map<std::string, LoweringId> all;
    std::map<std::string, testing::Volunteer> whose;
    std::vector<api::CallerPtr> officers{staff("district_officer", district),
                                         staff("district_officer", district)};
    for (const char* state :
         {"proposed", "heard", "confirmed", "rejected", "appealed", "settled"}) {
        std::string to = state;
        auto who = volunteer(state, community);
        whose.emplace(to, who);
        auto step = [&](const char* action, const api::Caller& by) {
            act([&](journal::Turn& turn) { return run(action, turn, by, all[to]); }).value();
        };
        act([&](journal::Turn& turn) {
            all[to] = LoweringId(turn.next_position());
            return propose_lowering(turn, *street_staff, certification_desk, who.person,
                                    below_v1());
        }).value();
        if (to == "rejected") step("reject_lowering", *officers[0]);
        if (to == "proposed" || to == "rejected") continue;
        step("answer_lowering", *who.caller);
        if (to == "heard") continue;
        step("confirm_lowering", *officers[0]);
        if (to == "confirmed") continue;
        step("appeal_lowering", *who.caller);
        if (to == "settled") step("settle_lowering", *officers[1]);
    }
    const std::map<std::string, std::string> permissions{
        {"answer_lowering", "nobody.else"},          {"confirm_lowering", "lowering.confirm"},
        {"reject_lowering", "lowering.confirm"},     {"appeal_lowering", "nobody.else"},
        {"acknowledge_lowering", "lowering.settle"}, {"settle_lowering", "lowering.settle"}};
    int reached = 0;
    for (const auto& [action, states] : testing::read_table(lowering_table)) {
        for (const auto& role : accounts::roles()) {
            for (Standing standing : {Standing::inside, Standing::outside}) {
                api::Caller who = caller(role.key, standing);
                for (const auto& [state, id] : all) {
                    std::string outcome = outcome_of(
                        [&, id = id](journal::Turn& turn) { return run(action, turn, who, id); });
                    bool sees = holds(role.key, permissions.at(action), standing);
                    std::string expected = !sees              ? "not_found"
                                           : states.at(state) ? "done"
                                                              : refusal_of_state(action, state);
                    EXPECT_EQ(outcome, expected) << action << " on " << state << " by " << role.key
                                                 << ", " << label_of(standing);
                    reached += outcome == "done" ? 1 : 0;
                }
            }
        }
        // One's own: the answer and the appeal, and nothing else.
        bool own_say = action == "answer_lowering" || action == "appeal_lowering";
        for (const auto& [state, id] : all) {
            std::string outcome = outcome_of([&, id = id](journal::Turn& turn) {
                return run(action, turn, *whose.at(state).caller, id);
            });
            std::string expected = !own_say           ? "not_found"
                                   : states.at(state) ? "done"
                                                      : "lowering_state_forbids";
            EXPECT_EQ(outcome, expected) << action << " of one's own, " << state;
        }
    }
    EXPECT_EQ(reached, 8) << "two confirm and two reject either, one acknowledges and settles";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{}) << "nothing of it was kept";
}

}  // namespace
}  // namespace hezhi
