// Actions on accounts, grants and sign-in slips, on both engines.
#include "domain/accounts/accounts.h"
#include "domain/accounts/queries.h"

#include "support/ledger_fixture.h"

namespace hezhi::accounts {
namespace {

using hezhi::testing::code_of;

class Accounts : public hezhi::testing::LedgerFixture {
  protected:
    Accounts()
        : LedgerFixture({&journal::figure<areas::AreaFigure>(),
                         &journal::figure<people::PersonFigure>(),
                         &journal::figure<AccountFigure>(), &journal::figure<GrantFigure>()}),
          people(suite, random),
          desk{people, *tree, suite, random, "https://example.org"} {
        publish_base_pack();
        add_areas();
    }

    Result<std::int64_t> open(std::string_view name, std::string_view username,
                              std::string_view role, AreaId area = {}) {
        return act([&](journal::Turn& turn) {
            return open_staff(turn, desk, name, {std::string(username), "$argon2id$stand-in"}, role,
                              area);
        });
    }

    std::shared_ptr<const api::Caller> caller(std::int64_t account) {
        auto db = ledger->read();
        return load_caller(*db, ledger->tables(), AccountId(account));
    }

    Result<std::int64_t> propose(const api::Caller& by, std::string_view username,
                                 std::string_view role, std::optional<PersonId> person = {}) {
        OpenAccount input;
        if (person) {
            input.person_id = person;
        } else {
            input.name.emplace("赵新");
        }
        input.username.value = username;
        input.role.value = role;
        input.area_id = community;
        return act([&](journal::Turn& turn) {
            return open_account(turn, by, desk, input, "$argon2id$stand-in");
        });
    }

    GrantId last_grant() { return GrantId(facts(GrantProposed::kind).back().position); }

    Result<std::int64_t> confirm(const api::Caller& by, GrantId grant) {
        return act([&](journal::Turn& turn) { return confirm_grant(turn, by, grant); });
    }

    void choose_password(AccountId account) {
        act([&](journal::Turn& turn) {
            turn.db().write(queries::choose_password,
                            {{"account", account}, {"password_hash", "$argon2id$chosen"}});
            return Result<std::int64_t>(account.value);
        }).value();
    }

    PersonId volunteer(std::string_view name) {
        people::RegisterPerson input;
        input.name.value = name;
        input.area_id = community;
        input.volunteer = true;
        return PersonId(act([&](journal::Turn& turn) {
                            return people::register_person(
                                turn, command, {community, path_of(community)}, people, input);
                        }).value());
    }

    people::Register people;
    AccountDesk desk;
};

HEZHI_ON_BOTH_ENGINES(Accounts);

TEST_P(Accounts, OpenedAtTheCommandLineHoldTheirRoleAtOnce) {
    auto id = open("孙社工", "sun", "social_worker", subdistrict);
    ASSERT_TRUE(id.has_value());
    auto sun = caller(*id);
    ASSERT_NE(sun, nullptr);
    EXPECT_TRUE(sun->may("need.close", {.area_path = path_of(community)}));
    EXPECT_FALSE(sun->may("need.close", {.area_path = path_of(other_subdistrict)}));
    auto db = ledger->read();
    EXPECT_EQ(people.name(*db, sun->person), "孙社工");
    EXPECT_EQ(facts(GrantConfirmed::kind).at(0).actor.via, Via::command);
    EXPECT_TRUE(differences().empty());
}

TEST_P(Accounts, ARoleWaitsForTheSecurityAdministrator) {
    auto system = caller(open("钱系统", "qian", "system_administrator").value());
    auto security = caller(open("李安全", "li", "security_administrator").value());
    auto id = propose(*system, "zhao", "community_worker");
    ASSERT_TRUE(id.has_value()) << id.error().row->code;
    EXPECT_TRUE(caller(*id)->held.empty());
    EXPECT_EQ(code_of(confirm(*system, last_grant())), hezhi::refusals::not_found.code);
    ASSERT_TRUE(confirm(*security, last_grant()).has_value());
    EXPECT_TRUE(caller(*id)->held.empty()) << "somebody else has seen the first password";
    choose_password(AccountId(*id));
    EXPECT_TRUE(caller(*id)->may("need.report", {.area_path = path_of(community)}));
    EXPECT_EQ(code_of(confirm(*security, last_grant())), refusals::grant_decided.code);
    EXPECT_EQ(facts(GrantConfirmed::kind).back().place.area, community);
    EXPECT_TRUE(differences().empty());
}

TEST_P(Accounts, ARejectedRoleIsNeverHeldAndItsReasonIsKept) {
    auto system = caller(open("钱系统", "qian", "system_administrator").value());
    auto security = caller(open("李安全", "li", "security_administrator").value());
    auto id = propose(*system, "zhao", "community_worker");
    GrantId grant = last_grant();
    ASSERT_TRUE(act([&](journal::Turn& turn) {
                    return reject_grant(turn, *security, desk, grant, "尚未到岗");
                }).has_value());
    EXPECT_TRUE(caller(*id)->held.empty());
    EXPECT_EQ(code_of(confirm(*security, grant)), refusals::grant_decided.code);
    auto db = ledger->read();
    EXPECT_EQ(people.read_text(*db, grant.value, people::text_reason), "尚未到岗");
}

TEST_P(Accounts, NobodyConfirmsTheirOwnProposalOrTheirOwnRights) {
    auto security = caller(open("李安全", "li", "security_administrator").value());
    // Somebody with both permissions, which the role table gives to nobody.
    auto both = std::make_shared<api::Caller>(*security);
    both->held.push_back({"account.open", api::Scope::area, "/"});
    ASSERT_TRUE(propose(*both, "zhao", "community_worker").has_value());
    EXPECT_EQ(code_of(confirm(*both, last_grant())), refusals::own_proposal.code);
    auto system = caller(open("钱系统", "qian", "system_administrator").value());
    ASSERT_TRUE(propose(*system, "li2", "community_worker", security->person).has_value());
    EXPECT_EQ(code_of(confirm(*security, last_grant())), refusals::own_proposal.code);
}

TEST_P(Accounts, OnePersonIsNotTwoAdministrators) {
    auto id = open("钱系统", "qian", "system_administrator");
    auto system = caller(*id);
    for (std::string_view other : {"security_administrator", "auditor"}) {
        auto refused =
            act([&](journal::Turn& turn) { return grant_role(turn, AccountId(*id), other, {}); });
        EXPECT_EQ(code_of(refused), refusals::administrators_apart.code) << other;
        EXPECT_EQ(code_of(propose(*system, "qian2", other, system->person)),
                  refusals::administrators_apart.code)
            << other;
    }
    // Another kind of role is no conflict, and a proposal counts as much as a grant.
    EXPECT_TRUE(act([&](journal::Turn& turn) {
                    return grant_role(turn, AccountId(*id), "street_staff", subdistrict);
                }).has_value());
    auto zhao = propose(*system, "zhao", "auditor");
    ASSERT_TRUE(zhao.has_value());
    EXPECT_EQ(code_of(propose(*system, "zhao2", "security_administrator", caller(*zhao)->person)),
              refusals::administrators_apart.code);
}

TEST_P(Accounts, AUserNameIsTakenOnceHoweverItIsWritten) {
    ASSERT_TRUE(open("孙一", "sun.yi", "grid_worker", community).has_value());
    EXPECT_EQ(code_of(open("孙二", "Sun.Yi", "grid_worker", community)),
              refusals::username_taken.code);
    EXPECT_EQ(code_of(open("孙二", "孙二", "grid_worker", community)),
              hezhi::refusals::invalid_input.code);
    EXPECT_EQ(code_of(open("孙二", "sun.er", "captain", community)), refusals::role_unknown.code);
    EXPECT_EQ(facts(AccountOpened::kind).size(), 1u);
    EXPECT_EQ(facts("person.registered").size(), 1u);
}

TEST_P(Accounts, ASlipOpensOnlyTheVolunteersOwnAccount) {
    auto worker = caller(open("周社区", "zhou", "community_worker", community).value());
    PersonId wu = volunteer("吴志愿");
    // The same person is also staff, with rights that whoever prints the slip must not get.
    auto staff = act([&](journal::Turn& turn) {
        return open_staff_account(turn, desk, wu, {"wu", "$argon2id$stand-in"}, "social_worker",
                                  subdistrict);
    });
    ASSERT_TRUE(staff.has_value());
    auto issue = [&] {
        return act(
            [&](journal::Turn& turn) { return issue_sign_in_slip(turn, *worker, desk, wu); });
    };
    auto first = issue();
    ASSERT_TRUE(first.has_value()) << first.error().row->code;
    auto slip = facts(SignInSlipIssued::kind).at(0);
    AccountId account = slip.as<SignInSlipIssued>().account;
    EXPECT_NE(account.value, *staff);
    auto held = caller(account.value);
    EXPECT_EQ(held->person, wu);
    ASSERT_EQ(held->roles.size(), 1u);
    EXPECT_EQ(held->roles[0].role, "volunteer");
    EXPECT_EQ(sign_in_code(suite, *first).size(), 10u);
    // Another slip is for the same account and has another code.
    auto second = issue();
    EXPECT_EQ(facts(SignInSlipIssued::kind).at(1).as<SignInSlipIssued>().account, account);
    EXPECT_NE(sign_in_code(suite, *first), sign_in_code(suite, *second));
    EXPECT_TRUE(differences().empty());
}

TEST_P(Accounts, ASlipIsForPeopleWithinOnesScopeAndOpensNoStaffRole) {
    auto worker = caller(open("周社区", "zhou", "community_worker", other_community).value());
    PersonId wu = volunteer("吴志愿");
    auto outside =
        act([&](journal::Turn& turn) { return issue_sign_in_slip(turn, *worker, desk, wu); });
    EXPECT_EQ(code_of(outside), hezhi::refusals::not_found.code);
    auto near = caller(open("郑社区", "zheng", "community_worker", community).value());
    ASSERT_TRUE(act([&](journal::Turn& turn) {
                    return issue_sign_in_slip(turn, *near, desk, near->person);
                }).has_value());
    auto own = caller(facts(SignInSlipIssued::kind).back().as<SignInSlipIssued>().account.value);
    ASSERT_EQ(own->roles.size(), 1u);
    EXPECT_EQ(own->roles[0].role, "resident") << "nothing of what she does at work";
}

TEST_P(Accounts, AClosedAccountIsNobody) {
    auto id = open("孙社工", "sun", "social_worker", subdistrict);
    ASSERT_TRUE(
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            return turn.append(draft(AccountClosed{}, command, {}, {{"account", *id}}, turn.now()));
        }).has_value());
    EXPECT_EQ(caller(*id), nullptr);
    EXPECT_EQ(code_of(act([&](journal::Turn& turn) {
                  return grant_role(turn, AccountId(*id), "grid_worker", community);
              })),
              refusals::account_closed.code);
}

}  // namespace
}  // namespace hezhi::accounts
