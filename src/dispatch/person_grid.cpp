#include "dispatch/person_grid.h"

#include <algorithm>
#include <numeric>

#include "base/assert.h"

namespace hezhi::dispatch {

namespace {

// On the mean of the bounding box; people live in towns, so occupied cells hold several times more,
// and a fourth of them or less has time in a part.
// With fewer the search walks over many cells, with more it reads people who are too far: measured.
constexpr std::int64_t people_per_cell = 48;

// With more of them more people would stand in two.
constexpr std::int32_t day_parts = 4;
constexpr std::int32_t part_length = 64 / day_parts;
constexpr HalfHours first_part = (HalfHours(1) << part_length) - 1;

std::int32_t part_of(HalfHours at_first) {
    return std::countr_zero(at_first) / part_length;
}

bool before(const Edge& a, const Edge& b) {
    return a.cost != b.cost ? a.cost < b.cost : a.column < b.column;
}

}  // namespace

void Shortlist::offer(Edge edge) {
    if (after_ && !before(*after_, edge)) return;
    if (full()) {
        if (k_ == 0 || !before(edge, edges_.front())) return;
        std::ranges::pop_heap(edges_, before);
        edges_.back() = edge;
        std::ranges::push_heap(edges_, before);
    } else {
        edges_.push_back(edge);
        if (full()) std::ranges::make_heap(edges_, before);
    }
    if (full()) units_max_ = units_of(edges_.front().cost);
}

// A heap only once it is full.
void Shortlist::finish() {
    std::ranges::sort(edges_, before);
}

int PersonGrid::parts_with(HalfHours free) {
    int parts = 0;
    for (std::int32_t part = 0; part < day_parts; ++part) {
        parts += (free >> part * part_length & first_part) != 0;
    }
    return parts;
}

// Calls act(person, slot) for each cell and part that a person stands in.
template <class Act>
void PersonGrid::each_entry(const std::vector<PlacedPerson>& people, Act&& act) const {
    for (auto& person : people) {
        auto cell = std::size_t(cell_of(person.y_m, origin_y_)) * std::size_t(width_) +
                    std::size_t(cell_of(person.x_m, origin_x_));
        if (parts_ == 1) {
            act(person, cell);
            continue;
        }
        for (std::int32_t part = 0; part < day_parts; ++part) {
            if (person.record.free >> part * part_length & first_part) {
                act(person, cell * std::size_t(day_parts) + std::size_t(part));
            }
        }
    }
}

PersonGrid::PersonGrid(const MarketRules& rules, Capabilities capabilities,
                       std::vector<PlacedPerson>&& people, Layout layout)
    : rules_(&rules),
      capabilities_(capabilities),
      parts_(layout == Layout::by_part ? day_parts : 1),
      people_(people.size()) {
    choose_cells(people);
    auto slots = std::size_t(width_) * std::size_t(height_) * std::size_t(parts_);
    begin_.assign(slots + 1, 0);
    each_entry(people, [&](const PlacedPerson&, std::size_t slot) { ++begin_[slot + 1]; });
    std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
    records_.resize(begin_.back());
    // Filled from the back of each slot, so that begin_ is right again at the end.
    std::vector<std::uint32_t> next(begin_.begin() + 1, begin_.end());
    std::int32_t mask = (1 << shift_) - 1;
    each_entry(people, [&](const PlacedPerson& person, std::size_t slot) {
        auto& record = records_[--next[slot]];
        record = person.record;
        record.x_in_cell = static_cast<std::uint16_t>((person.x_m - origin_x_) & mask);
        record.y_in_cell = static_cast<std::uint16_t>((person.y_m - origin_y_) & mask);
        reach_max_m_ = std::max(reach_max_m_, record.reach_m());
    });
    if (parts_ > 1) {
        without_time_ = std::ranges::count_if(
            people, [](const PlacedPerson& person) { return person.record.free == 0; });
    }
    std::vector<PlacedPerson>().swap(people);
    for (std::size_t at = 0; at < slots; ++at) {
        // The tie makes the layout independent of the order in which people were given.
        std::sort(records_.begin() + begin_[at], records_.begin() + begin_[at + 1],
                  [](const PersonRecord& a, const PersonRecord& b) {
                      return a.penalty != b.penalty ? a.penalty < b.penalty : a.tie < b.tie;
                  });
    }
}

void PersonGrid::choose_cells(const std::vector<PlacedPerson>& people) {
    if (people.empty()) {
        width_ = height_ = 1;
        return;
    }
    auto [west, east] = std::ranges::minmax(people, {}, &PlacedPerson::x_m);
    auto [south, north] = std::ranges::minmax(people, {}, &PlacedPerson::y_m);
    origin_x_ = west.x_m;
    origin_y_ = south.y_m;
    std::int64_t wide = east.x_m - west.x_m, high = north.y_m - south.y_m;
    shift_ = 5;
    auto cells = [&] { return ((wide >> shift_) + 1) * ((high >> shift_) + 1); };
    while (shift_ < 16 && cells() * people_per_cell > std::ssize(people)) ++shift_;
    HEZHI_ASSERT(cells() < (std::int64_t(1) << 31));
    width_ = static_cast<std::int32_t>((wide >> shift_) + 1);
    height_ = static_cast<std::int32_t>((high >> shift_) + 1);
}

PlacedPerson PersonGrid::placed(std::size_t at, std::int64_t cell) const {
    auto& record = records_[at];
    auto x = static_cast<std::int32_t>(cell % width_), y = static_cast<std::int32_t>(cell / width_);
    return {record, origin_x_ + (x << shift_) + record.x_in_cell,
            origin_y_ + (y << shift_) + record.y_in_cell};
}

PlacedPerson PersonGrid::person(std::size_t at) const {
    return placed(at, std::upper_bound(begin_.begin(), begin_.end(), at) - begin_.begin() - 1);
}

std::vector<PlacedPerson> PersonGrid::people(const std::vector<std::uint32_t>& ascending) const {
    std::vector<PlacedPerson> out;
    out.reserve(ascending.size());
    std::int64_t cell = 0;
    for (auto at : ascending) {
        while (begin_[std::size_t(cell) + 1] <= at) ++cell;
        out.push_back(placed(at, cell));
    }
    return out;
}

void PersonGrid::retire(std::uint32_t index, const PlacedPerson& person) {
    auto x = cell_of(person.x_m, origin_x_), y = cell_of(person.y_m, origin_y_);
    if (capabilities_ & ~person.record.capabilities) return;
    if (parts_ > 1 && person.record.free == 0) --without_time_;
    if (x < 0 || y < 0 || x >= width_ || y >= height_) return;
    auto cell = std::size_t(y) * std::size_t(width_) + std::size_t(x);
    for (auto at = first_of(cell); at < first_of(cell + 1); ++at) {
        if (records_[at].index != index) continue;
        records_[at].free = 0;
        records_[at].index = retired;
    }
}

void PersonGrid::count(const PlaceQuery& query, FunnelCounts& counts) const {
    counts[0] += without_time_;
    for (std::size_t slot = 0; slot + 1 < begin_.size(); ++slot) {
        auto cell = slot / std::size_t(parts_);
        auto x = static_cast<std::int32_t>(cell % std::size_t(width_));
        auto y = static_cast<std::int32_t>(cell / std::size_t(width_));
        auto west = origin_x_ + (x << shift_), south = origin_y_ + (y << shift_);
        for (auto at = begin_[slot]; at < begin_[slot + 1]; ++at) {
            auto& record = records_[at];
            if (record.index == retired) continue;
            // Counted in the first part that they have time in.
            if (parts_ > 1 && part_of(record.free) != std::int32_t(slot % day_parts)) continue;
            count_person(query, record, west + record.x_in_cell, south + record.y_in_cell, counts);
        }
    }
}

void count_person(const PlaceQuery& query, const PersonRecord& record, std::int32_t x_m,
                  std::int32_t y_m, FunnelCounts& counts) {
    if (query.required & ~record.capabilities) return;
    ++counts[0];
    if (!(runs_of(record.free, query.half_hours) & query.starts)) return;
    ++counts[1];
    if (record.half_hours_left() < query.half_hours) return;
    ++counts[2];
    std::int64_t reach = record.reach_m();
    if (query.reach_m > 0) reach = std::min<std::int64_t>(reach, query.reach_m);
    if (squared_distance(query.x_m, query.y_m, x_m, y_m) > reach * reach) return;
    ++counts[3];
    if (!std::ranges::binary_search(query.excluded, record.index)) ++counts[4];
}

void offer_person(const MarketRules& rules, const PlaceQuery& query, Capabilities penalty_for,
                  const PersonRecord& record, std::int32_t x_m, std::int32_t y_m, bool known,
                  Shortlist& best) {
    if (query.required & ~record.capabilities) return;
    if (!(runs_of(record.free, query.half_hours) & query.starts)) return;
    if (record.half_hours_left() < query.half_hours) return;
    auto squared = squared_distance(query.x_m, query.y_m, x_m, y_m);
    std::int64_t reach = record.reach_m();
    if (query.reach_m > 0) reach = std::min<std::int64_t>(reach, query.reach_m);
    if (squared > reach * reach) return;
    if (std::ranges::binary_search(query.excluded, record.index)) return;
    if (!known && !query.known.empty() && std::ranges::binary_search(query.known, record.index)) {
        return;
    }
    std::int64_t units = rules.visit_cost + metres_of(squared) / rules.metres_per_cost +
                         record.penalty + wish_cost(rules, query.wished & ~record.capabilities);
    if (penalty_for != query.required) {
        units += scarcity_cost(rules, record.capabilities & ~query.required) -
                 scarcity_cost(rules, record.capabilities & ~penalty_for);
    }
    if (known) units -= rules.continuity_gain;
    if (units > best.units_max()) return;
    best.offer({with_tie(units, query.tie, record.tie), record.index});
}

struct PersonGrid::Probe {
    const PlaceQuery& query;
    Shortlist& best;
    std::int64_t floor;        // of any price at no distance, penalty aside
    std::int64_t reach_max_m;  // nobody comes from further away
};

// Rings of cells around the place, until neither price nor reach lets anybody else in.
void PersonGrid::search(const PlaceQuery& query, Shortlist& best) const {
    if (records_.empty()) return;
    // A grid for fewer capabilities than required counts certificates that the order does need.
    auto slack = scarcity_cost(*rules_, query.required & ~capabilities_);
    std::int64_t reach_max =
        query.reach_m > 0 ? std::min(query.reach_m, reach_max_m_) : reach_max_m_;
    Probe probe{query, best, rules_->visit_cost - slack, reach_max};
    auto centre_x = cell_of(query.x_m, origin_x_), centre_y = cell_of(query.y_m, origin_y_);
    auto furthest = std::max({centre_x, width_ - 1 - centre_x, centre_y, height_ - 1 - centre_y});
    auto in_cell_x = query.x_m - origin_x_ - (centre_x << shift_);
    auto in_cell_y = query.y_m - origin_y_ - (centre_y << shift_);
    auto edge = (1 << shift_);
    auto margin = std::min({in_cell_x, edge - in_cell_x, in_cell_y, edge - in_cell_y});
    for (std::int32_t ring = 0; ring <= furthest; ++ring) {
        if (ring > 0) {
            std::int64_t nearest = std::int64_t(ring - 1) * edge + margin;
            if (nearest > reach_max) break;
            if (probe.floor + nearest / rules_->metres_per_cost > best.units_max()) break;
        }
        auto low = std::max(centre_y - ring, 0), high = std::min(centre_y + ring, height_ - 1);
        for (auto y = low; y <= high; ++y) {
            bool whole_row = y == centre_y - ring || y == centre_y + ring;
            if (whole_row) {
                search_row(probe, y, {centre_x - ring, centre_x + ring + 1});
            } else {
                search_row(probe, y, {centre_x - ring, centre_x - ring + 1});
                search_row(probe, y, {centre_x + ring, centre_x + ring + 1});
            }
        }
    }
}

void PersonGrid::search_row(const Probe& probe, std::int32_t y, Span columns) const {
    auto from = std::max(columns.from, 0), to = std::min(columns.to, width_);
    if (from >= to) return;
    auto row = std::size_t(y) * std::size_t(width_);
    auto first = [&](std::int32_t x) { return first_of(row + std::size_t(x)); };
    if (first(from) == first(to)) return;
    auto outside = [&](std::int32_t at, std::int32_t low) -> std::int64_t {
        auto high = low + (1 << shift_) - 1;
        return at < low ? low - at : at > high ? at - high : 0;
    };
    auto dy = outside(probe.query.y_m, origin_y_ + (y << shift_));
    for (auto x = from; x < to; ++x) {
        if (first(x) == first(x + 1)) continue;
        auto dx = outside(probe.query.x_m, origin_x_ + (x << shift_));
        auto squared = dx * dx + dy * dy;
        if (squared > probe.reach_max_m * probe.reach_max_m) continue;
        auto floor = probe.floor + metres_of(squared) / rules_->metres_per_cost;
        if (floor > probe.best.units_max()) continue;
        search_cell(probe, x, y, floor);
    }
}

void PersonGrid::search_cell(const Probe& probe, std::int32_t x, std::int32_t y,
                             std::int64_t floor) const {
    auto cell = std::size_t(y) * std::size_t(width_) + std::size_t(x);
    auto west = origin_x_ + (x << shift_), south = origin_y_ + (y << shift_);
    auto& query = probe.query;
    for (std::int32_t part = 0; part < parts_; ++part) {
        if (parts_ > 1 && !(query.starts >> part * part_length & first_part)) continue;
        auto slot = cell * std::size_t(parts_) + std::size_t(part);
        auto* record = records_.data() + begin_[slot];
        auto* end = records_.data() + begin_[slot + 1];
        for (; record != end; ++record) {
            if (floor + record->penalty > probe.best.units_max()) break;
            // Most people fail here, so it stands apart from the rest. Whoever could begin in
            // several parts was met in the first.
            auto begins = runs_of(record->free, query.half_hours) & query.starts;
            if (!begins || (parts_ > 1 && part_of(begins) != part)) continue;
            offer_person(*rules_, query, capabilities_, *record, west + record->x_in_cell,
                         south + record->y_in_cell, false, probe.best);
        }
    }
}

}  // namespace hezhi::dispatch
