#include "dispatch/person_index.h"

#include <algorithm>
#include <numeric>

#include "base/assert.h"

namespace hezhi::dispatch {

namespace {

// A grid is worth its memory if it holds at most this share of those it would be searched among.
constexpr std::size_t worthwhile_share = 2;

}  // namespace

PersonIndex::PersonIndex(MarketRules rules, std::vector<MarketPerson>&& people)
    : rules_(std::move(rules)) {
    // 64-bit ids do not fit the records; they travel beside them by the number given here.
    std::vector<std::int64_t> ids(people.size());
    std::vector<PlacedPerson> placed_people;
    placed_people.reserve(people.size());
    for (std::uint32_t i = 0; i < people.size(); ++i) {
        placed_people.push_back(placed(people[i], i));
        ids[i] = people[i].id;
    }
    std::vector<MarketPerson>().swap(people);
    grids_.emplace_back(rules_, Capabilities(0), std::move(placed_people),
                        PersonGrid::Layout::one_each);
    auto& all = grids_.front();
    id_of_.resize(ids.size());
    for (std::uint32_t at = 0; at < id_of_.size(); ++at) {
        id_of_[at] = ids[all.records()[at].index];
        all.set_index(at, at);
    }
    std::vector<std::int64_t>().swap(ids);
    by_id_.resize(id_of_.size());
    std::iota(by_id_.begin(), by_id_.end(), 0u);
    std::ranges::sort(by_id_, {}, [&](std::uint32_t n) { return id_of_[n]; });
}

PlacedPerson PersonIndex::placed(const MarketPerson& person, std::uint32_t number) const {
    PersonRecord record{};
    record.capabilities = person.capabilities;
    record.free = person.free;
    record.index = number;
    record.tie = tie_of_person(person.id, rules_.tie_salt);
    record.penalty = static_cast<std::uint16_t>(load_cost(rules_, person.minutes_month) +
                                                rules_.colour_cost[person.colour] +
                                                scarcity_cost(rules_, person.capabilities));
    auto half_hours = std::min(63, person.minutes_left / 30);
    record.reach_and_time = static_cast<std::uint16_t>(person.reach_m / 100 << 6 | half_hours);
    return {record, person.x_m, person.y_m};
}

// One reading of everybody finds who belongs where: each set is looked up by its rarest bit only.
void PersonIndex::prepare(std::span<const Capabilities> asked, std::size_t bytes_max) {
    std::vector<Capabilities> sets(asked.begin(), asked.end());
    std::ranges::sort(sets);
    sets.erase(std::ranges::unique(sets).begin(), sets.end());
    std::erase_if(sets, [&](Capabilities set) {
        return set == 0 || std::ranges::count(grids_, set, &PersonGrid::capabilities);
    });
    auto& everybody = grids_.front().records();
    std::array<std::size_t, 64> holders{};
    for (auto& record : everybody) {
        for (auto bits = record.capabilities; bits; bits &= bits - 1) {
            ++holders[static_cast<std::size_t>(std::countr_zero(bits))];
        }
    }
    std::array<std::vector<std::size_t>, 64> sets_by_bit;
    for (std::size_t i = 0; i < sets.size(); ++i) {
        int rarest = std::countr_zero(sets[i]);
        for (auto bits = sets[i]; bits; bits &= bits - 1) {
            int bit = std::countr_zero(bits);
            if (holders[std::size_t(bit)] < holders[std::size_t(rarest)]) rarest = bit;
        }
        sets_by_bit[std::size_t(rarest)].push_back(i);
    }
    auto each_member = [&](auto&& act) {
        for (std::size_t at = 0; at < everybody.size(); ++at) {
            auto capabilities = everybody[at].capabilities;
            for (auto bits = capabilities; bits; bits &= bits - 1) {
                for (auto i : sets_by_bit[std::size_t(std::countr_zero(bits))]) {
                    if ((sets[i] & ~capabilities) == 0) act(at, i);
                }
            }
        }
    };
    std::vector<std::size_t> members(sets.size()), entries(sets.size());
    each_member([&](std::size_t at, std::size_t i) {
        ++members[i];
        entries[i] += std::size_t(PersonGrid::parts_with(everybody[at].free));
    });

    // The narrowest first: they save the most reading for the least memory.
    std::vector<std::size_t> order(sets.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return members[i]; });
    std::vector<char> chosen(sets.size(), 0);
    std::size_t bytes = 0;
    for (auto i : order) {
        auto among = grid_for(sets[i]).people();
        for (std::size_t other = 0; other < sets.size(); ++other) {
            if (chosen[other] && (sets[other] & ~sets[i]) == 0)
                among = std::min(among, members[other]);
        }
        auto its_bytes = entries[i] * (sizeof(PersonRecord) + 2);
        if (members[i] * worthwhile_share > among || bytes + its_bytes > bytes_max) continue;
        chosen[i] = 1;
        bytes += its_bytes;
    }
    std::vector<std::vector<std::uint32_t>> numbers(sets.size());
    for (auto i : order) {
        if (chosen[i]) numbers[i].reserve(members[i]);
    }
    each_member([&](std::size_t at, std::size_t i) {
        if (chosen[i]) numbers[i].push_back(static_cast<std::uint32_t>(at));
    });
    for (auto i : order) {
        if (!chosen[i]) continue;
        auto people = grids_.front().people(numbers[i]);
        std::vector<std::uint32_t>().swap(numbers[i]);
        for (auto& [record, x, y] : people) {
            record.penalty = static_cast<std::uint16_t>(
                record.penalty - scarcity_cost(rules_, record.capabilities) +
                scarcity_cost(rules_, record.capabilities & ~sets[i]));
        }
        grids_.emplace_back(rules_, sets[i], std::move(people), PersonGrid::Layout::by_part);
    }
}

const PersonGrid& PersonIndex::grid_for(Capabilities required) const {
    auto* best = &grids_.front();
    for (auto& grid : grids_) {
        if ((grid.capabilities() & ~required) == 0 && grid.people() < best->people()) best = &grid;
    }
    return *best;
}

PlaceQuery PersonIndex::query_of(const MarketOrder& order, bool leader) const {
    PlaceQuery query;
    query.x_m = order.x_m;
    query.y_m = order.y_m;
    query.reach_m = order.reach_m;
    query.required = required_of(order, leader);
    query.wished = order.wished;
    query.starts = order.starts;
    query.half_hours = order.half_hours;
    query.tie = tie_of_order(order.id, leader, rules_.tie_salt);
    auto numbers = [&](const std::vector<std::int64_t>& ids, std::vector<std::uint32_t>& out) {
        for (auto id : ids) {
            if (auto number = number_of(id)) out.push_back(*number);
        }
        std::ranges::sort(out);
        out.erase(std::ranges::unique(out).begin(), out.end());
    };
    numbers(order.known, query.known);
    numbers(order.excluded, query.excluded);
    return query;
}

Cost PersonIndex::cheapest(const PlaceQuery& query, std::size_t k, const Edge* after,
                           std::vector<Edge>& out) const {
    HEZHI_ASSERT(k > 0);
    Shortlist best(out, k, after);
    // Continuity is the only term below 0, so those it concerns are tried by name.
    for (auto number : query.known) {
        auto known = person(number);
        offer_person(rules_, query, 0, known.record, known.x_m, known.y_m, true, best);
    }
    for (auto& [placed_person, gone] : changed_) {
        if (gone) continue;
        auto& [record, x, y] = placed_person;
        offer_person(rules_, query, 0, record, x, y, false, best);
    }
    grid_for(query.required).search(query, best);
    best.finish();
    return best.full() ? out.back().cost : no_cut;
}

FunnelCounts PersonIndex::count(const PlaceQuery& query) const {
    FunnelCounts counts{};
    auto& grid = grid_for(query.required);
    (grid.capabilities() == query.required ? grid : grids_.front()).count(query, counts);
    for (auto& [placed_person, gone] : changed_) {
        auto& [record, x, y] = placed_person;
        if (!gone) count_person(query, record, x, y, counts);
    }
    return counts;
}

std::int64_t PersonIndex::people() const {
    // An id that changed counts once: its old number is out, its last one is in unless it left.
    auto sum = std::ssize(by_id_);
    for (auto& [id, number] : changed_id_) {
        bool was_there =
            std::ranges::binary_search(by_id_, id, {}, [&](std::uint32_t n) { return id_of_[n]; });
        bool is_there = !changed_[number - by_id_.size()].gone;
        sum += int(is_there) - int(was_there);
    }
    return sum;
}

std::optional<std::uint32_t> PersonIndex::number_of(std::int64_t id) const {
    if (auto changed = changed_id_.find(id); changed != changed_id_.end()) {
        if (changed_[changed->second - by_id_.size()].gone) return std::nullopt;
        return changed->second;
    }
    auto at = std::ranges::lower_bound(by_id_, id, {}, [&](std::uint32_t n) { return id_of_[n]; });
    if (at == by_id_.end() || id_of_[*at] != id) return std::nullopt;
    return *at;
}

PlacedPerson PersonIndex::person(std::uint32_t number) const {
    HEZHI_ASSERT(number < id_of_.size());
    if (number >= by_id_.size()) return changed_[number - by_id_.size()].person;
    return grids_.front().person(number);
}

std::optional<Cost> PersonIndex::price(const PlaceQuery& query, std::uint32_t number) const {
    std::vector<Edge> one;
    Shortlist best(one, 1, nullptr);
    auto its = person(number);
    offer_person(rules_, query, 0, its.record, its.x_m, its.y_m,
                 std::ranges::binary_search(query.known, number), best);
    if (one.empty()) return std::nullopt;
    return one.front().cost;
}

std::uint32_t PersonIndex::put(const MarketPerson& person) {
    remove(person.id);
    auto number = static_cast<std::uint32_t>(id_of_.size());
    id_of_.push_back(person.id);
    changed_.push_back({placed(person, number), false});
    changed_id_[person.id] = number;
    return number;
}

void PersonIndex::remove(std::int64_t id) {
    auto number = number_of(id);
    if (!number) return;
    if (*number >= by_id_.size()) {
        changed_[*number - by_id_.size()].gone = true;
        return;
    }
    auto its = person(*number);
    for (auto& grid : grids_) grid.retire(*number, its);
    // Its id may come back under a new number; until then a tombstone keeps the old one from view.
    changed_id_[id] = static_cast<std::uint32_t>(id_of_.size());
    changed_.push_back({its, true});
    id_of_.push_back(id);
}

std::size_t PersonIndex::bytes() const {
    auto sum = id_of_.capacity() * 8 + by_id_.capacity() * 4;
    for (auto& grid : grids_) sum += grid.bytes();
    return sum;
}

}  // namespace hezhi::dispatch
