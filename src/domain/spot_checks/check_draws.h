// The random sample held against the months' seeds: facts say what was drawn, a fold only copies
// it.
#pragma once

#include "journal/figure_table.h"
#include "journal/verify.h"

namespace hezhi::spot_checks {

// Each month whose seed is not the one that was promised, or was not told though a later month has
// begun; and, of months whose seed is told, each check that was drawn or not drawn otherwise than
// the seed says, and each service that it draws and that was passed over. Of a service without a
// check no fact says its percentage: the least that the pack could have asked for is taken.
std::vector<journal::Difference> check_draws(store::Session& db,
                                             const journal::FigureTables& tables,
                                             const rules::PackHistory& packs);

}  // namespace hezhi::spot_checks
