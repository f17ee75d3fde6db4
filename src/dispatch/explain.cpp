#include "dispatch/explain.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace hezhi::dispatch {

OrderFunnel funnel_of(const PersonIndex& index, const MarketOrder& order, bool leader) {
    OrderFunnel out;
    out.considered = index.people();
    auto counts = index.count(index.query_of(order, leader));
    for (std::size_t i = 0; i < counts.size(); ++i) {
        out.lines.push_back({&obstacles()[i], counts[i]});
    }
    return out;
}

std::vector<BestPerson> best_people(const PersonIndex& index, const MarketOrder& order, bool leader,
                                    std::size_t k) {
    std::vector<Edge> edges;
    index.cheapest(index.query_of(order, leader), k, nullptr, edges);
    std::vector<BestPerson> out;
    for (const Edge& edge : edges) {
        out.push_back({index.id_of(edge.column), static_cast<std::int32_t>(units_of(edge.cost))});
    }
    return out;
}

std::int64_t scarcity_units(Batch& batch, std::int64_t person) {
    auto number = batch.index().number_of(person);
    if (!number) return 0;
    return units_of(-batch.assignment().v(batch.column_for(*number)));
}

Result<WhyNot> why_not(Batch& batch, std::int64_t order, const MarketPerson& person) {
    auto* places = batch.places(order);
    auto number = batch.index().number_of(person.id);
    if (!places || !number) return refuse(refusals::batch_order_unknown);
    WhyNot out;
    std::optional<Assignment::Regret> least;
    auto column = batch.column_for(*number);
    for (bool leader : {true, false}) {
        if (leader ? !places->has_leader : places->has_leader && places->order.people == 1)
            continue;
        auto obstacle = obstacle_between(places->order, person, leader);
        if (obstacle != Obstacle::none) {
            // A member's place asks less than the leader's, so its rule is the one to show.
            if (!least) out.obstacle = obstacle;
            continue;
        }
        auto cost = batch.index().price(batch.index().query_of(places->order, leader), *number);
        if (!cost) continue;
        auto list = leader ? places->leader_list : places->member_list;
        auto regret = batch.assignment().regret(list, *cost, column);
        out.obstacle = Obstacle::none;
        if (least && least->loss <= regret.loss) continue;
        out.units = static_cast<std::int32_t>(units_of(*cost));
        least = std::move(regret);
    }
    if (!least) return out;
    out.chosen = least->moves.empty();
    out.loses = least->loss > 0;
    out.loss_units = units_of(least->loss);
    for (auto& move : least->moves) {
        using enum WhyNot::Swap::To;
        auto to = move.column < 0                                     ? nobody
                  : static_cast<std::uint32_t>(move.column) == column ? person_asked
                                                                      : other_person;
        out.swaps.push_back(
            {batch.places_of_row(move.row).order.id, batch.is_leader_row(move.row), to});
    }
    return out;
}

std::vector<Shortage> shortages(const Batch& batch) {
    auto& assignment = batch.assignment();
    std::map<std::pair<std::int64_t, bool>, Shortage> found;
    for (std::uint32_t row = 0; row < assignment.rows(); ++row) {
        if (assignment.column_of(row) != Assignment::at_exit) continue;
        auto order = batch.places_of_row(row).order.id;
        auto leader = batch.is_leader_row(row);
        auto& its = found[{order, leader}];
        its = {order, leader, its.places + 1, units_of(assignment.u(row))};
    }
    std::vector<Shortage> out;
    for (auto& [key, shortage] : found) out.push_back(shortage);
    std::ranges::stable_sort(out, std::ranges::greater{}, &Shortage::worth_units);
    return out;
}

}  // namespace hezhi::dispatch
