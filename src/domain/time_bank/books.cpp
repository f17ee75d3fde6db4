#include "domain/time_bank/books.h"

#include <algorithm>

#include "domain/time_bank/queries.h"
#include "domain/time_bank/time_bank.h"

namespace hezhi::time_bank {
namespace {

std::int64_t lowest_floor(LedgerAccount account, const rules::PackHistory& packs) {
    std::int64_t floor = floor_of(account, {});
    for (const auto& published : packs.all()) {
        floor = std::min(floor, floor_of(account, published.pack->time_bank));
    }
    return floor;
}

}  // namespace

std::vector<journal::Difference> check_books(store::Session& db, const rules::PackHistory& packs) {
    std::vector<journal::Difference> found;
    db.each(queries::postings_that_do_not_balance, {}, [&](const store::Row& row) {
        found.push_back({"posting " + std::to_string(row.integer("posting")), "legs that sum to 0",
                         std::to_string(row.integer("minutes"))});
    });
    std::int64_t sum = 0;
    db.each(queries::all_balances, {}, [&](const store::Row& row) {
        std::int64_t balance = row.integer("balance");
        sum += balance;
        auto account = from_label<LedgerAccount>(row.text("account"));
        if (!account) return;  // verify has named the row
        std::int64_t floor = lowest_floor(*account, packs);
        if (balance >= floor) return;
        found.push_back({"account " + std::string(row.text("id")),
                         "at least " + std::to_string(floor), std::to_string(balance)});
    });
    if (sum != 0) found.push_back({"all accounts", "0", std::to_string(sum)});
    return found;
}

}  // namespace hezhi::time_bank
