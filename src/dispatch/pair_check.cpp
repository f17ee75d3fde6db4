#include "dispatch/pair_check.h"

#include <optional>

namespace hezhi::dispatch {

namespace {

// What one unit of each person's time is worth, and which row they serve; in the market's order.
struct PersonPrices {
    std::vector<Cost> v;
    std::vector<std::int32_t> row;
};

PersonPrices prices_of_people(const Batch& batch, const Market& market) {
    PersonPrices out{std::vector<Cost>(market.people.size(), 0),
                     std::vector<std::int32_t>(market.people.size(), Assignment::nobody)};
    std::unordered_map<std::int64_t, std::size_t> at;
    for (std::size_t i = 0; i < market.people.size(); ++i) at.emplace(market.people[i].id, i);
    auto& assignment = batch.assignment();
    for (std::uint32_t column = 0; column < assignment.columns(); ++column) {
        auto person = at.at(batch.index().id_of(batch.person_at(column)));
        out.v[person] = assignment.v(column);
        out.row[person] = assignment.row_of(column);
    }
    return out;
}

std::optional<Cost> price_of_pair(const MarketRules& rules, const MarketOrder& order,
                                  const MarketPerson& person, bool leader) {
    if (obstacle_between(order, person, leader) != Obstacle::none) return std::nullopt;
    return with_tie(price_of(rules, order, person, leader).total,
                    tie_of_order(order.id, leader, rules.tie_salt),
                    tie_of_person(person.id, rules.tie_salt));
}

}  // namespace

bool may_check_pairs(const Market& market, std::int64_t pairs_max) {
    std::int64_t places = 0;
    for (auto& order : market.orders) places += order.people;
    return places <= pairs_max &&
           places * std::ssize(market.people) <= pairs_max;  // 2^18 * 2^26 at most
}

PairCheck check_pairs(const Batch& batch, const Market& market) {
    PairCheck out;
    auto prices = prices_of_people(batch, market);
    auto& assignment = batch.assignment();
    for (auto& order : market.orders) {
        auto* places = batch.places(order.id);
        for (std::size_t place = 0; place < places->rows.size(); ++place) {
            auto row = places->rows[place];
            bool leader = places->has_leader && place == 0;
            for (std::size_t i = 0; i < market.people.size(); ++i) {
                ++out.pairs;
                bool serves = prices.row[i] == static_cast<std::int64_t>(row);
                auto cost = price_of_pair(market.rules, order, market.people[i], leader);
                if (!cost) {
                    out.violations += serves;
                    continue;
                }
                Cost slack = *cost - assignment.u(row) - prices.v[i];
                if (slack < 0 || (serves && slack != 0)) ++out.violations;
            }
        }
    }
    return out;
}

}  // namespace hezhi::dispatch
