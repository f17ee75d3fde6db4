// Plays the scenario of colour grades, on both engines. README.md says what its rows mean; 何青 is
// the one who is graded.
#include <map>

#include "domain/grading/grade_pages.h"
#include "scenarios/scenario.h"
#include "support/world.h"

namespace hezhi::scenarios {
namespace {

using std::to_string;

class GradingScenarios : public hezhi::testing::World {
  protected:
    void play(const std::filesystem::path& file) {
        Scenario scenario = read_scenario(file);
        for (const auto& part : scenario.people) take_part(part);
        for (const auto& row : scenario.rows) {
            EXPECT_EQ(outcome_of(row), row.expected)
                << file.filename().string() << ":" << row.line << " " << row.who << " " << row.what;
        }
        for (const auto& difference : differences()) {
            ADD_FAILURE() << difference.place << ": " << difference.found;
        }
    }

  private:
    using Deed = std::string (GradingScenarios::*)(const Row&);

    void take_part(const Part& part) {
        auto found = tree->now()->search(part.area, {}, 1, pack());
        if (found.empty()) throw std::runtime_error("no area " + part.area);
        AreaId area = found.front()->id;
        if (part.role == "志愿者") {
            cast_[part.name] = volunteer(part.name, area);
            return;
        }
        for (const auto& role : accounts::roles()) {
            if (role.zh == part.role) cast_[part.name].caller = staff(role.key, area);
        }
    }

    std::string outcome_of(const Row& row) {
        static const std::map<std::string, Deed> deeds{
            {"服务", &GradingScenarios::serves},    {"未到", &GradingScenarios::stays_away},
            {"月评", &GradingScenarios::month_end}, {"认定", &GradingScenarios::decides},
            {"不予", &GradingScenarios::decides},   {"申诉", &GradingScenarios::appeals},
            {"提议", &GradingScenarios::proposes},  {"决定申诉", &GradingScenarios::hears},
            {"登记补训", &GradingScenarios::notes},
        };
        auto deed = deeds.find(row.what);
        if (deed == deeds.end()) throw std::runtime_error("cannot " + row.what);
        return (this->*deed->second)(row);
    }

    const hezhi::testing::Volunteer& he() { return cast_.at("何青"); }
    const api::Caller& caller(const Row& row) { return *cast_.at(row.who).caller; }
    grading::GradeState grade() {
        return reading_as(*officer, [&](const api::Reading& reading) {
            auto key = grading::grade_key(GradeSubject::person, he().person.value);
            return reading.load<grading::GradeFigure>(key).value_or(grading::GradeState{});
        });
    }
    std::string standing() {
        using enum grading::PersonStanding;
        auto now = grading::person_standing(pack().color_grades, grade().effective);
        return now == paused ? "何青暂停派单" : now == paired ? "何青结对" : "何青正常";
    }
    std::string after(const Result<std::int64_t>& done) {
        return done ? standing() : "拒绝：" + std::string(done.error().row->zh);
    }

    OrderId taken() {
        OrderId id = open_order(report_need());
        offer(id, {he(), cast_.at("孙立冬")}).value();
        for (const char* name : {"何青", "孙立冬"}) {
            if (auto done = accept(id, cast_.at(name)); !done && name == std::string("何青")) {
                // 结对: somebody whose state is normal goes first.
                accept(id, cast_.at("孙立冬")).value();
                accept(id, he()).value();
                break;
            }
        }
        clock.set(order(id).starts_at);
        return id;
    }
    std::string serves(const Row& row) {
        int orders = std::stoi(row.arguments.at(0));
        for (int i = 0; i < orders; ++i) {
            OrderId id = taken();
            for (const char* name : {"何青", "孙立冬"}) check_in(id, cast_.at(name)).value();
            clock.advance(std::chrono::minutes(60));
            for (const char* name : {"何青", "孙立冬"}) check_out(id, cast_.at(name)).value();
            confirm(id).value();
            review(id, Resolution::resolved, 5).value();
        }
        return "何青 " + to_string(orders) + " 次，孙立冬 " + to_string(orders) + " 次";
    }
    std::string stays_away(const Row& row) {
        int orders = std::stoi(row.arguments.at(0));
        for (int i = 0; i < orders; ++i) {
            OrderId id = taken();
            act([&](journal::Turn& turn) {
                return orders::note_no_show(turn, *social_worker, id, he().person);
            }).value();
            cancel(id).value();
        }
        return "何青未到 " + to_string(orders) + " 次";
    }
    std::string month_end(const Row& row) {
        clock.set(start_of(*parse_day(row.arguments.at(0))) + std::chrono::minutes(5));
        while (scheduler.run_due() > 0) {
        }
        const char* names[] = {"未评", "红", "黄", "蓝", "绿"};
        auto now = grade();
        std::string band = now.bands.empty() ? "未评" : names[static_cast<int>(now.bands.front())];
        return standing() + "，本月" + band + "，待认定 " + (now.proposal ? "1" : "0") + " 件";
    }
    std::string decides(const Row& row) {
        GradeProposalId id = grade().proposal;
        return after(act([&](journal::Turn& turn) {
            return row.what == "认定"
                       ? grading::confirm_grade(turn, caller(row), grade_desk, id, "已核实")
                       : grading::reject_grade(turn, caller(row), grade_desk, id, "不属实");
        }));
    }
    std::string appeals(const Row& row) {
        GradeProposalId id(facts("grade.confirmed").back().subject("grade_proposal"));
        return after(act([&](journal::Turn& turn) {
            return grading::file_grade_appeal(turn, caller(row), grade_desk, id, "住院");
        }));
    }
    std::string hears(const Row& row) {
        GradeAppealId id = grade().appeal;
        grading::DecideGradeAppeal input{row.arguments.at(0) == "成立", Text<1, 1000>("已查")};
        return after(act([&](journal::Turn& turn) {
            return grading::decide_grade_appeal(turn, caller(row), grade_desk, id, input);
        }));
    }
    std::string notes(const Row& row) {
        grading::NoteRemedial input;
        input.subject_id = he().person.value;
        input.minutes.value = std::stoi(row.arguments.at(0));
        return after(act(
            [&](journal::Turn& turn) { return grading::note_remedial(turn, caller(row), input); }));
    }
    std::string proposes(const Row& row) {
        grading::ProposeGrade input{GradeSubject::person, he().person.value,
                                    Text<1, 40>(row.arguments.at(0)), Text<1, 500>("有人反映")};
        return after(act([&](journal::Turn& turn) {
            return grading::propose_grade(turn, caller(row), grade_desk, input);
        }));
    }

    std::map<std::string, hezhi::testing::Volunteer> cast_;
};
HEZHI_ON_BOTH_ENGINES(GradingScenarios);

TEST_P(GradingScenarios, AGrade) {
    play("tests/scenarios/a_grade.txt");
}

}  // namespace
}  // namespace hezhi::scenarios
