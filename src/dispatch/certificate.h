// A proof of optimality that can be checked without the engine: prices under which nobody could do
// better. It reads every edge once and believes nothing that the engine says about itself.
#pragma once

#include <cstdint>

#include "dispatch/assignment.h"

namespace hezhi::dispatch {

__extension__ using Wide = __int128;  // totals of costs; one cost fits 64 bits, their sum does not

struct Certificate {
    std::int64_t rows = 0;
    std::int64_t edges = 0;
    std::int64_t violations = 0;  // 0: the assignment is the optimum
    Wide cost = 0;                // of the assignment, exits included
    Wide bound = 0;               // what the prices prove that no assignment can beat

    bool proves_optimum() const { return violations == 0 && cost == bound; }
};

Certificate check_certificate(const Assignment& assignment);

// Whether no other assignment costs the same, which rows of one list sit where aside. Asks for an
// optimal assignment.
bool is_unique(const Assignment& assignment);

}  // namespace hezhi::dispatch
