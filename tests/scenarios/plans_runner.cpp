// Plays the scenario of a recipient's plan, on both engines. README.md says what its rows mean;
// there is one plan and one need beside it at a time, the last that was made.
#include <map>

#include "domain/cases/cases.h"
#include "scenarios/scenario.h"
#include "support/world.h"

namespace hezhi::scenarios {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class PlanScenarios : public hezhi::testing::World {
  protected:
    void play(const std::filesystem::path& file) {
        Scenario scenario = read_scenario(file);
        for (const auto& part : scenario.people) take_part(part);
        for (const auto& row : scenario.rows) {
            if (row.at) live_until(*row.at);
            EXPECT_EQ(outcome_of(row), row.expected)
                << file.filename().string() << ":" << row.line << " " << row.who << " " << row.what;
        }
        for (const auto& difference : differences()) {
            ADD_FAILURE() << difference.place << ": " << difference.found;
        }
    }

  private:
    // The timers run in between, as they do while the program serves.
    void live_until(Instant at) {
        while (clock.now() < at) wait_until(std::min(clock.now() + hours(12), at));
        scheduler.run_due();
    }
    void take_part(const Part& part) {
        auto found = tree->now()->search(part.area, {}, 1, pack());
        if (found.empty()) throw std::runtime_error("no area " + part.area);
        AreaId area = found.front()->id;
        if (part.role == "志愿者") {
            volunteers_[part.name] = volunteer(part.name, area);
        } else if (part.role == "居民") {
            recipients_[part.name] = resident(part.name, "13900000001");
        }
        for (const auto& role : accounts::roles()) {
            bool serves = part.role != "志愿者" && part.role != "居民";
            if (serves && role.zh == part.role) cast_[part.name] = staff(role.key, area);
        }
    }

    std::string outcome_of(const Row& row) {
        static const std::map<std::string, std::string (PlanScenarios::*)(const Row&)> deeds{
            {"制定计划", &PlanScenarios::makes},        {"暂停计划", &PlanScenarios::changes},
            {"恢复计划", &PlanScenarios::changes},      {"计划状态", &PlanScenarios::state},
            {"已生成", &PlanScenarios::made},           {"上报需求", &PlanScenarios::reports},
            {"并入计划的需求", &PlanScenarios::merges}, {"计划的需求并入", &PlanScenarios::merges},
            {"派人上门", &PlanScenarios::visits},       {"本月未访", &PlanScenarios::unvisited},
        };
        auto deed = deeds.find(row.what);
        if (deed == deeds.end()) throw std::runtime_error("cannot " + row.what);
        return (this->*deed->second)(row);
    }
    const api::Caller& caller(const Row& row) { return *cast_.at(row.who); }
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
    cases::PlanState plan() {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<cases::PlanFigure>(plan_).value();
        });
    }
    std::string state(const Row&) {
        return words_of(cases::states(), "plan", label_of(plan().state));
    }
    std::string made(const Row&) { return std::to_string(plan().orders_made) + " 单"; }

    // 制定计划 谁 服务事项 星期 时刻 最后一天
    std::string makes(const Row& row) {
        static const std::vector<std::string> days{"日", "一", "二", "三", "四", "五", "六"};
        cases::MakePlan input;
        input.person_id = recipients_.at(row.arguments.at(0));
        for (const auto& category : pack().categories) {
            if (category.name.zh == row.arguments.at(1)) input.category.value = category.key;
        }
        auto day = std::ranges::find(days, row.arguments.at(2)) - days.begin();
        input.weekdays = Bounded<1, 127>(1 << day);
        Instant first = instant_of("第1天", row.arguments.at(3));
        input.at_minute = Bounded<0, 1439>((first - start_of(day_of(first))) / minutes(1));
        input.until = instant_of(row.arguments.at(4), "00:00");
        auto done =
            act([&](journal::Turn& turn) { return cases::make_plan(turn, caller(row), input); });
        if (!done) return refusal(done.error());
        plan_ = PlanId(*done);
        scheduler.run_due();
        return state(row);
    }
    std::string changes(const Row& row) {
        auto done = act([&](journal::Turn& turn) {
            return row.what == "暂停计划" ? cases::pause_plan(turn, caller(row), plan_)
                                          : cases::resume_plan(turn, caller(row), plan_);
        });
        return done ? state(row) : refusal(done.error());
    }
    std::string reports(const Row& row) {
        needs::ReportNeed input;
        input.area_id = community;
        input.what.value = row.arguments.at(0);
        input.contact = Text<0, 60>("王秀英 13900000001");
        auto done = act([&](journal::Turn& turn) {
            return needs::report_need(turn, caller(row), people, input, Channel::grid);
        });
        if (!done) return refusal(done.error());
        said_ = NeedId(*done);
        return words_of(needs::states(), "need", label_of(need(said_).state));
    }
    std::string merges(const Row& row) {
        NeedId planned(facts("plan.ran").back().subject("need"));
        bool into_plan = row.what == "并入计划的需求";
        auto done = act([&](journal::Turn& turn) {
            return needs::merge_need(turn, caller(row), into_plan ? said_ : planned,
                                     into_plan ? planned : said_);
        });
        return done ? "已并案" : refusal(done.error());
    }
    // The plan's first order, from the offer to the check-out.
    std::string visits(const Row& row) {
        OrderId id(facts("plan.ran").front().subject("order"));
        orders::OfferOrder input;
        auto names = split(row.arguments.at(0), "、");
        for (const auto& name : names) input.person_ids.push_back(volunteers_.at(name).person);
        auto done = act([&](journal::Turn& turn) {
            return orders::offer_order(turn, caller(row), desk, id, input);
        });
        if (!done) return refusal(done.error());
        for (const auto& name : names) accept(id, volunteers_.at(name)).value();
        live_until(order(id).starts_at);
        for (const auto& name : names) check_in(id, volunteers_.at(name)).value();
        live_until(order(id).ends_at);
        for (const auto& name : names) check_out(id, volunteers_.at(name)).value();
        return words_of(orders::states(), "order", label_of(order(id).state));
    }
    std::string unvisited(const Row& row) {
        auto all = cases::routes(desk);
        auto route = std::ranges::find(all, "list_unvisited", &api::Route::action);
        auto text = reading_as(caller(row), [&](const api::Reading& reading) {
            return route->read(reading, http::Request()).value();
        });
        std::string names;
        for (const auto& [name, person] : recipients_) {
            std::string masked = people.masked_name(*ledger->read(), person);
            if (text.find("\"recipient\":\"" + masked + "\"") == std::string::npos) continue;
            names += (names.empty() ? "" : "、") + masked;
        }
        return names.empty() ? "都已走访" : names;
    }

    std::map<std::string, api::CallerPtr> cast_;
    std::map<std::string, hezhi::testing::Volunteer> volunteers_;
    std::map<std::string, PersonId> recipients_;
    PlanId plan_;
    NeedId said_;
};
HEZHI_ON_BOTH_ENGINES(PlanScenarios);

TEST_P(PlanScenarios, APlan) {
    play("tests/scenarios/a_plan.txt");
}

}  // namespace
}  // namespace hezhi::scenarios
