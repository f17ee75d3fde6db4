// Signs that no service record could ever show.
#include <algorithm>

#include "rules/check_reach.h"

namespace hezhi::rules {

namespace {

constexpr const char* true_hours_file = "true_hours.toml";
constexpr std::int64_t minutes_a_day = 24 * 60;

// At night two go together, whatever the category says.
std::int32_t largest_team(const Pack& pack) {
    std::int32_t people = 2;
    for (const Category& category : pack.categories) {
        people = std::max({people, category.people_first, category.people_after});
    }
    return people;
}

}  // namespace

void check_true_hours_reach(const Pack& pack, Reach& reach) {
    const TrueHoursRules& rules = pack.true_hours;
    std::int64_t a_day = minutes_a_day / std::max(shortest_minutes(pack), 1);
    if (rules.pair_share_percent >= 100) {
        reach.wrong(true_hours_file, "same_pair.share_percent",
                    "应小于 100：占比须超过此值，否则永远达不到",
                    "less than 100: the share must exceed it, and never could");
    }
    if (rules.pair_services_min > rules.pair_window_days * a_day) {
        reach.wrong(true_hours_file, "same_pair.services_min",
                    "不超过 window_days 天内至多可有的服务次数，否则永远达不到",
                    "no more services than window_days can hold; otherwise it is never reached");
    }
    if (rules.orders_a_day >= a_day) {
        std::string most = std::to_string(a_day - 1);
        reach.wrong(true_hours_file, "orders_a_day.limit",
                    "不超过 " + most + "：一天至多可有的单数减一，否则永远达不到",
                    most + " at most: a day holds one order more; otherwise it is never exceeded");
    }
    std::string largest = std::to_string(largest_team(pack));
    if (rules.code_people_min > largest_team(pack)) {
        reach.wrong(true_hours_file, "shared_code.people_min",
                    "不超过人数最多的事项：" + largest + " 人，否则永远达不到",
                    "no more people than the largest category takes: " + largest +
                        "; otherwise it is never reached");
    }
}

}  // namespace hezhi::rules
