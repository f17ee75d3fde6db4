// States × actions × roles × how the caller stands to the record, of deputies and of handing on.
// What is expected follows from the permission table and from the tables below, written by hand.
#include "api/matrix.h"

#include "domain/queues/queues.h"

namespace hezhi {
namespace {

constexpr std::string_view deputy_table = R"(
action           named confirmed declined ended over
confirm_deputy     +       -        -       -    -
decline_deputy     +       -        -       -    -
end_deputy         +       +        -       -    -
)";

constexpr std::string_view item_table = R"(
action         open accepted delivered reviewed cancelled
hand_on_item    +      +         +         -        -
)";

using testing::holds;
using testing::read_table;
using testing::Standing;

class QueuesMatrix : public testing::MatrixWorld {
  protected:
    // As `account` if it is one's own record, else somebody of the area or from elsewhere.
    api::Caller caller(std::string_view role, Standing standing, AccountId account) {
        api::Caller made;
        made.account =
            standing == Standing::own || standing == Standing::leads ? account : AccountId(999999);
        AreaId area = standing == Standing::outside ? other_district : subdistrict;
        if (standing == Standing::own || standing == Standing::leads) area = other_district;
        made.roles = {{std::string(role), area, path_of(area)}};
        made.held = accounts::held_by(made.roles);
        return made;
    }
};
HEZHI_ON_BOTH_ENGINES(QueuesMatrix);

TEST_P(QueuesMatrix, OfDeputiesAnswersEveryoneAsTheTablesSay) {
    auto colleague = staff("social_worker", subdistrict);
    auto name = [&](Millis from, Millis until) {
        deputies::NameDeputy input{colleague->account, clock.now() + from, clock.now() + until, {}};
        return DeputyId(act([&](journal::Turn& turn) {
                            return deputies::name_deputy(turn, *social_worker, input);
                        }).value());
    };
    auto run = [&](std::string_view action, journal::Turn& turn, const api::Caller& who,
                   DeputyId id) {
        if (action == "confirm_deputy") return deputies::confirm_deputy(turn, who, id);
        if (action == "decline_deputy") return deputies::decline_deputy(turn, who, id);
        return deputies::end_deputy(turn, who, id);
    };
    using std::chrono::hours;
    std::map<std::string, DeputyId> all;
    all["over"] = name(hours(0), hours(1));
    clock.advance(hours(2));
    all["declined"] = name(hours(0), hours(1));
    act([&](journal::Turn& turn) {
        return run("decline_deputy", turn, *colleague, all["declined"]);
    }).value();
    all["ended"] = name(hours(0), hours(1));
    act([&](journal::Turn& turn) {
        return run("end_deputy", turn, *colleague, all["ended"]);
    }).value();
    all["confirmed"] = name(hours(1), hours(2));
    act([&](journal::Turn& turn) {
        return run("confirm_deputy", turn, *colleague, all["confirmed"]);
    }).value();
    all["named"] = name(hours(3), hours(4));

    testing::Table table = read_table(deputy_table);
    for (const auto& [action, states] : table) {
        for (const auto& role : accounts::roles()) {
            for (Standing standing :
                 {Standing::inside, Standing::outside, Standing::own, Standing::leads}) {
                // own: the deputy. leads: who is away.
                AccountId account =
                    standing == Standing::own ? colleague->account : social_worker->account;
                api::Caller who = caller(role.key, standing, account);
                bool theirs = standing == Standing::own || standing == Standing::leads;
                bool found = action == "end_deputy"
                                 ? theirs || (standing == Standing::inside &&
                                              holds(role.key, "deputy.name", Standing::inside))
                                 : standing == Standing::own &&
                                       holds(role.key, "deputy.confirm", Standing::own);
                for (const auto& [state, allowed] : states) {
                    std::string outcome = outcome_of([&, id = all.at(state)](journal::Turn& turn) {
                        return run(action, turn, who, id);
                    });
                    EXPECT_EQ(outcome, !found    ? "not_found"
                                       : allowed ? "done"
                                                 : "deputy_state_forbids")
                        << action << " on " << state << " by " << role.key << ", "
                        << label_of(standing);
                }
            }
        }
    }
}

TEST_P(QueuesMatrix, OfHandingOnAnswersEveryoneAsTheTablesSay) {
    auto colleague = staff("social_worker", subdistrict);
    std::map<std::string, OrderId> all{{"open", open_order(report_need())}};
    all["cancelled"] = open_order(report_need());
    cancel(all["cancelled"]).value();
    all["reviewed"] = reviewed_order();
    all["delivered"] = delivered_order();
    all["accepted"] = accepted_order();
    testing::Table table = read_table(item_table);
    for (const auto& role : accounts::roles()) {
        for (Standing standing : {Standing::inside, Standing::outside, Standing::leads}) {
            api::Caller who = caller(role.key, standing, social_worker->account);
            for (const auto& [state, id] : all) {
                std::string outcome = outcome_of([&, id = id](journal::Turn& turn) {
                    return queues::hand_on_item(turn, who, people, *queues::find_queue("order"),
                                                id.value,
                                                {colleague->account, Text<1, 200>("调岗")});
                });
                bool done =
                    table["hand_on_item"][state] && holds(role.key, "item.hand_on", standing);
                EXPECT_EQ(outcome, done ? "done" : "not_found")
                    << state << " by " << role.key << ", " << label_of(standing);
            }
        }
    }
}

TEST_P(QueuesMatrix, OfWholeQueuesMovesOnlyWhatTheCallerMayHandOn) {
    auto colleague = staff("social_worker", subdistrict);
    open_order(report_need());
    for (const auto& role : accounts::roles()) {
        for (Standing standing : {Standing::inside, Standing::outside, Standing::leads}) {
            api::Caller who = caller(role.key, standing, social_worker->account);
            std::string outcome = outcome_of([&](journal::Turn& turn) {
                return queues::hand_on_queue(
                    turn, who, people,
                    {social_worker->account, colleague->account, Text<1, 200>("调岗")});
            });
            EXPECT_EQ(outcome, holds(role.key, "item.hand_on", standing) ? "done" : "queue_empty")
                << role.key << ", " << label_of(standing);
        }
    }
}

}  // namespace
}  // namespace hezhi
