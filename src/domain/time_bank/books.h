// The books of the time bank held against themselves: what every posting must keep, whoever made
// it and whatever it was for. That the tables say what the facts say is journal/verify.h's.
#pragma once

#include "journal/verify.h"

namespace hezhi::time_bank {

// The legs of every posting add up to zero, so do all accounts, and no account is below the lowest
// floor that any of `packs` gives it.
std::vector<journal::Difference> check_books(store::Session& db, const rules::PackHistory& packs);

// Each month that was published says what the postings, the ages and the pack of then make of it:
// its totals, what may be used, what was delivered and how these stand. What was entered after it
// is not asked. Holds in memory the legs of the month that is not published yet.
std::unique_ptr<journal::Check> check_statements();

}  // namespace hezhi::time_bank
