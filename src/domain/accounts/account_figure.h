// Accounts and the roles they hold, as figures.
#pragma once

#include "facts/account_facts.h"
#include "journal/figure.h"

namespace hezhi::accounts {

struct AccountState {
    AccountId id;
    PersonId person;
    Instant opened_at;
    bool closed = false;
};
BOOST_DESCRIBE_STRUCT(AccountState, (), (id, person, opened_at, closed))

struct AccountFigure {
    using State = AccountState;
    static constexpr std::string_view name = "accounts";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"person"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

enum class GrantStep {
    proposed,  // waits for the security administrator
    granted,
    rejected,
    ended,
};
BOOST_DESCRIBE_ENUM(GrantStep, proposed, granted, rejected, ended)

struct GrantState {
    GrantId id;
    AccountId account;
    std::string role;  // a row of the roles table
    AreaId area;       // none: the whole installation
    std::string area_path;
    GrantStep state = GrantStep::proposed;
    AccountId proposed_by;  // none at the command line
    Instant proposed_at;
    Instant decided_at;  // never, while proposed
};
BOOST_DESCRIBE_STRUCT(GrantState, (),
                      (id, account, role, area, area_path, state, proposed_by, proposed_at,
                       decided_at))

struct GrantFigure {
    using State = GrantState;
    static constexpr std::string_view name = "grants";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"account", "state, id"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::accounts
