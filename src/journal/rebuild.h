// A figure table is never altered. Its layout carries a hash; what changed is folded anew beside
// the old table and takes its place in one transaction.
#pragma once

#include <string>
#include <vector>

#include "journal/figure_table.h"
#include "rules/pack_history.h"
#include "store/session.h"

namespace hezhi::journal {

// The figures whose table is missing, or whose layout is not today's.
std::vector<const FigureTable*> changed_layouts(store::Session& db, const FigureTables& tables);

// Throws StoreError newer_schema, with what to do, unless every layout is today's.
void require_layouts(store::Session& db, const FigureTables& tables);

// Rebuilds these figures by folding the whole journal in memory, `packs` being all that it has
// published. Holds the journal's head meanwhile, so that nothing is appended. Everything or
// nothing: the old tables stand until the new ones are complete.
void rebuild(store::Session& db, const std::vector<const FigureTable*>& which,
             const rules::PackHistory& packs);

}  // namespace hezhi::journal
