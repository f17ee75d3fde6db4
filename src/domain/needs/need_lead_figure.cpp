#include "domain/needs/need_lead_figure.h"

namespace hezhi::needs {

std::vector<std::string_view> NeedLeadFigure::kinds() {
    return {NeedContacted::kind, NeedAssessed::kind, NeedReferred::kind,
            OrderOpened::kind,   ItemHandedOn::kind, ItemPassedOn::kind};
}

journal::Keys NeedLeadFigure::keys(const Fact& fact) {
    if (std::int64_t need = fact.subject("need")) return {need};
    return {};  // a plan or an activity changed hands
}

void NeedLeadFigure::step(State& need, const Fact& fact, const rules::Pack&) {
    if (changes_leader(fact)) {
        need.leader = next_leader(fact);
    } else if (fact.is<OrderOpened>()) {
        if (fact.as<OrderOpened>().leader) need.leader = fact.as<OrderOpened>().leader;
    } else if (!need.leader) {
        need.leader = fact.actor.account;
    }
}

}  // namespace hezhi::needs
