// Accounts, grants and one's own session as pages show them.
#pragma once

#include "domain/accounts/accounts.h"

namespace hezhi::accounts {

struct RoleShown {
    std::string role;
    std::optional<AreaId> area_id;  // absent: the whole installation
    std::string area_name;
};
BOOST_DESCRIBE_STRUCT(RoleShown, (), (role, area_id, area_name))

// A role that the pack calls something else than the program does.
struct RoleNamed {
    std::string role;
    std::string zh;
    std::string en;
};
BOOST_DESCRIBE_STRUCT(RoleNamed, (), (role, zh, en))

struct Session {
    AccountId account_id;
    PersonId person_id;
    std::string name;
    std::vector<RoleShown> roles;
    std::vector<std::string> permissions;
    bool must_change_password = false;    // until then there are no permissions
    bool must_set_second_factor = false;  // the same
    bool second_factor = false;
    std::vector<RoleNamed> role_names;  // for all pages
    // What the district calls its time bank, for every page; absent if it has none.
    std::optional<std::string> time_bank_zh;
    std::optional<std::string> time_bank_en;
};
BOOST_DESCRIBE_STRUCT(Session, (),
                      (account_id, person_id, name, roles, permissions, must_change_password,
                       must_set_second_factor, second_factor, role_names, time_bank_zh,
                       time_bank_en))

struct AccountRole {
    GrantId grant_id;
    std::string role;
    std::optional<AreaId> area_id;
    std::string area_name;
    GrantStep state = GrantStep::proposed;
};
BOOST_DESCRIBE_STRUCT(AccountRole, (), (grant_id, role, area_id, area_name, state))

enum class AccountStep { open, closed };
BOOST_DESCRIBE_ENUM(AccountStep, open, closed)

struct Account {
    AccountId id;
    PersonId person_id;
    std::optional<std::string> username;  // absent: it signs in by slip
    std::string name;
    std::vector<AccountRole> roles;  // proposed or granted
    AccountStep state = AccountStep::open;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Account, (), (id, person_id, username, name, roles, state, actions))

struct Grant {
    GrantId id;
    AccountId account_id;
    std::string name;
    std::string role;
    std::optional<AreaId> area_id;
    std::string area_name;
    GrantStep state = GrantStep::proposed;
    Instant proposed_at;
    std::optional<std::string> proposed_by;  // absent at the command line
    std::optional<Instant> decided_at;
    std::optional<std::string> reason;  // of a rejection
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Grant, (),
                      (id, account_id, name, role, area_id, area_name, state, proposed_at,
                       proposed_by, decided_at, reason, actions))

// `pack`: in force, or null before the first.
Session show_session(store::Session&, const AccountDesk&, const api::Caller&,
                     const rules::PublishedPack* pack);
Account show_account(store::Session&, const journal::FigureTables&, const AccountDesk&,
                     const api::Caller&, const AccountState&);
Grant show_grant(const api::Reading&, const AccountDesk&, const GrantState&);

}  // namespace hezhi::accounts
