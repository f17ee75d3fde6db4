// Finds the cheapest people for a place among millions, exactly.
//
// People are numbered by place, so that neighbours lie together. Beside the grid of everybody there
// are grids for the sets of capabilities that are asked for often (prepare); a query uses the
// smallest that fits. Reading from several threads is safe as long as nobody changes anything.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "dispatch/person_grid.h"

namespace hezhi::dispatch {

class PersonIndex {
  public:
    // Consumes the people, so that they are not held twice. They satisfy check_market.
    PersonIndex(MarketRules rules, std::vector<MarketPerson>&& people);
    PersonIndex(const PersonIndex&) = delete;
    PersonIndex& operator=(const PersonIndex&) = delete;

    // Lays out grids for these sets where that saves reading. `bytes_max` bounds their memory.
    void prepare(std::span<const Capabilities> asked, std::size_t bytes_max);

    PlaceQuery query_of(const MarketOrder& order, bool leader) const;

    // The k cheapest people for the place, ascending by cost and then number; only those after
    // `after` if it is given. Returns what everybody else costs at least: no_cut if there is
    // nobody.
    Cost cheapest(const PlaceQuery& query, std::size_t k, const Edge* after,
                  std::vector<Edge>& out) const;

    // How many people are left after each rule.
    FunnelCounts count(const PlaceQuery& query) const;

    // Somebody changes or joins: the new values count from the next query on. The number is new.
    std::uint32_t put(const MarketPerson& person);
    // Somebody leaves. Nothing happens if there is no such person.
    void remove(std::int64_t id);

    const MarketRules& rules() const { return rules_; }
    std::uint32_t size() const { return static_cast<std::uint32_t>(id_of_.size()); }
    std::int64_t people() const;  // who are there now
    std::int64_t id_of(std::uint32_t number) const { return id_of_[number]; }
    std::optional<std::uint32_t> number_of(std::int64_t id) const;
    PlacedPerson person(std::uint32_t number) const;
    // The price on a place for this person, or nullopt if a rule forbids.
    std::optional<Cost> price(const PlaceQuery& query, std::uint32_t number) const;
    std::size_t bytes() const;
    std::size_t grids() const { return grids_.size(); }

  private:
    struct Changed {
        PlacedPerson person;
        bool gone = false;
    };
    PlacedPerson placed(const MarketPerson& person, std::uint32_t number) const;
    const PersonGrid& grid_for(Capabilities required) const;

    MarketRules rules_;
    std::vector<PersonGrid> grids_;     // the first is everybody's
    std::vector<std::int64_t> id_of_;   // by number
    std::vector<std::uint32_t> by_id_;  // numbers of the first grid, ascending by id
    std::vector<Changed> changed_;      // people put since; numbers follow those of the grid
    std::map<std::int64_t, std::uint32_t> changed_id_;
};

}  // namespace hezhi::dispatch
