// Colour grades and spot checks: states × actions × roles × how the caller stands to the record.
// The tables are written by hand, not taken from the actions. By the clock: compute_grade,
// close_grading_month, escalate_grade_appeal, seed_sample, reveal_sample, lose_sample,
// open_spot_check, close_spot_day.
#include "api/matrix.h"

namespace hezhi {
namespace {

using testing::holds;
using testing::read_table;
using testing::Standing;
using testing::Table;

// "+": the state must allow it.
constexpr std::string_view proposal_table = R"(
action            proposed answered confirmed rejected appealed
answer_grade         +        -         -         -        -
confirm_grade        +        +         -         -        -
reject_grade         +        +         -         -        -
file_grade_appeal    -        -         +         -        -
)";
constexpr std::string_view appeal_table = R"(
action                    filed acknowledged decided
acknowledge_grade_appeal    +        -          -
decide_grade_appeal         +        +          -
)";
constexpr std::string_view spot_check_table = R"(
action             open confirmed differs not_reached stands reversed
answer_spot_check   +       -        -         -         -       -
settle_spot_check   -       -        +         +         -       -
)";

class GradingMatrix : public testing::MatrixWorld {
  protected:
    GradingMatrix()
        : officers{staff("district_officer", district), staff("district_officer", district),
                   staff("district_officer", district)} {}

    api::Caller caller(std::string_view role, Standing standing) {
        api::Caller made;
        made.account = AccountId(999999);
        AreaId area = standing == Standing::inside ? district : other_district;
        made.roles = {{std::string(role), area, path_of(area)}};
        made.held = accounts::held_by(made.roles);
        return made;
    }
    static std::string said(std::string_view action, std::string_view state, std::string_view role,
                            Standing standing) {
        return std::string(action) + " on " + std::string(state) + " by " + std::string(role) +
               ", " + std::string(label_of(standing));
    }
    grading::ProposeGrade of(PersonId person) {
        return {GradeSubject::person, person.value, Text<1, 40>("money_taken"),
                Text<1, 500>("家属反映")};
    }
    GradeProposalId proposed(const testing::Volunteer& who) {
        return GradeProposalId(act([&](journal::Turn& turn) {
                                   return grading::propose_grade(turn, *officers[0], grade_desk,
                                                                 of(who.person));
                               }).value());
    }
    void confirmed(GradeProposalId id) {
        act([&](journal::Turn& turn) {
            return grading::confirm_grade(turn, *officers[1], grade_desk, id, "属实");
        }).value();
    }
    Result<std::int64_t> run(std::string_view action, journal::Turn& turn, const api::Caller& who,
                             GradeProposalId id) {
        if (action == "answer_grade") {
            return grading::answer_grade(turn, who, grade_desk, id, "并无此事");
        }
        if (action == "confirm_grade") {
            auto seen = turn.load<grading::GradeProposalFigure>(id)->answered;
            return grading::confirm_grade(turn, who, grade_desk, id, "属实", seen);
        }
        if (action == "reject_grade") {
            return grading::reject_grade(turn, who, grade_desk, id, "不属实");
        }
        return grading::file_grade_appeal(turn, who, grade_desk, id, "不服");
    }
    Result<std::int64_t> run(std::string_view action, journal::Turn& turn, const api::Caller& who,
                             GradeAppealId id) {
        if (action == "acknowledge_grade_appeal") {
            return grading::acknowledge_grade_appeal(turn, who, id);
        }
        return grading::decide_grade_appeal(turn, who, grade_desk, id,
                                            {true, Text<1, 1000>("属实")});
    }
    Result<std::int64_t> run(std::string_view action, journal::Turn& turn, const api::Caller& who,
                             SpotCheckId id) {
        if (action == "answer_spot_check") {
            return spot_checks::answer_spot_check(turn, who, spot_check_desk, id, {});
        }
        return spot_checks::settle_spot_check(turn, who, spot_check_desk, id,
                                              {false, Text<1, 500>("已核实")});
    }

    // Runs every action on every state as every role, inside and outside.
    template <class Id>
    void walk(std::string_view text, const std::map<std::string, Id>& all,
              std::map<std::string, std::string> permissions, std::string_view forbids) {
        Table table = read_table(text);
        int reached = 0;
        for (const auto& [action, states] : table) {
            for (const auto& role : accounts::roles()) {
                for (Standing standing : testing::in_or_out) {
                    api::Caller who = caller(role.key, standing);
                    for (const auto& [state, id] : all) {
                        std::string outcome = outcome_of([&, id = id](journal::Turn& turn) {
                            return run(action, turn, who, id);
                        });
                        std::string which = said(action, state, role.key, standing);
                        if (!holds(role.key, permissions[action], standing)) {
                            EXPECT_EQ(outcome, "not_found") << which;
                        } else if (!states.at(state)) {
                            EXPECT_EQ(outcome, forbids) << which;
                        } else {
                            EXPECT_EQ(outcome, "done") << which;
                            ++reached;
                        }
                    }
                }
            }
        }
        EXPECT_GT(reached, 0);
    }

    std::vector<api::CallerPtr> officers;
};
HEZHI_ON_BOTH_ENGINES(GradingMatrix);

TEST_P(GradingMatrix, OfProposalsAndAppealsAnswersEveryoneAsTheTablesSay) {
    std::map<std::string, GradeProposalId> all;
    auto he = volunteer("何青", community), yu = volunteer("于蓝", community);
    all["proposed"] = proposed(zhang);
    all["answered"] = proposed(yu);
    all["confirmed"] = proposed(liu);
    all["rejected"] = proposed(zhao);
    all["appealed"] = proposed(he);
    act([&](journal::Turn& turn) {
        return run("answer_grade", turn, *yu.caller, all["answered"]);
    }).value();
    confirmed(all["confirmed"]);
    confirmed(all["appealed"]);
    act([&](journal::Turn& turn) {
        return grading::reject_grade(turn, *officers[1], grade_desk, all["rejected"], "不属实");
    }).value();
    std::map<std::string, GradeAppealId> appeals;
    appeals["filed"] = GradeAppealId(act([&](journal::Turn& turn) {
                                         return grading::file_grade_appeal(
                                             turn, *he.caller, grade_desk, all["appealed"], "不服");
                                     }).value());
    // An answer and an appeal are one's own: no role reaches somebody else's.
    walk(proposal_table, all,
         {{"answer_grade", "nobody.else"},
          {"confirm_grade", "grade.confirm"},
          {"reject_grade", "grade.confirm"},
          {"file_grade_appeal", "nobody.else"}},
         "grade_state_forbids");
    for (const auto& [state, id] : all) {
        // 刘 may appeal against hers while it is confirmed, and against nobody else's.
        std::string outcome = outcome_of([&, id = id](journal::Turn& turn) {
            return grading::file_grade_appeal(turn, *liu.caller, grade_desk, id, "不服");
        });
        EXPECT_EQ(outcome, state == "confirmed" ? "done" : "not_found") << state;
    }
    // 于蓝 has answered hers, 张 may answer his.
    for (const auto& [state, id] : all) {
        auto own = [&](const testing::Volunteer& who) {
            return outcome_of([&, id = id](journal::Turn& turn) {
                return run("answer_grade", turn, *who.caller, id);
            });
        };
        EXPECT_EQ(own(zhang), state == "proposed" ? "done" : "not_found") << state;
        EXPECT_EQ(own(yu), state == "answered" ? "grade_state_forbids" : "not_found") << state;
    }
    for (const char* state : {"acknowledged", "decided"}) {
        auto who = volunteer(state, community);
        GradeProposalId id = proposed(who);
        confirmed(id);
        appeals[state] = GradeAppealId(act([&](journal::Turn& turn) {
                                           return grading::file_grade_appeal(
                                               turn, *who.caller, grade_desk, id, "不服");
                                       }).value());
        act([&](journal::Turn& turn) {
            return run(std::string_view(state) == "decided" ? "decide_grade_appeal"
                                                            : "acknowledge_grade_appeal",
                       turn, *officers[2], appeals[state]);
        }).value();
    }
    walk(appeal_table, appeals,
         {{"acknowledge_grade_appeal", "grade_appeal.decide"},
          {"decide_grade_appeal", "grade_appeal.decide"}},
         "grade_state_forbids");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{}) << "nothing of it was kept";
}

TEST_P(GradingMatrix, OfProposingAndNotingAnswersEveryoneAsThePermissionsSay) {
    for (const auto& role : accounts::roles()) {
        for (Standing standing : testing::in_or_out) {
            api::Caller who = caller(role.key, standing);
            std::string outcome = outcome_of([&](journal::Turn& turn) {
                return grading::propose_grade(turn, who, grade_desk, of(zhang.person));
            });
            EXPECT_EQ(outcome, holds(role.key, "grade.propose", standing) ? "done" : "not_found")
                << said("propose_grade", "", role.key, standing);
            grading::NoteRemedial note;
            note.subject_id = zhang.person.value;
            note.minutes.value = 60;
            std::string noted = outcome_of(
                [&](journal::Turn& turn) { return grading::note_remedial(turn, who, note); });
            EXPECT_EQ(noted, holds(role.key, "remedial.note", standing) ? "not_on_the_way_back"
                                                                        : "not_found")
                << said("note_remedial", "", role.key, standing);
            grading::ExcuseService excuse{OrderId(1), zhang.person, Text<1, 500>("因病")};
            std::string excused = outcome_of([&](journal::Turn& turn) {
                return grading::excuse_service(turn, who, grade_desk, excuse);
            });
            EXPECT_EQ(excused, holds(role.key, "service.excuse", standing) ? "service_not_excusable"
                                                                           : "not_found")
                << said("excuse_service", "", role.key, standing);
        }
    }
}

TEST_P(GradingMatrix, OfSpotChecksAnswersEveryoneAsTheTablesSay) {
    OrderId order = delivered_order();
    static constexpr store::Query records_of{
        "test.records_of",
        "SELECT min(id) AS id FROM figure_service_records WHERE order_id = :order_id"};
    std::int64_t record = ledger->read()->row(records_of, {{"order_id", order}})->integer("id");
    std::map<std::string, SpotCheckId> all;
    using Outcome = SpotCheckOutcome;
    const std::tuple<const char*, std::optional<SpotCheckOutcome>, std::optional<bool>> rows[] = {
        {"open", {}, {}},
        {"confirmed", Outcome::confirmed, {}},
        {"differs", Outcome::differs, {}},
        {"not_reached", Outcome::not_reached, {}},
        {"stands", Outcome::differs, false},
        {"reversed", Outcome::differs, true}};
    for (const auto& [state, outcome, proven] : rows) {
        Subjects subjects{{"spot_check", self}, {"record", record}, {"person", zhang.person.value}};
        Place place{community, path_of(community)};
        auto append = [&](const auto& payload) {
            return act([&](journal::Turn& turn) -> Result<std::int64_t> {
                       return turn.append(draft(payload, {}, place, subjects, turn.now()));
                   })
                .value();
        };
        all[state] = SpotCheckId(append(SpotCheckOpened{{"parallel"}, false, 5, true, ""}));
        subjects["spot_check"] = all[state].value;
        if (outcome) append(SpotCheckAnswered{*outcome, true});
        if (proven) append(SpotCheckSettled{*proven});
    }
    walk(spot_check_table, all,
         {{"answer_spot_check", "spot_check.call"}, {"settle_spot_check", "spot_check.settle"}},
         "check_state_forbids");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{}) << "nothing of it was kept";
}

}  // namespace
}  // namespace hezhi
