#include "domain/cases/plan_figure.h"

#include "facts/deputy_facts.h"

namespace hezhi::cases {

std::vector<std::string_view> PlanFigure::kinds() {
    return {PlanMade::kind,  PlanRan::kind,      PlanPaused::kind,  PlanResumed::kind,
            PlanEnded::kind, ItemHandedOn::kind, ItemPassedOn::kind};
}

journal::Keys PlanFigure::keys(const Fact& fact) {
    if (std::int64_t plan = fact.subject("plan")) return {plan};
    return {};  // other work changed hands
}

void PlanFigure::step(State& plan, const Fact& fact, const rules::Pack&) {
    if (fact.is<PlanMade>()) {
        const auto& made = fact.as<PlanMade>();
        plan.area = fact.place.area;
        plan.area_path = fact.place.path;
        plan.recipient = PersonId(fact.subject("person"));
        plan.leader = fact.actor.account;
        plan.category = made.category;
        plan.weekdays = made.weekdays;
        plan.at_minute = made.at_minute;
        plan.preferred = made.preferred;
        plan.on_holidays = made.on_holidays;
        plan.made_at = fact.occurred_at;
        plan.next_at = made.next_at;
        plan.make_at = made.make_at;
        plan.until_at = made.until;
    } else if (fact.is<PlanRan>()) {
        const auto& ran = fact.as<PlanRan>();
        ++(ran.skipped ? plan.days_skipped : plan.orders_made);
        plan.next_at = ran.next_at;
        plan.make_at = ran.make_at;
    } else if (fact.is<PlanPaused>()) {
        plan.state = PlanStep::paused;
    } else if (fact.is<PlanResumed>()) {
        plan.state = PlanStep::active;
        plan.next_at = fact.as<PlanResumed>().next_at;
        plan.make_at = fact.as<PlanResumed>().make_at;
    } else if (fact.is<PlanEnded>()) {
        plan.state = PlanStep::ended;
    } else if (changes_leader(fact)) {
        plan.leader = next_leader(fact);
    }
}

}  // namespace hezhi::cases
