// Finding an activity and a shift for an action: inside the caller's scope.
#pragma once

#include "domain/activities/activities.h"

namespace hezhi::activities {

struct Found {
    ActivityState activity;
    ShiftState shift;
};

// How an activity stands to a caller whose own area is `home_path` (empty: none): what happens in
// one's area or above it is offered to one.
api::Access access_of(const ActivityState& activity, std::string_view home_path);
// The path of the area in which the caller serves; empty if they are no volunteer.
std::string home_path(journal::Turn&, const api::Caller&);

// A copy, so that appends do not move it; not_found or not_permitted otherwise.
Result<ActivityState> load_activity(journal::Turn&, const api::Caller&, ActivityId,
                                    std::string_view permission);
Result<Found> load_shift(journal::Turn&, const api::Caller&, ShiftId, std::string_view permission);

Place place_of(const ActivityState& activity);
Subjects subjects_of(const Found& found, PersonId person);

// Whether the person is bound at that time: to another shift or to an order.
bool bound_elsewhere(store::Session&, PersonId, const ShiftState& shift);

}  // namespace hezhi::activities
