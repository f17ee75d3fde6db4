// Plays the scenario of joining, on both engines: alone, at the desk, by a team's list. README.md
// says what its rows mean; there is one team and one dispute at a time. Whoever is no staff is
// known by the name under which they were registered last.
#include <map>

#include "domain/people/person_figure.h"
#include "scenarios/scenario.h"
#include "support/world.h"

namespace hezhi::scenarios {
namespace {

class JoiningScenarios : public hezhi::testing::World {
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
        auto found = tree->now()->search(part.area, {}, 1, pack());
        if (found.empty()) throw std::runtime_error("no area " + part.area);
        for (const auto& role : accounts::roles()) {
            if (role.zh == part.role) callers_[part.name] = staff(role.key, found.front()->id);
        }
    }

    std::string outcome_of(const Row& row) {
        static const std::map<std::string, std::string (JoiningScenarios::*)(const Row&)> deeds{
            {"自助注册", &JoiningScenarios::registers},
            {"当面登记", &JoiningScenarios::is_registered},
            {"认领", &JoiningScenarios::claims},
            {"提出异议", &JoiningScenarios::disputes},
            {"处理异议", &JoiningScenarios::settles},
            {"建队", &JoiningScenarios::founds},
            {"试导入", &JoiningScenarios::tries_list},
            {"导入名单", &JoiningScenarios::imports_list},
            {"接受邀请", &JoiningScenarios::answers},
            {"婉拒邀请", &JoiningScenarios::answers},
            {"队员", &JoiningScenarios::members},
            {"服务身份", &JoiningScenarios::standing_of},
            {"退出志愿服务", &JoiningScenarios::leaves},
            {"重新加入", &JoiningScenarios::rejoins},
        };
        auto deed = deeds.find(row.what);
        if (deed == deeds.end()) throw std::runtime_error("cannot " + row.what);
        return (this->*deed->second)(row);
    }
    static bool says(const Row& row, std::string_view word) {
        return std::ranges::find(row.arguments, word) != row.arguments.end();
    }
    static std::string refused(const Result<std::int64_t>& done) {
        return "拒绝：" + std::string(done.error().row->zh);
    }
    static std::string words_of(const api::StateRows& rows, std::string_view noun,
                                std::string_view state) {
        for (const auto& row : rows) {
            if (row.noun == noun && row.state == state) return std::string(row.zh);
        }
        throw std::runtime_error("no words for " + std::string(state));
    }
    template <class Figure, class Key>
    typename Figure::State figure_of(const Key& key) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<Figure>(key).value();
        });
    }

    // --- who it is

    // Whoever a story names was registered before, by themselves or by somebody's list.
    PersonId person_called(const std::string& name) {
        if (auto known = people_.find(name); known != people_.end()) return known->second;
        for (const Fact& fact : facts(PersonRegistered::kind)) {
            PersonId person(fact.position);
            if (people.name(*ledger->read(), person) == name) people_[name] = person;
        }
        return people_.at(name);
    }
    // As whoever signs in with a slip.
    const api::Caller& signed_in(const std::string& name) {
        auto& caller = callers_[name];
        if (caller) return *caller;
        act([&](journal::Turn& turn) {
            return accounts::issue_slip_by_command(turn, accounts_desk, person_called(name),
                                                   "no hash");
        }).value();
        auto account = facts(SignInSlipIssued::kind).back().as<SignInSlipIssued>().account;
        caller = accounts::load_caller(*ledger->read(), ledger->tables(), account);
        return *caller;
    }
    std::string standing_words(const std::string& name) {
        bool volunteers = figure_of<people::PersonFigure>(person_called(name)).volunteer;
        return volunteers ? "志愿者" : "不是志愿者";
    }

    // --- what is done

    std::string registers(const Row& row) {
        people::RegisterVolunteer input;
        input.name.value = row.who;
        input.id_number.value = row.arguments.at(0);
        input.phone.value = row.arguments.at(1);
        input.area_id = community;
        input.agreed = !says(row, "未承诺");
        auto done = act(
            [&](journal::Turn& turn) { return people::register_volunteer(turn, people, input); });
        return done ? standing_words(row.who) : refused(done);
    }
    std::string is_registered(const Row& row) {
        people::RegisterPerson input;
        input.name.value = row.arguments.at(0);
        input.phone = Text<0, 40>(row.arguments.at(1));
        input.area_id = community;
        input.volunteer = true;
        input.agreed = says(row, "本人同意");
        auto done = act([&](journal::Turn& turn) {
            return people::register_person(turn, signed_in(row.who), people, input);
        });
        return done ? standing_words(row.arguments.at(0)) : refused(done);
    }
    static people::ClaimRegistration claim_of(const Row& row) {
        people::ClaimRegistration input;
        input.name.value = row.who;
        input.id_number.value = row.arguments.at(0);
        input.phone.value = row.arguments.at(1);
        return input;
    }
    std::string claims(const Row& row) {
        auto done = act([&](journal::Turn& turn) {
            return accounts::claim_registration(turn, accounts_desk, claim_of(row));
        });
        return done ? "得到登录单" : refused(done);
    }
    std::string disputes(const Row& row) {
        auto done = act([&](journal::Turn& turn) {
            return people::dispute_registration(turn, people, claim_of(row));
        });
        if (done) dispute_ = DisputeId(*done);
        return done ? dispute_words() : refused(done);
    }
    std::string settles(const Row& row) {
        static const std::map<std::string, DisputeOutcome> outcomes{
            {"释放号码", DisputeOutcome::number_released},
            {"本人", DisputeOutcome::same_person},
            {"不成立", DisputeOutcome::rejected}};
        auto done = act([&](journal::Turn& turn) {
            return people::settle_dispute(turn, signed_in(row.who), people, dispute_,
                                          outcomes.at(row.arguments.at(0)));
        });
        return done ? dispute_words() : refused(done);
    }
    std::string dispute_words() {
        return words_of(people::states(), "dispute",
                        label_of(figure_of<people::DisputeFigure>(dispute_).state));
    }
    std::string founds(const Row& row) {
        organizations::FoundOrganization input;
        input.name.value = row.arguments.at(0);
        input.area_id = community;
        team_ = OrganizationId(act([&](journal::Turn& turn) {
                                   return organizations::found_organization(
                                       turn, signed_in(row.who), organization_desk, input);
                               }).value());
        return members(row);
    }
    // Each argument is a row of the list: the name, and the phone behind a slash.
    static organizations::ImportRoster list_of(const Row& row) {
        organizations::ImportRoster list;
        for (const auto& argument : row.arguments) {
            auto parts = split(argument, "/");
            organizations::RosterRow person;
            person.row = std::ssize(list.rows) + 2;  // below the headings
            person.name = Text<0, 60>(parts.at(0));
            person.phone = Text<0, 40>(parts.at(1));
            list.rows.push_back(std::move(person));
        }
        return list;
    }
    static std::string told(const organizations::RosterResults& all) {
        using Outcome = organizations::RosterOutcome;
        auto count = [&](Outcome outcome) {
            return std::to_string(
                std::ranges::count(all.results, outcome, &organizations::RosterResult::outcome));
        };
        return "邀请 " + count(Outcome::invited) + "，已有 " + count(Outcome::known) + "，退回 " +
               count(Outcome::refused);
    }
    std::string tries_list(const Row& row) {
        return reading_as(signed_in(row.who), [&](const api::Reading& reading) {
            return told(
                organizations::try_roster(reading, organization_desk, team_, list_of(row)).value());
        });
    }
    std::string imports_list(const Row& row) {
        auto done = act([&](journal::Turn& turn) {
            return organizations::import_roster(turn, signed_in(row.who), organization_desk, team_,
                                                list_of(row));
        });
        if (!done) return refused(done);
        auto kept = people.read_text(*ledger->read(), *done, organizations::text_results);
        return told(from_json<organizations::RosterResults>(*kept).value());
    }
    std::string answers(const Row& row) {
        auto key = organizations::membership_key(team_, person_called(row.who));
        auto invitation = figure_of<organizations::MembershipFigure>(key).invitation;
        bool yes = row.what == "接受邀请";
        auto done = act([&](journal::Turn& turn) {
            return yes ? organizations::accept_invitation(turn, invitation, !says(row, "未承诺"))
                       : organizations::decline_invitation(turn, invitation);
        });
        if (!done) return refused(done);
        return words_of(organizations::states(), "membership",
                        label_of(figure_of<organizations::MembershipFigure>(key).state));
    }
    std::string members(const Row&) {
        return std::to_string(figure_of<organizations::OrganizationFigure>(team_).members) + " 人";
    }
    std::string standing_of(const Row& row) { return standing_words(row.who); }
    std::string leaves(const Row& row) {
        const api::Caller& who = signed_in(row.who);  // her slip is a turn of its own
        auto done = act([&](journal::Turn& turn) { return people::leave_service(turn, who); });
        return done ? standing_words(row.who) : refused(done);
    }
    std::string rejoins(const Row& row) {
        const api::Caller& who = signed_in(row.who);
        auto done = act([&](journal::Turn& turn) {
            return people::rejoin_service(turn, who, !says(row, "未承诺"));
        });
        return done ? standing_words(row.who) : refused(done);
    }

    std::map<std::string, api::CallerPtr> callers_;
    std::map<std::string, PersonId> people_;
    OrganizationId team_;
    DisputeId dispute_;
};
HEZHI_ON_BOTH_ENGINES(JoiningScenarios);

TEST_P(JoiningScenarios, Joining) {
    play("tests/scenarios/joining.txt");
}

}  // namespace
}  // namespace hezhi::scenarios
