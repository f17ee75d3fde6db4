// Prices for a hard market. Where demand is near supply, single searches grow into trees that cover
// whole towns. An auction with falling bid steps finds prices that are nearly right everywhere; the
// searches that follow make them exact and are short, since no path they look for is longer than a
// few steps. The exactness of the result does not depend on anything in this file.
#include <algorithm>

#include "dispatch/assignment.h"

namespace hezhi::dispatch {

namespace {

// Bid steps as right shifts of the dearest cost that matters. In a sparse market a search after the
// auction is cheap, so the steps stay coarse; where everybody can do everything it reads
// everything.
struct Steps {
    int first, last, by;
};
constexpr Steps sparse_steps{2, 8, 3};
constexpr Steps dense_steps{4, 20, 2};
constexpr std::int64_t bids_between_asking = 1024;  // whether to stop
constexpr std::size_t dense_from = 4;               // one in four of all pairs is listed

}  // namespace

void Assignment::auction(std::vector<std::uint32_t>& open) {
    Cost dearest = 1;
    std::size_t pairs = 0;
    for (std::uint32_t row = 0; row < row_list_.size(); ++row) {
        auto edges = edges_of(row_list_[row]);
        pairs += edges.size();
        if (!edges.empty()) dearest = std::max(dearest, std::min(exit_[row], edges.back().cost));
    }
    bool dense = pairs * dense_from >= row_list_.size() * v_.size();
    auto [first, last, by] = dense ? dense_steps : sparse_steps;
    for (int shift = first; shift <= last; shift += by) {
        Cost step = std::max<Cost>(dearest >> shift, 1);
        if (shift != first) keep_tight(open, step);
        bid_rows(open, step);
        bid_columns(step);
    }
    keep_tight(open, 0);
}

// Rows bid until each has a column or stays out. Every row ends within one step of its best.
void Assignment::bid_rows(std::vector<std::uint32_t>& open, Cost step) {
    for (std::size_t at = 0; at < open.size(); ++at) {
        // A queue: those pushed out wait until everybody else has bid.
        auto row = open[at];
        if (++effort_.bids % bids_between_asking == 0) ask_whether_to_stop();
        Best best = best_of(row);
        if (best.first > exit_[row]) {
            u_[row] = exit_[row];
            row_column_[row] = at_exit;
            continue;
        }
        u_[row] = best.second + step;
        v_[best.column] -= best.second - best.first + step;
        if (auto holder = column_row_[best.column]; holder != nobody) {
            row_column_[static_cast<std::size_t>(holder)] = waiting;
            open.push_back(static_cast<std::uint32_t>(holder));
        }
        match(row, best.column);
        if (at > (1u << 20) && at * 2 > open.size()) {
            open.erase(open.begin(), open.begin() + static_cast<std::ptrdiff_t>(at + 1));
            at = static_cast<std::size_t>(-1);
        }
    }
    open.clear();
}

// Columns that nobody holds but that still have a price lower it until somebody comes or it is 0.
void Assignment::bid_columns(Cost step) {
    std::vector<std::uint32_t> open;
    for (std::uint32_t column = 0; column < v_.size(); ++column) {
        if (column_row_[column] == nobody && v_[column] < 0) open.push_back(column);
    }
    if (open.empty()) return;
    gather_adjacency();
    for (std::size_t at = 0; at < open.size(); ++at) {
        auto column = open[at];
        if (++effort_.bids % bids_between_asking == 0) ask_whether_to_stop();
        Cost first = 0, second = 0;  // what a row would pay for coming; at 0 the column stays free
        std::uint32_t taker = none;
        for (auto edge = adjacent_head_[column]; edge != none; edge = adjacent_[edge].next) {
            if (adjacent_[edge].list == none) continue;
            auto row = lists_[adjacent_[edge].list].first_row;
            for (; row != none; row = row_next_[row]) {
                ++effort_.edge_scans;
                if (row_column_[row] < at_exit) continue;
                Cost pays = u_[row] - adjacent_[edge].cost;
                if (pays > first) {
                    second = first;
                    first = pays;
                    taker = row;
                } else if (pays > second) {
                    second = pays;
                }
            }
        }
        if (first <= step) {
            v_[column] = 0;
            continue;
        }
        Cost price = std::max<Cost>(second - step, 0);
        v_[column] = -price;
        u_[taker] -= first - price;
        if (auto left = row_column_[taker]; left >= 0) {
            column_row_[static_cast<std::size_t>(left)] = nobody;
            if (v_[static_cast<std::size_t>(left)] < 0) {
                open.push_back(static_cast<std::uint32_t>(left));
            }
        }
        match(taker, column);
    }
}

// Rows that are further than `slack` from their best choice wait again. With no slack the duals of
// the rows become exact.
void Assignment::keep_tight(std::vector<std::uint32_t>& open, Cost slack) {
    for (std::uint32_t row = 0; row < row_column_.size(); ++row) {
        if (row_column_[row] == removed) continue;
        Best best = best_of(row);
        Cost least = std::min(best.first, exit_[row]);
        auto column = row_column_[row];
        Cost pays = u_[row];
        if (slack == 0) u_[row] = least;
        if (column == waiting || pays <= least + slack) continue;
        if (column >= 0) column_row_[static_cast<std::size_t>(column)] = nobody;
        row_column_[row] = waiting;
        open.push_back(row);
    }
}

void Assignment::settle_columns() {
    bool gathered = false;
    for (std::uint32_t column = 0; column < v_.size(); ++column) {
        if (column_row_[column] != nobody || v_[column] == 0) continue;
        if (!gathered) gather_adjacency();
        gathered = true;
        search_from_column(column);
    }
}

}  // namespace hezhi::dispatch
