// The proof held against every pair of place and person, one by one, from the market as it was
// given: without the index, its grids, the lists and their cuts. Slow and plain on purpose.
#pragma once

#include "dispatch/batch.h"

namespace hezhi::dispatch {

struct PairCheck {
    std::int64_t pairs = 0;
    std::int64_t violations = 0;  // a price that somebody undercuts, or a pair that a rule forbids
};

bool may_check_pairs(const Market& market, std::int64_t pairs_max);

// `batch` is the optimum of exactly this market's flow (before teams are settled), nothing changed
// since.
PairCheck check_pairs(const Batch& batch, const Market& market);

}  // namespace hezhi::dispatch
