// 报名, 退出报名, 候补递补
#include "domain/activities/load_activity.h"
#include "domain/activities/queries.h"
#include "domain/standing/standing_figure.h"

namespace hezhi::activities {
namespace {

// The first rule that keeps this person out of this shift.
std::optional<Refusal> may_not_join(journal::Turn& turn, const Found& found, PersonId person) {
    const auto* standing = turn.load<standing::StandingFigure>(person);
    if (!standing || !standing->volunteer) return Refusal(hezhi::refusals::not_permitted);
    if (standing->age_years.value_or(0) < found.activity.age_years_min) {
        return Refusal(refusals::guardian_consent_missing);
    }
    if (standing->certification < found.activity.certification_min) {
        return Refusal(refusals::certification_too_low);
    }
    const auto* category = turn.pack()->pack->category(found.activity.category);
    if (category && category->minor_contact && standing->record_check_until < found.shift.ends_at) {
        return Refusal(refusals::record_check_missing);
    }
    if (bound_elsewhere(turn.db(), person, found.shift)) return Refusal(refusals::shift_conflict);
    return std::nullopt;
}

// The first who waits and is still free gets the place. It follows from the leaving, so the system
// does it, in the same turn.
void move_up(journal::Turn& turn, const Found& found) {
    std::vector<PersonId> queue;
    turn.db().each(queries::queue_of_shift, {{"shift_id", found.shift.id}},
                   [&](const store::Row& row) { queue.push_back(row.id<PersonId>("person")); });
    for (PersonId person : queue) {
        if (bound_elsewhere(turn.db(), person, found.shift)) continue;
        turn.append(draft(ShiftMovedUp{}, {}, place_of(found.activity), subjects_of(found, person),
                          turn.now()));
        return;
    }
}

}  // namespace

Result<std::int64_t> join_shift(journal::Turn& turn, const api::Caller& caller, ShiftId id) {
    auto found = load_shift(turn, caller, id, "shift.join");
    if (!found) return std::unexpected(found.error());
    if (turn.now() >= found->shift.starts_at) return refuse(refusals::activity_state_forbids);
    const SeatState* seat = turn.load<SeatFigure>(seat_key(id, caller.person));
    if (seat && seat->state != SeatStep::left) return refuse(refusals::already_joined);
    if (auto refused = may_not_join(turn, *found, caller.person)) {
        return std::unexpected(*refused);
    }
    bool waits = found->shift.joined >= found->shift.capacity;
    if (waits && found->shift.waiting >= turn.pack()->pack->activities.waiting_max) {
        return refuse(refusals::shift_full);
    }
    turn.append(draft(ShiftJoined{found->shift.starts_at, found->shift.ends_at, waits},
                      caller.actor("shift.join"), place_of(found->activity),
                      subjects_of(*found, caller.person), turn.now()));
    return found->activity.id.value;
}

Result<std::int64_t> leave_shift(journal::Turn& turn, const api::Caller& caller, ShiftId id) {
    auto found = load_shift(turn, caller, id, "shift.leave");
    if (!found) return std::unexpected(found.error());
    const SeatState* seat = turn.load<SeatFigure>(seat_key(id, caller.person));
    if (!seat || (seat->state != SeatStep::joined && seat->state != SeatStep::waiting)) {
        return refuse(refusals::not_joined);
    }
    if (turn.now() >= found->shift.starts_at) return refuse(refusals::activity_state_forbids);
    bool waited = seat->state == SeatStep::waiting;
    turn.append(draft(ShiftLeft{waited}, caller.actor("shift.leave"), place_of(found->activity),
                      subjects_of(*found, caller.person), turn.now()));
    if (!waited) move_up(turn, *found);
    return found->activity.id.value;
}

}  // namespace hezhi::activities
