#include "dispatch/assignment.h"

#include <algorithm>
#include <numeric>

#include "base/assert.h"

namespace hezhi::dispatch {

namespace {

// Rows that push each other out again and again are better served by a search or an auction.
constexpr std::size_t bids_per_row_max = 3;

constexpr std::size_t edges_a_chunk = std::size_t(1) << 16;

// From here on changes are made together. How is of no account to the result.
constexpr std::size_t many_rows = 32;

// So many may lie apart from the others of their column before all are laid out anew: between
// single changes, and where every column is about to be read.
constexpr std::size_t scattered_share = 4;
constexpr std::size_t scattered_share_of_reading_all = 128;
constexpr std::size_t scattered_few = 1024;

// Kept one lower, so that u stays strictly below every unlisted edge: such an edge is then never as
// good as a listed one, and whether the optimum is unique can be seen from the lists.
Cost below(Cost cut) {
    return cut == no_cut ? no_cut : cut - 1;
}

}  // namespace

// Chunks of memory, so that nothing is copied when more is needed.
Edge* Assignment::memory_for(std::size_t edges) {
    if (edges > memory_left_) {
        auto size = std::max(edges, edges_a_chunk);
        edge_memory_.push_back(std::make_unique_for_overwrite<Edge[]>(size));
        memory_next_ = edge_memory_.back().get();
        memory_left_ = size;
    }
    return memory_next_;
}

void Assignment::move_list(List& list, std::uint32_t room) {
    Edge* place = memory_for(room);
    memory_next_ += room;
    memory_left_ -= room;
    std::copy_n(list.edges, list.size, place);
    list.edges = place;
    list.room = room;
}

void Assignment::reserve(std::size_t rows, std::size_t columns, std::size_t edges) {
    lists_.reserve(rows);
    memory_for(edges);
    for (auto* each : {&row_list_, &row_next_}) each->reserve(rows);
    for (auto* each : {&exit_, &u_, &row_distance_}) each->reserve(rows);
    row_column_.reserve(rows);
    column_row_.reserve(columns);
    v_.reserve(columns);
    label_.reserve(columns);
}

std::uint32_t Assignment::add_columns(std::uint32_t count) {
    auto first = static_cast<std::uint32_t>(v_.size());
    v_.resize(first + count, 0);
    column_row_.resize(first + count, nobody);
    label_.resize(first + count);
    if (has_adjacency_) adjacent_head_.resize(first + count, none);
    return first;
}

std::uint32_t Assignment::add_list(std::span<const Edge> edges, Cost cut) {
    auto list = static_cast<std::uint32_t>(lists_.size());
    auto size = static_cast<std::uint32_t>(edges.size());
    lists_.push_back({nullptr, 0, 0, none, below(cut)});
    move_list(lists_.back(), size);
    std::ranges::copy(edges, lists_.back().edges);
    lists_.back().size = size;
    edge_count_ += size;
    for (const Edge& edge : edges) {
        if (has_adjacency_) add_adjacent(list, edge);
    }
    return list;
}

std::uint32_t Assignment::add_row(std::uint32_t list, Cost exit) {
    HEZHI_ASSERT(list < lists_.size() && exit >= 0 && exit <= cost_max);
    auto alike = lists_[list].first_row;
    HEZHI_ASSERT(alike == none || exit_[alike] == exit);
    auto row = static_cast<std::uint32_t>(row_list_.size());
    row_list_.push_back(list);
    row_next_.push_back(lists_[list].first_row);
    lists_[list].first_row = row;
    row_column_.push_back(waiting);
    exit_.push_back(exit);
    u_.push_back(0);
    row_distance_.push_back(0);
    return row;
}

std::span<const Edge> Assignment::edges_of(std::uint32_t list) const {
    return {lists_[list].edges, lists_[list].size};
}

Cost Assignment::cost_of(std::uint32_t list, std::uint32_t column) const {
    for (const Edge& edge : edges_of(list)) {
        if (edge.column == column) return edge.cost;
    }
    return no_cut;
}

// Positions in a list stay valid when it grows: edges are only appended. Its place in the arena may
// change.
void Assignment::grow(std::uint32_t list) {
    HEZHI_ASSERT(source_);
    ask_whether_to_stop();
    grown_.clear();
    Cost cut = source_->more(list, edges_of(list), grown_);
    ++effort_.growths;
    HEZHI_ASSERT(cut > lists_[list].cut && (!grown_.empty() || cut == no_cut));
    List& its = lists_[list];
    its.cut = below(cut);
    auto size = its.size + static_cast<std::uint32_t>(grown_.size());
    if (size > its.room) move_list(its, size);
    std::ranges::copy(grown_, its.edges + its.size);
    edge_count_ += grown_.size();
    its.size = size;
    for (const Edge& edge : grown_) {
        if (has_adjacency_) add_adjacent(list, edge);
    }
}

void Assignment::match(std::uint32_t row, std::uint32_t column) {
    row_column_[row] = static_cast<std::int32_t>(column);
    column_row_[column] = static_cast<std::int32_t>(row);
}

void Assignment::leave(std::uint32_t row, std::int32_t state) {
    row_column_[row] = state;
}

// The cheapest edge by cost - v and the second price, exit included. Lists ascend and -v >= 0, so
// whatever follows a cost above the second price cannot matter.
Assignment::Best Assignment::best_of(std::uint32_t row) {
    Best best{INT64_MAX, exit_[row], none};
    auto list = row_list_[row];
    for (std::uint32_t at = 0;;) {
        const Edge* edge = lists_[list].edges + at;
        const Edge* end = lists_[list].edges + lists_[list].size;
        const Edge* first = edge;
        for (; edge != end; ++edge) {
            if (edge->cost >= best.second) break;
            Cost price = edge->cost - v_[edge->column];
            if (price < best.first) {
                best.second = std::min(best.second, best.first);
                best.first = price;
                best.column = edge->column;
            } else if (price < best.second) {
                best.second = price;
            }
        }
        effort_.edge_scans += edge - first;
        // Also where the loop broke off: the next unlisted edge may cost as much as the last
        // listed.
        Cost cut = lists_[list].cut;
        if (cut >= std::min(best.first, best.second)) {
            best.second = std::min(best.second, cut);
            return best;
        }
        at = lists_[list].size;
        grow(list);
    }
}

// Each row takes what is cheapest for it and raises that price to where its second choice is as
// good. Keeps the duals exact; leaves in `open` the rows that this does not place.
void Assignment::reduce_rows(std::vector<std::uint32_t>& open) {
    std::vector<std::uint32_t> later;
    std::size_t bids_left = bids_per_row_max * open.size();
    for (std::uint32_t first : open) {
        for (std::uint32_t row = first; row != none;) {
            Best best = best_of(row);
            ++effort_.bids;
            std::uint32_t pushed_out = none;
            if (best.first > exit_[row]) {
                u_[row] = exit_[row];
                row_column_[row] = at_exit;
            } else if (auto holder = column_row_[best.column];
                       holder != nobody && (best.first == best.second || bids_left == 0)) {
                u_[row] = best.first;
                later.push_back(row);
            } else {
                if (holder != nobody) {
                    pushed_out = static_cast<std::uint32_t>(holder);
                    row_column_[pushed_out] = waiting;
                    --bids_left;
                }
                u_[row] = best.second;
                v_[best.column] -= best.second - best.first;
                match(row, best.column);
            }
            row = pushed_out;
        }
    }
    open = std::move(later);
}

void Assignment::solve() {
    std::vector<std::uint32_t> open;
    for (std::uint32_t row = 0; row < row_column_.size(); ++row) {
        if (row_column_[row] == waiting) open.push_back(row);
    }
    if (open.empty()) return;
    reduce_rows(open);
    auto scans_max = effort_.edge_scans + static_cast<std::int64_t>(edge_count_);
    bool easy = true;
    for (std::size_t at = 0; at < open.size(); ++at) {
        if (easy && effort_.edge_scans > scans_max) {
            easy = false;
            open.erase(open.begin(), open.begin() + static_cast<std::ptrdiff_t>(at));
            at = 0;
            auction(open);
            if (open.empty()) break;
        }
        search_from_row(open[at]);
    }
    settle_columns();
}

void Assignment::place(std::uint32_t row) {
    if (row_column_[row] == removed) row_column_[row] = waiting;
    HEZHI_ASSERT(row_column_[row] == waiting);
    u_[row] = std::min(best_of(row).first, exit_[row]);
    search_from_row(row);
}

void Assignment::remove_row(std::uint32_t row) {
    auto column = row_column_[row];
    HEZHI_ASSERT(column != removed);
    leave(row, removed);
    if (column < 0) return;
    column_row_[static_cast<std::size_t>(column)] = nobody;
    search_from_column(static_cast<std::uint32_t>(column));
}

void Assignment::place_rows(std::span<const std::uint32_t> rows) {
    if (rows.size() < many_rows) {
        for (auto row : rows) place(row);
        return;
    }
    for (auto row : rows) row_column_[row] = waiting;
    solve();
}

// Many freed columns lower their prices together before each is settled exactly.
void Assignment::remove_rows(std::span<const std::uint32_t> rows) {
    if (rows.size() < many_rows) {
        for (auto row : rows) {
            if (row_column_[row] != removed) remove_row(row);
        }
        return;
    }
    for (auto row : rows) {
        auto column = row_column_[row];
        if (column >= 0) column_row_[static_cast<std::size_t>(column)] = nobody;
        row_column_[row] = removed;
    }
    std::vector<std::uint32_t> open;
    auction(open);
    for (auto row : open) search_from_row(row);
    settle_columns();
}

void Assignment::forbid(std::uint32_t list, std::uint32_t column) {
    List& its = lists_[list];
    Edge* end = its.edges + its.size;
    Edge* edge = std::find_if(its.edges, end, [&](const Edge& e) { return e.column == column; });
    if (edge == end) return;
    std::move(edge + 1, end, edge);
    --its.size;
    if (has_adjacency_) {
        for (auto at = adjacent_head_[column]; at != none; at = adjacent_[at].next) {
            if (adjacent_[at].list == list) adjacent_[at].list = none;
        }
    }
    auto holder = column_row_[column];
    if (holder < 0 || row_list_[static_cast<std::size_t>(holder)] != list) return;
    auto row = static_cast<std::uint32_t>(holder);
    row_column_[row] = waiting;
    column_row_[column] = nobody;
    place(row);
    if (column_row_[column] == nobody) search_from_column(column);
}

void Assignment::remove_column(std::uint32_t column) {
    auto holder = column_row_[column];
    HEZHI_ASSERT(holder != gone);
    column_row_[column] = gone;
    v_[column] = -cost_max;  // dearer than any exit, so that no bid has to ask whether it is gone
    if (holder < 0) return;
    row_column_[static_cast<std::size_t>(holder)] = waiting;
    place(static_cast<std::uint32_t>(holder));
}

void Assignment::join_column(std::uint32_t column, std::span<const Join> joins) {
    HEZHI_ASSERT(column_row_[column] == nobody && v_[column] == 0);
    Cost v = 0;
    for (const Join& join : joins) {
        List& its = lists_[join.list];
        if (join.cost > its.cut) continue;  // stays unlisted; u <= cut keeps it harmless
        if (its.size == its.room) move_list(its, its.size * 2 + 1);
        Edge edge{join.cost, column};
        Edge* end = its.edges + its.size;
        Edge* place = std::upper_bound(
            its.edges, end, edge, [](const Edge& a, const Edge& b) { return a.cost < b.cost; });
        std::move_backward(place, end, end + 1);
        *place = edge;
        ++edge_count_;
        ++its.size;
        if (has_adjacency_) add_adjacent(join.list, edge);
        for (auto row = its.first_row; row != none; row = row_next_[row]) {
            if (row_column_[row] != removed) v = std::min(v, join.cost - u_[row]);
        }
    }
    v_[column] = v;
    search_from_column(column);
}

bool Assignment::is_scattered(std::size_t share) const {
    return adjacent_count_ - adjacent_together_ >= adjacent_together_ / share + scattered_few;
}

// Before every column is read.
void Assignment::gather_adjacency() {
    if (is_scattered(scattered_share_of_reading_all)) has_adjacency_ = false;
    need_adjacency();
}

// Built on the first need, in the order of the columns, so that a column's edges lie together. What
// lists grow by lies scattered, so it is laid out anew when that has become much.
void Assignment::need_adjacency() {
    if (has_adjacency_) return;
    has_adjacency_ = true;
    std::vector<std::uint32_t> count(v_.size() + 1, 0);
    for (std::uint32_t list = 0; list < lists_.size(); ++list) {
        for (const Edge& edge : edges_of(list)) ++count[edge.column + 1];
    }
    std::partial_sum(count.begin(), count.end(), count.begin());
    adjacent_together_ = count.back();
    adjacent_count_ = adjacent_together_;
    auto room = adjacent_together_ + adjacent_together_ / scattered_share + scattered_few;
    if (room > adjacent_room_) {
        adjacent_.reset();  // before the new memory is asked for
        adjacent_ = std::make_unique_for_overwrite<Adjacent[]>(room);
        adjacent_room_ = room;
    }
    adjacent_head_.assign(v_.size(), none);
    for (std::size_t column = 0; column < v_.size(); ++column) {
        if (count[column] < count[column + 1]) adjacent_head_[column] = count[column];
        for (auto at = count[column]; at < count[column + 1]; ++at) {
            adjacent_[at].next = at + 1 < count[column + 1] ? at + 1 : none;
        }
    }
    for (std::uint32_t list = 0; list < lists_.size(); ++list) {
        for (const Edge& edge : edges_of(list)) {
            auto& entry = adjacent_[count[edge.column]++];
            entry.cost = edge.cost;
            entry.list = list;
        }
    }
}

void Assignment::add_adjacent(std::uint32_t list, const Edge& edge) {
    if (is_scattered(scattered_share)) {
        has_adjacency_ = false;
        return;
    }
    adjacent_[adjacent_count_] = {edge.cost, list, adjacent_head_[edge.column]};
    adjacent_head_[edge.column] = static_cast<std::uint32_t>(adjacent_count_++);
}

}  // namespace hezhi::dispatch
