#include "domain/spot_checks/spot_check_figure.h"

#include <algorithm>

#include "facts/plan_facts.h"

namespace hezhi::spot_checks {

bool called(const SpotCheckState& check, AccountId account) {
    return std::ranges::find(check.callers, account) != check.callers.end();
}

std::vector<std::string_view> SpotCheckFigure::kinds() {
    return {SpotCheckOpened::kind, SpotCheckAnswered::kind, SpotCheckSettled::kind};
}

void SpotCheckFigure::step(State& check, const Fact& fact, const rules::Pack&) {
    if (fact.is<SpotCheckOpened>()) {
        const auto& opened = fact.as<SpotCheckOpened>();
        check.record = RecordId(fact.subject("record"));
        check.person = PersonId(fact.subject("person"));
        check.order_id = OrderId(fact.subject("order"));
        check.area = fact.place.area;
        check.area_path = fact.place.path;
        check.reasons = opened.reasons;
        check.sampled = opened.sampled;
        check.percent = opened.percent;
        check.held = opened.held;
        check.opened_at = fact.occurred_at;
    } else if (fact.is<SpotCheckAnswered>()) {
        const auto& answered = fact.as<SpotCheckAnswered>();
        ++check.attempts;
        check.called_at = fact.occurred_at;
        if (!called(check, fact.actor.account)) check.callers.push_back(fact.actor.account);
        if (!answered.last) return;
        switch (answered.outcome) {
            case SpotCheckOutcome::confirmed:
                check.state = SpotCheckStep::confirmed;
                check.held = false;
                break;
            case SpotCheckOutcome::differs:
                check.state = SpotCheckStep::differs;
                check.held = true;
                break;
            case SpotCheckOutcome::not_reached:
                check.state = SpotCheckStep::not_reached;
                break;
        }
    } else {
        bool false_record = fact.as<SpotCheckSettled>().proven_false;
        check.state = false_record ? SpotCheckStep::reversed : SpotCheckStep::stands;
        check.settled_by = fact.actor.account;
        check.held = false;
    }
}

std::string duty_key(OrderId order, PersonId person) {
    return std::to_string(order.value) + "-" + std::to_string(person.value);
}

std::vector<std::string_view> DutyServiceFigure::kinds() {
    return {OrderCheckedOut::kind};
}

journal::Keys DutyServiceFigure::keys(const Fact& fact) {
    if (!fact.as<OrderCheckedOut>().duty.value_or(false)) return {};
    return {duty_key(OrderId(fact.subject("order")), PersonId(fact.subject("person")))};
}

void DutyServiceFigure::step(State& service, const Fact& fact, const rules::Pack&) {
    service.position = fact.position;
    service.order_id = OrderId(fact.subject("order"));
    service.person = PersonId(fact.subject("person"));
    service.area = fact.place.area;
    service.area_path = fact.place.path;
    service.checked_out_at = fact.occurred_at;
    service.noted_at = fact.recorded_at;
    service.minutes = fact.as<OrderCheckedOut>().minutes;
}

std::vector<std::string_view> PlannedOrderFigure::kinds() {
    return {PlanRan::kind};
}

journal::Keys PlannedOrderFigure::keys(const Fact& fact) {
    if (std::int64_t order = fact.subject("order")) return {order};
    return {};  // a holiday that the plan skips
}

void PlannedOrderFigure::step(State& order, const Fact& fact, const rules::Pack&) {
    order.plan = fact.subject("plan");
}

}  // namespace hezhi::spot_checks
