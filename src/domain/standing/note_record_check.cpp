// 登记背景核查, and the page of a person's standing.
#include <algorithm>

#include "domain/standing/standing.h"

namespace hezhi::standing {
namespace {

// One kind of background check and what is noted of it.
struct CheckShown {
    std::string check;
    std::string name_zh;
    std::string name_en;
    std::string says_zh;  // the clause
    std::string says_en;
    std::int32_t holds_days = 0;   // 0: without an end
    bool noted = false;            // and has not run out
    std::optional<Instant> until;  // none: without an end
    bool may_note = false;
};
BOOST_DESCRIBE_STRUCT(CheckShown, (),
                      (check, name_zh, name_en, says_zh, says_en, holds_days, noted, until,
                       may_note))

// A person's standing, as the page of the person shows it.
struct Standing {
    PersonId person_id;
    bool volunteer = false;
    bool social_worker = false;
    std::vector<CheckShown> checks;  // of the pack, in its order
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Standing, (), (person_id, volunteer, social_worker, checks, actions))

// The pack names the roles that note this kind.
bool notes(const api::Caller& caller, const rules::BackgroundCheck& check) {
    return std::ranges::any_of(caller.roles, [&](const api::RoleAt& held) {
        return std::ranges::find(check.noted_by, held.role) != check.noted_by.end();
    });
}

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
    bool may_note = reading.caller.person != id &&
                    reading.caller.may("record_check.note", access_of(*standing));
    for (const auto& check : reading.pack()->pack->checks) {
        Instant until = check_until(*standing, check.key);
        bool endless = until.ms == INT64_MAX;
        CheckShown row{check.key,
                       check.name.zh,
                       check.name.en,
                       check.clause.says.zh,
                       check.clause.says.en,
                       check.holds_days};
        row.noted = until > reading.now;
        if (row.noted && !endless) row.until = until;
        row.may_note = may_note && notes(reading.caller, check);
        shown.checks.push_back(std::move(row));
    }
    if (std::ranges::any_of(shown.checks, &CheckShown::may_note)) {
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
    if (caller.person == id) return refuse(refusals::own_record_check);
    const auto* check = turn.pack()->pack->check(input.check ? std::string_view(input.check->value)
                                                             : rules::crime_record_check);
    if (!check) {
        return refuse(refusals::check_unknown,
                      {"/check", "规则包中的背景核查", "a check of the pack"});
    }
    if (!notes(caller, *check)) return refuse(refusals::check_noted_by_others);
    // A query's day cannot lie ahead, and one that has run out is no check any more.
    Instant until;
    if (check->holds_days > 0) until = input.checked_at + std::chrono::days(check->holds_days);
    if (input.checked_at > turn.now() || (until && until <= turn.now())) {
        return refuse(refusals::check_day_invalid,
                      {"/checked_at", "今天或之前、仍在有效期内的日期",
                       "today or a day before whose query still holds"});
    }
    Place place{standing->area, standing->area_path};
    turn.append(draft(RecordChecked{until, check->key}, caller.actor("record_check.note"),
                      std::move(place), {{"person", id.value}}, turn.now()));
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
         "POST /people/{id}/record-check", "登记背景核查", "note a background check",
         "登记了背景核查", "a background check was noted"},
    };
}

}  // namespace hezhi::standing
