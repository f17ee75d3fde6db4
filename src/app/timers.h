#pragma once

#include <vector>

#include "domain/orders/orders.h"
#include "jobs/scheduler.h"

namespace hezhi::app {

// Every timer of the product, the housekeeping of operational tables among them.
// The references must outlive them; a pack has been published. `random` makes what stays secret
// until it is told.
std::vector<jobs::Timer> all_timers(const orders::OrderDesk& orders, const journal::Ledger& ledger,
                                    crypto::Random& random);

}  // namespace hezhi::app
