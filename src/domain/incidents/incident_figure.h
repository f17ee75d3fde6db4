// Incidents as a figure: one row an incident.
#pragma once

#include "facts/incident_facts.h"
#include "journal/figure.h"

namespace hezhi::incidents {

enum class IncidentStep {
    reported,  // 待处理
    settled,   // 已处理
};
BOOST_DESCRIBE_ENUM(IncidentStep, reported, settled)

struct IncidentState {
    IncidentId id;
    AreaId area;
    std::string area_path;
    IncidentStep state = IncidentStep::reported;
    AboutKind about = AboutKind::order;
    std::int64_t about_id = 0;  // the id of the order, activity or record
    std::string severity;
    AccountId reporter;
    Instant reported_at;
    Instant settle_until;
    Instant escalated_at;
    Instant settled_at;
    bool confirmed = false;
    bool attributable = false;
    PersonId person;  // to whom it is put down; none otherwise
    InsuranceId insurance;
    Instant claimed_at;
};
BOOST_DESCRIBE_STRUCT(IncidentState, (),
                      (id, area, area_path, state, about, about_id, severity, reporter, reported_at,
                       settle_until, escalated_at, settled_at, confirmed, attributable, person,
                       insurance, claimed_at))

struct IncidentFigure {
    using State = IncidentState;
    static constexpr std::string_view name = "incidents";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() {
        return {"area_path, id", "state, settle_until, id", "reporter"};
    }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::incidents
