// A whole city at one moment, as integers: the people who might serve and the places to fill. This
// is what the batch engine reads; the pages' own values (dispatch.h) are turned into it.
//
// Hard rules are capabilities and times, never costs. Duty boundary, certification, colour, record
// check, insurance, age and skill are each one bit whose name the pack gives; a person holds the
// bits that are true of them now. "At least one leader", "minors with an adult" and "yellow only in
// pairs" are what the order's first place requires beyond the others (`lead_required`).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace hezhi::dispatch {

using Capabilities = std::uint64_t;
using HalfHours = std::uint64_t;  // bit n: the n-th half hour from the start of the batch's horizon

struct MarketPerson {
    std::int64_t id = 0;
    Capabilities capabilities = 0;
    HalfHours free = 0;
    std::int32_t x_m = 0;  // on the district's metric grid
    std::int32_t y_m = 0;
    std::int32_t reach_m = 0;        // how far this person goes; counted in whole 100 m
    std::int32_t minutes_month = 0;  // served since the month began
    std::int32_t minutes_left = 0;   // may still serve in this horizon; beyond 31 h all the same
    std::uint8_t colour = 0;         // index into MarketRules::colour_cost
};

struct MarketOrder {
    std::int64_t id = 0;
    std::int32_t x_m = 0;
    std::int32_t y_m = 0;
    std::int32_t reach_m = 0;        // people further away are not asked; 0: no limit
    Capabilities required = 0;       // of everybody
    Capabilities lead_required = 0;  // beyond it of one of the team; 0: no leader needed
    Capabilities wished = 0;         // each that is missing costs
    HalfHours starts = 0;            // when it may begin; one bit if it needs more than one person
    std::int32_t half_hours = 1;     // how long it lasts
    std::int32_t people = 1;
    bool all_or_nothing = false;
    std::int32_t urgency = 0;
    std::int32_t days_waiting = 0;
    std::vector<std::int64_t> known;     // people who served this recipient before
    std::vector<std::int64_t> excluded;  // never to be asked for this order
};

struct LoadStep {
    std::int32_t minutes_from = 0;
    std::int32_t cost = 0;
};

// Pack data. Costs are tenths of a minute of somebody's time.
struct MarketRules {
    std::vector<std::string> capability_names;  // by bit; at most 64
    Capabilities certificates = 0;              // bits whose waste is counted
    std::int32_t visit_cost = 0;
    std::int32_t metres_per_cost = 1;  // of travel
    std::vector<LoadStep> load_steps;  // ascending in both: the more served, the dearer
    std::vector<std::int32_t> colour_cost{0};
    std::int32_t unneeded_certificate_cost = 0;
    std::int32_t unneeded_certificate_cost_max = 0;
    std::array<std::int32_t, 64> unmet_wish_cost{};  // by bit
    std::int32_t continuity_gain = 0;                // at most visit_cost
    std::int32_t empty_cost = 0;                     // of a place that stays empty
    std::int32_t empty_cost_per_urgency = 0;
    std::int32_t empty_cost_per_day_waiting = 0;
    std::int32_t empty_cost_max = 0;
    std::uint64_t tie_salt = 0;  // the day, so that luck between equals rotates
};

struct Market {
    MarketRules rules;
    std::vector<MarketPerson> people;
    std::vector<MarketOrder> orders;
};

// What one batch can hold, and why.
namespace market_limits {
inline constexpr std::int64_t places_max = 1
                                           << 18;  // their tie-breaks together stay below one unit
inline constexpr std::int64_t cost_max =
    (1 << 17) - 1;                                   // three such costs fit 64 bits with tie-break
inline constexpr std::int64_t people_max = 1 << 26;  // numbered in 32 bits with room
inline constexpr std::int32_t team_max = 64;
inline constexpr std::int32_t coordinate_max_m = 10'000'000;  // squares stay exact in a double
inline constexpr std::int32_t reach_max_m = 102'300;          // ten bits of 100 m
}  // namespace market_limits

namespace refusals {
inline constexpr RefusalRow market_too_large{
    "market_too_large", 422, "一次派单的名额或人数超过上限，请分片区进行。",
    "More places or people than one batch can hold; split it by area."};
inline constexpr RefusalRow market_cost_out_of_bounds{
    "market_cost_out_of_bounds", 422, "派单分值超出允许范围，请检查规则包。",
    "The costs leave the bounds of the engine; see the rule pack."};
inline constexpr RefusalRow market_duplicate_id{"market_duplicate_id", 422, "人员或订单编号重复。",
                                                "A person or an order appears twice."};
inline constexpr RefusalRow market_invalid{"market_invalid", 422, "派单数据有误，请按提示修改。",
                                           "The market is not well formed; see the field."};
}  // namespace refusals

// Refuses what the engine could not answer exactly. Field pointers name the place ("/orders/3").
Result<void> check_market(const Market& market);
Result<void> check_rules(const MarketRules& rules);
Result<void> check_order(const MarketOrder& order, const std::string& field);

}  // namespace hezhi::dispatch
