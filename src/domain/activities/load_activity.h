// Finding an activity and a shift for an action: inside the caller's scope.
#pragma once

#include "domain/activities/activities.h"

namespace hezhi::activities {

struct Found {
    ActivityState activity;
    ShiftState shift;
};

// How an activity stands to a caller whose own area is `home_path` (empty: none): what happens in
// one's area or above it is offered to one. `leader`: of a team's activity the caller, while they
// lead the team; else whoever published it.
api::Access access_of(const ActivityState& activity, std::string_view home_path, AccountId leader);
AccountId leader_of(journal::Turn&, const api::Caller&, const ActivityState&);
AccountId leader_of(const api::Reading&, const ActivityState&);
// The path of the area in which the caller serves; empty if they are no volunteer.
std::string home_path(journal::Turn&, const api::Caller&);

// A copy, so that appends do not move it; not_found or not_permitted otherwise.
Result<ActivityState> load_activity(journal::Turn&, const api::Caller&, ActivityId,
                                    std::string_view permission);
Result<Found> load_shift(journal::Turn&, const api::Caller&, ShiftId, std::string_view permission);

Place place_of(const ActivityState& activity);
Subjects subjects_of(const Found& found, PersonId person);

// On the shift's day, until its end.
bool may_arrive(const ShiftState& shift, Instant now);
// Whether whoever comes must be insured: by the category, or by its risk from the pack's level on.
bool needs_insurance(const rules::Category&, const rules::Pack&);

// Who has a place in a shift, or is there; whoever leads it is one more adult.
struct Ages {
    std::int64_t adults = 0;
    std::int64_t minors = 0;
};
Ages ages_of(journal::Turn&, ShiftId, bool present_only);
bool is_minor_there(journal::Turn&, PersonId);
// Whether one more minor is looked after as the pack wants it.
bool room_for_minor(const rules::Pack&, const Ages&);
// How many adults so many children take.
std::int32_t adults_for(const rules::Pack&, std::int32_t children);
// adults_missing, if this minor would be there with too few adults.
std::optional<Refusal> too_few_adults(journal::Turn&, const Found&, PersonId);

// Whether the person is bound at that time: to another shift or to an order.
bool bound_elsewhere(store::Session&, PersonId, const ShiftState& shift);

}  // namespace hezhi::activities
