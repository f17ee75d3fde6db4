// The books of the time bank held against themselves: what every posting must keep, whoever made
// it and whatever it was for. That the tables say what the facts say is journal/verify.h's.
#pragma once

#include "journal/verify.h"

namespace hezhi::time_bank {

// The legs of every posting add up to zero, so do all accounts, and no account is below the lowest
// floor that any of `packs` gives it.
std::vector<journal::Difference> check_books(store::Session& db, const rules::PackHistory& packs);

}  // namespace hezhi::time_bank
