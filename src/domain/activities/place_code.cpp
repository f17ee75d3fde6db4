// 签到码: six digits and a QR code that hang at the place of an activity. They are made of the
// activity's id by a key, so nothing is stored and they can be printed again.
#include "crypto/typed_code.h"
#include "domain/activities/activity_pages.h"
#include "domain/activities/load_activity.h"
#include "domain/orders/orders.h"

namespace hezhi::activities {

std::string place_code(const crypto::Suite& suite, ActivityId id) {
    return suite.digits_code("place", id.value, "activity", 6);
}

bool may_arrive(const ShiftState& shift, Instant now) {
    return now >= start_of(day_of(shift.starts_at)) && now < shift.ends_at && !shift.closed_at;
}

Result<std::int64_t> arrive_at_shift(journal::Turn& turn, const api::Caller& caller,
                                     const ActivityDesk& desk, ShiftId id, std::string_view code) {
    auto found = load_shift(turn, caller, id, "shift.arrive");
    if (!found) return std::unexpected(found.error());
    const SeatState* seat =
        caller.person ? turn.load<SeatFigure>(seat_key(id, caller.person)) : nullptr;
    if (seat && seat->state == SeatStep::present) return found->activity.id.value;
    if (!seat || seat->state != SeatStep::joined) return refuse(refusals::not_joined);
    if (!may_arrive(found->shift, turn.now())) return refuse(refusals::activity_state_forbids);
    // A try is counted whether it was right or not.
    std::string who = std::to_string(caller.person.value);
    if (desk.code_attempts && desk.code_attempts->refused_for(who, turn.now())) {
        return refuse(orders::refusals::code_attempts_used_up);
    }
    if (!crypto::code_matches(code, place_code(desk.suite, found->activity.id))) {
        return refuse(refusals::place_code_wrong,
                      {"/code", "现场张贴的六位数字", "the six digits at the place"});
    }
    if (auto few = too_few_adults(turn, *found, caller.person)) return std::unexpected(*few);
    turn.append(draft(ShiftCheckedIn{true}, caller.actor("shift.arrive"), place_of(found->activity),
                      subjects_of(*found, caller.person), turn.now()));
    return found->activity.id.value;
}

Result<PlaceCode> place_code_page(const api::Reading& reading, const ActivityDesk& desk,
                                  ActivityId id) {
    auto activity = id ? reading.load<ActivityFigure>(id) : std::nullopt;
    if (!activity) return refuse(hezhi::refusals::not_found);
    api::Access access = access_of(*activity, home_path(reading), leader_of(reading, *activity));
    if (!reading.caller.may("shift.check_in", access)) return refuse(hezhi::refusals::not_found);
    auto text = [&](std::string_view field) {
        return desk.people.read_text(reading.db, id.value, field).value_or("");
    };
    PlaceCode shown;
    shown.title = text(text_title);
    shown.place = text(text_place);
    shown.code = place_code(desk.suite, id);
    shown.link =
        desk.public_address + "/m/#/activities/" + std::to_string(id.value) + "?code=" + shown.code;
    shown.qr_svg = people::qr_svg(shown.link);
    return shown;
}

}  // namespace hezhi::activities
