// Shortest alternating paths: from a row that waits, and from a column that became free.
#include <algorithm>

#include "base/assert.h"
#include "dispatch/assignment.h"

namespace hezhi::dispatch {

namespace {

// A heap entry whose place is not an edge position means "this column".
constexpr std::uint32_t is_column = UINT32_MAX;

// After so many edges a row asks whether another node is nearer by now.
constexpr std::uint32_t edges_at_a_time = 8;

// Above every distance, with room to add one more.
constexpr Cost unreached = Cost(1) << 62;

}  // namespace

void Assignment::begin_search() {
    ask_whether_to_stop();
    if (++stamp_ == 0) {  // every stamp was used once
        for (Label& label : label_) label.stamp = 0;
        stamp_ = 1;
    }
    tree_.clear();
    heap_.clear();
    sink_ = {unreached, none, none};
}

void Assignment::search_from_row(std::uint32_t root) {
    explore_from_row(root);
    for (const TreeRow& node : tree_) {
        Cost shift = sink_.key - node.distance;
        u_[node.row] += shift;
        if (auto column = row_column_[node.row]; column >= 0) {
            v_[static_cast<std::size_t>(column)] -= shift;
        }
    }
    augment(root);
}

void Assignment::explore_from_row(std::uint32_t root) {
    begin_search();
    ++effort_.searches;
    enter_row(root, 0);
    while (!heap_.empty() && heap_.top().key < sink_.key) {
        auto entry = heap_.top();
        heap_.pop();
        if (entry.place != is_column) {
            scan_row(entry.node, row_distance_[entry.node], entry.place);
        } else if (entry.key == label_[entry.node].distance) {
            enter_row(static_cast<std::uint32_t>(column_row_[entry.node]), entry.key);
        }
    }
    HEZHI_ASSERT(sink_.row != none);  // the exits see to that
}

void Assignment::enter_row(std::uint32_t row, Cost distance) {
    tree_.push_back({row, distance});
    row_distance_[row] = distance;
    Cost out = distance + exit_[row] - u_[row];
    if (out < sink_.key) sink_ = {out, row, none};
    scan_row(row, distance, 0);
}

// Unlisted edges cost at least the cut, so a list asks for more only when distance + cut - u is the
// least that is left anywhere.
void Assignment::scan_row(std::uint32_t row, Cost distance, std::uint32_t from) {
    auto list = row_list_[row];
    Cost base = distance - u_[row];
    for (std::uint32_t at = from;; ++at) {
        const List& its = lists_[list];
        bool exhausted = at == its.size;
        if (exhausted && its.cut == no_cut) break;
        Cost bound = base + (exhausted ? its.cut : std::min(its.cut, its.edges[at].cost));
        if (bound >= sink_.key + beyond_) break;
        bool ask = exhausted || (at > from && at % edges_at_a_time == 0);
        if (ask && !heap_.empty() && heap_.top().key < bound) {
            heap_.push({bound, row, at});
            break;
        }
        if (exhausted) {
            grow(list);
            if (lists_[list].size == at) break;  // there were no others
        }
        auto [cost, column] = lists_[list].edges[at];
        ++effort_.edge_scans;
        Cost key = base + cost - v_[column];
        if (key >= sink_.key + beyond_) continue;
        auto holder = column_row_[column];
        if (holder == gone) continue;
        if (holder == nobody) {
            if (key < sink_.key) sink_ = {key, row, column};
            continue;
        }
        Label& label = label_[column];
        if (label.stamp == stamp_ && label.distance <= key) continue;
        label = {key, row, stamp_};
        heap_.push({key, column, is_column});
    }
}

void Assignment::augment(std::uint32_t root) {
    auto row = sink_.row;
    auto freed = row_column_[row];
    if (sink_.column == none) {
        leave(row, at_exit);
    } else {
        match(row, sink_.column);
    }
    while (row != root) {
        auto column = static_cast<std::uint32_t>(freed);
        row = label_[column].parent;
        freed = row_column_[row];
        match(row, column);
    }
}

// From a free column whose price is below 0: somebody takes it, or its price rises to 0. An
// unlisted edge cannot be on such a path: it costs at least the cut, hence at least as much as
// letting the price rise.
void Assignment::search_from_column(std::uint32_t root) {
    if (v_[root] == 0) return;
    explore_from_column(root);
    for (const TreeRow& node : tree_) {
        Cost shift = sink_.key - node.distance;
        v_[node.row] += shift;
        if (auto row = column_row_[node.row]; row >= 0) u_[static_cast<std::size_t>(row)] -= shift;
    }
    auto column = sink_.column;
    auto mover = sink_.row == none ? column_row_[column] : static_cast<std::int32_t>(sink_.row);
    if (sink_.row == none) {
        column_row_[column] = nobody;
        column = label_[column].parent;
    }
    while (column != none) {
        auto next = column_row_[column];
        match(static_cast<std::uint32_t>(mover), column);
        mover = next;
        column = label_[column].parent;
    }
}

void Assignment::explore_from_column(std::uint32_t root) {
    need_adjacency();
    begin_search();
    ++effort_.reverse_searches;
    label_[root] = {0, none, stamp_};
    visit_column(root, 0);
    while (!heap_.empty() && heap_.top().key < sink_.key) {
        auto entry = heap_.top();
        heap_.pop();
        if (entry.key == label_[entry.node].distance) visit_column(entry.node, entry.key);
    }
}

// Here the nodes of the tree are columns.
void Assignment::visit_column(std::uint32_t column, Cost distance) {
    tree_.push_back({column, distance});
    Cost out = distance - v_[column];
    if (out < sink_.key) sink_ = {out, none, column};
    for (auto at = adjacent_head_[column]; at != none; at = adjacent_[at].next) {
        const Adjacent& edge = adjacent_[at];
        if (edge.list == none) continue;
        for (auto row = lists_[edge.list].first_row; row != none; row = row_next_[row]) {
            auto held = row_column_[row];
            if (held == removed || held == waiting) continue;
            ++effort_.edge_scans;
            Cost key = distance + edge.cost - u_[row] - v_[column];
            if (key >= sink_.key) continue;
            if (held == at_exit) {
                sink_ = {key, row, column};
                continue;
            }
            auto other = static_cast<std::uint32_t>(held);
            Label& label = label_[other];
            if (label.stamp == stamp_ && label.distance <= key) continue;
            label = {key, column, stamp_};
            heap_.push({key, other, is_column});
        }
    }
}

}  // namespace hezhi::dispatch
