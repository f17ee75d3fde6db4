// A run with what became of it, read from its facts. Internal.
#pragma once

#include <map>
#include <set>

#include "domain/dispatch_runs/dispatch_runs.h"

namespace hezhi::dispatch_runs {

struct RunFacts {
    DispatchRunMade made;
    std::set<OrderId> adopted;
    std::vector<StaleProposal> stale;

    // Null if the run does not have the order.
    const ProposedOrder* proposed(OrderId order) const;
    std::set<OrderId> decided() const;
    std::int64_t waiting() const;  // orders with somebody proposed, and nothing decided
};

// The run exists.
RunFacts run_of(store::Session& db, DispatchRunId id);

using Proposals = std::map<OrderId, std::set<PersonId>>;
// Whom the area's last run before `before_id` proposed; empty if there was none.
Proposals proposals_before(store::Session& db, const std::string& path, std::int64_t before_id);

}  // namespace hezhi::dispatch_runs
