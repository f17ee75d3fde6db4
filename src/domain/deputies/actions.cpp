#include <algorithm>

#include "domain/deputies/deputies.h"
#include "domain/deputies/queries.h"

namespace hezhi::deputies {
namespace {

struct RoleHeld {
    std::string role;
    AreaId area;
    std::string path;
};

std::vector<RoleHeld> roles_of(store::Session& db, AccountId account) {
    std::vector<RoleHeld> roles;
    db.each(queries::roles_of, {{"account", account}}, [&](const store::Row& row) {
        std::string_view path = row.text_or_empty("area_path");
        if (path.empty()) return;  // a role without a place leads nothing
        roles.push_back({std::string(row.text("role")), row.id<AreaId>("area"), std::string(path)});
    });
    return roles;
}

// The first role of whoever is away that the deputy can stand in for.
std::optional<RoleHeld> role_for(store::Session& db, AccountId account, AccountId deputy) {
    auto theirs = roles_of(db, deputy);
    for (auto& role : roles_of(db, account)) {
        auto rights = accounts::held_by({{role.role, role.area, role.path}});
        bool names_deputies = std::ranges::any_of(
            rights, [](const api::Held& held) { return held.permission == "deputy.name"; });
        bool shared = std::ranges::any_of(theirs, [&](const RoleHeld& held) {
            return held.role == role.role && role.path.starts_with(held.path);
        });
        if (names_deputies && shared) return role;
    }
    return std::nullopt;
}

bool overlaps(store::Session& db, AccountId account, Instant from, Instant until) {
    return db.row(queries::overlapping, {{"account", account}, {"from", from}, {"until", until}})
               ->integer("deputies") > 0;
}

Place place_of(const DeputyState& deputy) {
    return {deputy.area, deputy.area_path};
}

template <class P>
std::int64_t append_about(journal::Turn& turn, const Actor& actor, const DeputyState& deputy,
                          const P& payload) {
    turn.append(draft(payload, actor, place_of(deputy), {{"deputy", deputy.id.value}}, turn.now()));
    return deputy.id.value;
}

// What waits for the caller's own word.
Result<DeputyState> load_named(journal::Turn& turn, const api::Caller& caller, DeputyId id) {
    const DeputyState* deputy = id ? turn.load<DeputyFigure>(id) : nullptr;
    if (!deputy || !caller.may("deputy.confirm", {.owner = deputy->deputy})) {
        return refuse(hezhi::refusals::not_found);
    }
    if (deputy->state != DeputyStep::named || deputy->until_at <= turn.now()) {
        return refuse(refusals::deputy_state_forbids);
    }
    return *deputy;
}

}  // namespace

Result<std::int64_t> name_deputy(journal::Turn& turn, const api::Caller& caller,
                                 const NameDeputy& input) {
    AccountId account = input.account_id.value_or(caller.account);
    auto role = role_for(turn.db(), account, input.deputy_id);
    bool known = account == caller.account;
    for (const auto& held : roles_of(turn.db(), account)) {
        known = known || caller.may("deputy.name", {.area_path = held.path});
    }
    if (role)
        known = account == caller.account || caller.may("deputy.name", {.area_path = role->path});
    if (!known) return refuse(hezhi::refusals::not_found);
    if (input.until <= input.from || input.until <= turn.now()) {
        return refuse(refusals::deputy_time_invalid,
                      {"/until", "晚于开始和现在", "after the start and after now"});
    }
    // Longer absences are a change of staff.
    std::int32_t days_max = turn.pack()->pack->staff.deputy_days_max;
    if (input.until > input.from + std::chrono::days(days_max)) {
        std::string days = std::to_string(days_max);
        return refuse(refusals::deputy_time_invalid, {"/until", "开始后不超过 " + days + " 天",
                                                      days + " days after the start at most"});
    }
    if (input.deputy_id == account || !role ||
        overlaps(turn.db(), input.deputy_id, input.from, input.until)) {
        return refuse(refusals::deputy_unfit,
                      {"/deputy_id", "同区域同岗位的同事", "a colleague of the same role there"});
    }
    if (overlaps(turn.db(), account, input.from, input.until)) {
        return refuse(refusals::deputy_named_before);
    }
    return turn.append(
        draft(DeputyNamed{account, input.deputy_id, role->role, input.from, input.until},
              caller.actor("deputy.name"), Place{role->area, role->path}, {{"deputy", self}},
              turn.now()));
}

Result<std::int64_t> confirm_deputy(journal::Turn& turn, const api::Caller& caller, DeputyId id) {
    auto deputy = load_named(turn, caller, id);
    if (!deputy) return std::unexpected(deputy.error());
    return append_about(turn, caller.actor("deputy.confirm"), *deputy, DeputyConfirmed{});
}

Result<std::int64_t> decline_deputy(journal::Turn& turn, const api::Caller& caller, DeputyId id) {
    auto deputy = load_named(turn, caller, id);
    if (!deputy) return std::unexpected(deputy.error());
    return append_about(turn, caller.actor("deputy.confirm"), *deputy, DeputyDeclined{});
}

Result<std::int64_t> end_deputy(journal::Turn& turn, const api::Caller& caller, DeputyId id) {
    const DeputyState* found = id ? turn.load<DeputyFigure>(id) : nullptr;
    if (!found) return refuse(hezhi::refusals::not_found);
    DeputyState deputy = *found;
    bool theirs = deputy.account == caller.account || deputy.deputy == caller.account;
    if (!theirs && !caller.may("deputy.name", {.area_path = deputy.area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    bool open = deputy.state == DeputyStep::named || deputy.state == DeputyStep::confirmed;
    if (!open || deputy.until_at <= turn.now()) return refuse(refusals::deputy_state_forbids);
    return append_about(turn, caller.actor("deputy.name"), deputy, DeputyEnded{});
}

Subjects in_place(journal::Turn& turn, const Actor& actor, AccountId leader, Subjects subjects) {
    if (!leader || !actor.account || leader == actor.account) return subjects;
    auto row = turn.db().row(queries::standing_in,
                             {{"deputy", actor.account}, {"account", leader}, {"now", turn.now()}});
    if (row) subjects["deputy"] = row->integer("id");
    return subjects;
}

bool stands_in(store::Session& db, const api::Caller& caller, AccountId leader, Instant now) {
    return leader && caller.account &&
           db.row(queries::standing_in,
                  {{"deputy", caller.account}, {"account", leader}, {"now", now}})
               .has_value();
}

bool stood_in(store::Session& db, const api::Caller& caller, AccountId leader, Instant from,
              Instant until) {
    return leader && caller.account &&
           db.row(queries::stood_in, {{"deputy", caller.account},
                                      {"account", leader},
                                      {"from", from},
                                      {"until", until}})
                   ->integer("deputies") > 0;
}

std::vector<DeputyState> away_now(store::Session& db, const journal::FigureTables& tables,
                                  AccountId account, Instant now) {
    return journal::states_of<DeputyFigure>(db, tables, queries::away_now,
                                            {{"deputy", account}, {"now", now}});
}

std::optional<DeputyState> deputy_now(store::Session& db, const journal::FigureTables& tables,
                                      AccountId account, Instant now) {
    auto row = db.row(queries::deputy_now, {{"account", account}, {"now", now}});
    if (!row) return std::nullopt;
    return journal::read_state<DeputyFigure>(tables, *row);
}

}  // namespace hezhi::deputies
