#include "dispatch/market.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <optional>

namespace hezhi::dispatch {

namespace {

using namespace market_limits;

std::unexpected<Refusal> wrong(const RefusalRow& row, std::string field, std::string zh,
                               std::string en) {
    return refuse(row, {std::move(field), std::move(zh), std::move(en)});
}

bool on_grid(std::int32_t x_m, std::int32_t y_m) {
    return std::abs(std::int64_t(x_m)) <= coordinate_max_m &&
           std::abs(std::int64_t(y_m)) <= coordinate_max_m;
}

bool ascends(const std::vector<LoadStep>& steps) {
    return std::ranges::adjacent_find(steps, [](const LoadStep& a, const LoadStep& b) {
               return a.minutes_from >= b.minutes_from || a.cost > b.cost;
           }) == steps.end();
}

bool any_negative(const MarketRules& rules) {
    auto below_0 = [](std::int32_t cost) { return cost < 0; };
    return rules.visit_cost < 0 || rules.unneeded_certificate_cost < 0 ||
           rules.unneeded_certificate_cost_max < 0 || rules.continuity_gain < 0 ||
           rules.empty_cost < 0 || rules.empty_cost_per_urgency < 0 ||
           rules.empty_cost_per_day_waiting < 0 || rules.empty_cost_max < 0 ||
           std::ranges::any_of(rules.colour_cost, below_0) ||
           std::ranges::any_of(rules.unmet_wish_cost, below_0) ||
           std::ranges::any_of(rules.load_steps, [](auto& step) { return step.cost < 0; });
}

// What a person costs wherever the order is; the index keeps it in 16 bits.
std::int64_t dearest_person(const MarketRules& rules) {
    return std::int64_t(rules.load_steps.empty() ? 0 : rules.load_steps.back().cost) +
           *std::ranges::max_element(rules.colour_cost) + rules.unneeded_certificate_cost_max;
}

// The dearest pair that these rules can make.
std::int64_t dearest(const MarketRules& rules) {
    std::int64_t sum = rules.visit_cost;
    sum += reach_max_m / rules.metres_per_cost;
    sum += dearest_person(rules);
    for (auto cost : rules.unmet_wish_cost) sum += cost;
    return sum;
}

template <class T>
std::optional<std::int64_t> first_duplicate(const std::vector<T>& records) {
    std::vector<std::int64_t> ids;
    ids.reserve(records.size());
    for (auto& record : records) ids.push_back(record.id);
    if (!std::ranges::is_sorted(ids)) std::ranges::sort(ids);
    auto twice = std::ranges::adjacent_find(ids);
    if (twice == ids.end()) return std::nullopt;
    return *twice;
}

Result<void> check_person(const MarketPerson& person, const MarketRules& rules,
                          const std::string& field) {
    if (person.id <= 0) {
        return wrong(refusals::market_invalid, field + "/id", "大于 0", "above 0");
    }
    if (!on_grid(person.x_m, person.y_m)) {
        return wrong(refusals::market_invalid, field, "坐标在一万公里以内",
                     "coordinates within 10,000 km");
    }
    if (person.reach_m < 0 || person.reach_m > reach_max_m) {
        return wrong(refusals::market_invalid, field + "/reach_m", "0 至 102300 米",
                     "0 to 102,300 m");
    }
    if (person.minutes_month < 0 || person.minutes_left < 0) {
        return wrong(refusals::market_invalid, field, "分钟数不为负", "minutes of at least 0");
    }
    if (person.colour >= rules.colour_cost.size()) {
        return wrong(refusals::market_invalid, field + "/colour", "规则包列出的颜色",
                     "a colour that the rules list");
    }
    return {};
}

}  // namespace

Result<void> check_rules(const MarketRules& rules) {
    if (rules.capability_names.size() > 64) {
        return wrong(refusals::market_invalid, "/rules/capability_names", "至多 64 项",
                     "at most 64");
    }
    if (rules.metres_per_cost < 1) {
        return wrong(refusals::market_invalid, "/rules/metres_per_cost", "至少 1", "at least 1");
    }
    if (rules.colour_cost.empty() || !ascends(rules.load_steps)) {
        return wrong(refusals::market_invalid, "/rules", "颜色不为空，负荷分档递增",
                     "at least one colour; load steps that ascend");
    }
    if (any_negative(rules)) {
        return wrong(refusals::market_cost_out_of_bounds, "/rules", "各项不为负",
                     "no cost below 0");
    }
    if (rules.continuity_gain > rules.visit_cost) {
        return wrong(refusals::market_cost_out_of_bounds, "/rules/continuity_gain",
                     "不大于 visit_cost", "at most visit_cost");
    }
    if (dearest(rules) > cost_max) {
        return wrong(refusals::market_cost_out_of_bounds, "/rules", "合计不大于 131071",
                     "at most 131,071 together");
    }
    if (dearest_person(rules) > UINT16_MAX) {
        return wrong(refusals::market_cost_out_of_bounds, "/rules",
                     "负荷、颜色、闲置认证三项合计不大于 65535",
                     "load, colour and unneeded certificates at most 65,535 together");
    }
    if (rules.empty_cost_max > cost_max) {
        return wrong(refusals::market_cost_out_of_bounds, "/rules/empty_cost_max", "不大于 131071",
                     "at most 131,071");
    }
    return {};
}

Result<void> check_order(const MarketOrder& order, const std::string& field) {
    auto invalid = [&](const char* part, const char* zh, const char* en) {
        return wrong(refusals::market_invalid, field + part, zh, en);
    };
    if (order.id <= 0) return invalid("/id", "大于 0", "above 0");
    if (!on_grid(order.x_m, order.y_m)) {
        return invalid("", "坐标在一万公里以内", "coordinates within 10,000 km");
    }
    if (order.half_hours < 1 || order.half_hours > 63) {
        return invalid("/half_hours", "1 至 63", "1 to 63");
    }
    if (order.people < 1 || order.people > team_max) {
        return invalid("/people", "1 至 64 人", "1 to 64");
    }
    if (order.people > 1 && std::popcount(order.starts) > 1) {
        return invalid("/starts", "多人同行只有一个开始时间",
                       "one start only: a team begins together");
    }
    if (order.reach_m < 0 || order.urgency < 0 || order.days_waiting < 0) {
        return invalid("", "范围、紧急度、等待天数不为负", "reach, urgency and days of at least 0");
    }
    return {};
}

Result<void> check_market(const Market& market) {
    if (auto sound = check_rules(market.rules); !sound) return sound;
    if (std::ssize(market.people) > people_max) {
        return wrong(refusals::market_too_large, "/people", "至多 67108864 人",
                     "at most 67,108,864");
    }
    for (std::size_t i = 0; i < market.people.size(); ++i) {
        auto& person = market.people[i];
        // The pointer is only written where something is wrong: there are millions of people.
        if (check_person(person, market.rules, "")) continue;
        return check_person(person, market.rules, "/people/" + std::to_string(i));
    }
    std::int64_t places = 0;
    for (std::size_t i = 0; i < market.orders.size(); ++i) {
        auto sound = check_order(market.orders[i], "/orders/" + std::to_string(i));
        if (!sound) return sound;
        places += market.orders[i].people;
    }
    if (places > places_max) {
        return wrong(refusals::market_too_large, "/orders", "名额合计至多 262144",
                     "at most 262,144 places");
    }
    if (auto twice = first_duplicate(market.people)) {
        return wrong(refusals::market_duplicate_id, "/people",
                     "编号 " + std::to_string(*twice) + " 只出现一次",
                     "id " + std::to_string(*twice) + " once");
    }
    if (auto twice = first_duplicate(market.orders)) {
        return wrong(refusals::market_duplicate_id, "/orders",
                     "编号 " + std::to_string(*twice) + " 只出现一次",
                     "id " + std::to_string(*twice) + " once");
    }
    return {};
}

}  // namespace hezhi::dispatch
