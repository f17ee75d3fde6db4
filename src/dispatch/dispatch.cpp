#include "dispatch/dispatch.h"

#include <algorithm>

#include "base/assert.h"
#include "dispatch/hard_rules.h"

namespace hezhi::dispatch {

namespace {

// A path without its last slash would take area 50 for a part of area 5.
bool is_path(std::string_view path) {
    return path.empty() || (path.size() > 1 && path.front() == '/' && path.back() == '/');
}

// The nearer the area, the more points: by how many areas up one must go from the order's place to
// reach one that both share.
std::int32_t distance_points(const Order& order, const Person& person, const Weights& weights) {
    auto near = depth_of(order.area_path);
    if (order.near_depth > 0) near = std::min(near, order.near_depth);
    auto up = std::max(0, near - shared_depth(order.area_path, person.area_path));
    if (static_cast<std::size_t>(up) >= weights.closeness_percent.size()) return 0;
    return weights.distance * weights.closeness_percent[static_cast<std::size_t>(up)] / 100;
}

std::int32_t continuity_points(const Person& person, const Weights& weights) {
    return person.served_recipient_before ? weights.continuity : 0;
}

// Whoever has all the skills that are wished for has all the points; no wish divides nobody.
std::int32_t skill_points(const Order& order, const Person& person, const Weights& weights) {
    if (order.skills.empty()) return weights.skill_fit;
    auto held = std::ranges::count_if(order.skills, [&](const std::string& skill) {
        return std::ranges::find(person.skills, skill) != person.skills.end();
    });
    return static_cast<std::int32_t>(weights.skill_fit * held / std::ssize(order.skills));
}

// Who served less of late comes first, so that the work is shared.
std::int32_t fairness_points(const Person& person, const Weights& weights) {
    std::int64_t full = weights.fairness_minutes_full;
    auto served = std::clamp<std::int64_t>(person.recent_minutes, 0, full);
    return static_cast<std::int32_t>(weights.fairness * (full - served) / full);
}

std::int32_t preference_points(const Order& order, const Person& person, const Weights& weights) {
    auto& wished = person.wished_categories;
    if (wished.empty()) return weights.preference * weights.preference_unstated_percent / 100;
    return std::ranges::find(wished, order.category) == wished.end() ? 0 : weights.preference;
}

std::vector<FunnelStep> funnel_of(std::int64_t considered, const std::vector<Excluded>& excluded) {
    std::vector<FunnelStep> funnel;
    for (auto& rule : hard_rules()) {
        considered -= std::ranges::count_if(
            excluded, [&](const Excluded& e) { return e.forbidden.rule == &rule; });
        funnel.push_back({&rule, considered});
    }
    return funnel;
}

}  // namespace

Score score_of(const Order& order, const Person& person, const Weights& weights) {
    Score score{{{{"distance", distance_points(order, person, weights), weights.distance},
                  {"continuity", continuity_points(person, weights), weights.continuity},
                  {"skill_fit", skill_points(order, person, weights), weights.skill_fit},
                  {"fairness", fairness_points(person, weights), weights.fairness},
                  {"preference", preference_points(order, person, weights), weights.preference}}},
                0};
    for (auto& part : score.parts) score.total += part.points;
    return score;
}

Verdict consider(const Order& order, const Person& person, const Weights& weights) {
    HEZHI_ASSERT(is_path(order.area_path) && is_path(order.reach_path));
    HEZHI_ASSERT(is_path(person.area_path));
    HEZHI_ASSERT(weights.fairness_minutes_full > 0);
    HEZHI_ASSERT(order.window.from < order.window.to);
    if (auto forbidden = first_forbidding(order, person, weights)) return std::move(*forbidden);
    return score_of(order, person, weights);
}

Ranking rank(const Order& order, std::span<const Person> people, const Weights& weights) {
    Ranking ranking;
    ranking.considered = std::ssize(people);
    for (auto& person : people) {
        auto verdict = consider(order, person, weights);
        if (auto score = std::get_if<Score>(&verdict)) {
            ranking.candidates.push_back({person.id, *score});
        } else {
            ranking.excluded.push_back({person.id, std::get<Forbidden>(std::move(verdict))});
        }
    }
    std::ranges::sort(ranking.candidates, [](const Candidate& a, const Candidate& b) {
        return a.score.total != b.score.total ? a.score.total > b.score.total : a.person < b.person;
    });
    std::ranges::sort(ranking.excluded, {}, &Excluded::person);
    ranking.funnel = funnel_of(ranking.considered, ranking.excluded);
    return ranking;
}

}  // namespace hezhi::dispatch
