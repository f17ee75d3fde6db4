// The months that were graded held against their own counts: a grade.computed fact says its parts,
// gates and band as values, and a fold only copies them.
#pragma once

#include "journal/figure_table.h"
#include "journal/verify.h"

namespace hezhi::grading {

// Each run whose parts, gates or band are not what its counts make of it under the pack that was in
// force. What was held before it (hysteresis, proposals) is not looked at.
std::vector<journal::Difference> check_runs(store::Session& db, const journal::FigureTables& tables,
                                            const rules::PackHistory& packs);

}  // namespace hezhi::grading
