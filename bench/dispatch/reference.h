// The same graph given to two other solvers. LEMON's headers do not compile as C++20, so they are
// met in one file of an older standard; SciPy runs in a process of its own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hezhi::bench {

struct PlainGraph {
    std::int32_t rows = 0, columns = 0;
    std::vector<std::int32_t> row, column;  // of each edge, ascending by row
    std::vector<std::int64_t> cost;         // in units, no tie-break: large costs could overflow it
    std::vector<std::int64_t> exit;         // of each row
};

struct ReferenceRun {
    bool finished = false;
    std::int64_t total = 0;
    double seconds = 0;  // CPU time of the solve step alone
    double build_seconds = 0;
};

ReferenceRun network_simplex(const PlainGraph& graph);

// SciPy's sparse Jonker-Volgenant method (LAPJVsp). `packages` is the folder that Debian's packages
// were unpacked into. Not finished within so many seconds of CPU time: says so. Throws if it fails.
ReferenceRun sparse_lapjv(const PlainGraph& graph, const std::string& packages, int seconds_max);

double cpu_seconds();  // of this thread

}  // namespace hezhi::bench
