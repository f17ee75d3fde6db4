// Incidents (突发情况) during or after a service: reported with one tap by whoever is there,
// settled by staff who had no part in it. And the question that complaints ask as well: what is it
// about, and who had a part in it.
#pragma once

#include "domain/activities/activities.h"
#include "domain/incidents/incident_figure.h"
#include "domain/insurance/insurance.h"
#include "domain/orders/orders.h"
#include "domain/records/records.h"

namespace hezhi::incidents {

namespace refusals {
inline constexpr RefusalRow severity_unknown{"severity_unknown", 422, "请选择情况的严重程度。",
                                             "Choose how serious it is."};
inline constexpr RefusalRow service_not_begun{
    "service_not_begun", 409, "服务尚未到当天，还不能报告突发情况。",
    "The day of the service has not come; there is no incident to report yet."};
inline constexpr RefusalRow incident_settled{"incident_settled", 409, "该情况已处理。",
                                             "This incident was settled before."};
inline constexpr RefusalRow caller_had_part{
    "caller_had_part", 409, "您参与、带队或督导了该服务，须由其他人员处理。",
    "You served in this, lead its team or supervise it; somebody else must look at it."};
inline constexpr RefusalRow attributed_to_whom{
    "attributed_to_whom", 422, "认定由服务人员造成的，须属实并选择当时的服务人员。",
    "What is put down to somebody must be confirmed, and name one of those who served."};
}  // namespace refusals

// Texts of the register under the incident's id.
inline constexpr std::string_view text_what = "incident_what";
inline constexpr std::string_view text_reason = "incident_reason";
inline constexpr std::string_view text_claim = "incident_claim";

struct IncidentDesk {
    const people::Register& people;
    const areas::AreaTree& tree;
};

// --- what it is about ---

struct Matter {
    AboutKind about = AboutKind::order;
    std::int64_t id = 0;
    Place place;
    AccountId leader;    // of the order or the activity
    PersonId recipient;  // of the order
    OrderId order_id;    // the order or the activity itself, or that of the record
    ActivityId activity_id;
    PersonId person;    // the person, or whose record it is
    Instant begins_at;  // of the service
};

// None if there is no such record.
std::optional<Matter> matter_of(journal::Turn&, AboutKind, std::int64_t id);
std::optional<Matter> matter_of(const api::Reading&, AboutKind, std::int64_t id);

// Who took the order, has a place in the activity, or whose record it is.
std::vector<PersonId> who_served(store::Session&, const Matter&);

// Whether the caller is or served in it, supervises it, or leads the team of somebody who served:
// then somebody else must judge it.
bool has_part(store::Session&, const api::Caller&, const Matter&);

// How it stands to a caller: the area's, who leads it, who served.
api::Access access_of(store::Session&, const api::Caller&, const Matter&);

// --- actions; each returns the incident's id ---

struct ReportIncident {
    AboutKind about = AboutKind::order;
    std::int64_t about_id = 0;
    Text<1, 40> severity;
    Text<1, 500> what;
};
BOOST_DESCRIBE_STRUCT(ReportIncident, (), (about, about_id, severity, what))

// 报告突发情况, from the day of the service on.
Result<std::int64_t> report_incident(journal::Turn&, const api::Caller&, const IncidentDesk&,
                                     const ReportIncident& input);

struct SettleIncident {
    Text<1, 40> severity;
    bool confirmed = false;
    std::optional<PersonId> attributed_to;  // of those who served
    Text<1, 500> reason;
};
BOOST_DESCRIBE_STRUCT(SettleIncident, (), (severity, confirmed, attributed_to, reason))

// 处理突发情况, once. caller_had_part for whoever is involved.
Result<std::int64_t> settle_incident(journal::Turn&, const api::Caller&, const IncidentDesk&,
                                     IncidentId, const SettleIncident& input);

struct NoteClaim {
    InsuranceId insurance_id;
    Text<1, 60> reference;  // the insurer's number
};
BOOST_DESCRIBE_STRUCT(NoteClaim, (), (insurance_id, reference))

// 登记理赔
Result<std::int64_t> note_claim(journal::Turn&, const api::Caller&, const IncidentDesk&, IncidentId,
                                const NoteClaim& input);
// Timer: nobody settled it in time.
Result<std::int64_t> escalate_incident(journal::Turn&, IncidentId, Instant due_at);

std::vector<jobs::Timer> timers();
api::Routes routes(const IncidentDesk& desk);
api::ActionRows actions();
api::StateRows states();

}  // namespace hezhi::incidents
