// What whoever leads teams has to see to: places unfilled, lists to tick, records due.
#include <algorithm>

#include "domain/activities/activities.h"
#include "domain/activities/queries.h"
#include "rules/working_calendar.h"

namespace hezhi::activities {
namespace {

constexpr std::int64_t led_shifts_max = 200;

LedTeam show_team(const api::Reading& reading, const ActivityDesk& desk,
                  const organizations::OrganizationState& team) {
    LedTeam shown;
    shown.id = team.id;
    shown.name =
        desk.people.read_text(reading.db, team.id.value, organizations::text_name).value_or("");
    shown.area_id = team.area;
    auto areas = desk.tree.now();
    if (const auto* area = areas->find(team.area)) shown.area_name = area->name;
    shown.members = team.members;
    reading.db.each(
        queries::insurances_of, {{"organization", team.id}, {"now", reading.now}},
        [&](const store::Row& row) {
            shown.insurances.push_back({row.id<InsuranceId>("id"), {}, row.instant("until_at")});
        });
    for (auto& policy : shown.insurances) {
        policy.words = insurance::insurance_words(reading.db, desk.people, policy.id);
    }
    return shown;
}

LedShift show_led_shift(const api::Reading& reading, const ActivityDesk& desk,
                        const ShiftState& shift, OrganizationId team) {
    auto text = [&](std::string_view field) {
        return desk.people.read_text(reading.db, shift.activity.value, field).value_or("");
    };
    const rules::Pack& pack = *reading.pack()->pack;
    LedShift shown;
    shown.activity_id = shift.activity;
    shown.shift_id = shift.id;
    shown.organization_id = team;
    shown.title = text(text_title);
    shown.place = text(text_place);
    shown.starts_at = shift.starts_at;
    shown.ends_at = shift.ends_at;
    shown.capacity = shift.capacity;
    shown.joined = shift.joined;
    shown.waiting = shift.waiting;
    shown.present = shift.present;
    shown.over = shift.ends_at <= reading.now;
    shown.record_until =
        rules::deadline(shift.ends_at, pack.records.enter_within, pack.calendar).at;
    Instant remind = rules::deadline(shift.ends_at, pack.records.remind_after, pack.calendar).at;
    shown.past_reminder = shown.over && reading.now > remind;
    return shown;
}

}  // namespace

LedTeams led_teams_page(const api::Reading& reading, const ActivityDesk& desk) {
    LedTeams page;
    PersonId lead = reading.caller.person;
    if (!lead) return page;
    auto teams =
        reading.rows<organizations::OrganizationFigure>(queries::teams_led, {{"person", lead}});
    for (const auto& team : teams) page.teams.push_back(show_team(reading, desk, team));
    // A shift that nobody has recorded leaves the list; its time is over long before.
    std::chrono::days unrecorded(reading.pack()->pack->records.unrecorded_shown_days);
    std::vector<std::pair<ShiftState, OrganizationId>> shifts;
    reading.db.each(queries::shifts_led,
                    {{"person", lead},
                     {"now", reading.now},
                     {"oldest", reading.now - unrecorded},
                     {"limit", led_shifts_max}},
                    [&](const store::Row& row) {
                        shifts.emplace_back(journal::read_state<ShiftFigure>(reading.tables, row),
                                            row.id<OrganizationId>("organization"));
                    });
    for (const auto& [shift, team] : shifts) {
        LedShift shown = show_led_shift(reading, desk, shift, team);
        auto counted = std::ranges::find(page.teams, team, &LedTeam::id);
        HEZHI_ASSERT(counted != page.teams.end());
        if (!shown.over) counted->places_unfilled += shift.capacity - shift.joined;
        if (shown.over) ++counted->records_due;
        if (shown.past_reminder) ++counted->records_past_reminder;
        page.shifts.push_back(std::move(shown));
    }
    return page;
}

}  // namespace hezhi::activities
