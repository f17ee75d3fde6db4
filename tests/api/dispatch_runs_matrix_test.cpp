// States × actions × roles × how the caller stands to the area, for dispatch runs.
#include "api/matrix.h"
#include "domain/dispatch_runs/dispatch_run_pages.h"

namespace hezhi {
namespace {

using dispatch_runs::DispatchRunStep;
using testing::Standing;

constexpr std::string_view run_table = R"(
action              proposed decided
adopt_dispatch_run  +        +
)";

class DispatchRunMatrix : public testing::MatrixWorld {
  protected:
    api::Caller caller(std::string_view role, Standing standing) {
        api::Caller made;
        made.account = AccountId(999999);
        AreaId area = standing == Standing::inside ? subdistrict : other_district;
        made.roles = {{std::string(role), area, path_of(area)}};
        made.held = accounts::held_by(made.roles);
        return made;
    }
    DispatchRunId a_run() {
        auto made = reading_as(*street_staff, [&](const api::Reading& reading) {
            return dispatch_runs::compute_run(reading, dispatch_desk, path_of(subdistrict));
        });
        return DispatchRunId(act([&](journal::Turn& turn) {
                                 return dispatch_runs::make_dispatch_run(
                                     turn, *street_staff, {subdistrict, path_of(subdistrict)},
                                     made.value());
                             }).value());
    }
};
HEZHI_ON_BOTH_ENGINES(DispatchRunMatrix);

TEST_P(DispatchRunMatrix, OfRunsAnswersEveryoneAsThePermissionsSay) {
    open_order(report_need());
    open_order(report_need(), "smartphone_lessons");
    std::map<DispatchRunStep, DispatchRunId> all;
    all[DispatchRunStep::proposed] = a_run();
    all[DispatchRunStep::decided] = a_run();
    act([&](journal::Turn& turn) {
        return dispatch_runs::adopt_dispatch_run(turn, *street_staff, dispatch_desk,
                                                 all[DispatchRunStep::decided],
                                                 {std::vector<OrderId>{}});
    }).value();
    auto table = testing::read_table(run_table);
    int reached = 0;
    for (const auto& role : accounts::roles()) {
        for (Standing standing : {Standing::inside, Standing::outside}) {
            api::Caller who = caller(role.key, standing);
            for (const auto& [state, id] : all) {
                std::string outcome = outcome_of([&, id = id](journal::Turn& turn) {
                    return dispatch_runs::adopt_dispatch_run(turn, who, dispatch_desk, id, {});
                });
                std::string said = std::string(role.key) + ", " + std::string(label_of(standing)) +
                                   ", " + std::string(label_of(state));
                if (!testing::holds(role.key, "dispatch_run.read", standing)) {
                    EXPECT_EQ(outcome, "not_found") << said;
                } else if (!testing::holds(role.key, "dispatch_run.adopt", standing)) {
                    EXPECT_EQ(outcome, "not_permitted") << said;
                } else if (table["adopt_dispatch_run"][std::string(label_of(state))]) {
                    EXPECT_EQ(outcome, "done") << said;
                    ++reached;
                }
            }
        }
    }
    EXPECT_EQ(reached, 4) << "two roles dispatch, two states";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{}) << "nothing of it was kept";
}

}  // namespace
}  // namespace hezhi
