// Confirming and rejecting what was proposed; and what all of it adds up to.
#include <algorithm>

#include "domain/accounts/credentials.h"
#include "domain/accounts/open_account.h"
#include "domain/accounts/queries.h"
#include "domain/accounts/second_factor.h"

namespace hezhi::accounts {
namespace {

// The grant, if the caller may decide it.
Result<GrantState> load_undecided(journal::Turn& turn, const api::Caller& caller, GrantId id) {
    const GrantState* grant = id ? turn.load<GrantFigure>(id) : nullptr;
    if (!grant || !caller.may("grant.confirm", {.area_path = grant->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    if (grant->state != GrantStep::proposed) return refuse(refusals::grant_decided);
    return *grant;
}

}  // namespace

Result<std::int64_t> confirm_grant(journal::Turn& turn, const api::Caller& caller, GrantId id) {
    auto grant = load_undecided(turn, caller, id);
    if (!grant) return std::unexpected(grant.error());
    const AccountState* account = turn.load<AccountFigure>(grant->account);
    HEZHI_ASSERT(account != nullptr);
    // Invariant 2: one person proposes, another confirms, and neither confirms their own rights.
    if (grant->proposed_by == caller.account || account->person == caller.person) {
        return refuse(refusals::own_proposal);
    }
    if (account->closed) return refuse(refusals::account_closed);
    append_confirmation(turn, caller.actor("grant.confirm"), id);
    return id.value;
}

Result<std::int64_t> reject_grant(journal::Turn& turn, const api::Caller& caller,
                                  const AccountDesk& desk, GrantId id, std::string_view reason) {
    auto grant = load_undecided(turn, caller, id);
    if (!grant) return std::unexpected(grant.error());
    Place place = grant->area ? Place{grant->area, grant->area_path} : Place{};
    desk.people.write_text(turn.db(), id.value, people::text_reason, reason);
    turn.append(draft(GrantRejected{}, caller.actor("grant.confirm"), std::move(place),
                      {{"grant", id.value}, {"account", grant->account.value}}, turn.now()));
    return id.value;
}

areas::AreaUse area_use() {
    return {.forbids = [](journal::Turn& turn, std::string_view path) -> const RefusalRow* {
        auto row = turn.db().row(queries::roles_held_in,
                                 {{"path", path}, {"path_end", areas::path_end(path)}});
        return row->integer("roles") > 0 ? &refusals::area_has_accounts : nullptr;
    }};
}

bool lacks_second_factor(store::Session& db, const api::Caller& caller,
                         const std::vector<std::string>& second_factor_roles) {
    bool asked = std::ranges::any_of(caller.roles, [&](const api::RoleAt& held) {
        return std::ranges::find(second_factor_roles, held.role) != second_factor_roles.end();
    });
    return asked && !has_second_factor(db, caller.account);
}

api::CallerPtr load_caller(store::Session& db, const journal::FigureTables& tables, AccountId id,
                           const std::vector<std::string>& second_factor_roles) {
    auto state = tables.of(journal::figure<AccountFigure>()).load(db, id);
    if (!state) return nullptr;
    const auto& account = *static_cast<const AccountState*>(state.get());
    if (account.closed) return nullptr;
    auto caller = std::make_shared<api::Caller>();
    caller->account = id;
    caller->person = account.person;
    db.each(queries::grants_of, {{"account", id}}, [&](const store::Row& row) {
        auto grant = journal::read_state<GrantFigure>(tables, row);
        if (grant.state != GrantStep::granted) return;
        caller->roles.push_back({grant.role, grant.area, grant.area_path});
    });
    auto credential = find_credential(db, id);
    bool holds_nothing = (credential && credential->must_change) ||
                         lacks_second_factor(db, *caller, second_factor_roles);
    if (!holds_nothing) caller->held = held_by(caller->roles);
    return caller;
}

}  // namespace hezhi::accounts
