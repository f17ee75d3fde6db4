// Insurance, incidents and complaints: states × actions × roles × how the caller stands to the
// record. The tables are written by hand, not taken from the actions.
#include "api/matrix.h"

#include "domain/complaints/complaint_states.h"

namespace hezhi {
namespace {

using testing::holds;
using testing::read_table;
using testing::Standing;
using testing::Table;

// "+": the table of states must allow it.
constexpr std::string_view complaint_table = R"(
action                 filed acknowledged decided review_asked reviewed withdrawn
acknowledge_complaint    +        -          -         -           -        -
decide_complaint         +        +          -         -           -        -
read_complainant         +        +          +         +           +        -
ask_complaint_review     -        -          +         -           -        -
review_complaint         -        -          -         +           -        -
withdraw_complaint       +        +          -         +           -        -
)";

class ConductMatrix : public testing::MatrixWorld {
  protected:
    api::Caller caller(std::string_view role, Standing standing) {
        api::Caller made;
        made.account = AccountId(999999);
        AreaId area = standing == Standing::inside ? subdistrict : other_district;
        made.roles = {{std::string(role), area, path_of(area)}};
        made.held = accounts::held_by(made.roles);
        return made;
    }
    static std::string said(std::string_view action, std::string_view state, std::string_view role,
                            Standing standing) {
        return std::string(action) + " on " + std::string(state) + " by " + std::string(role) +
               ", " + std::string(label_of(standing));
    }

    // --- complaints

    ComplaintId filed() {
        complaints::FileComplaint input;
        input.about = AboutKind::person;
        input.about_id = zhao.person.value;
        input.what.value = "约好了没有来";
        input.contact = Text<0, 60>("13900000001");
        return ComplaintId(act([&](journal::Turn& turn) {
                               return complaints::take_complaint(turn, *street_staff,
                                                                 complaint_desk, input);
                           }).value());
    }
    Result<std::int64_t> run(std::string_view action, journal::Turn& turn, const api::Caller& who,
                             ComplaintId id) {
        complaints::DecideComplaint decision{ComplaintOutcome::upheld, Text<1, 1000>("属实")};
        if (action == "acknowledge_complaint") {
            return complaints::acknowledge_complaint(turn, who, id);
        }
        if (action == "decide_complaint") {
            return complaints::decide_complaint(turn, who, complaint_desk, id, decision);
        }
        if (action == "review_complaint") {
            return complaints::review_complaint(turn, who, complaint_desk, id, decision);
        }
        if (action == "read_complainant") {
            return complaints::read_complainant(turn, who, complaint_desk, id, "告知");
        }
        if (action == "ask_complaint_review") {
            return complaints::ask_complaint_review(turn, complaint_desk, id, "不服");
        }
        if (action == "withdraw_complaint") return complaints::withdraw_complaint(turn, id);
        throw std::runtime_error("add the action " + std::string(action) + " to this test");
    }
    void done(std::string_view action, ComplaintId id) {
        act([&](journal::Turn& turn) { return run(action, turn, *street_staff, id); }).value();
    }
    std::map<std::string, ComplaintId> a_complaint_in_each_state() {
        std::map<std::string, ComplaintId> all;
        for (const char* state :
             {"filed", "acknowledged", "decided", "review_asked", "reviewed", "withdrawn"}) {
            all[state] = filed();
        }
        done("acknowledge_complaint", all["acknowledged"]);
        for (const char* state : {"decided", "review_asked", "reviewed"}) {
            done("decide_complaint", all[state]);
        }
        done("ask_complaint_review", all["review_asked"]);
        done("ask_complaint_review", all["reviewed"]);
        act([&](journal::Turn& turn) {
            return run("review_complaint", turn, *officer, all["reviewed"]);
        }).value();
        done("withdraw_complaint", all["withdrawn"]);
        return all;
    }
};
HEZHI_ON_BOTH_ENGINES(ConductMatrix);

TEST(ComplaintTransitions, AreThoseOfTheTable) {
    Table table = read_table(complaint_table);
    EXPECT_EQ(std::size(complaints::complaint_transitions), table.size());
    for (const auto& row : complaints::complaint_transitions) {
        ASSERT_TRUE(table.contains(std::string(row.action))) << row.action;
        for (const auto& [state, allowed] : table[std::string(row.action)]) {
            auto step = from_label<complaints::ComplaintStep>(state);
            EXPECT_EQ(complaints::allows(row.action, *step), allowed)
                << row.action << " when " << state;
        }
    }
}

TEST_P(ConductMatrix, OfComplaintsAnswersEveryoneAsTheTablesSay) {
    auto all = a_complaint_in_each_state();
    Table table = read_table(complaint_table);
    int reached = 0;
    for (const auto& row : complaints::complaint_transitions) {
        for (const auto& role : accounts::roles()) {
            for (Standing standing : testing::in_or_out) {
                api::Caller who = caller(role.key, standing);
                for (const auto& [state, id] : all) {
                    std::string outcome = outcome_of([&, id = id](journal::Turn& turn) {
                        return run(row.action, turn, who, id);
                    });
                    bool by_link = row.permission.empty();
                    std::string which = said(row.action, state, role.key, standing);
                    if (!by_link && !holds(role.key, row.permission, standing)) {
                        EXPECT_EQ(outcome, "not_found") << which;
                    } else if (!table[std::string(row.action)][state]) {
                        EXPECT_EQ(outcome, "complaint_state_forbids") << which;
                    } else {
                        EXPECT_EQ(outcome, "done") << which;
                        ++reached;
                    }
                }
            }
        }
    }
    EXPECT_GT(reached, 20);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{}) << "nothing of it was kept";
}

TEST_P(ConductMatrix, OfFilingAndTakingAnswersEveryoneAsThePermissionsSay) {
    complaints::FileComplaint input;
    input.about = AboutKind::person;
    input.about_id = zhao.person.value;
    input.what.value = "约好了没有来";
    for (const auto& role : accounts::roles()) {
        for (Standing standing : testing::in_or_out) {
            api::Caller who = caller(role.key, standing);
            std::string taken = outcome_of([&](journal::Turn& turn) {
                return complaints::take_complaint(turn, who, complaint_desk, input);
            });
            EXPECT_EQ(taken, holds(role.key, "complaint.take", standing) ? "done" : "not_found")
                << said("take_complaint", "", role.key, standing);
            std::string own = outcome_of([&](journal::Turn& turn) {
                return complaints::file_complaint(turn, who, complaint_desk, input);
            });
            EXPECT_EQ(own, "not_found") << "nobody's own matter";
        }
    }
}

TEST_P(ConductMatrix, OfIncidentsAnswersEveryoneAsTheTablesSay) {
    OrderId order = delivered_order();
    incidents::ReportIncident report{AboutKind::order, order.value, Text<1, 40>("minor"),
                                     Text<1, 500>("杯子打碎了")};
    incidents::SettleIncident settlement;
    settlement.severity.value = "minor";
    settlement.reason.value = "已核实";
    std::map<std::string, IncidentId> all;
    for (const char* state : {"reported", "settled"}) {
        all[state] = IncidentId(act([&](journal::Turn& turn) {
                                    return incidents::report_incident(turn, *zhang.caller,
                                                                      incident_desk, report);
                                }).value());
    }
    act([&](journal::Turn& turn) {
        return incidents::settle_incident(turn, *street_staff, incident_desk, all["settled"],
                                          settlement);
    }).value();
    for (const auto& role : accounts::roles()) {
        for (Standing standing : testing::in_or_out) {
            api::Caller who = caller(role.key, standing);
            std::string reported = outcome_of([&](journal::Turn& turn) {
                return incidents::report_incident(turn, who, incident_desk, report);
            });
            EXPECT_EQ(reported, holds(role.key, "incident.report", standing) ? "done" : "not_found")
                << said("report_incident", "", role.key, standing);
            for (const auto& [state, id] : all) {
                std::string outcome = outcome_of([&, id = id](journal::Turn& turn) {
                    return incidents::settle_incident(turn, who, incident_desk, id, settlement);
                });
                std::string which = said("settle_incident", state, role.key, standing);
                if (!holds(role.key, "incident.read", standing)) {
                    EXPECT_EQ(outcome, "not_found") << which;
                } else if (!holds(role.key, "incident.settle", standing)) {
                    EXPECT_EQ(outcome, "not_permitted") << which;
                } else {
                    EXPECT_EQ(outcome, state == "reported" ? "done" : "incident_settled") << which;
                }
            }
        }
    }
}

TEST_P(ConductMatrix, OfInsuranceAnswersEveryoneAsTheTablesSay) {
    insurance::AddInsurance policy;
    policy.insurer.value = "示范保险";
    policy.policy.value = "PA-1";
    policy.covers = InsuranceCovers::named_people;
    policy.area_id = community;
    policy.from = clock.now();
    policy.until = clock.now() + std::chrono::days(30);
    auto add = [&](const api::Caller& who) {
        return [&](journal::Turn& turn) {
            return insurance::add_insurance(turn, who, insurance_desk, policy);
        };
    };
    std::map<std::string, InsuranceId> all;
    for (const char* state : {"running", "ended"}) {
        all[state] = InsuranceId(act(add(*street_staff)).value());
    }
    act([&](journal::Turn& turn) {
        return insurance::end_insurance(turn, *street_staff, insurance_desk, all["ended"], "解约");
    }).value();
    for (const auto& role : accounts::roles()) {
        for (Standing standing : testing::in_or_out) {
            api::Caller who = caller(role.key, standing);
            bool adds = holds(role.key, "insurance.add", standing);
            EXPECT_EQ(outcome_of(add(who)), adds ? "done" : "area_unknown")
                << said("add_insurance", "", role.key, standing);
            for (const auto& [state, id] : all) {
                std::string covered = outcome_of([&, id = id](journal::Turn& turn) {
                    return insurance::add_cover(turn, who, id, zhao.person);
                });
                std::string ended = outcome_of([&, id = id](journal::Turn& turn) {
                    return insurance::end_insurance(turn, who, insurance_desk, id, "解约");
                });
                std::string which = said("add_cover, end_insurance", state, role.key, standing);
                std::string expected = !holds(role.key, "insurance.read", standing) ? "not_found"
                                       : !adds              ? "not_permitted"
                                       : state == "running" ? "done"
                                                            : "insurance_over";
                EXPECT_EQ(covered, expected) << which;
                EXPECT_EQ(ended, expected) << which;
            }
        }
    }
    EXPECT_EQ(differences(), std::vector<journal::Difference>{}) << "nothing of it was kept";
}

}  // namespace
}  // namespace hezhi
