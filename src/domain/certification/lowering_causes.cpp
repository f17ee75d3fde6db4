// What may have caused a lowering, read from the facts: the folders of complaints, incidents and
// spot checks stand above this one.
#include <algorithm>

#include "domain/certification/certification.h"
#include "facts/complaint_facts.h"
#include "facts/incident_facts.h"
#include "facts/spot_check_facts.h"
#include "journal/facts_about.h"

namespace hezhi::certification {
namespace {

bool upheld(ComplaintOutcome outcome) {
    return outcome != ComplaintOutcome::not_upheld;
}

std::optional<CauseFound> cause_of(const Fact& fact) {
    const std::string& path = fact.place.path;
    if (fact.is<IncidentSettled>()) {
        const auto& settled = fact.as<IncidentSettled>();
        if (!settled.confirmed || !settled.attributable) return std::nullopt;
        return CauseFound{LoweringCause::incident, fact.subject("incident"), fact.occurred_at,
                          path};
    }
    if (fact.is<SpotCheckOpened>()) {
        return CauseFound{LoweringCause::spot_check, fact.position, fact.occurred_at, path};
    }
    if (fact.is<CheckObserved>() && !fact.as<CheckObserved>().passed) {
        return CauseFound{LoweringCause::observed_check, fact.position, fact.occurred_at, path};
    }
    return std::nullopt;
}

}  // namespace

std::vector<CauseFound> causes_against(store::Session& db, PersonId person) {
    std::vector<CauseFound> found;
    for (const Fact& fact : journal::facts_about(db, "person", person.value)) {
        if (auto cause = cause_of(fact)) found.push_back(std::move(*cause));
    }
    std::ranges::reverse(found);
    return found;
}

std::optional<CauseFound> upheld_complaint(store::Session& db, std::int64_t id, PersonId person) {
    std::optional<CauseFound> found;
    bool decided = false;
    for (const Fact& fact : journal::facts_about(db, "complaint", id)) {
        if (fact.is<ComplaintFiled>()) {
            const auto& filed = fact.as<ComplaintFiled>();
            bool other = filed.about == AboutKind::person && filed.about_id != person.value;
            if (!other) {
                found = CauseFound{LoweringCause::complaint, id, fact.occurred_at, fact.place.path};
            }
        } else if (fact.is<ComplaintDecided>()) {
            decided = upheld(fact.as<ComplaintDecided>().outcome);
        } else if (fact.is<ComplaintReviewed>()) {
            decided = upheld(fact.as<ComplaintReviewed>().outcome);
        }
    }
    return decided ? found : std::nullopt;
}

}  // namespace hezhi::certification
