#include "domain/activities/activity_pages.h"

#include "domain/accounts/account_figure.h"
#include "domain/activities/load_activity.h"
#include "domain/activities/queries.h"
#include "domain/standing/standing_figure.h"

namespace hezhi::activities {
namespace {

// The words of a refusal that was kept by its code.
const RefusalRow* refusal_called(std::string_view code) {
    for (const RefusalRow* row :
         {&records::refusals::own_record, &records::refusals::record_overlaps}) {
        if (row->code == code) return row;
    }
    return nullptr;
}

std::vector<SeatState> seats_of(const api::Reading& reading, ShiftId id) {
    return reading.rows<SeatFigure>(queries::seats_of_shift, {{"shift_id", id}});
}

Seat show_seat(const api::Reading& reading, const ActivityDesk& desk, const SeatState& seat) {
    Seat shown;
    shown.person_id = seat.person;
    shown.name = desk.people.masked_name(reading.db, seat.person);
    auto person = reading.load<people::PersonFigure>(seat.person);
    std::string phone = desk.people.clear(reading.db, seat.person).phone;
    bool hidden =
        person && person->address_sealed && !people::sees_sealed(reading.caller, person->keeper);
    if (!phone.empty() && !hidden)
        shown.phone_masked = people::mask_contact(phone, reading.pack()->pack->phones);
    shown.state = seat.state;
    shown.moved_up = seat.moved_up;
    if (seat.returned_at) shown.returned_at = seat.returned_at;
    if (person && people::is_minor(*reading.pack()->pack, *person)) {
        shown.minor = true;
        auto consent = reading.load<people::ConsentFigure>(seat.person);
        shown.photos = consent && consent->photos;
    }
    if (const RefusalRow* row = refusal_called(seat.refused)) {
        shown.refused_zh = row->zh;
        shown.refused_en = row->en;
    }
    return shown;
}

void add_own_place(const api::Reading& reading, const ShiftState& shift, Shift& shown) {
    if (!reading.caller.person) return;
    auto seat = reading.load<SeatFigure>(seat_key(shift.id, reading.caller.person));
    if (!seat || seat->state == SeatStep::left) return;
    shown.mine = seat->state;
    shown.moved_up = seat->moved_up;
    if (seat->state != SeatStep::waiting) return;
    auto before =
        reading.db.row(queries::queue_before, {{"shift_id", shift.id}, {"since", seat->since}});
    shown.queue_place = static_cast<std::int32_t>(before->integer("people")) + 1;
}

// What the caller may do with the shift now.
std::vector<std::string> shift_actions(const api::Reading& reading, const ActivityState& activity,
                                       const ShiftState& shift, const Shift& shown,
                                       const api::Access& access) {
    std::vector<std::string> actions;
    if (activity.state != ActivityStep::published) return actions;
    const api::Caller& caller = reading.caller;
    bool before = reading.now < shift.starts_at;
    bool volunteers = reading.caller.person && !home_path(reading).empty();
    if (before && !shown.mine && volunteers && caller.may("shift.join", access)) {
        actions.emplace_back("join_shift");
    }
    bool has_place = shown.mine == SeatStep::joined || shown.mine == SeatStep::waiting;
    if (before && has_place && caller.may("shift.leave", access)) {
        actions.emplace_back("leave_shift");
    }
    if (shown.mine == SeatStep::joined && may_arrive(shift, reading.now) &&
        caller.may("shift.arrive", access)) {
        actions.emplace_back("arrive_at_shift");
    }
    bool open = !shift.closed_at;
    bool day_came = reading.now >= start_of(day_of(shift.starts_at));
    if (open && day_came && caller.may("shift.check_in", access)) {
        actions.emplace_back("check_in_shift");
    }
    if (open && reading.now >= shift.ends_at && caller.may("shift.record", access)) {
        actions.emplace_back("record_shift");
    }
    return actions;
}

Shift show_shift(const api::Reading& reading, const ActivityDesk& desk,
                 const ActivityState& activity, const ShiftState& shift, bool with_people) {
    Shift shown;
    shown.id = shift.id;
    shown.starts_at = shift.starts_at;
    shown.ends_at = shift.ends_at;
    shown.capacity = shift.capacity;
    shown.joined = shift.joined;
    shown.waiting = shift.waiting;
    shown.present = shift.present;
    shown.recorded = shift.recorded;
    shown.closed = static_cast<bool>(shift.closed_at);
    add_own_place(reading, shift, shown);
    std::string home = home_path(reading);
    api::Access access = access_of(activity, home, leader_of(reading, activity));
    if (with_people && reading.caller.may("shift.check_in", access)) {
        for (const auto& seat : seats_of(reading, shift.id)) {
            shown.seats.push_back(show_seat(reading, desk, seat));
        }
    }
    shown.actions = shift_actions(reading, activity, shift, shown, access);
    return shown;
}

}  // namespace

std::string home_path(const api::Reading& reading) {
    auto standing = reading.caller.person
                        ? reading.load<standing::StandingFigure>(reading.caller.person)
                        : std::nullopt;
    return standing && standing->volunteer ? standing->area_path : std::string();
}

Activity show_activity(const api::Reading& reading, const ActivityDesk& desk,
                       const ActivityState& activity, bool with_people) {
    auto text = [&](std::string_view field) {
        return desk.people.read_text(reading.db, activity.id.value, field);
    };
    Activity shown;
    shown.id = activity.id;
    const rules::Pack& pack = *reading.pack()->pack;
    auto areas = desk.tree.now();
    shown.area_id = activity.area;
    if (const auto* area = areas->find(activity.area)) {
        shown.area_name = area->name;
        shown.area_parents = areas->parents(*area, pack);
    }
    shown.state = activity.state;
    shown.over = activity.ends_at <= reading.now;
    shown.category_zh = shown.category_en = activity.category;
    if (const auto* category = pack.category(activity.category)) {
        shown.category_zh = category->name.zh;
        shown.category_en = category->name.en;
        shown.safety_zh = category->safety_notes.zh;
        shown.safety_en = category->safety_notes.en;
        shown.risk_level = label_of(category->risk_level);
    }
    shown.title = text(text_title).value_or("");
    shown.place = text(text_place).value_or("");
    shown.risk = text(text_risk).value_or("");
    shown.insurance = activity.insurance
                          ? insurance::insurance_words(reading.db, desk.people, activity.insurance)
                          : text(text_insurance);
    shown.cancel_reason = text(text_cancel_reason);
    auto account = reading.load<accounts::AccountFigure>(activity.leader);
    if (account) shown.leader_name = desk.people.name(reading.db, account->person);
    if (activity.organization) {
        shown.team_name = desk.people.read_text(reading.db, activity.organization.value,
                                                organizations::text_name);
    }
    shown.age_years_min = activity.age_years_min;
    shown.certification_min = activity.certification_min;
    if (activity.children > 0) {
        shown.children = activity.children;
        shown.adults_needed = adults_for(pack, activity.children);
    }
    auto shifts =
        reading.rows<ShiftFigure>(queries::shifts_of_activity, {{"activity", activity.id}});
    for (const auto& shift : shifts) {
        shown.shifts.push_back(show_shift(reading, desk, activity, shift, with_people));
    }
    std::string home = home_path(reading);
    bool open = activity.state == ActivityStep::published && !shown.over;
    api::Access access = access_of(activity, home, leader_of(reading, activity));
    if (open && reading.caller.may("activity.cancel", access)) {
        shown.actions.emplace_back("cancel_activity");
    }
    return shown;
}

Result<Activity> activity_page(const api::Reading& reading, const ActivityDesk& desk,
                               ActivityId id) {
    auto activity = id ? reading.load<ActivityFigure>(id) : std::nullopt;
    if (!activity) return refuse(hezhi::refusals::not_found);
    std::string home = home_path(reading);
    if (!reading.caller.may("activity.read",
                            access_of(*activity, home, leader_of(reading, *activity)))) {
        return refuse(hezhi::refusals::not_found);
    }
    return show_activity(reading, desk, *activity, true);
}

}  // namespace hezhi::activities
