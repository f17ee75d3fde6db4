// What is scarce: places that stay empty, by who would be needed, where and when. What a place
// costs while it is empty is its price in the optimum: the list of whom to recruit and train.
#include <algorithm>
#include <map>

#include "domain/dispatch_runs/dispatch_run_pages.h"

namespace hezhi::dispatch_runs {
namespace {

constexpr std::size_t shortages_shown_max = 20;

// Who would be needed, in words of the pack.
rules::Words needed_for(const rules::Pack& pack, const orders::OrderState& order) {
    const auto* category = pack.category(order.category);
    if (!category) return {order.category, order.category};
    rules::Words words;
    if (order.duty_boundary == DutyBoundary::professional_only) {
        words = {"专业人员", "professional"};
        for (const auto& credential : pack.credentials) {
            if (credential.key == category->credential) words = credential.name;
        }
    } else {
        auto level = "V" + std::to_string(category->certification_min);
        words = {level + " 志愿者", level + " volunteer"};
    }
    if (category->skill) {
        words.zh += "（" + category->skill->zh + "）";
        words.en += " (" + category->skill->en + ")";
    }
    if (category->insurance) {
        words.zh += "，已办保险";
        words.en += ", insured";
    }
    for (const auto& key : category->checks) {
        const auto* check = pack.check(key);
        if (!check) continue;
        words.zh += "，" + check->name.zh;
        words.en += ", " + check->name.en;
    }
    return words;
}

DayPart part_of(const rules::DispatchRules& rules, Instant at) {
    auto minute = wall_time(at) / std::chrono::minutes(1);
    if (minute < rules.afternoon_from_minute) return DayPart::morning;
    return minute < rules.evening_from_minute ? DayPart::afternoon : DayPart::evening;
}

}  // namespace

std::vector<ShortageShown> shortages_of(const api::Reading& reading, const DispatchDesk& desk,
                                        const RunFacts& run) {
    const rules::Pack& pack = *reading.pack()->pack;
    auto areas = desk.orders.tree.now();
    std::map<std::tuple<std::string, AreaId, bool, DayPart>, ShortageShown> found;
    for (const auto& proposed : run.made.orders) {
        if (proposed.missing == 0) continue;
        auto order = reading.load<orders::OrderFigure>(proposed.order);
        if (!order) continue;
        rules::Words needs = needed_for(pack, *order);
        bool weekend = pack.calendar.weekend.contains(day_of(order->starts_at).weekday());
        DayPart part = part_of(pack.dispatch, order->starts_at);
        auto& its = found[{needs.zh, order->area, weekend, part}];
        its.needs_zh = needs.zh;
        its.needs_en = needs.en;
        if (const auto* area = areas->find(order->area)) its.area_name = area->name;
        its.weekend = weekend;
        its.part = part;
        its.places += proposed.missing;
        its.points += proposed.missing * proposed.empty_points;
    }
    std::vector<ShortageShown> out;
    for (auto& [key, shortage] : found) out.push_back(std::move(shortage));
    std::ranges::stable_sort(out, std::ranges::greater{}, &ShortageShown::points);
    if (out.size() > shortages_shown_max) out.resize(shortages_shown_max);
    return out;
}

}  // namespace hezhi::dispatch_runs
