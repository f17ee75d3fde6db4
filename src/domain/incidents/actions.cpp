// 报告突发情况, 处理突发情况, 登记理赔, and what the timer does.
#include <algorithm>

#include "domain/incidents/incidents.h"
#include "domain/incidents/queries.h"
#include "rules/working_calendar.h"

namespace hezhi::incidents {
namespace {

std::unexpected<Refusal> unknown_severity() {
    return refuse(refusals::severity_unknown,
                  {"/severity", "规则包中的情况分级", "a class of the rule pack"});
}

Place place_of(const IncidentState& incident) {
    return {incident.area, incident.area_path};
}

Subjects subjects_of(const IncidentState& incident) {
    return {{"incident", incident.id.value},
            {std::string(label_of(incident.about)), incident.about_id}};
}

// The incident, if the caller may handle it where it happened.
Result<IncidentState> load_incident(journal::Turn& turn, const api::Caller& caller, IncidentId id,
                                    std::string_view permission) {
    const auto* incident = id ? turn.load<IncidentFigure>(id) : nullptr;
    api::Access access;
    if (incident) access = {.area_path = incident->area_path, .owner = incident->reporter};
    if (!incident || !caller.may("incident.read", access)) {
        return refuse(hezhi::refusals::not_found);
    }
    if (!caller.may(permission, access)) return refuse(hezhi::refusals::not_permitted);
    return *incident;
}

}  // namespace

Result<std::int64_t> report_incident(journal::Turn& turn, const api::Caller& caller,
                                     const IncidentDesk& desk, const ReportIncident& input) {
    bool service = input.about == AboutKind::order || input.about == AboutKind::activity ||
                   input.about == AboutKind::record;
    auto matter = service ? matter_of(turn, input.about, input.about_id) : std::nullopt;
    if (!matter || !caller.may("incident.report", access_of(turn.db(), caller, *matter))) {
        return refuse(hezhi::refusals::not_found);
    }
    if (start_of(day_of(turn.now()) + 1) <= matter->begins_at) {  // it may never begin
        return refuse(refusals::service_not_begun);
    }
    const rules::PublishedPack* pack = turn.pack();
    const auto* severity = pack->pack->incidents.find(input.severity);
    if (!severity) return unknown_severity();
    IncidentReported reported;
    reported.about = input.about;
    reported.severity = severity->key;
    reported.settle_until =
        rules::deadline(turn.now(), severity->settle_within, pack->pack->calendar).at;
    reported.pack = pack->hash;
    std::int64_t id = turn.next_position();
    desk.people.write_text(turn.db(), id, text_what, input.what);
    return turn.append(draft(
        reported, caller.actor("incident.report"), matter->place,
        {{"incident", self}, {std::string(label_of(input.about)), input.about_id}}, turn.now()));
}

Result<std::int64_t> settle_incident(journal::Turn& turn, const api::Caller& caller,
                                     const IncidentDesk& desk, IncidentId id,
                                     const SettleIncident& input) {
    auto incident = load_incident(turn, caller, id, "incident.settle");
    if (!incident) return std::unexpected(incident.error());
    auto matter = matter_of(turn, incident->about, incident->about_id);
    HEZHI_ASSERT(matter.has_value());
    bool reporter = incident->reporter && incident->reporter == caller.account;
    if (reporter || has_part(turn.db(), caller, *matter)) {
        return refuse(refusals::caller_had_part);
    }
    if (incident->state != IncidentStep::reported) return refuse(refusals::incident_settled);
    const auto* severity = turn.pack()->pack->incidents.find(input.severity);
    if (!severity) return unknown_severity();
    Subjects subjects = subjects_of(*incident);
    if (input.attributed_to) {
        auto served = who_served(turn.db(), *matter);
        bool one_of_them = std::ranges::find(served, *input.attributed_to) != served.end();
        if (!input.confirmed || !one_of_them) {
            return refuse(refusals::attributed_to_whom,
                          {"/attributed_to", "当时的服务人员", "one of those who served"});
        }
        subjects["person"] = input.attributed_to->value;
    }
    desk.people.write_text(turn.db(), id.value, text_reason, input.reason);
    turn.append(draft(
        IncidentSettled{severity->key, input.confirmed, input.attributed_to.has_value()},
        caller.actor("incident.settle"), place_of(*incident), std::move(subjects), turn.now()));
    return id.value;
}

Result<std::int64_t> note_claim(journal::Turn& turn, const api::Caller& caller,
                                const IncidentDesk& desk, IncidentId id, const NoteClaim& input) {
    auto incident = load_incident(turn, caller, id, "claim.note");
    if (!incident) return std::unexpected(incident.error());
    const auto* policy =
        input.insurance_id ? turn.load<insurance::InsuranceFigure>(input.insurance_id) : nullptr;
    if (!policy || !insurance::may_read(caller, *policy)) {
        return refuse(hezhi::refusals::invalid_input,
                      {"/insurance_id", "保险登记中的保单", "a policy of the register"});
    }
    Subjects subjects = subjects_of(*incident);
    subjects["insurance"] = input.insurance_id.value;
    desk.people.write_text(turn.db(), id.value, text_claim, input.reference);
    turn.append(draft(ClaimNoted{}, caller.actor("claim.note"), place_of(*incident),
                      std::move(subjects), turn.now()));
    return id.value;
}

Result<std::int64_t> escalate_incident(journal::Turn& turn, IncidentId id, Instant due_at) {
    const auto* incident = turn.load<IncidentFigure>(id);
    if (!incident || incident->state != IncidentStep::reported || incident->escalated_at) {
        return refuse(refusals::incident_settled);
    }
    turn.append(draft(IncidentEscalated{due_at}, {}, place_of(*incident), subjects_of(*incident),
                      turn.now()));
    return id.value;
}

std::vector<jobs::Timer> timers() {
    return {
        {"escalate_incident",
         [](store::Session& db, Instant now, std::int64_t limit) {
             std::vector<jobs::Due> due;
             db.each(queries::due_escalations, {{"now", now}, {"limit", limit}},
                     [&](const store::Row& row) {
                         due.push_back({row.integer("id"), 0, row.instant("settle_until")});
                     });
             return due;
         },
         [](journal::Turn& turn, const jobs::Due& due) {
             return escalate_incident(turn, IncidentId(due.id), due.due_at);
         }},
    };
}

api::ActionRows actions() {
    return {
        {"report_incident", "incident.report", "incident.reported", "POST /incidents",
         "报告突发情况", "report an incident", "报告了突发情况", "an incident was reported"},
        {"settle_incident", "incident.settle", "incident.settled",
         "POST /incidents/{id}/settlement", "处理突发情况", "settle the incident", "突发情况已处理",
         "the incident was settled"},
        {"note_claim", "claim.note", "claim.noted", "POST /incidents/{id}/claim", "登记理赔",
         "note the insurance claim", "登记了理赔", "an insurance claim was noted"},
        {"escalate_incident", "", "incident.escalated", "", "突发情况超期上报",
         "raise a late incident", "突发情况超期上报", "the late incident was raised"},
    };
}

api::StateRows states() {
    return {
        {"incident", "reported", "待处理", "to be settled"},
        {"incident", "settled", "已处理", "settled"},
    };
}

}  // namespace hezhi::incidents
