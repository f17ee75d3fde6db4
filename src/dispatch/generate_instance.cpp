// The benchmark's instances by name: cities as in generate.cpp, and matrices in the OR-Library's
// form.
#include "base/assert.h"
#include "dispatch/generate.h"
#include "dispatch/pricing.h"

namespace hezhi::dispatch {

namespace {

constexpr InstanceKindRow kind_rows[] = {
    {InstanceKind::city, "city", "一座城市：每单 50 人", "a city: 50 people an order"},
    {InstanceKind::tight, "tight", "人手紧张：每单 3 人", "too few hands: 3 people an order"},
    {InstanceKind::matrix, "matrix", "方阵，代价 1 至 100", "a square of costs from 1 to 100"},
    {InstanceKind::matrix_wide, "matrix-wide", "方阵，代价 1 至 1000000",
     "a square of costs from 1 to 1,000,000"},
    {InstanceKind::machol_wien, "machol-wien", "方阵，代价为行号乘列号",
     "a square whose costs are row times column"},
};

constexpr std::int32_t orders_in_one_city = 20'000;

std::unexpected<Refusal> wrong_size(const char* field, const std::string& most) {
    return refuse(refusals::market_too_large, {field, "1 至 " + most, "from 1 to " + most});
}

}  // namespace

std::span<const InstanceKindRow> instance_kinds() {
    return kind_rows;
}

CityPlan city_of(const InstancePlan& plan) {
    CityPlan city;
    city.seed = plan.seed;
    city.orders = plan.size;
    auto each = plan.kind == InstanceKind::tight ? 3 : 50;
    city.people = plan.people > 0 ? plan.people : plan.size * each;
    city.area_km2 = plan.area_km2 > 0                ? plan.area_km2
                    : plan.size > orders_in_one_city ? 6300
                                                     : 1000;
    return city;
}

CostMatrix generate_matrix(InstanceKind kind, std::uint32_t size, std::uint64_t seed) {
    HEZHI_ASSERT(kind != InstanceKind::city && kind != InstanceKind::tight);
    CostMatrix out{size, {}};
    out.costs.reserve(std::size_t(size) * size);
    auto dice = seed;
    std::uint64_t range = kind == InstanceKind::matrix ? 100 : 1'000'000;
    for (std::uint32_t row = 1; row <= size; ++row) {
        for (std::uint32_t column = 1; column <= size; ++column) {
            dice += 0x9e3779b97f4a7c15u;
            out.costs.push_back(kind == InstanceKind::machol_wien
                                    ? std::int64_t(row) * column
                                    : 1 + static_cast<std::int64_t>((mixed(dice) >> 33) % range));
        }
    }
    return out;
}

Result<std::string> generate_instance(const InstancePlan& plan) {
    bool is_city = plan.kind == InstanceKind::city || plan.kind == InstanceKind::tight;
    if (is_city) {
        // An order asks 1.3 people on the mean, so that 100,000 stay below the limit of places.
        if (plan.size < 1 || plan.size > 100'000) return wrong_size("size", "100000");
        if (plan.people < 0 || plan.people > market_limits::people_max) {
            return wrong_size("people", std::to_string(market_limits::people_max));
        }
        if (plan.area_km2 < 0 || plan.area_km2 > 1'000'000) return wrong_size("area", "1000000");
        return write_market(generate_city(city_of(plan)));
    }
    // The dearest product of Machol and Wien stays below matrix_cost_max.
    auto most = plan.kind == InstanceKind::machol_wien ? 3162u : matrix_size_max;
    if (plan.size < 1 || static_cast<std::uint32_t>(plan.size) > most) {
        return wrong_size("size", std::to_string(most));
    }
    return write_matrix(
        generate_matrix(plan.kind, static_cast<std::uint32_t>(plan.size), plan.seed));
}

}  // namespace hezhi::dispatch
