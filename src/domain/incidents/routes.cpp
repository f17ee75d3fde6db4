// Incidents for whoever is there, and the queue of those who settle them.
#include "domain/incidents/incidents.h"
#include "domain/incidents/queries.h"

namespace hezhi::incidents {
namespace {

using api::Reading;
using api::Writing;

constexpr std::int64_t own_shown_max = 50;

struct IncidentQuery {
    std::optional<AreaId> area;
    std::optional<IncidentStep> state;
    std::optional<api::ListSort> sort;
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(IncidentQuery, (), (area, state, sort, cursor, limit))

struct SeverityShown {
    std::string key;
    std::string zh;
    std::string en;
    std::string examples_zh;
    std::string examples_en;
};
BOOST_DESCRIBE_STRUCT(SeverityShown, (), (key, zh, en, examples_zh, examples_en))

struct EmergencyShown {
    std::string number;
    std::string zh;
    std::string en;
};
BOOST_DESCRIBE_STRUCT(EmergencyShown, (), (number, zh, en))

// What the form needs; the numbers stand first on it.
struct IncidentTerms {
    std::vector<EmergencyShown> emergency_numbers;
    std::vector<SeverityShown> severities;
};
BOOST_DESCRIBE_STRUCT(IncidentTerms, (), (emergency_numbers, severities))

struct ServedPerson {
    PersonId person_id;
    std::string name;  // masked
};
BOOST_DESCRIBE_STRUCT(ServedPerson, (), (person_id, name))

struct Incident {
    IncidentId id;
    IncidentStep state = IncidentStep::reported;
    AboutKind about = AboutKind::order;
    std::int64_t about_id = 0;
    std::string severity;
    std::string severity_zh;
    std::string severity_en;
    std::string area_name;
    std::string what;
    Instant reported_at;
    Instant settle_until;
    bool escalated = false;
    std::optional<bool> confirmed;
    std::optional<bool> attributable;
    std::optional<std::string> attributed_to;  // masked
    std::optional<std::string> reason;
    std::optional<std::string> insurance;
    std::optional<std::string> claim;
    std::vector<ServedPerson> served;  // for who settles it
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Incident, (),
                      (id, state, about, about_id, severity, severity_zh, severity_en, area_name,
                       what, reported_at, settle_until, escalated, confirmed, attributable,
                       attributed_to, reason, insurance, claim, served, actions))

struct IncidentList {
    std::vector<Incident> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(IncidentList, (), (items, next_cursor))

api::Access access_of_row(const IncidentState& incident) {
    return {.area_path = incident.area_path, .owner = incident.reporter};
}

void add_outcome(const Reading& reading, const IncidentDesk& desk, const IncidentState& incident,
                 Incident& shown) {
    if (incident.state != IncidentStep::settled) return;
    shown.confirmed = incident.confirmed;
    shown.attributable = incident.attributable;
    shown.reason = desk.people.read_text(reading.db, incident.id.value, text_reason);
    // Whom it is put down to is for those who settle it, not for whoever stood beside.
    bool settles = reading.caller.may("incident.settle", access_of_row(incident));
    if (incident.person && (settles || incident.person == reading.caller.person)) {
        shown.attributed_to = desk.people.masked_name(reading.db, incident.person);
    }
}

Incident show(const Reading& reading, const IncidentDesk& desk, const IncidentState& incident) {
    Incident shown;
    shown.id = incident.id;
    shown.state = incident.state;
    shown.about = incident.about;
    shown.about_id = incident.about_id;
    shown.severity = shown.severity_zh = shown.severity_en = incident.severity;
    if (const auto* severity = reading.pack()->pack->incidents.find(incident.severity)) {
        shown.severity_zh = severity->name.zh;
        shown.severity_en = severity->name.en;
    }
    // Where it stands now: an address that became secret since is not told by the incident.
    auto matter = matter_of(reading, incident.about, incident.about_id);
    auto areas = desk.tree.now();
    const auto* area = areas->find(matter ? matter->place.area : incident.area);
    if (area) shown.area_name = area->name;
    shown.what = desk.people.read_text(reading.db, incident.id.value, text_what).value_or("");
    shown.reported_at = incident.reported_at;
    shown.settle_until = incident.settle_until;
    shown.escalated = static_cast<bool>(incident.escalated_at);
    add_outcome(reading, desk, incident, shown);
    bool notes_claims = reading.caller.may("claim.note", access_of_row(incident));
    if (incident.insurance && notes_claims) {
        shown.insurance = insurance::insurance_words(reading.db, desk.people, incident.insurance);
        shown.claim = desk.people.read_text(reading.db, incident.id.value, text_claim);
    }
    if (notes_claims) shown.actions.emplace_back("note_claim");
    return shown;
}

// With what it takes to settle it.
Result<Incident> one(const Reading& reading, const IncidentDesk& desk, IncidentId id) {
    auto incident = id ? reading.load<IncidentFigure>(id) : std::nullopt;
    if (!incident || !reading.caller.may("incident.read", access_of_row(*incident))) {
        return refuse(hezhi::refusals::not_found);
    }
    Incident shown = show(reading, desk, *incident);
    if (!reading.caller.may("incident.settle", access_of_row(*incident))) return shown;
    auto matter = matter_of(reading, incident->about, incident->about_id);
    if (!matter) return shown;
    for (PersonId person : who_served(reading.db, *matter)) {
        shown.served.push_back({person, desk.people.masked_name(reading.db, person)});
    }
    bool reporter = incident->reporter && incident->reporter == reading.caller.account;
    bool open = incident->state == IncidentStep::reported;
    if (open && !reporter && !has_part(reading.db, reading.caller, *matter)) {
        shown.actions.emplace_back("settle_incident");
    }
    return shown;
}

Result<IncidentList> list_incidents(const Reading& reading, const IncidentDesk& desk,
                                    const IncidentQuery& query) {
    areas::WorkQuery work{.area = query.area, .cursor = query.cursor};
    if (query.state) work.state = std::string(label_of(*query.state));
    work.sort = query.sort.value_or(api::ListSort::due);
    work.limit = api::limit_of(query.limit);
    auto params = areas::list_params(reading, desk.tree, work, "incident.read");
    if (!params) return std::unexpected(params.error());
    bool due = work.sort == api::ListSort::due;
    std::vector<IncidentState> rows;
    for (const auto& below : *params) {
        reading.db.each(
            due ? queries::due_first : queries::newest_first, below, [&](const store::Row& row) {
                rows.push_back(journal::read_state<IncidentFigure>(reading.tables, row));
            });
    }
    areas::merge_lists(rows, work.limit + 1, [&](const auto& a, const auto& b) {
        if (!due) return a.id > b.id;
        return std::pair(a.settle_until, a.id) < std::pair(b.settle_until, b.id);
    });
    IncidentList list;
    for (const auto& row : rows) {
        if (std::ssize(list.items) == work.limit) {
            const Incident& last = list.items.back();
            list.next_cursor = api::to_text({last.settle_until.ms, last.id.value});
            break;
        }
        list.items.push_back(show(reading, desk, row));
    }
    return list;
}

Result<IncidentList> list_own(const Reading& reading, const IncidentDesk& desk) {
    auto rows = reading.rows<IncidentFigure>(
        queries::reported_by, {{"account", reading.caller.account}, {"limit", own_shown_max}});
    IncidentList list;
    for (const auto& row : rows) list.items.push_back(show(reading, desk, row));
    return list;
}

Result<IncidentTerms> terms(const Reading& reading) {
    const rules::IncidentRules& rules = reading.pack()->pack->incidents;
    IncidentTerms shown;
    for (const auto& each : rules.emergency_numbers) {
        shown.emergency_numbers.push_back({each.number, each.name.zh, each.name.en});
    }
    for (const auto& each : rules.classes) {
        shown.severities.push_back(
            {each.key, each.name.zh, each.name.en, each.examples.zh, each.examples.en});
    }
    return shown;
}

}  // namespace

api::Routes routes(const IncidentDesk& desk) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto render = [&desk](const Reading& r, std::int64_t id) {
        return one(r, desk, IncidentId(id));
    };
    return {
        api::reads<api::Nothing, IncidentTerms>(
            {Method::get, "/incidents/terms", "show_incident_terms", api::anyone_signed_in,
             everyone},
            [](const Reading& r, const api::Nothing&) { return terms(r); }),
        api::reads<api::Nothing, IncidentList>(
            {Method::get, "/incidents/mine", "list_own_incidents", "incident.report", everyone},
            [&desk](const Reading& r, const api::Nothing&) { return list_own(r, desk); }),
        api::reads<IncidentQuery, IncidentList>(
            {Method::get, "/incidents", "list_incidents", "incident.settle"},
            [&desk](const Reading& r, const IncidentQuery& q) {
                return list_incidents(r, desk, q);
            }),
        api::writes<ReportIncident, Incident>(
            {Method::post, "/incidents", "report_incident", "incident.report", everyone},
            [&desk](const Writing& w, const ReportIncident& input) {
                return report_incident(w.turn, w.caller, desk, input);
            },
            render),
        api::reads<api::Nothing, Incident>(
            {Method::get, "/incidents/{id}", "show_incident", "incident.read", everyone},
            [&desk](const Reading& r, const api::Nothing&) {
                return one(r, desk, IncidentId(r.id()));
            }),
        api::writes<SettleIncident, Incident>(
            {Method::post, "/incidents/{id}/settlement", "settle_incident", "incident.settle"},
            [&desk](const Writing& w, const SettleIncident& input) {
                return settle_incident(w.turn, w.caller, desk, IncidentId(w.id()), input);
            },
            render),
        api::writes<NoteClaim, Incident>(
            {Method::post, "/incidents/{id}/claim", "note_claim", "claim.note"},
            [&desk](const Writing& w, const NoteClaim& input) {
                return note_claim(w.turn, w.caller, desk, IncidentId(w.id()), input);
            },
            render),
    };
}

}  // namespace hezhi::incidents
