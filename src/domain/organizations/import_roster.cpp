// Lists of people (名单), a piece at a time. A row is judged whole before anything of it is
// written.
#include <map>
#include <set>

#include "domain/organizations/actions.h"
#include "domain/organizations/queries.h"

namespace hezhi::organizations {
namespace {

std::string_view text_of(const auto& field) {
    return field ? std::string_view(field->value) : std::string_view();
}

RosterResult handed_back(std::int64_t row, const Refusal& refusal) {
    return {row, RosterOutcome::refused, std::string(refusal.row->code),
            std::string(refusal.row->zh), std::string(refusal.row->en)};
}

// What the rows of one piece are judged by.
struct Judge {
    store::Session& db;
    const rules::Pack& pack;
    Day today;
    const OrganizationDesk& desk;
    const OrganizationState& team;
};

// The registered person of this row; none if the row is about somebody new.
Result<PersonId> known_person(const Judge& judge, const RosterRow& row) {
    const people::Register& people = judge.desk.people;
    if (!text_of(row.id_number).empty()) {
        auto document = people::read_document(judge.pack, judge.today, {}, text_of(row.id_number));
        if (!document) return std::unexpected(document.error());
        auto found = people.with_id_number(judge.db, document->scheme, document->number);
        if (!found.empty()) {
            if (people.name(judge.db, found.front()) != row.name.value) {
                return refuse(refusals::roster_name_differs);
            }
            return found.front();
        }
    }
    if (!text_of(row.phone).empty()) {
        auto phone = people::split_contact(text_of(row.phone), judge.pack.phones).phone;
        PersonId other = phone.empty() ? PersonId() : people.find_by_phone(judge.db, phone);
        if (other && people.name(judge.db, other) == row.name.value) return other;
    }
    return PersonId();
}

people::RegisterPerson entry_of(const RosterRow& row, const OrganizationState& team) {
    people::RegisterPerson input;
    input.name.value = row.name.value;
    if (!text_of(row.id_number).empty()) input.id_number.emplace(row.id_number->value);
    if (!text_of(row.phone).empty()) input.phone.emplace(row.phone->value);
    input.area_id = team.area;
    return input;
}

struct Judged {
    RosterResult result;
    PersonId person;  // none: somebody new
};

Judged judge_row(const Judge& judge, const RosterRow& row) {
    if (row.name.value.empty()) {
        return {handed_back(row.row, hezhi::refusals::invalid_input), {}};
    }
    auto person = known_person(judge, row);
    if (!person) return {handed_back(row.row, person.error()), {}};
    RosterResult known{row.row, RosterOutcome::known, {}, {}, {}};
    RosterResult invited{row.row, RosterOutcome::invited, {}, {}, {}};
    if (*person) {
        auto standing = judge.db.row(queries::membership_stands,
                                     {{"id", membership_key(judge.team.id, *person)}});
        return {standing ? known : invited, *person};
    }
    auto entry = people::judge_entry(judge.db, judge.pack, judge.today, judge.desk.people,
                                     entry_of(row, judge.team));
    if (!entry) return {handed_back(row.row, entry.error()), {}};
    return {invited, {}};
}

// By what a new person would be found again: the document, or name and phone. Empty: by nothing.
std::string key_of(const rules::Pack& pack, Day today, const RosterRow& row) {
    auto document = people::read_document(pack, today, {}, text_of(row.id_number));
    if (document && !document->number.empty()) return document->number;
    if (text_of(row.phone).empty()) return {};
    return row.name.value + "\n" + std::string(text_of(row.phone));
}

// `asked`: whom an earlier row of this turn has invited; no table shows that yet.
RosterResult take_row(journal::Turn& turn, const Actor& actor, const Judge& judge,
                      const RosterRow& row, std::set<PersonId>& asked) {
    Judged judged = judge_row(judge, row);
    if (judged.result.outcome != RosterOutcome::invited) return judged.result;
    if (judged.person && asked.contains(judged.person)) {
        judged.result.outcome = RosterOutcome::known;
        return judged.result;
    }
    const OrganizationState& team = judge.team;
    if (!judged.person) {
        auto registered = people::register_person(turn, actor, {team.area, team.area_path},
                                                  judge.desk.people, entry_of(row, team));
        if (!registered) return handed_back(row.row, registered.error());
        judged.person = PersonId(*registered);
    }
    append_invitation(turn, actor, team, judged.person);
    asked.insert(judged.person);
    return judged.result;
}

}  // namespace

RosterResults judge_roster(store::Session& db, const rules::Pack& pack, Instant now,
                           const OrganizationDesk& desk, const OrganizationState& team,
                           const ImportRoster& input) {
    Judge judge{db, pack, day_of(now), desk, team};
    RosterResults all;
    std::map<std::string, std::string> asked;  // who they are → their name
    for (const auto& row : input.rows) {
        Judged judged = judge_row(judge, row);
        // Whom an earlier row would have invited, this one would find.
        bool invited = judged.result.outcome == RosterOutcome::invited;
        std::string key =
            judged.person ? std::to_string(judged.person.value) : key_of(pack, judge.today, row);
        if (invited && !key.empty()) {
            auto [earlier, first] = asked.try_emplace(key, row.name.value);
            if (!first && earlier->second != row.name.value) {
                judged.result = handed_back(row.row, refusals::roster_name_differs);
            } else if (!first) {
                judged.result.outcome = RosterOutcome::known;
            }
        }
        all.results.push_back(std::move(judged.result));
    }
    return all;
}

Result<RosterResults> try_roster(const api::Reading& reading, const OrganizationDesk& desk,
                                 OrganizationId id, const ImportRoster& input) {
    auto team = id ? reading.load<OrganizationFigure>(id) : std::nullopt;
    if (!team || !reading.caller.may("organization.read", access_of(*team, reading.caller))) {
        return refuse(hezhi::refusals::not_found);
    }
    if (!reading.caller.may("roster.import", access_of(*team, reading.caller))) {
        return refuse(hezhi::refusals::not_permitted);
    }
    if (input.rows.empty() || input.rows.size() > roster_rows_max) {
        return refuse(hezhi::refusals::invalid_input,
                      {"/rows", "1–50 行", "1 to 50 rows at a time"});
    }
    return judge_roster(reading.db, *reading.pack()->pack, reading.now, desk, *team, input);
}

Result<std::int64_t> import_roster(journal::Turn& turn, const Actor& actor,
                                   const OrganizationDesk& desk, const OrganizationState& team,
                                   const ImportRoster& input) {
    if (input.rows.empty() || input.rows.size() > roster_rows_max) {
        return refuse(hezhi::refusals::invalid_input,
                      {"/rows", "1–50 行", "1 to 50 rows at a time"});
    }
    Judge judge{turn.db(), *turn.pack()->pack, day_of(turn.now()), desk, team};
    RosterImported counted;
    std::set<PersonId> asked;
    RosterResults all;
    for (const auto& row : input.rows) {
        auto result = take_row(turn, actor, judge, row, asked);
        if (result.outcome == RosterOutcome::invited) ++counted.invited;
        if (result.outcome == RosterOutcome::known) ++counted.known;
        if (result.outcome == RosterOutcome::refused) ++counted.refused;
        all.results.push_back(std::move(result));
    }
    std::int64_t position = turn.next_position();
    desk.people.write_text(turn.db(), position, text_results, to_json(all));
    return turn.append(draft(counted, actor, {team.area, team.area_path},
                             {{"organization", team.id.value}}, turn.now()));
}

Result<std::int64_t> import_roster(journal::Turn& turn, const api::Caller& caller,
                                   const OrganizationDesk& desk, OrganizationId id,
                                   const ImportRoster& input) {
    auto team = load_organization(turn, caller, id, "roster.import");
    if (!team) return std::unexpected(team.error());
    return import_roster(turn, caller.actor("roster.import"), desk, *team, input);
}

}  // namespace hezhi::organizations
