#include "domain/dispatch_runs/dispatch_run_figure.h"

namespace hezhi::dispatch_runs {

std::vector<std::string_view> DispatchRunFigure::kinds() {
    return {DispatchRunMade::kind, DispatchRunAdopted::kind};
}

journal::Keys DispatchRunFigure::keys(const Fact& fact) {
    return {fact.subject("dispatch_run")};
}

void DispatchRunFigure::step(State& run, const Fact& fact, const rules::Pack&) {
    if (fact.is<DispatchRunMade>()) {
        const auto& made = fact.as<DispatchRunMade>();
        run.area = fact.place.area;
        run.area_path = fact.place.path;
        run.made_at = fact.occurred_at;
        run.made_by = fact.actor.account;
        run.orders = std::ssize(made.orders);
        run.places = made.places;
        run.empty_places = made.empty_places;
    } else if (fact.is<DispatchRunAdopted>()) {
        const auto& adopted = fact.as<DispatchRunAdopted>();
        run.state = DispatchRunStep::decided;
        run.adopted += std::ssize(adopted.adopted);
        run.stale += std::ssize(adopted.stale);
    }
}

}  // namespace hezhi::dispatch_runs
