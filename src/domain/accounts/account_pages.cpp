#include "domain/accounts/account_pages.h"

#include <algorithm>

#include "domain/accounts/credentials.h"
#include "domain/accounts/queries.h"
#include "domain/accounts/second_factor.h"

namespace hezhi::accounts {
namespace {

std::string area_name(const AccountDesk& desk, AreaId id) {
    auto areas = desk.tree.now();
    const areas::AreaState* area = id ? areas->find(id) : nullptr;
    return area ? area->name : "";
}

std::optional<AreaId> known(AreaId id) {
    return id ? std::optional(id) : std::nullopt;
}

// Of them neither the name nor where a role is held may be told.
bool has_secret_address(store::Session& db, const journal::FigureTables& tables, PersonId id) {
    auto state = tables.of(journal::figure<people::PersonFigure>()).load(db, id);
    return state && static_cast<people::PersonState*>(state.get())->address_sealed;
}

std::optional<PersonId> person_of(const api::Reading& reading, AccountId id) {
    auto account = id ? reading.load<AccountFigure>(id) : std::nullopt;
    return account ? std::optional(account->person) : std::nullopt;
}

}  // namespace

Session show_session(store::Session& db, const AccountDesk& desk, const api::Caller& caller,
                     const rules::PublishedPack* pack) {
    Session session{caller.account, caller.person, desk.people.name(db, caller.person)};
    for (const auto& role : caller.roles) {
        session.roles.push_back({role.role, known(role.area), area_name(desk, role.area)});
    }
    for (const auto& held : caller.held) session.permissions.emplace_back(held.permission);
    std::ranges::sort(session.permissions);
    auto repeated = std::ranges::unique(session.permissions);
    session.permissions.erase(repeated.begin(), repeated.end());
    auto credential = find_credential(db, caller.account);
    session.must_change_password = credential && credential->must_change;
    session.must_set_second_factor = lacks_second_factor(db, caller, desk.second_factor_roles);
    session.second_factor = has_second_factor(db, caller.account);
    if (!pack) return session;
    for (const auto& named : pack->pack->role_names) {
        session.role_names.push_back({named.key, named.name.zh, named.name.en});
    }
    if (pack->pack->time_bank.open) {
        session.time_bank_zh = pack->pack->time_bank.name.zh;
        session.time_bank_en = pack->pack->time_bank.name.en;
    }
    return session;
}

Account show_account(store::Session& db, const journal::FigureTables& tables,
                     const AccountDesk& desk, const api::Caller& caller,
                     const AccountState& account) {
    Account shown;
    shown.id = account.id;
    shown.person_id = account.person;
    if (auto credential = find_credential(db, account.id)) shown.username = credential->username;
    // Staff act under their name; a volunteer's is not told here.
    shown.name = shown.username ? desk.people.name(db, account.person)
                                : desk.people.masked_name(db, account.person);
    bool sealed = has_secret_address(db, tables, account.person);
    for (const auto& row : db.rows(queries::grants_of, {{"account", account.id}})) {
        auto grant = journal::read_state<GrantFigure>(tables, row);
        if (grant.state != GrantStep::proposed && grant.state != GrantStep::granted) continue;
        AreaId area = sealed ? AreaId() : grant.area;
        shown.roles.push_back(
            {grant.id, grant.role, known(area), area_name(desk, area), grant.state});
    }
    shown.state = account.closed ? AccountStep::closed : AccountStep::open;
    if (account.closed || account.person == caller.person) return shown;
    bool administers = std::ranges::any_of(shown.roles, [](const AccountRole& held) {
        const RoleRow* role = find_role(held.role);
        return role && role->administrator && held.state == GrantStep::granted;
    });
    if (administers) return shown;
    if (shown.username && caller.may_somewhere("password.reset")) {
        shown.actions.emplace_back("reset_password");
    }
    if (caller.may_somewhere("account.close")) shown.actions.emplace_back("close_account");
    return shown;
}

Grant show_grant(const api::Reading& reading, const AccountDesk& desk, const GrantState& grant) {
    Grant shown;
    shown.id = grant.id;
    shown.account_id = grant.account;
    auto person = person_of(reading, grant.account);
    HEZHI_ASSERT(person.has_value());
    bool sealed = has_secret_address(reading.db, reading.tables, *person);
    shown.name = sealed ? desk.people.masked_name(reading.db, *person)
                        : desk.people.name(reading.db, *person);
    shown.role = grant.role;
    AreaId area = sealed ? AreaId() : grant.area;
    shown.area_id = known(area);
    shown.area_name = area_name(desk, area);
    shown.state = grant.state;
    shown.proposed_at = grant.proposed_at;
    if (auto proposer = person_of(reading, grant.proposed_by)) {
        shown.proposed_by = desk.people.name(reading.db, *proposer);
    }
    if (grant.decided_at) shown.decided_at = grant.decided_at;
    shown.reason = desk.people.read_text(reading.db, grant.id.value, people::text_reason);
    bool mine = grant.proposed_by == reading.caller.account || *person == reading.caller.person;
    if (grant.state == GrantStep::proposed &&
        reading.caller.may("grant.confirm", {.area_path = grant.area_path})) {
        if (!mine) shown.actions.emplace_back("confirm_grant");
        shown.actions.emplace_back("reject_grant");
    }
    if (grant.state == GrantStep::granted && *person != reading.caller.person &&
        reading.caller.may("grant.end", {.area_path = grant.area_path})) {
        shown.actions.emplace_back("end_grant");
        if (reading.caller.may_somewhere("second_factor.reset") &&
            has_second_factor(reading.db, grant.account)) {
            shown.actions.emplace_back("reset_second_factor");
        }
    }
    return shown;
}

}  // namespace hezhi::accounts
