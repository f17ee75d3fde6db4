// The totals of a published month and their parts, as everybody is told them.
#pragma once

#include "domain/time_bank/few_postings.h"
#include "domain/time_bank/why.h"

namespace hezhi::time_bank {

// `weights`: of how many postings each part of each total tells. Hides and gathers the parts, and
// hides the totals, that would tell of a few (told_table.h).
void tell_totals(StatementParts&, const std::vector<std::vector<PartWeight>>& weights,
                 const api::Reading&, Instant until, const rules::TimeBankRules&);

// Whether a part of this kind stands among the account's.
bool tells_part(const StatementParts&, LedgerAccount, std::string_view fact_kind);

}  // namespace hezhi::time_bank
