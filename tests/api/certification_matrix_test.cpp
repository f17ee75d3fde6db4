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
    EXPECT_EQ(reached, 8) << "two roles sign courses, one each of the others";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{}) << "nothing of it was kept";
}

}  // namespace
}  // namespace hezhi
