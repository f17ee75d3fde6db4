// States × actions × roles × how the caller stands to the record. What is expected follows from the
// permission table and from the tables of states below, which are written by hand, not from the
// actions.
#include "api/matrix.h"
#include "api/state_tables.h"

#include "domain/needs/need_states.h"
#include "domain/orders/order_states.h"

namespace hezhi {
namespace {

using testing::holds;
using testing::need_table;
using testing::order_table;
using testing::read_table;
using testing::Standing;
using testing::standings;
using testing::Table;

class Matrix : public testing::MatrixWorld {
  protected:
    // Of a team to which 张 and 刘 belong.
    Matrix() : lead(volunteer("孙带队", community)) { team_of({lead, zhang, liu}); }

    testing::Volunteer lead;

    api::Caller caller(std::string_view role, Standing standing) {
        api::Caller made;
        made.account = AccountId(999999);
        if (standing == Standing::own) made.account = grid_worker->account;
        if (standing == Standing::leads) {
            made.account = social_worker->account;
            made.person = lead.person;
        }
        if (standing == Standing::assigned) made.person = zhao.person;
        AreaId area = standing == Standing::inside ? subdistrict : other_district;
        made.roles = {{std::string(role), area, path_of(area)}};
        made.held = accounts::held_by(made.roles);
        return made;
    }

    // One order in each state. 赵 was asked for every one of them and has taken none.
    std::map<OrderStep, OrderId> an_order_in_each_state() {
        std::map<OrderStep, OrderId> all;
        auto offered_order = [&] {
            OrderId id = open_order(report_need());
            offer(id, {zhang, liu, zhao}).value();
            return id;
        };
        auto served_order = [&] {
            OrderId id = offered_order();
            for (const auto& who : {zhang, liu}) accept(id, who).value();
            for (const auto& who : {zhang, liu}) check_in(id, who).value();
            for (const auto& who : {zhang, liu}) check_out(id, who).value();
            return id;
        };
        all[OrderStep::reviewed] = served_order();
        confirm(all[OrderStep::reviewed]).value();
        review(all[OrderStep::reviewed], Resolution::resolved, 5).value();
        all[OrderStep::confirmed] = served_order();
        confirm(all[OrderStep::confirmed]).value();
        all[OrderStep::delivered] = served_order();
        all[OrderStep::cancelled] = offered_order();
        cancel(all[OrderStep::cancelled]).value();
        all[OrderStep::escalated] = offered_order();
        act([&](journal::Turn& turn) {
            return orders::escalate_order(turn, all[OrderStep::escalated], clock.now());
        }).value();
        all[OrderStep::open] = offered_order();
        for (const auto& who : {zhang, liu, zhao}) decline(all[OrderStep::open], who).value();
        all[OrderStep::offered] = offered_order();
        all[OrderStep::in_service] = offered_order();
        accept(all[OrderStep::in_service], zhang).value();
        accept(all[OrderStep::in_service], liu).value();
        check_in(all[OrderStep::in_service], zhang).value();
        // Later that day: 张 and 刘 are bound in the morning.
        all[OrderStep::accepted] =
            open_order(report_need(), "environment_clean_up", tomorrow_at(14), tomorrow_at(16));
        offer(all[OrderStep::accepted], {zhang, liu, zhao}).value();
        for (const auto& who : {zhang, liu}) accept(all[OrderStep::accepted], who).value();
        for (const auto& [state, id] : all) EXPECT_EQ(order(id).state, state);
        return all;
    }

    Result<std::int64_t> do_order(std::string_view action, journal::Turn& turn,
                                  const api::Caller& who, OrderId id) {
        const Text<0, 200> changed("改了时间");
        if (action == "offer_order") {
            return orders::offer_order(turn, who, desk, id, {{zhang.person}});
        }
        if (action == "accept_order") return orders::accept_order(turn, who, id);
        if (action == "decline_offer") return orders::decline_offer(turn, who, id);
        if (action == "leave_order") return orders::leave_order(turn, who, id);
        if (action == "raise_alarm") return orders::raise_alarm(turn, who, desk, id);
        if (action == "check_in_order") {
            return orders::check_in_order(turn, who, desk, id, code_of(id), "改了时间");
        }
        if (action == "check_out_order") {
            return orders::check_out_order(turn, who, desk, id, code_of(id), "改了时间");
        }
        if (action == "cancel_order") return orders::cancel_order(turn, who, desk, id, "改期");
        if (action == "confirm_order") return orders::confirm_order(turn, who, id);
        if (action == "review_order") {
            return orders::review_order(turn, who, desk, id, {Resolution::resolved, {}, {}});
        }
        if (action == "note_review") {
            return orders::note_review(turn, who, desk, id, {Resolution::not_answered, {}, {}});
        }
        if (action == "reply_to_review") {
            return orders::reply_to_review(turn, who, desk, id, "谢谢");
        }
        if (action == "note_no_show") return orders::note_no_show(turn, who, id, liu.person);
        if (action == "note_attendance") {
            return orders::note_attendance(turn, who, desk, id,
                                           {{zhang.person, liu.person}, changed});
        }
        if (action == "check_in_members") {
            bool begun = order(id).state == OrderStep::in_service;
            std::vector<PersonId> there{liu.person};
            if (!begun) there.push_back(zhang.person);
            return orders::check_in_members(turn, who, desk, id, {there, changed});
        }
        if (action == "check_out_members") {
            return orders::check_out_members(turn, who, desk, id, {{zhang.person}, changed});
        }
        if (action == "finish_order") {
            return orders::finish_order(turn, who, desk, id,
                                        {{zhang.person, liu.person}, {}, changed});
        }
        if (action == "widen_order") return orders::widen_order(turn, id, clock.now());
        if (action == "escalate_order") return orders::escalate_order(turn, id, clock.now());
        throw std::runtime_error("add the action " + std::string(action) + " to this test");
    }
};
HEZHI_ON_BOTH_ENGINES(Matrix);

TEST(Transitions, OfOrdersAreThoseOfTheTable) {
    Table table = read_table(order_table);
    EXPECT_EQ(orders::order_transitions().size(), table.size());
    for (const auto& row : orders::order_transitions()) {
        ASSERT_TRUE(table.contains(std::string(row.action))) << row.action;
        for (const auto& [state, allowed] : table[std::string(row.action)]) {
            EXPECT_EQ(orders::allows(row.action, *from_label<OrderStep>(state)), allowed)
                << row.action << " when " << state;
        }
    }
}

TEST(Transitions, OfNeedsAreThoseOfTheTable) {
    Table table = read_table(need_table);
    EXPECT_EQ(std::size(needs::need_transitions), table.size());
    for (const auto& row : needs::need_transitions) {
        ASSERT_TRUE(table.contains(std::string(row.action))) << row.action;
        for (const auto& [state, allowed] : table[std::string(row.action)]) {
            EXPECT_EQ(needs::allows(row.action, *from_label<needs::NeedStep>(state)), allowed)
                << row.action << " when " << state;
        }
    }
}

TEST_P(Matrix, OfOrdersAnswersEveryoneAsTheTablesSay) {
    auto all = an_order_in_each_state();
    Table table = read_table(order_table);
    ASSERT_EQ(all.size(), 9U);
    int reached = 0;
    for (const auto& row : orders::order_transitions()) {
        if (row.permission.empty()) continue;
        for (const auto& role : accounts::roles()) {
            for (Standing standing : standings) {
                api::Caller who = caller(role.key, standing);
                for (const auto& [state, id] : all) {
                    std::string outcome = outcome_of([&, id = id](journal::Turn& turn) {
                        return do_order(row.action, turn, who, id);
                    });
                    std::string said = std::string(row.action) + " on " +
                                       std::string(label_of(state)) + " by " +
                                       std::string(role.key) + ", " +
                                       std::string(label_of(standing)) + ": " + outcome;
                    bool state_said =
                        outcome == "order_state_forbids" || outcome == "order_already_taken";
                    // A team's lead does not read the order; without the permission it is not
                    // there.
                    bool of_teams = row.permission == "member.attend";
                    std::string_view read = of_teams ? row.permission : "order.read";
                    bool served = state == OrderStep::accepted || state == OrderStep::in_service ||
                                  state == OrderStep::delivered || state == OrderStep::confirmed ||
                                  state == OrderStep::reviewed;
                    if (!holds(role.key, read, standing) || (of_teams && !served)) {
                        EXPECT_EQ(outcome, "not_found") << said;
                    } else if (!holds(role.key, row.permission, standing)) {
                        EXPECT_EQ(outcome, "not_permitted") << said;
                    } else if (!table[std::string(row.action)][std::string(label_of(state))]) {
                        EXPECT_TRUE(state_said) << said;
                    } else {
                        EXPECT_FALSE(state_said) << said;
                        EXPECT_NE(outcome, "not_found") << said;
                        EXPECT_NE(outcome, "not_permitted") << said;
                        ++reached;
                    }
                }
            }
        }
    }
    EXPECT_GT(reached, 20);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{}) << "nothing of it was kept";
}

TEST_P(Matrix, OfOrdersLetsTheLinkAndTheTimersDoWhatTheTableSays) {
    auto all = an_order_in_each_state();
    Table table = read_table(order_table);
    for (const auto& row : orders::order_transitions()) {
        if (!row.permission.empty() || row.action == "lapse_offer") continue;
        for (const auto& [state, id] : all) {
            std::string outcome = outcome_of([&, id = id](journal::Turn& turn) {
                return do_order(row.action, turn, *api::link_caller(), id);
            });
            bool allowed = table[std::string(row.action)][std::string(label_of(state))];
            EXPECT_EQ(outcome, allowed ? "done" : "order_state_forbids")
                << row.action << " on " << label_of(state);
        }
    }
    // An offer lapses when its own time is over, whatever the order's state.
    for (const auto& [state, id] : all) {
        auto lapse = [&, id = id](journal::Turn& turn) {
            return orders::lapse_offer(turn, id, zhao.person, clock.now());
        };
        EXPECT_EQ(outcome_of(lapse), "offer_missing") << label_of(state);
    }
    clock.advance(std::chrono::hours(12));
    for (const auto& [state, id] : all) {
        auto lapse = [&, id = id](journal::Turn& turn) {
            return orders::lapse_offer(turn, id, zhao.person, clock.now());
        };
        bool allowed = table["lapse_offer"][std::string(label_of(state))];
        EXPECT_EQ(outcome_of(lapse), allowed ? "done" : "offer_missing") << label_of(state);
    }
}

TEST_P(Matrix, OfNeedsAnswersEveryoneAsTheTablesSay) {
    std::map<std::string, NeedId> all;
    for (const char* state : {"reported", "planned", "closed", "assessing", "assessed", "referred",
                              "merged", "meeting"}) {
        all[state] = report_need(PriorityClass::P3, "王秀英 13900000001");
    }
    open_order(all["planned"]);
    auto close = [&](NeedId id) {
        act([&](journal::Turn& turn) {
            return needs::close_need(turn, *social_worker, people, id, "不再需要");
        }).value();
    };
    close(all["closed"]);
    while (need(all["meeting"]).state != needs::NeedStep::meeting) {
        close(all["meeting"]);
        act([&](journal::Turn& turn) {
            return needs::reopen_need(turn, *social_worker, people, all["meeting"], "仍未解决");
        }).value();
    }
    auto by_the_worker = [&](auto action) { act(action).value(); };
    for (const char* state : {"assessing", "assessed"}) {
        by_the_worker([&](journal::Turn& turn) {
            return needs::triage_need(turn, *social_worker, all[state], {PriorityClass::P3, true});
        });
    }
    by_the_worker([&](journal::Turn& turn) {
        return needs::assess_need(turn, *social_worker, people, all["assessed"], {});
    });
    by_the_worker([&](journal::Turn& turn) {
        return needs::refer_need(turn, *social_worker, people, all["referred"], "区民政局");
    });
    by_the_worker([&](journal::Turn& turn) {
        return needs::merge_need(turn, *social_worker, all["merged"], all["reported"]);
    });
    auto run = [&](std::string_view action, journal::Turn& turn, const api::Caller& who,
                   NeedId id) -> Result<std::int64_t> {
        if (action == "triage_need") {
            return needs::triage_need(turn, who, id, {PriorityClass::P3, true});
        }
        if (action == "assess_need") return needs::assess_need(turn, who, people, id, {});
        if (action == "refer_need") return needs::refer_need(turn, who, people, id, "区民政局");
        if (action == "note_receipt") {
            return needs::note_receipt(turn, who, people, id, "回执12号", true);
        }
        if (action == "merge_need") return needs::merge_need(turn, who, id, all["planned"]);
        if (action == "unmerge_need") return needs::unmerge_need(turn, who, id);
        if (action == "contact_need") return needs::contact_need(turn, who, id);
        if (action == "close_need") return needs::close_need(turn, who, people, id, "不再需要");
        if (action == "read_contact") return needs::read_contact(turn, who, people, id, "回访");
        if (action == "reopen_need") return needs::reopen_need(turn, who, people, id, "仍未解决");
        if (action == "note_meeting") {
            return needs::note_meeting(turn, who, people, id, "由街道牵头办理");
        }
        if (action == "open_order") {
            orders::OpenOrder input;
            input.category.value = "environment_clean_up";
            input.starts_at = tomorrow_at(9);
            input.ends_at = tomorrow_at(11);
            return orders::open_order(turn, who, desk, id, input);
        }
        throw std::runtime_error("add the action " + std::string(action) + " to this test");
    };
    Table table = read_table(need_table);
    for (const auto& row : needs::need_transitions) {
        for (const auto& role : accounts::roles()) {
            for (Standing standing : {Standing::inside, Standing::outside, Standing::own}) {
                api::Caller who = caller(role.key, standing);
                for (const auto& [state, id] : all) {
                    std::string outcome = outcome_of([&, id = id](journal::Turn& turn) {
                        return run(row.action, turn, who, id);
                    });
                    std::string said = std::string(row.action) + " on " + state + " by " +
                                       std::string(role.key) + ", " +
                                       std::string(label_of(standing));
                    if (!holds(role.key, "need.read", standing)) {
                        EXPECT_EQ(outcome, "not_found") << said;
                    } else if (!holds(role.key, row.permission, standing)) {
                        EXPECT_EQ(outcome, "not_permitted") << said;
                    } else if (!table[std::string(row.action)][state]) {
                        EXPECT_EQ(outcome, row.action == "reopen_need"    ? "need_not_closed"
                                           : row.action == "note_meeting" ? "meeting_not_due"
                                                                          : "need_not_open")
                            << said;
                    } else if (row.action == "contact_need" && state == "planned") {
                        // It was contacted while the order was made.
                        EXPECT_EQ(outcome, "need_already_contacted") << said;
                    } else {
                        EXPECT_EQ(outcome, "done") << said;
                    }
                }
            }
        }
    }
}

}  // namespace
}  // namespace hezhi
