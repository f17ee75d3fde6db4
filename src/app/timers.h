#pragma once

#include <vector>

#include "domain/orders/orders.h"
#include "jobs/scheduler.h"

namespace hezhi::app {

// Every timer of the product, the housekeeping of operational tables among them.
// `orders` must outlive them.
std::vector<jobs::Timer> all_timers(const orders::OrderDesk& orders);

}  // namespace hezhi::app
