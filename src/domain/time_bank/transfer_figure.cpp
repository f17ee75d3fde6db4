#include "domain/time_bank/transfer_figure.h"

namespace hezhi::time_bank {
namespace {

std::int64_t moved_in(const PostingLegs& legs, LedgerAccount account) {
    std::int64_t sum = 0;
    for (const PostingLeg& leg : legs) {
        if (leg.account == account) sum += leg.minutes;
    }
    return sum;
}

}  // namespace

std::vector<std::string_view> TransferFigure::kinds() {
    return {CreditSent::kind, CreditReceived::kind, TransferDisputed::kind, TransferSettled::kind};
}

journal::Keys TransferFigure::keys(const Fact& fact) {
    return {fact.subject("transfer")};
}

void TransferFigure::step(State& transfer, const Fact& fact, const rules::Pack&) {
    if (fact.is<TransferDisputed>()) {
        transfer.state = TransferStep::disputed;
        transfer.frozen = moved_in(posting_legs(fact), LedgerAccount::disputed);
        return;
    }
    if (fact.is<TransferSettled>()) {
        bool upheld = fact.as<TransferSettled>().upheld;
        transfer.state = upheld ? TransferStep::returned : TransferStep::kept;
        transfer.frozen = 0;
        transfer.returned_as = TransferId(fact.subject("posting"));
        return;
    }
    transfer.person = PersonId(fact.subject("person"));
    transfer.area = fact.place.area;
    transfer.area_path = fact.place.path;
    transfer.moved_at = fact.occurred_at;
    transfer.minutes = moved_in(posting_legs(fact), LedgerAccount::transferred);
    if (fact.is<CreditSent>()) {
        transfer.ledger = fact.as<CreditSent>().to;
    } else {
        transfer.state = TransferStep::received;
        transfer.minutes = -transfer.minutes;
        transfer.ledger = fact.as<CreditReceived>().from;
        transfer.number = fact.as<CreditReceived>().number;
    }
}

}  // namespace hezhi::time_bank
