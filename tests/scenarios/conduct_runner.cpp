// Plays the scenarios of insurance, incidents and complaints, on both engines. README.md says what
// their rows mean; there is one order, policy, incident and complaint at a time, the last made.
#include <map>

#include "scenarios/scenario.h"
#include "support/world.h"

namespace hezhi::scenarios {
namespace {

using std::to_string;

class ConductScenarios : public hezhi::testing::World {
  protected:
    void play(const std::filesystem::path& file) {
        Scenario scenario = read_scenario(file);
        for (const auto& part : scenario.people) take_part(part);
        for (const auto& row : scenario.rows) {
            if (row.at && row.who != "时钟") clock.set(*row.at);
            if (row.who == "时钟") wait_until(row.at.value_or(clock.now()));
            EXPECT_EQ(outcome_of(row), row.expected)
                << file.filename().string() << ":" << row.line << " " << row.who << " " << row.what;
        }
        for (const auto& difference : differences()) {
            ADD_FAILURE() << difference.place << ": " << difference.found;
        }
    }

  private:
    using Deed = std::string (ConductScenarios::*)(const Row&);

    void take_part(const Part& part) {
        auto found = tree->now()->search(part.area, {}, 1, pack());
        if (found.empty()) throw std::runtime_error("no area " + part.area);
        AreaId area = found.front()->id;
        if (part.role == "志愿者") {
            cast_[part.name] = volunteer(part.name, area, rules::LevelKey::V2);
            return;
        }
        for (const auto& role : accounts::roles()) {
            if (role.zh != part.role) continue;
            cast_[part.name].caller = staff(role.key, area);
            cast_[part.name].person = cast_[part.name].caller->person;
        }
    }

    std::string outcome_of(const Row& row) {
        static const std::map<std::string, Deed> deeds{
            {"开订单", &ConductScenarios::opens},       {"派单", &ConductScenarios::offers},
            {"接单", &ConductScenarios::accepts},       {"建队", &ConductScenarios::founds},
            {"登记保险", &ConductScenarios::insures},   {"终止保险", &ConductScenarios::ends},
            {"我的保险", &ConductScenarios::own_cover}, {"报告", &ConductScenarios::reports},
            {"处理", &ConductScenarios::settles},       {"投诉", &ConductScenarios::complains},
            {"匿名投诉", &ConductScenarios::complains}, {"登记投诉", &ConductScenarios::complains},
            {"受理", &ConductScenarios::answers},       {"决定", &ConductScenarios::answers},
            {"复核", &ConductScenarios::answers},       {"申请复核", &ConductScenarios::answers},
            {"撤回", &ConductScenarios::answers},       {"我的投诉", &ConductScenarios::own_list},
            {"投诉指标", &ConductScenarios::counts},    {"到点", &ConductScenarios::timers_ran},
        };
        auto deed = deeds.find(row.what);
        if (deed == deeds.end()) throw std::runtime_error("cannot " + row.what);
        return (this->*deed->second)(row);
    }

    const api::Caller& caller(const Row& row) { return *cast_.at(row.who).caller; }
    static std::string words_of(const api::StateRows& rows, std::string_view noun,
                                std::string_view state) {
        for (const auto& row : rows) {
            if (row.noun == noun && row.state == state) return std::string(row.zh);
        }
        throw std::runtime_error("no words for " + std::string(state));
    }
    static std::string refusal(const Refusal& refused) {
        return "拒绝：" + std::string(refused.row->zh);
    }
    static std::string day_words(Instant at) {
        return "第" + to_string(day_of(at) - *parse_day("2026-03-05") + 1) + "天";
    }

    // --- orders

    std::string order_state() {
        return words_of(orders::states(), "order", label_of(order(order_).state));
    }
    std::string opens(const Row& row) {
        auto window = split(row.arguments.at(2), "–");
        orders::OpenOrder input;
        input.category.value = row.arguments.at(0);
        input.starts_at = instant_of(row.arguments.at(1), window.at(0));
        input.ends_at = instant_of(row.arguments.at(1), window.at(1));
        NeedId need = report_need();
        order_ = OrderId(act([&](journal::Turn& turn) {
                             return orders::open_order(turn, caller(row), desk, need, input);
                         }).value());
        return order_state();
    }
    std::string offers(const Row& row) {
        orders::OfferOrder input;
        for (const auto& name : split(row.arguments.at(0), "、")) {
            input.person_ids.push_back(cast_.at(name).person);
        }
        auto done = act([&](journal::Turn& turn) {
            return orders::offer_order(turn, caller(row), desk, order_, input);
        });
        return done ? order_state() : refusal(done.error());
    }
    std::string accepts(const Row& row) {
        auto done = accept(order_, cast_.at(row.who));
        return done ? order_state() : refusal(done.error());
    }

    // --- insurance

    std::string founds(const Row& row) {
        organizations::FoundOrganization input;
        input.name.value = row.arguments.at(0);
        input.area_id = community;
        team_ = OrganizationId(act([&](journal::Turn& turn) {
                                   return organizations::found_organization(
                                       turn, caller(row), organization_desk, input);
                               }).value());
        for (const auto& name : split(row.arguments.at(1), "、")) {
            auto invitation = act([&](journal::Turn& turn) {
                return organizations::invite_member(turn, caller(row), team_,
                                                    cast_.at(name).person);
            });
            act([&](journal::Turn& turn) {
                return organizations::accept_invitation(turn, *invitation, true);
            }).value();
        }
        return reading_as(*officer, [&](const api::Reading& reading) {
            auto team = reading.load<organizations::OrganizationFigure>(team_);
            return to_string(team->members) + " 人";
        });
    }
    std::string insurance_state() {
        auto state = reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<insurance::InsuranceFigure>(insurance_).value();
        });
        const char* step = state.ended_at                 ? "ended"
                           : state.from_at > clock.now()  ? "coming"
                           : state.warn_at <= clock.now() ? "expiring"
                                                          : "running";
        return words_of(insurance::states(), "insurance", step);
    }
    std::string insures(const Row& row) {
        insurance::AddInsurance input;
        input.insurer.value = "示范保险";
        input.policy.value = "PA-2026";
        input.organization_id = team_;
        input.from = instant_of(row.arguments.at(0), "00:00");
        input.until = instant_of(row.arguments.at(1), "00:00");
        auto done = act([&](journal::Turn& turn) {
            return insurance::add_insurance(turn, caller(row), insurance_desk, input);
        });
        if (!done) return refusal(done.error());
        insurance_ = InsuranceId(*done);
        return insurance_state();
    }
    std::string ends(const Row& row) {
        auto done = act([&](journal::Turn& turn) {
            return insurance::end_insurance(turn, caller(row), insurance_desk, insurance_,
                                            "保险公司解约");
        });
        return done ? insurance_state() : refusal(done.error());
    }
    std::string own_cover(const Row& row) {
        auto db = ledger->read();
        Instant until = insurance::insured_until(*db, caller(row).person, clock.now());
        return until > clock.now() ? "有效至" + day_words(until - Millis(1)) : "没有保险";
    }

    // --- incidents

    incidents::IncidentState incident() {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<incidents::IncidentFigure>(incident_).value();
        });
    }
    std::string reports(const Row& row) {
        incidents::ReportIncident input;
        input.about_id = order_.value;
        input.severity.value = row.arguments.at(0);
        input.what.value = "有人滑倒";
        auto done = act([&](journal::Turn& turn) {
            return incidents::report_incident(turn, caller(row), incident_desk, input);
        });
        if (!done) return refusal(done.error());
        incident_ = IncidentId(*done);
        return words_of(incidents::states(), "incident", label_of(incident().state)) + "，" +
               day_words(incident().settle_until) + "前";
    }
    std::string settles(const Row& row) {
        incidents::SettleIncident input;
        input.severity.value = incident().severity;
        input.confirmed = row.arguments.at(0) == "属实";
        if (row.arguments.size() > 1) input.attributed_to = cast_.at(row.arguments.at(1)).person;
        input.reason.value = "已核实";
        auto done = act([&](journal::Turn& turn) {
            return incidents::settle_incident(turn, caller(row), incident_desk, incident_, input);
        });
        if (!done) return refusal(done.error());
        return words_of(incidents::states(), "incident", label_of(incident().state));
    }

    // --- complaints

    complaints::ComplaintState complaint() {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<complaints::ComplaintFigure>(complaint_).value();
        });
    }
    std::string complaint_state() {
        return words_of(complaints::states(), "complaint", label_of(complaint().state));
    }
    std::string complains(const Row& row) {
        complaints::FileComplaint input;
        input.about_id = order_.value;
        input.what.value = "迟到一小时";
        input.hidden = row.what == "匿名投诉";
        auto done = act([&](journal::Turn& turn) {
            if (row.who == "服务单") {
                return complaints::file_by_slip(turn, complaint_desk, order_,
                                                {input.what, false, {}});
            }
            return row.what == "登记投诉"
                       ? complaints::take_complaint(turn, caller(row), complaint_desk, input)
                       : complaints::file_complaint(turn, caller(row), complaint_desk, input);
        });
        if (!done) return refusal(done.error());
        complaint_ = ComplaintId(*done);
        return complaint_state() + "，" + day_words(complaint().acknowledge_until) + "前，" +
               day_words(complaint().decide_until) + "前";
    }
    std::string answers(const Row& row) {
        complaints::DecideComplaint input;
        input.reason.value = "已向双方核实";
        std::string said = row.arguments.empty() ? "" : row.arguments.front();
        input.outcome = said == "成立"       ? ComplaintOutcome::upheld
                        : said == "部分成立" ? ComplaintOutcome::partly_upheld
                                             : ComplaintOutcome::not_upheld;
        auto done = act([&](journal::Turn& turn) -> Result<std::int64_t> {
            if (row.what == "申请复核") {
                return complaints::ask_complaint_review(turn, complaint_desk, complaint_, "不服");
            }
            if (row.what == "撤回") return complaints::withdraw_complaint(turn, complaint_);
            const api::Caller& who = caller(row);
            if (row.what == "受理") return complaints::acknowledge_complaint(turn, who, complaint_);
            return row.what == "决定"
                       ? complaints::decide_complaint(turn, who, complaint_desk, complaint_, input)
                       : complaints::review_complaint(turn, who, complaint_desk, complaint_, input);
        });
        return done ? complaint_state() : refusal(done.error());
    }
    std::string own_list(const Row& row) {
        std::int64_t own = 0;
        for (const Fact& fact : facts("complaint.filed")) {
            if (fact.actor.account && fact.actor.account == caller(row).account) ++own;
        }
        return to_string(own) + " 件";
    }
    std::string counts(const Row& row) {
        auto at = cockpit(caller(row).roles.front().area).complaints;
        return "未办结 " + to_string(at.open) + "/" + to_string(at.all) + "，超期 " +
               to_string(at.late) + "/" + to_string(at.due);
    }

    std::string timers_ran(const Row&) {
        std::size_t warned = facts("insurance.warned").size();
        if (warned > 0) return to_string(warned) + " 次提醒";
        return to_string(facts("incident.escalated").size() + facts("complaint.escalated").size()) +
               " 次上报";
    }

    std::map<std::string, hezhi::testing::Volunteer> cast_;
    OrderId order_;
    OrganizationId team_;
    InsuranceId insurance_;
    IncidentId incident_;
    ComplaintId complaint_;
};
HEZHI_ON_BOTH_ENGINES(ConductScenarios);

TEST_P(ConductScenarios, InsuredService) {
    play("tests/scenarios/insured_service.txt");
}

TEST_P(ConductScenarios, AnIncident) {
    play("tests/scenarios/an_incident.txt");
}

TEST_P(ConductScenarios, AComplaint) {
    play("tests/scenarios/a_complaint.txt");
}

}  // namespace
}  // namespace hezhi::scenarios
