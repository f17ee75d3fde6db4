// Plays the scenario of activities and service records, on both engines. README.md says what its
// rows mean; there is one shift and one record at a time, the last that was made.
#include <map>

#include "scenarios/scenario.h"
#include "support/world.h"

namespace hezhi::scenarios {
namespace {

using std::to_string;

class RecordScenarios : public hezhi::testing::World {
  protected:
    void play(const std::filesystem::path& file) {
        Scenario scenario = read_scenario(file);
        for (const auto& part : scenario.people) take_part(part);
        for (const auto& row : scenario.rows) {
            if (row.at) clock.set(*row.at);
            EXPECT_EQ(outcome_of(row), row.expected)
                << file.filename().string() << ":" << row.line << " " << row.who << " " << row.what;
        }
        for (const auto& difference : differences()) {
            ADD_FAILURE() << difference.place << ": " << difference.found;
        }
    }

  private:
    void take_part(const Part& part) {
        AreaId area = area_called(part.area);
        if (part.role == "志愿者") {
            cast_[part.name] = volunteer(part.name, area);
            return;
        }
        for (const auto& role : accounts::roles()) {
            if (role.zh == part.role) cast_[part.name].caller = staff(role.key, area);
        }
    }
    AreaId area_called(const std::string& name) {
        auto found = tree->now()->search(name, {}, 1, pack());
        if (found.empty()) throw std::runtime_error("no area " + name);
        return found.front()->id;
    }

    std::string outcome_of(const Row& row) {
        static const std::map<std::string, std::string (RecordScenarios::*)(const Row&)> deeds{
            {"发布活动", &RecordScenarios::publishes}, {"报名", &RecordScenarios::joins},
            {"退出报名", &RecordScenarios::joins},     {"我的报名", &RecordScenarios::place_of},
            {"名单签到", &RecordScenarios::ticks},     {"一键记录", &RecordScenarios::records_all},
            {"录入", &RecordScenarios::enters},        {"补录", &RecordScenarios::enters},
            {"更正", &RecordScenarios::corrects},      {"确认记录", &RecordScenarios::confirms},
            {"申请更正", &RecordScenarios::disputes},  {"服务时长", &RecordScenarios::minutes},
            {"记录版本", &RecordScenarios::versions},  {"服务分钟", &RecordScenarios::area_minutes},
        };
        auto deed = deeds.find(row.what);
        if (deed == deeds.end()) throw std::runtime_error("cannot " + row.what);
        return (this->*deed->second)(row);
    }

    const api::Caller& caller(const Row& row) { return *cast_.at(row.who).caller; }
    static std::string refusal(const Refusal& refused) {
        return "拒绝：" + std::string(refused.row->zh);
    }
    static std::string words_of(const api::StateRows& rows, std::string_view noun,
                                std::string_view state) {
        for (const auto& row : rows) {
            if (row.noun == noun && row.state == state) return std::string(row.zh);
        }
        throw std::runtime_error("no words for " + std::string(state));
    }

    // --- activities

    std::string publishes(const Row& row) {
        activities::PublishActivity input;
        input.area_id = subdistrict;
        input.category.value = "environment_clean_up";
        input.title.value = row.arguments.at(0);
        input.place.value = "金沙滩东入口";
        input.risk.value = "礁石湿滑";
        auto window = split(row.arguments.at(2), "–");
        input.shifts.push_back({instant_of(row.arguments.at(1), window.at(0)),
                                instant_of(row.arguments.at(1), window.at(1)),
                                Bounded<1, 100000>(std::stoi(row.arguments.at(3)))});
        auto done = act([&](journal::Turn& turn) {
            return activities::publish_activity(turn, caller(row), activity_desk, input);
        });
        if (!done) return refusal(done.error());
        activity_ = ActivityId(*done);
        auto shown = seen(caller(row));
        shift_ = shown.shifts.front().id;
        return words_of(activities::states(), "activity", label_of(shown.state));
    }
    activities::Activity seen(const api::Caller& who) {
        return reading_as(who, [&](const api::Reading& reading) {
            return activities::activity_page(reading, activity_desk, activity_).value();
        });
    }
    std::string seat_of(PersonId person) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            auto seat = reading.load<activities::SeatFigure>(activities::seat_key(shift_, person));
            return words_of(activities::states(), "seat", label_of(seat->state));
        });
    }
    std::string joins(const Row& row) {
        auto done = act([&](journal::Turn& turn) {
            return row.what == "报名" ? activities::join_shift(turn, caller(row), shift_)
                                      : activities::leave_shift(turn, caller(row), shift_);
        });
        return done ? seat_of(caller(row).person) : refusal(done.error());
    }
    std::string place_of(const Row& row) { return seat_of(caller(row).person); }
    std::string ticks(const Row& row) {
        PersonId person = cast_.at(row.arguments.at(0)).person;
        auto done = act([&](journal::Turn& turn) {
            return activities::check_in_shift(turn, caller(row), shift_, person, true);
        });
        return done ? seat_of(person) : refusal(done.error());
    }
    std::string records_all(const Row& row) {
        auto done = act([&](journal::Turn& turn) {
            return activities::record_shift(turn, caller(row), shift_);
        });
        if (!done) return refusal(done.error());
        return to_string(seen(caller(row)).shifts.front().recorded) + " 人";
    }

    // --- records

    std::string after_record(const Result<std::int64_t>& done) {
        if (!done) return refusal(done.error());
        record_ = RecordId(*done);
        return reading_as(*officer, [&](const api::Reading& reading) {
            auto state = reading.load<records::RecordFigure>(record_)->state;
            return words_of(records::states(), "record", label_of(state));
        });
    }
    std::string enters(const Row& row) {
        records::EnterRecord input;
        input.person_id = cast_.at(row.arguments.at(0)).person;
        input.category.value = "environment_clean_up";
        auto window = split(row.arguments.at(2), "–");
        input.starts_at = instant_of(row.arguments.at(1), window.at(0));
        input.ends_at = instant_of(row.arguments.at(1), window.at(1));
        input.unpaid = true;
        if (row.arguments.size() > 3) input.time_was = TimeWas::duty;
        if (row.what == "补录") input.late_reason = Text<0, 200>("签到表刚刚交来");
        return after_record(act([&](journal::Turn& turn) {
            return records::enter_record(turn, caller(row), record_desk, input);
        }));
    }
    std::string corrects(const Row& row) {
        auto window = split(row.arguments.at(1), "–");
        records::CorrectRecord input{instant_of(row.arguments.at(0), window.at(0)),
                                     instant_of(row.arguments.at(0), window.at(1)),
                                     Text<1, 200>("核对签到表")};
        return after_record(act([&](journal::Turn& turn) {
            return records::correct_record(turn, caller(row), record_desk, record_, input);
        }));
    }
    std::string confirms(const Row& row) {
        return after_record(act([&](journal::Turn& turn) {
            return records::confirm_record(turn, caller(row), record_);
        }));
    }
    std::string disputes(const Row& row) {
        return after_record(act([&](journal::Turn& turn) {
            return records::dispute_record(turn, caller(row), record_desk, record_, "少记了");
        }));
    }
    std::string minutes(const Row& row) {
        auto db = ledger->read();
        return to_string(records::minutes_of(*db, caller(row).person)) + " 分钟";
    }
    std::string versions(const Row& row) {
        auto page = reading_as(caller(row), [&](const api::Reading& reading) {
            return records::record_page(reading, record_desk, record_).value();
        });
        std::string all;
        for (const auto& version : page.versions) {
            all += (all.empty() ? "" : "、") + to_string(version.minutes);
        }
        return all;
    }
    std::string area_minutes(const Row& row) {
        auto service = cockpit(area_called(row.arguments.at(0))).service;
        return to_string(service.minutes_all) + " 分钟，" + to_string(service.records_all) +
               " 条，补录 " + to_string(service.records_late) + " 条";
    }

    std::map<std::string, hezhi::testing::Volunteer> cast_;
    ActivityId activity_;
    ShiftId shift_;
    RecordId record_;
};
HEZHI_ON_BOTH_ENGINES(RecordScenarios);

TEST_P(RecordScenarios, RecordsAndActivity) {
    play("tests/scenarios/records_and_activity.txt");
}

}  // namespace
}  // namespace hezhi::scenarios
