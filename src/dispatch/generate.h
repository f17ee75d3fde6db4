// Markets that look like a city, from a seed. For the benchmark, the command and tests; the shape
// of the city is documented in docs/features/dispatch.md.
#pragma once

#include <optional>
#include <span>

#include "dispatch/instance.h"
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

// The instances of the benchmark by name, for `hezhi dispatch --generate`.
enum class InstanceKind { city, tight, matrix, matrix_wide, machol_wien };
struct InstanceKindRow {
    InstanceKind kind;
    std::string_view name, zh, en;
};
std::span<const InstanceKindRow> instance_kinds();

struct InstancePlan {
    InstanceKind kind = InstanceKind::city;
    std::int32_t size = 1000;   // orders, or rows of a matrix
    std::int32_t people = 0;    // 0: 50 an order in a city, 3 in a tight one
    std::int32_t area_km2 = 0;  // 0: 1000, beyond 20,000 orders 6300
    std::uint64_t seed = 1;
};

// The text of the instance; refuses sizes that the engine does not take.
Result<std::string> generate_instance(const InstancePlan& plan);
CityPlan city_of(const InstancePlan& plan);
// Only of the three kinds that are matrices.
CostMatrix generate_matrix(InstanceKind kind, std::uint32_t size, std::uint64_t seed);

// The rules that generate_city uses: the weights of the shipped pack's kind, the capabilities of
// the default catalogue.
MarketRules sample_rules();

}  // namespace hezhi::dispatch
