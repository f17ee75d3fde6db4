#pragma once

#include <vector>

#include "domain/orders/orders.h"
#include "jobs/scheduler.h"

namespace hezhi::app {

// Every timer of the product, the housekeeping of operational tables among them.
// `orders` and `ledger` must outlive them; a pack has been published.
std::vector<jobs::Timer> all_timers(const orders::OrderDesk& orders, const journal::Ledger& ledger);

}  // namespace hezhi::app
