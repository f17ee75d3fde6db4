#include "domain/deputies/deputy_figure.h"

#include <algorithm>

namespace hezhi::deputies {

std::vector<std::string_view> DeputyFigure::kinds() {
    return {DeputyNamed::kind, DeputyConfirmed::kind, DeputyDeclined::kind, DeputyEnded::kind};
}

journal::Keys DeputyFigure::keys(const Fact& fact) {
    return {fact.subject("deputy")};
}

void DeputyFigure::step(State& deputy, const Fact& fact, const rules::Pack&) {
    if (fact.is<DeputyNamed>()) {
        const auto& named = fact.as<DeputyNamed>();
        deputy.account = named.account;
        deputy.deputy = named.deputy;
        deputy.role = named.role;
        deputy.area = fact.place.area;
        deputy.area_path = fact.place.path;
        deputy.from_at = named.from;
        deputy.until_at = named.until;
        deputy.named_by = fact.actor.account;
    } else if (fact.is<DeputyConfirmed>()) {
        deputy.state = DeputyStep::confirmed;
        deputy.stood_from = std::max(deputy.from_at, fact.occurred_at);
        deputy.stood_until = deputy.until_at;
    } else if (fact.is<DeputyDeclined>()) {
        deputy.state = DeputyStep::declined;
    } else if (fact.is<DeputyEnded>()) {
        deputy.state = DeputyStep::ended;
        if (!deputy.stood_from) return;  // ended before the deputy had said yes
        // Ended before it began: it never did.
        if (fact.occurred_at <= deputy.stood_from) deputy.stood_from = Instant();
        deputy.stood_until = deputy.stood_from ? fact.occurred_at : Instant();
    }
}

}  // namespace hezhi::deputies
