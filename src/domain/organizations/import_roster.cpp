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
            if (!people::same_name(people.name(judge.db, found.front()), row.name.value)) {
                return refuse(refusals::roster_name_differs);
            }
            return found.front();
        }
    }
    if (!text_of(row.phone).empty()) {
        auto phone = people::split_contact(text_of(row.phone), judge.pack.phones).phone;
        PersonId other = phone.empty() ? PersonId() : people.find_by_phone(judge.db, phone);
        if (other && people::same_name(people.name(judge.db, other), row.name.value)) return other;
    }
    return PersonId();
}

people::RegisterPerson entry_of(const RosterRow& row, const OrganizationState& team) {
    people::RegisterPerson input;
    input.name.value = row.name.value;
    if (!text_of(row.id_number).empty()) input.id_number.emplace(row.id_number->value);
    if (!text_of(row.phone).empty()) input.phone.emplace(row.phone->value);
    if (!text_of(row.birth_date).empty()) input.birth_date.emplace(row.birth_date->value);
    input.area_id = team.area;
    return input;
}

// Whether the usual document, which a list means, leaves the age to be told.
bool asks_birth_date(const rules::Pack& pack) {
    return !pack.id_schemes.empty() && !pack.id_schemes.front().birth_date_at;
}

struct Judged {
    RosterResult result;
    PersonId person;        // none: somebody new
    std::string born = {};  // of somebody new without a document: name and birth date
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
                                     entry_of(row, judge.team), judge.team.area_path);
    if (!entry) return {handed_back(row.row, entry.error()), {}};
    if (!entry->age_years && asks_birth_date(judge.pack)) {
        return {handed_back(row.row, refusals::birth_date_missing), {}};
    }
    bool by_birth_date = entry->birth_date && entry->entry.id_number.empty();
    std::string born;
    if (by_birth_date) {
        born = people::folded_name(row.name.value) + "\n" + to_string(*entry->birth_date);
    }
    return {invited, {}, std::move(born)};
}

// By what a later row finds the person whom this one registers: the document, or name and phone.
std::vector<std::string> keys_of(const Judge& judge, const RosterRow& row) {
    std::vector<std::string> keys;
    auto document = people::read_document(judge.pack, judge.today, {}, text_of(row.id_number));
    if (document && !document->number.empty()) keys.push_back(document->number);
    auto phone = people::split_contact(text_of(row.phone), judge.pack.phones).phone;
    if (!phone.empty()) keys.push_back(people::folded_name(row.name.value) + "\n" + phone);
    return keys;
}

// What a trial remembers of earlier rows of the same piece, which an import would have written.
struct Earlier {
    std::set<PersonId> invited;
    std::map<std::string, std::string> names;  // by what somebody new is found again
    std::set<std::string> born;                // without a document: name and birth date
};

// Whom an earlier row would have invited or registered, this one would find.
void meet_earlier(const Judge& judge, const RosterRow& row, Judged& judged, Earlier& earlier) {
    if (judged.result.outcome != RosterOutcome::invited) return;
    if (judged.person) {
        bool first = earlier.invited.insert(judged.person).second;
        if (!first) judged.result.outcome = RosterOutcome::known;
        return;
    }
    auto keys = keys_of(judge, row);
    for (const auto& key : keys) {
        auto found = earlier.names.find(key);
        if (found == earlier.names.end()) continue;
        if (people::same_name(found->second, row.name.value)) {
            judged.result.outcome = RosterOutcome::known;
        } else {
            judged.result = handed_back(row.row, refusals::roster_name_differs);
        }
        return;
    }
    if (!judged.born.empty() && !earlier.born.insert(judged.born).second) {
        judged.result = handed_back(row.row, people::refusals::birth_date_already_registered);
        return;
    }
    for (auto& key : keys) earlier.names.emplace(std::move(key), row.name.value);
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
    Earlier earlier;
    for (const auto& row : input.rows) {
        Judged judged = judge_row(judge, row);
        meet_earlier(judge, row, judged, earlier);
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
