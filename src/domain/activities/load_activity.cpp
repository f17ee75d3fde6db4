#include "domain/activities/load_activity.h"

#include "domain/activities/queries.h"
#include "domain/standing/standing_figure.h"

namespace hezhi::activities {
namespace {

AccountId leader_by(const organizations::OrganizationState* team, const api::Caller& caller,
                    const ActivityState& activity) {
    if (!activity.organization) return activity.leader;
    return team && organizations::leads(*team, caller.person) ? caller.account : AccountId();
}

}  // namespace

AccountId leader_of(journal::Turn& turn, const api::Caller& caller, const ActivityState& activity) {
    const auto* team = activity.organization
                           ? turn.load<organizations::OrganizationFigure>(activity.organization)
                           : nullptr;
    return leader_by(team, caller, activity);
}

AccountId leader_of(const api::Reading& reading, const ActivityState& activity) {
    auto team = activity.organization
                    ? reading.load<organizations::OrganizationFigure>(activity.organization)
                    : std::nullopt;
    return leader_by(team ? &*team : nullptr, reading.caller, activity);
}

api::Access access_of(const ActivityState& activity, std::string_view home_path, AccountId leader) {
    return {.area_path = activity.area_path,
            .leader = leader,
            .assigned = home_path.starts_with(activity.area_path)};
}

std::string home_path(journal::Turn& turn, const api::Caller& caller) {
    const auto* standing =
        caller.person ? turn.load<standing::StandingFigure>(caller.person) : nullptr;
    return standing && standing->volunteer ? standing->area_path : std::string();
}

Place place_of(const ActivityState& activity) {
    return {activity.area, activity.area_path};
}

Subjects subjects_of(const Found& found, PersonId person) {
    return {{"activity", found.activity.id.value},
            {"shift", found.shift.id.value},
            {"person", person.value}};
}

Result<ActivityState> load_activity(journal::Turn& turn, const api::Caller& caller, ActivityId id,
                                    std::string_view permission) {
    const ActivityState* activity = id ? turn.load<ActivityFigure>(id) : nullptr;
    if (!activity) return refuse(hezhi::refusals::not_found);
    ActivityState found = *activity;
    std::string home = home_path(turn, caller);
    api::Access access = access_of(found, home, leader_of(turn, caller, found));
    if (!caller.may("activity.read", access)) return refuse(hezhi::refusals::not_found);
    if (!caller.may(permission, access)) return refuse(hezhi::refusals::not_permitted);
    return found;
}

Result<Found> load_shift(journal::Turn& turn, const api::Caller& caller, ShiftId id,
                         std::string_view permission) {
    const ShiftState* shift = id ? turn.load<ShiftFigure>(id) : nullptr;
    if (!shift) return refuse(hezhi::refusals::not_found);
    Found found{{}, *shift};
    auto activity = load_activity(turn, caller, found.shift.activity, permission);
    if (!activity) return std::unexpected(activity.error());
    found.activity = std::move(*activity);
    if (found.activity.state != ActivityStep::published) {
        return refuse(refusals::activity_state_forbids);
    }
    return found;
}

bool bound_elsewhere(store::Session& db, PersonId person, const ShiftState& shift) {
    std::vector<store::Param> params{
        {"person", person}, {"from", shift.starts_at}, {"to", shift.ends_at}};
    if (db.row(queries::overlapping_orders, params)->integer("orders") > 0) return true;
    params.emplace_back("shift_id", shift.id);
    return db.row(queries::overlapping_seats, params)->integer("seats") > 0;
}

}  // namespace hezhi::activities
