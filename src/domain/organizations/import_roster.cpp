// Lists of people (名单), a piece at a time. A row is judged whole before anything of it is
// written.
#include "domain/organizations/actions.h"

namespace hezhi::organizations {
namespace {

std::string_view text_of(const auto& field) {
    return field ? std::string_view(field->value) : std::string_view();
}

RosterResult handed_back(std::int64_t row, const Refusal& refusal) {
    return {row, RosterOutcome::refused, std::string(refusal.row->code),
            std::string(refusal.row->zh), std::string(refusal.row->en)};
}

// The registered person of this row; none if the row is about somebody new.
Result<PersonId> known_person(journal::Turn& turn, const OrganizationDesk& desk,
                              const RosterRow& row) {
    if (!text_of(row.id_number).empty()) {
        auto document = people::read_document(*turn.pack()->pack, day_of(turn.now()), {},
                                              text_of(row.id_number));
        if (!document) return std::unexpected(document.error());
        auto found = desk.people.with_id_number(turn.db(), document->scheme, document->number);
        if (!found.empty()) {
            if (desk.people.name(turn.db(), found.front()) != row.name.value) {
                return refuse(refusals::roster_name_differs);
            }
            return found.front();
        }
    }
    if (!text_of(row.phone).empty()) {
        PersonId other = desk.people.find_by_phone(turn.db(), text_of(row.phone));
        if (other && desk.people.name(turn.db(), other) == row.name.value) return other;
    }
    return PersonId();
}

RosterResult take_row(journal::Turn& turn, const Actor& actor, const OrganizationDesk& desk,
                      const OrganizationState& team, const RosterRow& row) {
    if (row.name.value.empty()) {
        return handed_back(row.row, hezhi::refusals::invalid_input);
    }
    auto person = known_person(turn, desk, row);
    if (!person) return handed_back(row.row, person.error());
    if (*person && belongs(turn, team.id, *person))
        return {row.row, RosterOutcome::known, {}, {}, {}};
    if (!*person) {
        people::RegisterPerson input;
        input.name.value = row.name.value;
        if (!text_of(row.id_number).empty()) input.id_number.emplace(row.id_number->value);
        if (!text_of(row.phone).empty()) input.phone.emplace(row.phone->value);
        input.area_id = team.area;
        auto registered =
            people::register_person(turn, actor, {team.area, team.area_path}, desk.people, input);
        if (!registered) return handed_back(row.row, registered.error());
        person = PersonId(*registered);
    }
    append_invitation(turn, actor, team, *person);
    return {row.row, RosterOutcome::invited, {}, {}, {}};
}

}  // namespace

Result<std::int64_t> import_roster(journal::Turn& turn, const api::Caller& caller,
                                   const OrganizationDesk& desk, OrganizationId id,
                                   const ImportRoster& input) {
    auto team = load_organization(turn, caller, id, "roster.import");
    if (!team) return std::unexpected(team.error());
    if (input.rows.empty() || input.rows.size() > roster_rows_max) {
        return refuse(hezhi::refusals::invalid_input,
                      {"/rows", "1–50 行", "1 to 50 rows at a time"});
    }
    Actor actor = caller.actor("roster.import");
    RosterImported counted;
    RosterResults all;
    for (const auto& row : input.rows) {
        auto result = take_row(turn, actor, desk, *team, row);
        if (result.outcome == RosterOutcome::invited) ++counted.invited;
        if (result.outcome == RosterOutcome::known) ++counted.known;
        if (result.outcome == RosterOutcome::refused) ++counted.refused;
        all.results.push_back(std::move(result));
    }
    std::int64_t position = turn.next_position();
    desk.people.write_text(turn.db(), position, text_results, to_json(all));
    return turn.append(draft(counted, actor, {team->area, team->area_path},
                             {{"organization", id.value}}, turn.now()));
}

}  // namespace hezhi::organizations
