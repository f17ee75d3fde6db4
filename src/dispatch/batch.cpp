#include "dispatch/batch.h"

#include <algorithm>
#include <exception>
#include <thread>

#include "base/assert.h"
#include "dispatch/pair_check.h"

namespace hezhi::dispatch {

namespace {

constexpr std::uint32_t no_column = UINT32_MAX;

// A worker takes so many lists at a time; results are kept by number, so who does what is no
// matter.
constexpr std::size_t lists_a_time = 256;

// Where one list in so many has grown the market is hard and will want nearly everybody: each
// further question would read the same cells again, so the first one asks for all that it can.
constexpr std::size_t hard_from = 8;
constexpr std::size_t hard_growth = 4096;

constexpr int salts_max = 8;

}  // namespace

Batch::Batch(PersonIndex& index, BatchSettings settings)
    : index_(index), settings_(settings), assignment_(this) {
    HEZHI_ASSERT(settings_.first_candidates > 0 && settings_.threads > 0);
    column_of_person_.assign(index.size(), no_column);
}

// Neighbouring orders one after another: they read the same people.
std::vector<Batch::ListOwner> Batch::lists_in_order_of_place(std::size_t from) const {
    std::vector<std::uint32_t> numbers;
    for (auto at = from; at < places_.size(); ++at)
        numbers.push_back(static_cast<std::uint32_t>(at));
    std::ranges::sort(numbers, {}, [&](std::uint32_t at) {
        auto& order = places_[at].order;
        return std::tuple(order.y_m >> 9, order.x_m, order.id);
    });
    std::vector<ListOwner> out;
    for (auto number : numbers) {
        if (places_[number].has_leader) out.push_back({number, true});
        if (!places_[number].has_leader || places_[number].order.people > 1) {
            out.push_back({number, false});
        }
    }
    return out;
}

Result<void> Batch::assign(std::vector<MarketOrder> orders) {
    auto from = places_.size();
    for (auto& order : orders) {
        if (auto sound = check_order(order, "/orders"); !sound) return sound;
        if (!order_number_.emplace(order.id, static_cast<std::uint32_t>(places_.size())).second) {
            return refuse(refusals::market_duplicate_id);
        }
        bool leader = order.lead_required != 0;
        places_.push_back({std::move(order), 0, 0, {}, leader, true});
    }
    auto owners = lists_in_order_of_place(from);
    if (auto found = find_candidates(owners); !found) return found;
    for (std::uint32_t at = 0; auto& owner : owners) {
        // Rows follow the lists, so that neighbours in the market are neighbours in memory.
        if (at == 0 || owners[at - 1].order != owner.order) add_rows(owner.order);
        ++at;
    }
    if (assignment_.rows() > std::size_t(market_limits::places_max)) {
        return refuse(refusals::market_too_large);
    }
    assignment_.stop_when(settings_.cancelled);
    try {
        assignment_.solve();
    } catch (const AssignmentStopped&) {
        return refuse(refusals::batch_cancelled);
    }
    assignment_.stop_when(nullptr);
    return {};
}

Result<void> Batch::find_candidates(std::span<const ListOwner> owners) {
    struct Found {
        std::vector<Edge> edges;
        std::vector<std::uint32_t> sizes;
        std::vector<Cost> cuts;
    };
    auto chunks = (owners.size() + lists_a_time - 1) / lists_a_time;
    std::vector<Found> found(chunks);
    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::atomic<bool> failed{false};
    auto work = [&] {
        try {
            std::vector<Edge> edges;
            for (auto chunk = next++; chunk < chunks && !is_cancelled(); chunk = next++) {
                auto& its = found[chunk];
                auto to = std::min(owners.size(), (chunk + 1) * lists_a_time);
                for (auto at = chunk * lists_a_time; at < to; ++at) {
                    auto query =
                        index_.query_of(places_[owners[at].order].order, owners[at].leader);
                    its.cuts.push_back(
                        index_.cheapest(query, settings_.first_candidates, nullptr, edges));
                    its.sizes.push_back(static_cast<std::uint32_t>(edges.size()));
                    its.edges.insert(its.edges.end(), edges.begin(), edges.end());
                }
            }
        } catch (...) {
            if (!failed.exchange(true)) failure = std::current_exception();
        }
    };
    if (settings_.threads == 1) {
        work();
    } else {
        std::vector<std::jthread> workers;
        for (int i = 0; i < settings_.threads; ++i) workers.emplace_back(work);
    }
    if (failure) std::rethrow_exception(failure);
    if (is_cancelled()) return refuse(refusals::batch_cancelled);

    std::size_t edges = 0;
    for (auto& its : found) edges += its.edges.size();
    assignment_.reserve(assignment_.rows() + owners.size() * 3 / 2, edges, edges * 5 / 4);
    std::size_t at = 0;
    for (auto& its : found) {
        number_columns(its.edges);
        std::size_t begin = 0;
        for (std::size_t i = 0; i < its.sizes.size(); ++i, ++at) {
            auto& owner = owners[at];
            auto list = assignment_.add_list(std::span(its.edges).subspan(begin, its.sizes[i]),
                                             its.cuts[i]);
            begin += its.sizes[i];
            list_owner_.push_back(owner);
            auto& places = places_[owner.order];
            (owner.leader ? places.leader_list : places.member_list) = list;
        }
        its = {};
    }
    return {};
}

void Batch::add_rows(std::uint32_t order) {
    auto& places = places_[order];
    Cost exit = empty_cost(index_.rules(), places.order);
    for (std::int32_t i = 0; i < places.order.people; ++i) {
        bool leader = places.has_leader && i == 0;
        places.rows.push_back(
            assignment_.add_row(leader ? places.leader_list : places.member_list, exit));
        row_order_.push_back(order);
    }
}

std::uint32_t Batch::column_for(std::uint32_t person) {
    if (column_of_person_.size() <= person) column_of_person_.resize(index_.size(), no_column);
    auto& column = column_of_person_[person];
    if (column == no_column) {
        column = assignment_.add_columns(1);
        person_of_column_.push_back(person);
    }
    return column;
}

void Batch::number_columns(std::vector<Edge>& edges) {
    for (Edge& edge : edges) edge.column = column_for(edge.column);
}

// An edge in a list names a column; the index speaks of people.
Cost Batch::more(std::uint32_t list, std::span<const Edge> listed, std::vector<Edge>& next) {
    auto& owner = list_owner_[list];
    auto query = index_.query_of(places_[owner.order].order, owner.leader);
    auto k = std::max(listed.size(), settings_.first_candidates);
    if (++growths_ * hard_from > list_owner_.size()) k = std::max(k, hard_growth);
    Edge last{};
    if (!listed.empty()) last = {listed.back().cost, person_of_column_[listed.back().column]};
    auto cut = index_.cheapest(query, k, listed.empty() ? nullptr : &last, next);
    number_columns(next);
    return cut;
}

Result<void> Batch::add_order(MarketOrder order) {
    auto id = order.id;
    if (auto sound = check_order(order, "/order"); !sound) return sound;
    if (order_number_.contains(id)) return refuse(refusals::market_duplicate_id);
    auto number = static_cast<std::uint32_t>(places_.size());
    if (assignment_.rows() + std::size_t(order.people) > std::size_t(market_limits::places_max)) {
        return refuse(refusals::market_too_large);
    }
    bool leader = order.lead_required != 0;
    places_.push_back({std::move(order), 0, 0, {}, leader, true});
    order_number_.emplace(id, number);
    auto add_list = [&](bool its_leader) {
        auto query = index_.query_of(places_[number].order, its_leader);
        auto cut = index_.cheapest(query, settings_.first_candidates, nullptr, found_);
        number_columns(found_);
        list_owner_.push_back({number, its_leader});
        return assignment_.add_list(found_, cut);
    };
    if (leader) places_[number].leader_list = add_list(true);
    if (!leader || places_[number].order.people > 1) places_[number].member_list = add_list(false);
    add_rows(number);
    for (auto row : places_[number].rows) assignment_.place(row);
    return {};
}

Result<void> Batch::remove_order(std::int64_t order) {
    auto found = order_number_.find(order);
    if (found == order_number_.end()) return refuse(refusals::batch_order_unknown);
    take_out(std::span(&found->second, 1));
    places_[found->second].there = false;
    order_number_.erase(found);
    return {};
}

Result<void> Batch::decline(std::int64_t order, std::int64_t person) {
    auto found = order_number_.find(order);
    if (found == order_number_.end()) return refuse(refusals::batch_order_unknown);
    auto& places = places_[found->second];
    places.order.excluded.push_back(person);
    auto number = index_.number_of(person);
    if (!number || *number >= column_of_person_.size()) return {};
    auto column = column_of_person_[*number];
    if (column == no_column) return {};
    if (places.has_leader) assignment_.forbid(places.leader_list, column);
    if (!places.has_leader || places.order.people > 1)
        assignment_.forbid(places.member_list, column);
    return {};
}

void Batch::person_leaves(std::int64_t person) {
    auto number = index_.number_of(person);
    if (!number) return;
    index_.remove(person);
    if (*number >= column_of_person_.size()) return;
    if (auto column = column_of_person_[*number]; column != no_column) {
        assignment_.remove_column(column);
    }
}

void Batch::person_changes(const MarketPerson& person) {
    person_leaves(person.id);
    auto number = index_.put(person);
    auto column = column_for(number);
    std::vector<Assignment::Join> joins;
    for (std::uint32_t list = 0; list < list_owner_.size(); ++list) {
        auto& places = places_[list_owner_[list].order];
        if (!places.there) continue;
        if (obstacle_between(places.order, person, list_owner_[list].leader) != Obstacle::none)
            continue;
        auto query = index_.query_of(places.order, list_owner_[list].leader);
        if (auto cost = index_.price(query, number)) joins.push_back({list, *cost});
    }
    assignment_.join_column(column, joins);
}

const Batch::Places* Batch::places(std::int64_t order) const {
    auto found = order_number_.find(order);
    return found == order_number_.end() ? nullptr : &places_[found->second];
}

const Batch::Places& Batch::places_of_row(std::uint32_t row) const {
    return places_[row_order_[row]];
}

bool Batch::is_leader_row(std::uint32_t row) const {
    return list_owner_[assignment_.list_of(row)].leader;
}

namespace {

// One draw of the tie-breaks. People are copied: a second draw, rare as it is, needs them again.
Result<BatchResult> assign_once(const Market& market, const BatchSettings& settings) {
    auto is_cancelled = [&] { return settings.cancelled && settings.cancelled->load(); };
    if (is_cancelled()) return refuse(refusals::batch_cancelled);
    PersonIndex index(market.rules, std::vector(market.people));
    std::vector<Capabilities> asked;
    for (auto& order : market.orders) {
        asked.push_back(order.required);
        asked.push_back(order.required | order.lead_required);
    }
    if (is_cancelled()) return refuse(refusals::batch_cancelled);
    index.prepare(asked, std::size_t(1) << 28);
    Batch batch(index, settings);
    if (auto done = batch.assign(market.orders); !done) return std::unexpected(done.error());
    PairCheck pairs;
    if (may_check_pairs(market, settings.check_pairs_max)) pairs = check_pairs(batch, market);
    batch.assignment().stop_when(settings.cancelled);
    try {
        auto result = batch.result();
        result.pairs = pairs.pairs;
        result.pair_violations = pairs.violations;
        if (is_cancelled()) return refuse(refusals::batch_cancelled);
        return result;
    } catch (const AssignmentStopped&) {
        return refuse(refusals::batch_cancelled);
    }
}

}  // namespace

Result<BatchResult> assign_market(Market market, const BatchSettings& settings) {
    if (auto sound = check_market(market); !sound) return std::unexpected(sound.error());
    auto salt = market.rules.tie_salt;
    for (int attempt = 0;; ++attempt) {
        bool last = attempt + 1 == salts_max;
        market.rules.tie_salt = salt + static_cast<std::uint64_t>(attempt) * 0x9e3779b97f4a7c15u;
        auto result = assign_once(market, settings);
        if (!result || result->unique || last) return result;
    }
}

}  // namespace hezhi::dispatch
