#include "domain/queues/handover_figure.h"

namespace hezhi::queues {
namespace {

const std::string& queue_named_by(const Fact& fact) {
    return fact.is<ItemHandedOn>() ? fact.as<ItemHandedOn>().queue : fact.as<ItemPassedOn>().queue;
}

}  // namespace

std::string handover_key(std::string_view queue, std::int64_t id) {
    return std::string(queue) + "/" + std::to_string(id);
}

std::vector<std::string_view> HandoverFigure::kinds() {
    return {ItemHandedOn::kind, ItemPassedOn::kind};
}

journal::Keys HandoverFigure::keys(const Fact& fact) {
    return {handover_key(queue_named_by(fact), fact.subject(queue_named_by(fact)))};
}

void HandoverFigure::step(State& handover, const Fact& fact, const rules::Pack&) {
    handover.leader_before =
        fact.is<ItemHandedOn>() ? fact.as<ItemHandedOn>().from : fact.as<ItemPassedOn>().from;
    handover.leader_after = next_leader(fact);
    handover.handed_by = fact.actor.account;
    handover.handed_at = fact.occurred_at;
    handover.passed_on = fact.is<ItemPassedOn>();
    handover.reason = fact.position;
}

}  // namespace hezhi::queues
