// Minors and secret addresses: actions × roles × how the caller stands, and consent's states × what
// the guardian may do. What is expected follows from the permission table and from the tables
// below.
#include "api/matrix.h"

#include "domain/guardians/guardians.h"
#include "domain/people/id_schemes.h"

namespace hezhi {
namespace {

using testing::holds;
using testing::read_table;
using testing::Standing;

// "+": the state of the consent must allow it.
constexpr std::string_view consent_table = R"(
action            asked given refused withdrawn
give_consent        +     -      +        +
refuse_consent      +     -      +        +
withdraw_consent    -     +      -        -
decide_photos       -     +      -        -
)";

class GuardianMatrix : public testing::MatrixWorld {
  protected:
    GuardianMatrix() : guardian_desk{people, *tree, suite, "https://example.org"} {}

    api::Caller caller(std::string_view role, Standing standing) {
        api::Caller made;
        made.account = AccountId(999999);
        AreaId area = standing == Standing::inside ? subdistrict : other_district;
        made.roles = {{std::string(role), area, path_of(area)}};
        made.held = accounts::held_by(made.roles);
        return made;
    }
    PersonId child(int number) {
        std::string digits = "99999920120601" + std::to_string(100 + number);
        people::RegisterPerson input;
        input.name.value = "陈小禾" + std::to_string(number);
        input.id_number.emplace(digits + people::mod11_2_check_character(digits));
        input.area_id = community;
        input.volunteer = true;
        return PersonId(act([&](journal::Turn& turn) {
                            return people::register_person(
                                turn, command, {community, path_of(community)}, people, input);
                        }).value());
    }
    std::int64_t link_of(PersonId id) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<people::ConsentFigure>(id)->asked_by;
        });
    }
    Result<std::int64_t> do_as_guardian(std::string_view action, journal::Turn& turn,
                                        std::int64_t link) {
        if (action == "give_consent") {
            return guardians::give_consent(turn, guardian_desk, link, {.sensitive = true});
        }
        if (action == "refuse_consent") return guardians::refuse_consent(turn, link);
        if (action == "withdraw_consent") return guardians::withdraw_consent(turn, link);
        return guardians::decide_photos(turn, link, true);
    }

    guardians::GuardianDesk guardian_desk;
};
HEZHI_ON_BOTH_ENGINES(GuardianMatrix);

TEST_P(GuardianMatrix, LetsGuardiansDoWhatTheStateOfTheirConsentAllows) {
    std::map<std::string, std::int64_t> links;
    for (const char* state : {"asked", "given", "refused", "withdrawn"}) {
        links[state] = link_of(child(static_cast<int>(links.size())));
    }
    auto does = [&](std::string_view action, const std::string& state) {
        act([&](journal::Turn& turn) {
            return do_as_guardian(action, turn, links[state]);
        }).value();
    };
    does("give_consent", "given");
    does("refuse_consent", "refused");
    does("give_consent", "withdrawn");
    does("withdraw_consent", "withdrawn");
    auto table = read_table(consent_table);
    ASSERT_EQ(table.size(), 4U);
    for (const auto& [action, states] : table) {
        for (const auto& [state, allowed] : states) {
            std::string outcome = outcome_of(
                [&](journal::Turn& turn) { return do_as_guardian(action, turn, links[state]); });
            EXPECT_EQ(outcome == "done", allowed) << action << " in " << state << ": " << outcome;
        }
    }
}

TEST_P(GuardianMatrix, LetsRolesActInsideTheirAreaOnly) {
    PersonId minor = child(1);
    NeedId need_id = report_need();
    PersonId resident_id = resident("王秀英", "13900000001");
    std::int64_t request =
        act([&](journal::Turn& turn) {
            return people::request_reading(turn, *social_worker, people, minor, "核对");
        }).value();
    using Act = std::function<Result<std::int64_t>(journal::Turn&, const api::Caller&)>;
    struct Tried {
        std::string_view action, permission;
        Act run;
    };
    const Tried rows[] = {
        {"ask_guardian", "guardian.ask",
         [&](journal::Turn& turn, const api::Caller& who) {
             return guardians::ask_guardian(turn, who, minor);
         }},
        {"request_reading", "reading.request",
         [&](journal::Turn& turn, const api::Caller& who) {
             return people::request_reading(turn, who, people, minor, "核对");
         }},
        {"approve_reading", "reading.approve",
         [&](journal::Turn& turn, const api::Caller& who) {
             return people::approve_reading(turn, who, request);
         }},
        {"reject_reading", "reading.approve",
         [&](journal::Turn& turn, const api::Caller& who) {
             return people::reject_reading(turn, who, request);
         }},
        {"seal_address", "address.seal",
         [&](journal::Turn& turn, const api::Caller& who) {
             return needs::seal_address(turn, who, people, resident_id, "避险");
         }},
        {"seal_need", "address.seal",
         [&](journal::Turn& turn, const api::Caller& who) {
             return needs::seal_need(turn, who, people, need_id, "避险");
         }},
    };
    for (const auto& row : rows) {
        int done = 0;
        for (const auto& role : accounts::roles()) {
            for (Standing standing : {Standing::inside, Standing::outside}) {
                api::Caller who = caller(role.key, standing);
                std::string outcome =
                    outcome_of([&](journal::Turn& turn) { return row.run(turn, who); });
                bool expected = holds(role.key, row.permission, standing);
                EXPECT_EQ(outcome == "done", expected) << row.action << " as " << role.key << " "
                                                       << label_of(standing) << ": " << outcome;
                done += outcome == "done";
                if (standing == Standing::outside) {
                    EXPECT_EQ(outcome, "not_found") << row.action << " as " << role.key;
                }
            }
        }
        EXPECT_GT(done, 0) << row.action;
    }
}

}  // namespace
}  // namespace hezhi
