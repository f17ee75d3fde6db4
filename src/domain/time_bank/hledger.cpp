// The ledger as a plain-text accounting journal.
#include "domain/time_bank/queries.h"
#include "domain/time_bank/time_bank.h"

namespace hezhi::time_bank {
namespace {

// "people:12", "people:12:held", "bank:pool": parents sum up what is below them.
std::string ledger_name(LedgerAccount account, PersonId person) {
    std::string of_person = "people:" + std::to_string(person.value);
    switch (account) {
        case LedgerAccount::person:
            return of_person + ":own";
        case LedgerAccount::held:
            return of_person + ":held";
        case LedgerAccount::grant:
            return of_person + ":granted";
        case LedgerAccount::disputed:
            return of_person + ":disputed";
        case LedgerAccount::pool:
        case LedgerAccount::issued:
        case LedgerAccount::redeemed:
        case LedgerAccount::lost:
        case LedgerAccount::transferred:
            break;
    }
    return "bank:" + std::string(label_of(account));
}

}  // namespace

void write_hledger(store::Session& db, const journal::FigureTables& tables,
                   const std::function<void(std::string_view)>& on_line) {
    on_line("commodity 1. min");
    PostingId last;
    db.each(queries::all_postings, {}, [&](const store::Row& row) {
        auto leg = journal::read_state<PostingFigure>(tables, row);
        if (leg.posting != last) {
            last = leg.posting;
            on_line("");
            on_line(to_string(day_of(leg.posted_at)) + " (" + std::to_string(leg.posting.value) +
                    ") " + leg.fact_kind);
        }
        on_line("    " + ledger_name(leg.account, leg.person) + "  " + std::to_string(leg.minutes) +
                " min");
    });
}

}  // namespace hezhi::time_bank
