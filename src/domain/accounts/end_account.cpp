// 收回授权, 停用账号, 重置密码: what ends rights and ways in.
//
// The three administrators stay apart: roles are ended by the security administrator, accounts are
// closed by the system administrator, and neither can take over or remove the other alone.
#include "domain/accounts/credentials.h"
#include "domain/accounts/open_account.h"
#include "domain/accounts/queries.h"

namespace hezhi::accounts {
namespace {

std::vector<GrantState> open_grants(journal::Turn& turn, AccountId account) {
    std::vector<GrantState> grants;
    turn.db().each(queries::grants_of, {{"account", account}}, [&](const store::Row& row) {
        auto grant = journal::read_state<GrantFigure>(turn.tables(), row);
        bool open = grant.state == GrantStep::proposed || grant.state == GrantStep::granted;
        if (open) grants.push_back(std::move(grant));
    });
    return grants;
}

bool administers(const GrantState& grant) {
    const RoleRow* role = find_role(grant.role);
    return role && role->administrator && grant.state == GrantStep::granted;
}

bool is_administrator(journal::Turn& turn, AccountId account) {
    for (const auto& grant : open_grants(turn, account)) {
        if (administers(grant)) return true;
    }
    return false;
}

void append_end(journal::Turn& turn, const Actor& actor, const GrantState& grant) {
    Place place = grant.area ? Place{grant.area, grant.area_path} : Place{};
    turn.append(draft(GrantEnded{}, actor, std::move(place),
                      {{"grant", grant.id.value}, {"account", grant.account.value}}, turn.now()));
}

// Where the account's person belongs; none if everywhere.
Place place_of(const people::PersonState& person) {
    return person.area ? Place{person.area, person.area_path} : Place{};
}

// The account, if it is open and within reach of `permission`, with its person.
struct Reached {
    AccountState account;
    people::PersonState person;
};
Result<Reached> load_open(journal::Turn& turn, const api::Caller& caller, AccountId id,
                          std::string_view permission) {
    const AccountState* found = id ? turn.load<AccountFigure>(id) : nullptr;
    if (!found) return refuse(hezhi::refusals::not_found);
    AccountState account = *found;
    const auto* person = turn.load<people::PersonFigure>(account.person);
    HEZHI_ASSERT(person != nullptr);
    if (!caller.may(permission, people::access_of(*person))) {
        return refuse(hezhi::refusals::not_found);
    }
    if (account.closed) return refuse(refusals::account_closed);
    return Reached{account, *person};
}

void append_reset(journal::Turn& turn, const Actor& actor, AccountId account, Place place,
                  std::string_view hash) {
    turn.db().write(queries::reset_password, {{"account", account}, {"password_hash", hash}});
    turn.db().write(queries::delete_sessions_of, {{"account", account}});
    turn.append(
        draft(PasswordReset{}, actor, std::move(place), {{"account", account.value}}, turn.now()));
}

}  // namespace

Result<std::int64_t> end_grant(journal::Turn& turn, const api::Caller& caller, GrantId id) {
    const GrantState* found = id ? turn.load<GrantFigure>(id) : nullptr;
    if (!found || !caller.may("grant.end", {.area_path = found->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    GrantState grant = *found;
    if (grant.state != GrantStep::granted) return refuse(refusals::grant_not_held);
    const AccountState* account = turn.load<AccountFigure>(grant.account);
    HEZHI_ASSERT(account != nullptr);
    if (account->person == caller.person) return refuse(refusals::own_account);
    if (administers(grant) &&
        turn.db()
                .row(queries::holders_of, {{"role", std::string_view(grant.role)}})
                ->integer("holders") <= 1) {
        return refuse(refusals::last_administrator);
    }
    append_end(turn, caller.actor("grant.end"), grant);
    return id.value;
}

Result<std::int64_t> close_account(journal::Turn& turn, const api::Caller& caller, AccountId id) {
    auto reached = load_open(turn, caller, id, "account.close");
    if (!reached) return std::unexpected(reached.error());
    if (reached->account.person == caller.person) return refuse(refusals::own_account);
    if (is_administrator(turn, id)) return refuse(refusals::administrator_account);
    Actor actor = caller.actor("account.close");
    for (const auto& grant : open_grants(turn, id)) append_end(turn, actor, grant);
    turn.db().write(queries::delete_sessions_of, {{"account", id}});
    turn.append(draft(AccountClosed{}, actor, place_of(reached->person), {{"account", id.value}},
                      turn.now()));
    return id.value;
}

Result<std::int64_t> reset_password(journal::Turn& turn, const api::Caller& caller, AccountId id,
                                    std::string_view password_hash) {
    auto reached = load_open(turn, caller, id, "password.reset");
    if (!reached) return std::unexpected(reached.error());
    if (reached->account.person == caller.person) return refuse(refusals::own_account);
    if (is_administrator(turn, id)) return refuse(refusals::administrator_account);
    auto credential = find_credential(turn.db(), id);
    if (!credential || !credential->username) return refuse(refusals::signs_in_by_slip);
    append_reset(turn, caller.actor("password.reset"), id, place_of(reached->person),
                 password_hash);
    return id.value;
}

Result<std::int64_t> reset_password_by_command(journal::Turn& turn, std::string_view username,
                                               std::string_view password_hash) {
    auto normalised = normalise_username(username);
    auto credential = normalised ? find_by_username(turn.db(), *normalised) : std::nullopt;
    if (!credential) return refuse(hezhi::refusals::not_found);
    const AccountState* account = turn.load<AccountFigure>(credential->account);
    HEZHI_ASSERT(account != nullptr);
    if (account->closed) return refuse(refusals::account_closed);
    append_reset(turn, {.via = Via::command}, credential->account, {}, password_hash);
    return credential->account.value;
}

}  // namespace hezhi::accounts
