// Which numbers of a month's ledger everybody is told, so that no sum or difference of them is of
// a few postings; pure.
//
// The ledger is a table: a row an account, a column a kind of fact. A row adds up to the account's
// total and a column to zero, as every posting does. Who reads it may take any accounts and any
// kinds together: what is shown then tells a sum of what is hidden. Sums of whole rows and columns
// are all that can be derived, so all of them are tried.
#pragma once

#include <vector>

#include "domain/time_bank/few_postings.h"

namespace hezhi::time_bank {

using AccountSet = std::uint32_t;  // a bit an account

// Postings of one kind that changed the same accounts.
struct PostedFlow {
    std::size_t kind = 0;
    AccountSet accounts = 0;
    PartWeight weight;
};

// One column.
struct KindCells {
    std::vector<PartWeight> weights;  // by account; what is told anyway is of so many postings
    AccountSet cells = 0;             // the accounts that it moved
    AccountSet kept = 0;              // of them those that other pages tell: hidden last
};

struct LedgerTable {
    std::vector<KindCells> kinds;
    std::vector<PostedFlow> flows;
    AccountSet accounts = 0;
    AccountSet listed = 0;  // whose totals other pages tell: hidden last
};

struct ToldTable {
    std::vector<AccountSet> cells;  // by kind
    AccountSet totals = 0;
};

// Hides what is of a few, and of the rest the smallest that would tell it.
ToldTable tell_table(const LedgerTable&, std::int64_t small_group);

}  // namespace hezhi::time_bank
