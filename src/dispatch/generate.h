// Markets that look like a city, from a seed. For the benchmark, the command and tests; the shape
// of the city is documented in docs/features/dispatch.md.
#pragma once

#include "dispatch/market.h"

namespace hezhi::dispatch {

struct CityPlan {
    std::uint64_t seed = 1;
    std::int32_t orders = 1000;
    std::int32_t people = 50000;
    std::int32_t area_km2 = 1000;
};

// The same plan gives the same market on every machine.
Market generate_city(const CityPlan& plan);

// The rules that generate_city uses: the weights of the shipped pack's kind, the capabilities of
// the default catalogue.
MarketRules sample_rules();

}  // namespace hezhi::dispatch
