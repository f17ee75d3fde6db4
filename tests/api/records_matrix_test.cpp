// Records and activities: states × actions × roles × how the caller stands to the record, and the
// same over the API. The tables are written by hand, not taken from the actions.
#include <set>

#include "api/matrix.h"
#include "api/state_tables.h"

#include "domain/records/record_states.h"

namespace hezhi {
namespace {

using testing::holds;
using testing::read_table;
using testing::record_table;
using testing::Standing;
using testing::Table;

constexpr Standing record_standings[] = {Standing::inside, Standing::outside, Standing::own};

// Own: whose service it was, whether a permission calls that her own or assigned to her.
bool held_in(std::string_view role, std::string_view permission, Standing standing) {
    return holds(role, permission, standing) ||
           (standing == Standing::own && holds(role, permission, Standing::assigned));
}

class RecordMatrix : public testing::MatrixWorld {
  protected:
    // Own: whose service it was, or whose area the activity is in.
    api::Caller caller(std::string_view role, Standing standing) {
        api::Caller made;
        made.account = AccountId(999999);
        if (standing == Standing::own) made.person = zhang.person;
        AreaId area = standing == Standing::inside ? subdistrict : other_district;
        made.roles = {{std::string(role), area, path_of(area)}};
        made.held = accounts::held_by(made.roles);
        return made;
    }

    records::EnterRecord served(int hour) {
        records::EnterRecord input;
        input.person_id = zhang.person;
        input.category.value = "environment_clean_up";
        input.starts_at = start_of(day_of(testing::morning) + -1) + std::chrono::hours(hour);
        input.ends_at = input.starts_at + std::chrono::hours(1);
        input.unpaid = true;
        return input;
    }
    RecordId enter(const records::EnterRecord& input) {
        return RecordId(act([&](journal::Turn& turn) {
                            return records::enter_record(turn, *social_worker, record_desk, input);
                        }).value());
    }

    std::map<std::string, RecordId> a_record_in_each_state() {
        std::map<std::string, RecordId> all;
        all["entered"] = enter(served(8));
        all["disputed"] = enter(served(9));
        act([&](journal::Turn& turn) {
            return records::dispute_record(turn, *zhang.caller, record_desk, all["disputed"],
                                           "少记了");
        }).value();
        clock.advance(std::chrono::hours(24 * 30));
        auto late = served(10);
        late.late_reason = Text<0, 200>("补交");
        all["waiting"] = enter(late);
        auto other = served(11);
        other.late_reason = Text<0, 200>("补交");
        all["rejected"] = enter(other);
        act([&](journal::Turn& turn) {
            return records::reject_record(turn, *street_staff, record_desk, all["rejected"],
                                          "无此服务");
        }).value();
        return all;
    }

    Result<std::int64_t> run(std::string_view action, journal::Turn& turn, const api::Caller& who,
                             RecordId id) {
        if (action == "correct_record") {
            auto time = served(14);
            return records::correct_record(turn, who, record_desk, id,
                                           {time.starts_at, time.ends_at, Text<1, 200>("核对")});
        }
        if (action == "confirm_record") return records::confirm_record(turn, who, id);
        if (action == "reject_record") {
            return records::reject_record(turn, who, record_desk, id, "无误");
        }
        if (action == "dispute_record") {
            return records::dispute_record(turn, who, record_desk, id, "少记了");
        }
        throw std::runtime_error("add the action " + std::string(action) + " to this test");
    }
};
HEZHI_ON_BOTH_ENGINES(RecordMatrix);

TEST(RecordTransitions, AreThoseOfTheTable) {
    Table table = read_table(record_table);
    EXPECT_EQ(std::size(records::record_transitions), table.size());
    for (const auto& row : records::record_transitions) {
        ASSERT_TRUE(table.contains(std::string(row.action))) << row.action;
        for (const auto& [state, allowed] : table[std::string(row.action)]) {
            EXPECT_EQ(records::allows(row.action, *from_label<records::RecordStep>(state)), allowed)
                << row.action << " when " << state;
        }
    }
}

TEST_P(RecordMatrix, OfRecordsAnswersEveryoneAsTheTablesSay) {
    auto all = a_record_in_each_state();
    Table table = read_table(record_table);
    int reached = 0;
    for (const auto& row : records::record_transitions) {
        for (const auto& role : accounts::roles()) {
            for (Standing standing : record_standings) {
                api::Caller who = caller(role.key, standing);
                for (const auto& [state, id] : all) {
                    std::string outcome = outcome_of([&, id = id](journal::Turn& turn) {
                        return run(row.action, turn, who, id);
                    });
                    std::string said = std::string(row.action) + " on " + state + " by " +
                                       std::string(role.key) + ", " +
                                       std::string(label_of(standing));
                    if (!held_in(role.key, "record.read", standing)) {
                        EXPECT_EQ(outcome, "not_found") << said;
                    } else if (!held_in(role.key, row.permission, standing)) {
                        EXPECT_EQ(outcome, "not_permitted") << said;
                    } else if (!table[std::string(row.action)][state]) {
                        EXPECT_EQ(outcome, "record_state_forbids") << said;
                    } else {
                        EXPECT_EQ(outcome, "done") << said;
                        ++reached;
                    }
                }
            }
        }
    }
    EXPECT_GT(reached, 10);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{}) << "nothing of it was kept";
}

TEST_P(RecordMatrix, OfActivitiesAnswersEveryoneAsThePermissionsSay) {
    activities::PublishActivity input;
    input.area_id = community;
    input.category.value = "environment_clean_up";
    input.title.value = "海滩清洁";
    input.place.value = "金沙滩";
    input.risk.value = "礁石湿滑";
    input.shifts = {{clock.now() + std::chrono::hours(1), clock.now() + std::chrono::hours(2), {}}};
    ActivityId id(act([&](journal::Turn& turn) {
                      return activities::publish_activity(turn, *street_staff, activity_desk,
                                                          input);
                  }).value());
    ShiftId shift = reading_as(*street_staff, [&](const api::Reading& reading) {
        return activities::activity_page(reading, activity_desk, id)->shifts.front().id;
    });
    act([&](journal::Turn& turn) {
        return activities::join_shift(turn, *zhao.caller, shift);
    }).value();
    clock.advance(std::chrono::minutes(59));
    struct Deed {
        const char* action;
        const char* permission;
        const char* expected;  // where it is permitted
        std::function<Result<std::int64_t>(journal::Turn&, const api::Caller&)> run;
    };
    const Deed deeds[] = {
        {"cancel_activity", "activity.cancel", "done",
         [&](journal::Turn& turn, const api::Caller& who) {
             return activities::cancel_activity(turn, who, activity_desk, id, "台风");
         }},
        {"join_shift", "shift.join", "done",
         [&](journal::Turn& turn, const api::Caller& who) {
             return activities::join_shift(turn, who, shift);
         }},
        {"leave_shift", "shift.leave", "not_joined",
         [&](journal::Turn& turn, const api::Caller& who) {
             return activities::leave_shift(turn, who, shift);
         }},
        {"check_in_shift", "shift.check_in", "done",
         [&](journal::Turn& turn, const api::Caller& who) {
             return activities::check_in_shift(turn, who, shift, zhao.person, true);
         }},
        {"note_return", "shift.check_in", "not_joined",
         [&](journal::Turn& turn, const api::Caller& who) {
             return activities::note_return(turn, who, shift, zhao.person);
         }},
        {"arrive_at_shift", "shift.arrive", "not_joined",
         [&](journal::Turn& turn, const api::Caller& who) {
             return activities::arrive_at_shift(turn, who, activity_desk, shift,
                                                activities::place_code(suite, id));
         }},
        {"record_shift", "shift.record", "shift_not_over",
         [&](journal::Turn& turn, const api::Caller& who) {
             return activities::record_shift(turn, who, shift);
         }},
    };
    std::set<std::string_view> tried;
    for (const Deed& deed : deeds) {
        tried.insert(deed.action);
        for (const auto& role : accounts::roles()) {
            for (Standing standing : record_standings) {
                api::Caller who = caller(role.key, standing);
                std::string outcome =
                    outcome_of([&](journal::Turn& turn) { return deed.run(turn, who); });
                std::string said = std::string(deed.action) + " by " + std::string(role.key) +
                                   ", " + std::string(label_of(standing));
                if (!held_in(role.key, "activity.read", standing)) {
                    EXPECT_EQ(outcome, "not_found") << said;
                } else if (!held_in(role.key, deed.permission, standing)) {
                    EXPECT_EQ(outcome, "not_permitted") << said;
                } else {
                    EXPECT_EQ(outcome, deed.expected) << said;
                }
            }
        }
    }
    EXPECT_EQ(tried, std::set<std::string_view>(std::begin(testing::shift_actions),
                                                std::end(testing::shift_actions)));
}

}  // namespace
}  // namespace hezhi
