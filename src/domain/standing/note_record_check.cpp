// 已查询违法犯罪记录, and the page of a person's standing.
#include "domain/standing/standing.h"

namespace hezhi::standing {
namespace {

// A person's standing, as the page of the person shows it.
struct Standing {
    PersonId person_id;
    bool volunteer = false;
    bool social_worker = false;
    std::optional<Instant> record_check_until;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Standing, (),
                      (person_id, volunteer, social_worker, record_check_until, actions))

api::Access access_of(const StandingState& standing) {
    return {.area_path = standing.area_path};
}

Result<Standing> standing_page(const api::Reading& reading, PersonId id) {
    auto standing = id ? reading.load<StandingFigure>(id) : std::nullopt;
    if (!standing || !reading.caller.may("person.read", access_of(*standing))) {
        return refuse(hezhi::refusals::not_found);
    }
    Standing shown;
    shown.person_id = id;
    shown.volunteer = standing->volunteer;
    shown.social_worker = standing->social_worker;
    if (standing->record_check_until) shown.record_check_until = standing->record_check_until;
    if (reading.caller.may("record_check.note", access_of(*standing))) {
        shown.actions.emplace_back("note_record_check");
    }
    return shown;
}

}  // namespace

Result<std::int64_t> note_record_check(journal::Turn& turn, const api::Caller& caller, PersonId id,
                                       const NoteRecordCheck& input) {
    const StandingState* standing = id ? turn.load<StandingFigure>(id) : nullptr;
    if (!standing || !caller.may("person.read", access_of(*standing))) {
        return refuse(hezhi::refusals::not_found);
    }
    if (!caller.may("record_check.note", access_of(*standing))) {
        return refuse(hezhi::refusals::not_permitted);
    }
    // A query's day cannot lie ahead, and one that has run out is no check any more.
    Instant until =
        input.checked_at + std::chrono::days(turn.pack()->pack->dispatch.record_check_days);
    if (input.checked_at > turn.now() || until <= turn.now()) {
        return refuse(refusals::check_day_invalid,
                      {"/checked_at", "今天或之前、仍在有效期内的日期",
                       "today or a day before whose query still holds"});
    }
    Place place{standing->area, standing->area_path};
    turn.append(draft(RecordChecked{until}, caller.actor("record_check.note"), std::move(place),
                      {{"person", id.value}}, turn.now()));
    return id.value;
}

api::Routes routes() {
    using http::Method;
    auto render = [](const api::Reading& r, std::int64_t id) {
        return standing_page(r, PersonId(id));
    };
    return {
        api::reads<api::Nothing, Standing>(
            {Method::get, "/people/{id}/standing", "show_standing", "person.read"},
            [](const api::Reading& r, const api::Nothing&) {
                return standing_page(r, PersonId(r.id()));
            }),
        api::writes<NoteRecordCheck, Standing>(
            {Method::post, "/people/{id}/record-check", "note_record_check", "record_check.note"},
            [](const api::Writing& w, const NoteRecordCheck& input) {
                return note_record_check(w.turn, w.caller, PersonId(w.id()), input);
            },
            render),
    };
}

api::ActionRows actions() {
    return {
        {"note_record_check", "record_check.note", "record_check.noted",
         "POST /people/{id}/record-check", "登记违法犯罪记录查询", "note a crime-record query",
         "登记了违法犯罪记录查询", "a crime-record query was noted"},
    };
}

}  // namespace hezhi::standing
