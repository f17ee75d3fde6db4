// LEMON's network simplex on the same graph. Its headers do not compile as C++20, so they are met
// in one file of an older standard and only in the benchmark and in tests.
#pragma once

#include <cstdint>
#include <vector>

namespace hezhi::bench {

struct PlainGraph {
    std::int32_t rows = 0, columns = 0;
    std::vector<std::int32_t> row, column;  // of each edge
    std::vector<std::int64_t> cost;         // in units, no tie-break: large costs could overflow it
    std::vector<std::int64_t> exit;         // of each row
};

struct ReferenceRun {
    std::int64_t total = 0;
    double seconds = 0;  // CPU time of the solve step alone
    double build_seconds = 0;
};

ReferenceRun network_simplex(const PlainGraph& graph);

double cpu_seconds();  // of this thread

}  // namespace hezhi::bench
