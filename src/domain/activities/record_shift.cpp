// 名单签到, 一键记录
#include "domain/activities/load_activity.h"
#include "domain/activities/queries.h"
#include "domain/time_bank/time_bank.h"
#include "rules/working_calendar.h"

namespace hezhi::activities {
namespace {

// Why somebody who was there gets no record; the code stands in the fact and on the list.
const RefusalRow* no_record(journal::Turn& turn, const api::Caller& caller, const ShiftState& shift,
                            PersonId person) {
    if (caller.person == person) return &records::refusals::own_record;
    if (records::overlaps_record(turn.db(), person, shift.starts_at, shift.ends_at)) {
        return &records::refusals::record_overlaps;
    }
    return nullptr;
}

}  // namespace

Result<std::int64_t> check_in_shift(journal::Turn& turn, const api::Caller& caller, ShiftId id,
                                    PersonId person, bool present) {
    auto found = load_shift(turn, caller, id, "shift.check_in");
    if (!found) return std::unexpected(found.error());
    bool begun = turn.now() >= start_of(day_of(found->shift.starts_at));
    if (!begun || found->shift.closed_at) return refuse(refusals::activity_state_forbids);
    const SeatState* seat = person ? turn.load<SeatFigure>(seat_key(id, person)) : nullptr;
    SeatStep as_asked = present ? SeatStep::present : SeatStep::joined;
    if (seat && seat->state == as_asked) return found->activity.id.value;  // ticked before
    if (!seat || (seat->state != SeatStep::joined && seat->state != SeatStep::present)) {
        return refuse(refusals::not_joined,
                      {"/person_id", "已报名的人员", "somebody who has a place"});
    }
    if (present) {
        if (auto few = too_few_adults(turn, *found, person)) return std::unexpected(*few);
    }
    turn.append(draft(ShiftCheckedIn{present}, caller.actor("shift.check_in"),
                      place_of(found->activity), subjects_of(*found, person), turn.now()));
    return found->activity.id.value;
}

Result<std::int64_t> note_return(journal::Turn& turn, const api::Caller& caller, ShiftId id,
                                 PersonId person) {
    auto found = load_shift(turn, caller, id, "shift.check_in");
    if (!found) return std::unexpected(found.error());
    const SeatState* seat = person ? turn.load<SeatFigure>(seat_key(id, person)) : nullptr;
    if (!seat || seat->state != SeatStep::present) {
        return refuse(refusals::not_joined,
                      {"/person_id", "已签到的人员", "somebody who is there"});
    }
    if (seat->returned_at) return found->activity.id.value;  // noted before
    turn.append(draft(ShiftReturned{}, caller.actor("shift.check_in"), place_of(found->activity),
                      subjects_of(*found, person), turn.now()));
    return found->activity.id.value;
}

Result<std::int64_t> record_shift(journal::Turn& turn, const api::Caller& caller, ShiftId id) {
    auto found = load_shift(turn, caller, id, "shift.record");
    if (!found) return std::unexpected(found.error());
    const ShiftState& shift = found->shift;
    if (shift.closed_at) return refuse(refusals::activity_state_forbids);
    if (turn.now() < shift.ends_at) return refuse(refusals::shift_not_over);
    const rules::Pack& pack = *turn.pack()->pack;
    if (turn.now() > rules::deadline(shift.ends_at, pack.records.enter_within, pack.calendar).at) {
        return refuse(refusals::record_time_over);
    }
    std::vector<PersonId> present;
    turn.db().each(queries::present_at_shift, {{"shift_id", id}},
                   [&](const store::Row& row) { present.push_back(row.id<PersonId>("person")); });
    // A minor is not done with when the shift is: somebody saw them go home.
    std::int32_t adult = pack.dispatch.adult_from_years;
    auto out = turn.db().row(queries::minors_there, {{"shift_id", id}, {"adult", adult}});
    if (out->integer("minors") > 0) return refuse(refusals::child_not_returned);
    Actor actor = caller.actor("shift.record");
    Place place = place_of(found->activity);
    ShiftClosed closed{static_cast<std::int32_t>(present.size()), 0};
    for (PersonId person : present) {
        if (const RefusalRow* row = no_record(turn, caller, shift, person)) {
            turn.append(draft(ShiftRecordRefused{std::string(row->code)}, actor, place,
                              subjects_of(*found, person), turn.now()));
            continue;
        }
        ShiftRecorded recorded{found->activity.category, shift.starts_at, shift.ends_at,
                               records::whole_minutes(shift.starts_at, shift.ends_at)};
        RecordId record(
            turn.append(draft(recorded, actor, place, subjects_of(*found, person), turn.now())));
        ServedAs as = found->activity.organization ? ServedAs::team : ServedAs::activity;
        // The shift was planned as long as it is recorded, however long the category usually takes.
        time_bank::judge_earning(turn, {place, recorded.category, recorded.minutes, as, {}},
                                 {record, person, recorded.ends_at, recorded.minutes});
        ++closed.recorded;
    }
    turn.append(draft(closed, actor, place,
                      {{"activity", found->activity.id.value}, {"shift", id.value}}, turn.now()));
    return found->activity.id.value;
}

}  // namespace hezhi::activities
