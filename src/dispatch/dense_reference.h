// A slow, plain second opinion for tests and the benchmark: the classic dense shortest path method
// on a full matrix. Nothing in the product uses it.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace hezhi::dispatch {

// The least total of giving every row a column of its own; `costs[row][column]`, at least as many
// columns as rows. A cost of `never` forbids; some complete assignment must be allowed.
struct DenseResult {
    std::int64_t total = 0;
    std::vector<int> column_of;
};

inline constexpr std::int64_t never = std::int64_t(1) << 50;

inline DenseResult solve_dense(const std::vector<std::vector<std::int64_t>>& costs) {
    int rows = static_cast<int>(costs.size());
    int columns = rows ? static_cast<int>(costs[0].size()) : 0;
    auto size = [](int n) { return static_cast<std::size_t>(n); };
    std::vector<std::int64_t> u(size(rows + 1)), v(size(columns + 1));
    std::vector<int> row_of(size(columns + 1), 0), way(size(columns + 1), 0);
    for (int row = 1; row <= rows; ++row) {
        row_of[0] = row;
        int at = 0;
        std::vector<std::int64_t> least(size(columns + 1),
                                        std::numeric_limits<std::int64_t>::max());
        std::vector<char> used(size(columns + 1), 0);
        do {
            used[size(at)] = 1;
            int its = row_of[size(at)], next = 0;
            auto step = std::numeric_limits<std::int64_t>::max();
            for (int c = 1; c <= columns; ++c) {
                if (used[size(c)]) continue;
                auto now = costs[size(its - 1)][size(c - 1)] - u[size(its)] - v[size(c)];
                if (now < least[size(c)]) {
                    least[size(c)] = now;
                    way[size(c)] = at;
                }
                if (least[size(c)] < step) {
                    step = least[size(c)];
                    next = c;
                }
            }
            for (int c = 0; c <= columns; ++c) {
                if (used[size(c)]) {
                    u[size(row_of[size(c)])] += step;
                    v[size(c)] -= step;
                } else if (c > 0) {
                    least[size(c)] -= step;
                }
            }
            at = next;
        } while (row_of[size(at)] != 0);
        while (at != 0) {
            row_of[size(at)] = row_of[size(way[size(at)])];
            at = way[size(at)];
        }
    }
    DenseResult out;
    out.column_of.assign(size(rows), -1);
    for (int c = 1; c <= columns; ++c) {
        if (row_of[size(c)] == 0) continue;
        out.column_of[size(row_of[size(c)] - 1)] = c - 1;
        out.total += costs[size(row_of[size(c)] - 1)][size(c - 1)];
    }
    return out;
}

}  // namespace hezhi::dispatch
