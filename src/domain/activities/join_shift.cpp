// 报名, 退出报名, 候补递补
#include "domain/activities/load_activity.h"
#include "domain/activities/queries.h"
#include "domain/standing/standing_figure.h"

namespace hezhi::activities {
namespace {

// A policy on activities covers whoever comes; where members or named people are covered, the
// person must be one of them until the shift ends.
bool covered(journal::Turn& turn, const Found& found, PersonId person) {
    const rules::Pack& pack = *turn.pack()->pack;
    const auto* category = pack.category(found.activity.category);
    if (!found.activity.insurance || !category || !needs_insurance(*category, pack)) return true;
    const auto* policy = turn.load<insurance::InsuranceFigure>(found.activity.insurance);
    if (policy->covers == InsuranceCovers::activities) {
        return policy->until_at >= found.shift.ends_at;
    }
    return insurance::insured_until(turn.db(), person, found.shift.starts_at) >=
           found.shift.ends_at;
}

// What the colour of the team that holds it, or of whoever comes, keeps from it (四色分级).
std::optional<Refusal> color_forbids(journal::Turn& turn, const Found& found, PersonId person) {
    const auto* category = turn.pack()->pack->category(found.activity.category);
    auto risk = category ? category->risk_level : rules::RiskLevel::R1;
    auto refused = grading::team_forbids(turn, found.activity.organization, risk);
    return refused ? refused : grading::person_forbids(turn, person, risk);
}

// The first rule that keeps this person out of this shift.
std::optional<Refusal> may_not_join(journal::Turn& turn, const Found& found, PersonId person) {
    const auto* standing = turn.load<standing::StandingFigure>(person);
    if (!standing || !standing->volunteer) return Refusal(hezhi::refusals::not_permitted);
    std::int32_t adult = turn.pack()->pack->dispatch.adult_from_years;
    std::int32_t age = standing->age_years.value_or(0);
    // Whose age is not known is asked like a minor.
    if (age < adult && !standing->guardian_consent) {
        return Refusal(refusals::guardian_consent_missing);
    }
    if (age < found.activity.age_years_min) return Refusal(refusals::age_below_minimum);
    const auto* category = turn.pack()->pack->category(found.activity.category);
    bool certified =
        standing::certified_at(*standing, found.activity.certification_min, found.shift.ends_at);
    bool in_field =
        !category || !category->field || standing::certified_in(*standing, *category->field);
    if (!certified || !in_field) {
        return Refusal(refusals::certification_too_low);
    }
    for (const auto& check : category ? category->checks : std::vector<std::string>{}) {
        if (standing::check_until(*standing, check) < found.shift.ends_at) {
            return Refusal(refusals::record_check_missing);
        }
    }
    if (auto refused = color_forbids(turn, found, person)) return refused;
    if (!covered(turn, found, person)) return Refusal(insurance::refusals::not_insured);
    if (bound_elsewhere(turn.db(), person, found.shift)) return Refusal(refusals::shift_conflict);
    return std::nullopt;
}

// The first who wait and are still free get the `places`; a minor only while there are adults
// enough
// (`ages`: who has a place). It follows from what somebody did, so the system does it, in the same
// turn.
void move_up(journal::Turn& turn, const Found& found, Ages ages, std::int64_t places) {
    std::vector<PersonId> queue;
    turn.db().each(queries::queue_of_shift, {{"shift_id", found.shift.id}},
                   [&](const store::Row& row) { queue.push_back(row.id<PersonId>("person")); });
    const rules::Pack& pack = *turn.pack()->pack;
    for (PersonId person : queue) {
        if (places < 1) return;
        if (bound_elsewhere(turn.db(), person, found.shift)) continue;
        if (color_forbids(turn, found, person)) continue;  // suspended while waiting
        bool minor = is_minor_there(turn, person);
        if (minor && !room_for_minor(pack, ages)) continue;
        turn.append(draft(ShiftMovedUp{}, {}, place_of(found.activity), subjects_of(found, person),
                          turn.now()));
        ++(minor ? ages.minors : ages.adults);
        --places;
    }
}

// Who has a place when this person has given theirs up.
Ages ages_without(journal::Turn& turn, ShiftId id, PersonId person) {
    Ages ages = ages_of(turn, id, false);
    const SeatState* seat = turn.load<SeatFigure>(seat_key(id, person));
    if (seat && seat->state == SeatStep::waiting) return ages;
    --(is_minor_there(turn, person) ? ages.minors : ages.adults);
    return ages;
}

}  // namespace

std::int64_t end_seats(journal::Turn& turn, const Actor& actor, PersonId person,
                       std::optional<ShiftId> only) {
    std::vector<ShiftId> shifts;
    turn.db().each(queries::open_seats_of, {{"person", person}}, [&](const store::Row& row) {
        auto id = row.id<ShiftId>("shift_id");
        if (!only || *only == id) shifts.push_back(id);
    });
    for (ShiftId id : shifts) {
        const ShiftState* shift = turn.load<ShiftFigure>(id);
        Found found{{}, *shift};
        found.activity = *turn.load<ActivityFigure>(found.shift.activity);
        const SeatState* seat = turn.load<SeatFigure>(seat_key(id, person));
        bool waited = seat->state == SeatStep::waiting;
        Ages ages = ages_without(turn, id, person);
        turn.append(draft(ShiftLeft{waited}, actor, place_of(found.activity),
                          subjects_of(found, person), turn.now()));
        bool free = !waited && turn.now() < found.shift.starts_at;
        if (free) move_up(turn, found, ages, 1);
    }
    return std::ssize(shifts);
}

Result<std::int64_t> join_shift(journal::Turn& turn, const api::Caller& caller, ShiftId id) {
    auto found = load_shift(turn, caller, id, "shift.join");
    if (!found) return std::unexpected(found.error());
    if (turn.now() >= found->shift.starts_at) return refuse(refusals::activity_state_forbids);
    const SeatState* seat = turn.load<SeatFigure>(seat_key(id, caller.person));
    if (seat && seat->state != SeatStep::left) return refuse(refusals::already_joined);
    if (auto refused = may_not_join(turn, *found, caller.person)) {
        return std::unexpected(*refused);
    }
    bool minor = is_minor_there(turn, caller.person);
    Ages ages;
    if (minor || found->shift.waiting > 0) ages = ages_of(turn, id, false);
    // A minor waits as long as there is no adult for them.
    bool waits = found->shift.joined >= found->shift.capacity ||
                 (minor && !room_for_minor(*turn.pack()->pack, ages));
    if (waits && found->shift.waiting >= turn.pack()->pack->activities.waiting_max) {
        return refuse(refusals::shift_full);
    }
    turn.append(draft(ShiftJoined{found->shift.starts_at, found->shift.ends_at, waits},
                      caller.actor("shift.join"), place_of(found->activity),
                      subjects_of(*found, caller.person), turn.now()));
    bool more_adults = !waits && !minor && found->shift.waiting > 0;
    ++ages.adults;
    if (more_adults) {
        move_up(turn, *found, ages, found->shift.capacity - found->shift.joined - 1);
    }
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
    Ages ages = ages_without(turn, id, caller.person);
    turn.append(draft(ShiftLeft{waited}, caller.actor("shift.leave"), place_of(found->activity),
                      subjects_of(*found, caller.person), turn.now()));
    if (!waited) move_up(turn, *found, ages, 1);
    return found->activity.id.value;
}

}  // namespace hezhi::activities
