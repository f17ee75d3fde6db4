#include "dispatch/pricing.h"

#include <algorithm>
#include <array>

#include "base/assert.h"

namespace hezhi::dispatch {

namespace {

constexpr std::array<ObstacleRow, 5> obstacle_rows{{
    {Obstacle::capability, "lacks_capability", "不具备所需的岗位、认证或技能",
     "lacks a role, certificate or skill that is required"},
    {Obstacle::time, "not_free", "该时段没有空闲", "is not free at that time"},
    {Obstacle::minutes, "no_minutes_left", "可服务时长已用完", "has no time left to give"},
    {Obstacle::reach, "out_of_reach", "不在服务范围内", "is out of reach"},
    {Obstacle::excluded, "not_matched", "该订单未与其匹配", "was not matched with this order"},
}};

}  // namespace

std::span<const ObstacleRow> obstacles() {
    return obstacle_rows;
}

std::int32_t load_cost(const MarketRules& rules, std::int32_t minutes_month) {
    std::int32_t cost = 0;
    for (auto& step : rules.load_steps) {
        if (minutes_month < step.minutes_from) break;
        cost = step.cost;
    }
    return cost;
}

std::int64_t empty_units(const MarketRules& rules, const MarketOrder& order) {
    std::int64_t sum = rules.empty_cost;
    sum += std::int64_t(rules.empty_cost_per_urgency) * order.urgency;
    sum += std::int64_t(rules.empty_cost_per_day_waiting) * order.days_waiting;
    return std::min<std::int64_t>(sum, rules.empty_cost_max);
}

Obstacle obstacle_between(const MarketOrder& order, const MarketPerson& person, bool leader) {
    if (required_of(order, leader) & ~person.capabilities) return Obstacle::capability;
    if (!(runs_of(person.free, order.half_hours) & order.starts)) return Obstacle::time;
    if (person.minutes_left < order.half_hours * 30) return Obstacle::minutes;
    auto squared = squared_distance(order.x_m, order.y_m, person.x_m, person.y_m);
    auto within = [&](std::int64_t reach) { return squared <= reach * reach; };
    if (!within(reach_of(person)) || (order.reach_m > 0 && !within(order.reach_m))) {
        return Obstacle::reach;
    }
    return std::ranges::count(order.excluded, person.id) ? Obstacle::excluded : Obstacle::none;
}

PriceSheet price_of(const MarketRules& rules, const MarketOrder& order, const MarketPerson& person,
                    bool leader) {
    HEZHI_ASSERT(person.colour < rules.colour_cost.size());
    PriceSheet sheet;
    sheet.visit = rules.visit_cost;
    auto squared = squared_distance(order.x_m, order.y_m, person.x_m, person.y_m);
    sheet.travel = metres_of(squared) / rules.metres_per_cost;
    sheet.load = load_cost(rules, person.minutes_month);
    sheet.colour = rules.colour_cost[person.colour];
    sheet.scarcity = scarcity_cost(rules, person.capabilities & ~required_of(order, leader));
    sheet.wishes = wish_cost(rules, order.wished & ~person.capabilities);
    if (std::ranges::count(order.known, person.id)) sheet.continuity = -rules.continuity_gain;
    sheet.total = sheet.visit + sheet.travel + sheet.load + sheet.colour + sheet.scarcity +
                  sheet.wishes + sheet.continuity;
    return sheet;
}

}  // namespace hezhi::dispatch
