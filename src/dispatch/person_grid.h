// People laid out by place for one set of capabilities. Within a cell the cheapest people come
// first, so that a search leaves a cell as soon as nobody in it can be good enough.
//
// A grid may also divide each cell by the parts of the horizon. A person then stands in every part
// in which they have time, and whoever has none is only counted: a search reads the parts in which
// the order may begin.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "dispatch/pricing.h"

namespace hezhi::dispatch {

// All that a search asks about a person, in half a cache line.
struct PersonRecord {
    Capabilities capabilities;
    HalfHours free;
    std::uint32_t index;  // the person's number in the index
    std::uint32_t tie;
    std::uint16_t x_in_cell, y_in_cell;
    std::uint16_t penalty;         // load + colour + certificates beyond those of the grid
    std::uint16_t reach_and_time;  // reach in 100 m << 6 | half hours left

    std::int32_t reach_m() const { return (reach_and_time >> 6) * 100; }
    std::int32_t half_hours_left() const { return reach_and_time & 63; }
};
static_assert(sizeof(PersonRecord) == 32);

// Where a search stands: what is asked, and the best found so far.
struct PlaceQuery {
    std::int32_t x_m = 0, y_m = 0;
    std::int32_t reach_m = 0;  // 0: no limit
    Capabilities required = 0, wished = 0;
    HalfHours starts = 0;
    std::int32_t half_hours = 1;
    std::uint64_t tie = 0;
    std::vector<std::uint32_t> known, excluded;  // people's numbers, ascending
};

// The k cheapest edges so far, as a heap with the dearest on top.
class Shortlist {
  public:
    // Only edges after `after`, by cost and then number, are taken.
    Shortlist(std::vector<Edge>& edges, std::size_t k, const Edge* after)
        : edges_(edges), k_(k), after_(after) {
        edges_.clear();
    }
    bool full() const { return edges_.size() == k_; }
    // Nothing dearer than this can come in.
    std::int64_t units_max() const { return units_max_; }
    void offer(Edge edge);
    void finish();  // ascending

  private:
    std::vector<Edge>& edges_;
    std::size_t k_;
    const Edge* after_;
    std::int64_t units_max_ = INT64_MAX;
};

// How many are left after each of obstacles(), in their order.
using FunnelCounts = std::array<std::int64_t, 5>;

struct PlacedPerson {
    PersonRecord record;  // x_in_cell, y_in_cell not yet set
    std::int32_t x_m, y_m;
};

class PersonGrid {
  public:
    // The people hold all of `capabilities`; their penalties are for that set.
    enum class Layout { one_each, by_part };
    PersonGrid(const MarketRules& rules, Capabilities capabilities,
               std::vector<PlacedPerson>&& people, Layout layout);

    Capabilities capabilities() const { return capabilities_; }
    std::size_t people() const { return people_; }
    // In how many parts somebody with these free half hours stands.
    static int parts_with(HalfHours free);
    std::size_t bytes() const {
        return records_.capacity() * sizeof(PersonRecord) + begin_.capacity() * 4;
    }

    // Offers everybody who may take the place and could still be among the cheapest.
    void search(const PlaceQuery& query, Shortlist& best) const;

    // Everybody in the grid, counted by the first rule that forbids. The query requires what the
    // grid is for, or everybody stands in it.
    void count(const PlaceQuery& query, FunnelCounts& counts) const;

    // Number `at` in a grid with one each, with the place put together again.
    PlacedPerson person(std::size_t at) const;
    // The same for many, given ascending.
    std::vector<PlacedPerson> people(const std::vector<std::uint32_t>& ascending) const;
    const std::vector<PersonRecord>& records() const { return records_; }
    void set_index(std::size_t at, std::uint32_t index) { records_[at].index = index; }

    // This person is not asked again.
    void retire(std::uint32_t index, const PlacedPerson& person);

  private:
    static constexpr std::uint32_t retired = UINT32_MAX;
    struct Span {
        std::int32_t from, to;  // cells, half open
    };
    struct Probe;
    std::int32_t cell_of(std::int32_t metres, std::int32_t origin) const {
        return (metres - origin) >> shift_;
    }
    template <class Act>
    void each_entry(const std::vector<PlacedPerson>& people, Act&& act) const;
    std::size_t first_of(std::size_t cell) const { return begin_[cell * std::size_t(parts_)]; }
    PlacedPerson placed(std::size_t at, std::int64_t cell) const;
    void choose_cells(const std::vector<PlacedPerson>& people);
    void search_row(const Probe& probe, std::int32_t y, Span columns) const;
    void search_cell(const Probe& probe, std::int32_t x, std::int32_t y, std::int64_t floor) const;

    const MarketRules* rules_;
    Capabilities capabilities_;
    std::int32_t origin_x_ = 0, origin_y_ = 0;
    std::int32_t shift_ = 0;
    std::int32_t width_ = 0, height_ = 0;
    std::int32_t parts_ = 1;
    std::size_t people_ = 0;
    std::int64_t without_time_ = 0;  // in the grid, but in no part
    std::int32_t reach_max_m_ = 0;
    std::vector<std::uint32_t> begin_;
    std::vector<PersonRecord> records_;
};

void count_person(const PlaceQuery& query, const PersonRecord& record, std::int32_t x_m,
                  std::int32_t y_m, FunnelCounts& counts);

// One person against one query, wherever the record comes from; nothing if a rule forbids.
void offer_person(const MarketRules& rules, const PlaceQuery& query, Capabilities penalty_for,
                  const PersonRecord& record, std::int32_t x_m, std::int32_t y_m, bool known,
                  Shortlist& best);

}  // namespace hezhi::dispatch
