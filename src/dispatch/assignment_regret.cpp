// The exact price of forcing a pair, without changing anything.
//
// Forcing row r to take column p opens a cycle: p's holder must go elsewhere and r's own column q
// becomes free. The shortest way back runs from p's holder to q directly, or from p's holder out of
// the market (a free person, an exit) and from outside the market to q. Both ways are shortest
// paths under the prices of the optimum, so the sum is exact, not an estimate.
#include <algorithm>

#include "base/assert.h"
#include "dispatch/assignment.h"

namespace hezhi::dispatch {

namespace {
constexpr std::uint32_t is_column = UINT32_MAX;
}

Assignment::Regret Assignment::regret(std::uint32_t list, Cost cost, std::uint32_t column) {
    HEZHI_ASSERT(column < v_.size() && column_row_[column] != gone);
    Regret out;
    auto holder = column_row_[column];
    if (holder >= 0 && row_list_[static_cast<std::size_t>(holder)] == list) return out;

    // Which of the list's rows is cheapest to free: the way from outside to its column.
    Cost from_outside = INT64_MAX;
    std::uint32_t chosen = none;
    std::vector<Regret::Move> refill;
    for (auto row = lists_[list].first_row; row != none; row = row_next_[row]) {
        auto held = row_column_[row];
        if (held < at_exit) continue;
        Cost key = 0;
        std::vector<Regret::Move> moves;
        if (held >= 0) {
            explore_from_column(static_cast<std::uint32_t>(held));
            key = sink_.key;
            auto at = sink_.column;
            auto mover = sink_.row == none ? column_row_[at] : static_cast<std::int32_t>(sink_.row);
            if (sink_.row == none) at = label_[at].parent;
            while (at != none) {
                moves.push_back({static_cast<std::uint32_t>(mover), static_cast<std::int32_t>(at)});
                mover = column_row_[at];
                at = label_[at].parent;
            }
        }
        if (key < from_outside) {
            from_outside = key;
            chosen = row;
            refill = std::move(moves);
        }
    }
    if (chosen == none) return out;
    Cost base = cost - u_[chosen] - v_[column];
    out.moves.push_back({chosen, static_cast<std::int32_t>(column)});
    if (holder < 0) {  // nobody has to make room
        out.loss = base + from_outside;
        std::erase_if(refill, [&](auto& move) { return move.row == chosen; });
        out.moves.insert(out.moves.end(), refill.begin(), refill.end());
        return out;
    }
    auto displaced = static_cast<std::uint32_t>(holder);
    Cost direct = INT64_MAX;
    std::uint32_t target = none;
    begin_search();
    ++effort_.searches;
    // The direct way may be that much longer than the way out. It is taken where both are equal:
    // then the two halves of the other could meet in one row.
    beyond_ = from_outside + 1;
    enter_row(displaced, 0);
    auto best = [&] { return std::min(direct, sink_.key + from_outside); };
    while (!heap_.empty() && heap_.top().key <= best()) {
        auto entry = heap_.top();
        heap_.pop();
        if (entry.place != is_column) {
            scan_row(entry.node, row_distance_[entry.node], entry.place);
        } else if (entry.key == label_[entry.node].distance) {
            auto row = static_cast<std::uint32_t>(column_row_[entry.node]);
            if (row_list_[row] == list) {
                direct = entry.key;
                target = entry.node;
                chosen = row;
                break;
            }
            enter_row(row, entry.key);
        }
    }
    beyond_ = 0;
    out.loss = base + best();
    auto walk_back = [&](std::uint32_t row, std::int32_t freed) {
        // Each row on the way takes the column after it, back to the displaced one.
        while (row != displaced) {
            out.moves.push_back({row, freed});
            freed = row_column_[row];
            row = label_[static_cast<std::size_t>(freed)].parent;
        }
        out.moves.push_back({displaced, freed});
    };
    if (direct <= sink_.key + from_outside) {
        out.moves.front().row = chosen;
        walk_back(label_[target].parent, static_cast<std::int32_t>(target));
    } else {
        walk_back(sink_.row,
                  sink_.column == none ? at_exit : static_cast<std::int32_t>(sink_.column));
        out.moves.insert(out.moves.end(), refill.begin(), refill.end());
    }
    return out;
}

}  // namespace hezhi::dispatch
