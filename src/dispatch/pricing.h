// What a person costs on an order, to the unit, and which rule forbids. Everything is an integer;
// the same pair has the same price in the index, in a score sheet and in a test.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

#include "dispatch/assignment.h"
#include "dispatch/market.h"

namespace hezhi::dispatch {

// A price carries its tie-break in the low bits: a hash of ids, so that the order of the input is
// of no account. The sum of all tie-breaks of a batch stays below one unit.
inline constexpr int tie_bits = 44;
inline constexpr int tie_noise_bits = 26;
static_assert((market_limits::places_max << tie_noise_bits) <= (Cost(1) << tie_bits));
static_assert((market_limits::cost_max + 1) << tie_bits <= cost_max);

constexpr std::int64_t units_of(Cost cost) {
    return cost >> tie_bits;
}

constexpr std::uint64_t mixed(std::uint64_t x) {
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93u;
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93u;
    return x ^ (x >> 32);
}

constexpr std::uint32_t tie_of_person(std::int64_t person, std::uint64_t salt) {
    return static_cast<std::uint32_t>(
        mixed(static_cast<std::uint64_t>(person) * 0x9e3779b97f4a7c15u + salt) >> 32);
}

// The place of the leader draws its own lots, so that who leads is never undecided.
constexpr std::uint64_t tie_of_order(std::int64_t order, bool leader, std::uint64_t salt) {
    return mixed(static_cast<std::uint64_t>(order) * 2 + (leader ? 1 : 0) + mixed(salt));
}

constexpr Cost with_tie(std::int64_t units, std::uint64_t order_tie, std::uint32_t person_tie) {
    auto noise = mixed(order_tie ^ (std::uint64_t(person_tie) << 17)) >> (64 - tie_noise_bits);
    return (units << tie_bits) | static_cast<Cost>(noise);
}

// The half hours at which `length` free ones in a row begin.
constexpr HalfHours runs_of(HalfHours free, std::int32_t length) {
    for (std::int32_t have = 1; have < length;) {
        auto step = have < length - have ? have : length - have;
        free &= free >> step;
        have += step;
    }
    return free;
}

inline std::int64_t squared_distance(std::int32_t ax, std::int32_t ay, std::int32_t bx,
                                     std::int32_t by) {
    std::int64_t dx = std::int64_t(ax) - bx, dy = std::int64_t(ay) - by;
    return dx * dx + dy * dy;
}

// The square is an exact integer in a double and IEEE rounds its root the same way everywhere.
inline std::int32_t metres_of(std::int64_t squared) {
    return static_cast<std::int32_t>(std::sqrt(static_cast<double>(squared)));
}

inline std::int32_t reach_of(const MarketPerson& person) {
    return person.reach_m / 100 * 100;
}

std::int32_t load_cost(const MarketRules& rules, std::int32_t minutes_month);

inline std::int32_t scarcity_cost(const MarketRules& rules, Capabilities unneeded) {
    auto sum = std::popcount(unneeded & rules.certificates) * rules.unneeded_certificate_cost;
    return sum < rules.unneeded_certificate_cost_max ? sum : rules.unneeded_certificate_cost_max;
}

inline std::int32_t wish_cost(const MarketRules& rules, Capabilities unmet) {
    std::int32_t sum = 0;
    for (; unmet; unmet &= unmet - 1) {
        sum += rules.unmet_wish_cost[static_cast<std::size_t>(std::countr_zero(unmet))];
    }
    return sum;
}

// What it costs to leave one place of the order empty. It rises with every day of waiting, so that
// no order starves.
std::int64_t empty_units(const MarketRules& rules, const MarketOrder& order);
inline Cost empty_cost(const MarketRules& rules, const MarketOrder& order) {
    return empty_units(rules, order) << tie_bits;
}

// The terms of one price, side by side. They add up to `total` exactly.
struct PriceSheet {
    std::int32_t visit = 0, travel = 0, load = 0, colour = 0, scarcity = 0, wishes = 0;
    std::int32_t continuity = 0;  // <= 0
    std::int32_t total = 0;

    bool operator==(const PriceSheet&) const = default;
};

enum class Obstacle { none, capability, time, minutes, reach, excluded };

// The order of the funnel: the first rule that forbids is the one that is shown.
struct ObstacleRow {
    Obstacle obstacle;
    std::string_view code, zh, en;
};
std::span<const ObstacleRow> obstacles();

// `leader`: for the leader's place of the team.
Obstacle obstacle_between(const MarketOrder& order, const MarketPerson& person, bool leader);

PriceSheet price_of(const MarketRules& rules, const MarketOrder& order, const MarketPerson& person,
                    bool leader);

// What the order's place requires: a team of one leads itself.
inline Capabilities required_of(const MarketOrder& order, bool leader) {
    return leader ? order.required | order.lead_required : order.required;
}

}  // namespace hezhi::dispatch
