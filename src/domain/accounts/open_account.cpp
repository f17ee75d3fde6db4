// Opening accounts and proposing what they may do.
#include "domain/accounts/open_account.h"
#include "domain/accounts/credentials.h"
#include "domain/accounts/queries.h"

namespace hezhi::accounts {
namespace {

const Actor command{.via = Via::command};

Result<const RoleRow*> known_role(std::string_view key) {
    const RoleRow* role = find_role(key);
    if (!role) return refuse(refusals::role_unknown, {"/role", "现有岗位", "a role that exists"});
    return role;
}

// Invariant 3.
Result<void> keep_administrators_apart(journal::Turn& turn, PersonId person, const RoleRow& role) {
    if (!role.administrator) return {};
    bool apart = true;
    turn.db().each(queries::roles_of_person, {{"person", person}}, [&](const store::Row& row) {
        const RoleRow* other = find_role(row.text("role"));
        if (other && other->administrator && other->key != role.key) apart = false;
    });
    if (!apart)
        return refuse(refusals::administrators_apart, {"/role", "由另一人担任", "another person"});
    return {};
}

Result<std::string> free_username(journal::Turn& turn, std::string_view typed) {
    auto username = normalise_username(typed);
    if (!username) {
        return refuse(hezhi::refusals::invalid_input,
                      {"/username", "2–40 个字母、数字或 . _ -", "2–40 letters, digits or . _ -"});
    }
    if (find_by_username(turn.db(), *username)) {
        return refuse(refusals::username_taken,
                      {"/username", "未被使用的用户名", "a user name that is free"});
    }
    return *username;
}

// None: the whole installation.
Result<Place> place_at(journal::Turn& turn, AreaId area) {
    if (!area) return Place{};
    return areas::open_place(turn, area);
}

std::string path_of(const Place& place) {
    return place.area ? place.path : "/";
}

people::RegisterPerson somebody(std::string_view name) {
    people::RegisterPerson input;
    input.name.value = name;
    return input;
}

// The account with its password and a role that is proposed; nothing is checked any more.
struct Opened {
    AccountId account;
    GrantId grant;
};
Opened open(journal::Turn& turn, const Actor& actor, const Place& place, PersonId person,
            const Password& password, std::string_view role) {
    AccountId account = append_account(turn, actor, place, person);
    turn.db().write(queries::insert_credential, {{"account", account},
                                                 {"username", std::optional(password.username)},
                                                 {"password_hash", std::optional(password.hash)},
                                                 {"must_change", password.one_time ? 1 : 0}});
    return {account, append_grant(turn, actor, place, account, role)};
}

}  // namespace

AccountId append_account(journal::Turn& turn, const Actor& actor, const Place& place,
                         PersonId person) {
    return AccountId(turn.append(draft(AccountOpened{person}, actor, place,
                                       {{"account", self}, {"person", person.value}}, turn.now())));
}

GrantId append_grant(journal::Turn& turn, const Actor& actor, const Place& place, AccountId account,
                     std::string_view role) {
    return GrantId(turn.append(draft(GrantProposed{account, std::string(role)}, actor, place,
                                     {{"grant", self}, {"account", account.value}}, turn.now())));
}

void append_confirmation(journal::Turn& turn, const Actor& actor, GrantId id) {
    const GrantState* grant = turn.load<GrantFigure>(id);
    HEZHI_ASSERT(grant != nullptr);
    Place place = grant->area ? Place{grant->area, grant->area_path} : Place{};
    turn.append(draft(GrantConfirmed{}, actor, std::move(place),
                      {{"grant", id.value}, {"account", grant->account.value}}, turn.now()));
}

Result<std::int64_t> open_account(journal::Turn& turn, const api::Caller& caller,
                                  const AccountDesk& desk, const OpenAccount& input,
                                  std::string_view password_hash) {
    if (input.person_id.has_value() == input.name.has_value()) {
        return refuse(hezhi::refusals::invalid_input,
                      {"/name", "已登记人员的编号或新人员的姓名，二者填一",
                       "either a registered person or the name of a new one"});
    }
    auto place = place_at(turn, input.area_id.value_or(AreaId()));
    if (!place) return std::unexpected(place.error());
    if (!caller.may("account.open", {.area_path = path_of(*place)})) {
        return refuse(areas::refusals::area_unknown,
                      {"/area_id", "您管理的区域", "an area that you administer"});
    }
    auto role = known_role(input.role);
    if (!role) return std::unexpected(role.error());
    auto username = free_username(turn, input.username);
    if (!username) return std::unexpected(username.error());
    Actor actor = caller.actor("account.open");
    PersonId person;
    if (input.person_id) {
        const auto* known = turn.load<people::PersonFigure>(*input.person_id);
        if (!known || !caller.may("account.open", people::access_of(*known))) {
            return refuse(hezhi::refusals::not_found);
        }
        auto apart = keep_administrators_apart(turn, *input.person_id, **role);
        if (!apart) return std::unexpected(apart.error());
        person = *input.person_id;
    } else {
        auto registered =
            people::register_person(turn, actor, *place, desk.people, somebody(input.name->value));
        if (!registered) return std::unexpected(registered.error());
        person = PersonId(*registered);
    }
    return open(turn, actor, *place, person, {*username, std::string(password_hash), true},
                (*role)->key)
        .account.value;
}

Result<std::int64_t> open_staff_account(journal::Turn& turn, const AccountDesk&, PersonId person,
                                        const Password& password, std::string_view role_key,
                                        AreaId area) {
    auto place = place_at(turn, area);
    if (!place) return std::unexpected(place.error());
    auto role = known_role(role_key);
    if (!role) return std::unexpected(role.error());
    auto username = free_username(turn, password.username);
    if (!username) return std::unexpected(username.error());
    auto apart = keep_administrators_apart(turn, person, **role);
    if (!apart) return std::unexpected(apart.error());
    Opened opened = open(turn, command, *place, person,
                         {*username, password.hash, password.one_time}, (*role)->key);
    append_confirmation(turn, command, opened.grant);
    return opened.account.value;
}

Result<std::int64_t> open_staff(journal::Turn& turn, const AccountDesk& desk, std::string_view name,
                                const Password& password, std::string_view role, AreaId area) {
    // Asked before anything is written; open_staff_account asks again.
    auto place = place_at(turn, area);
    if (!place) return std::unexpected(place.error());
    if (auto known = known_role(role); !known) return std::unexpected(known.error());
    if (auto free = free_username(turn, password.username); !free) {
        return std::unexpected(free.error());
    }
    auto person = people::register_person(turn, command, *place, desk.people, somebody(name));
    if (!person) return std::unexpected(person.error());
    return open_staff_account(turn, desk, PersonId(*person), password, role, area);
}

Result<std::int64_t> grant_role(journal::Turn& turn, AccountId id, std::string_view role_key,
                                AreaId area) {
    const AccountState* account = id ? turn.load<AccountFigure>(id) : nullptr;
    if (!account) return refuse(hezhi::refusals::not_found);
    if (account->closed) return refuse(refusals::account_closed);
    auto role = known_role(role_key);
    if (!role) return std::unexpected(role.error());
    auto place = place_at(turn, area);
    if (!place) return std::unexpected(place.error());
    auto apart = keep_administrators_apart(turn, account->person, **role);
    if (!apart) return std::unexpected(apart.error());
    GrantId grant = append_grant(turn, command, *place, id, (*role)->key);
    append_confirmation(turn, command, grant);
    return grant.value;
}

}  // namespace hezhi::accounts
