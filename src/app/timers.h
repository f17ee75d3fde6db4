#pragma once

#include <vector>

#include "jobs/scheduler.h"

namespace hezhi::app {

// Every timer of the product, the housekeeping of operational tables among them.
std::vector<jobs::Timer> all_timers();

}  // namespace hezhi::app
