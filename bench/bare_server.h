// The peer of reads: Beast alone, as its own examples use it with coroutines.
#pragma once

#include <functional>
#include <string>

#include "bench/served.h"

namespace hezhi::bench {

// Answers every request with `body`, until `wait` returns.
void serve_bare(const std::string& body, const Served::Ready& ready, const Served::Wait& wait);

}  // namespace hezhi::bench
