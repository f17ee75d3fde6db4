#include "domain/rule_packs/rule_pack_figure.h"

namespace hezhi::rule_packs {

std::vector<std::string_view> RulePackFigure::kinds() {
    return {PackProposed::kind, PackPublished::kind, PackRejected::kind};
}

journal::Keys RulePackFigure::keys(const Fact& fact) {
    return {fact.subject("rule_pack")};
}

void RulePackFigure::step(State& pack, const Fact& fact, const rules::Pack&) {
    if (fact.is<PackProposed>()) {
        const auto& proposed = fact.as<PackProposed>();
        pack.name = proposed.name;
        pack.pack_version = proposed.pack_version;
        pack.hash = proposed.hash;
        pack.effective_at = proposed.effective_at;
        pack.proposed_by = fact.actor.account;
        pack.proposed_at = fact.occurred_at;
        return;
    }
    pack.decided_by = fact.actor.account;
    pack.decided_at = fact.occurred_at;
    if (fact.is<PackRejected>()) {
        pack.state = RulePackStep::rejected;
        return;
    }
    const auto& published = fact.as<PackPublished>();
    pack.name = published.name;
    pack.pack_version = published.pack_version;
    pack.hash = published.hash;
    pack.effective_at = published.effective_at;
    pack.state = RulePackStep::published;
}

}  // namespace hezhi::rule_packs
