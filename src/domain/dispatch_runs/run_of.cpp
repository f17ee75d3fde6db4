#include "domain/dispatch_runs/run_of.h"

#include <algorithm>

#include "domain/dispatch_runs/queries.h"
#include "journal/facts_about.h"

namespace hezhi::dispatch_runs {

const ProposedOrder* RunFacts::proposed(OrderId order) const {
    auto found = std::ranges::lower_bound(made.orders, order, {}, &ProposedOrder::order);
    return found != made.orders.end() && found->order == order ? &*found : nullptr;
}

std::set<OrderId> RunFacts::decided() const {
    std::set<OrderId> out = adopted;
    for (const auto& one : stale) out.insert(one.order);
    return out;
}

std::int64_t RunFacts::waiting() const {
    auto done = decided();
    return std::ranges::count_if(made.orders, [&](const ProposedOrder& order) {
        return !order.people.empty() && !done.contains(order.order);
    });
}

RunFacts run_of(store::Session& db, DispatchRunId id) {
    RunFacts run;
    for (const Fact& fact : journal::facts_about(db, "dispatch_run", id.value)) {
        if (fact.is<DispatchRunMade>()) {
            run.made = fact.as<DispatchRunMade>();
        } else if (fact.is<DispatchRunAdopted>()) {
            const auto& adopted = fact.as<DispatchRunAdopted>();
            run.adopted.insert(adopted.adopted.begin(), adopted.adopted.end());
            run.stale.insert(run.stale.end(), adopted.stale.begin(), adopted.stale.end());
        }
    }
    return run;
}

Proposals proposals_before(store::Session& db, const std::string& path, std::int64_t before_id) {
    Proposals out;
    auto row = db.row(queries::run_before, {{"path", path}, {"before_id", before_id}});
    if (!row) return out;
    for (const auto& order : run_of(db, DispatchRunId(row->integer("id"))).made.orders) {
        for (const auto& person : order.people) out[order.order].insert(person.person);
    }
    return out;
}

}  // namespace hezhi::dispatch_runs
