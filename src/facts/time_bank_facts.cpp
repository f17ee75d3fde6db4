#include "facts/time_bank_facts.h"

#include "base/assert.h"

namespace hezhi {
namespace {

struct PostingKind {
    std::string_view kind;
    const PostingLegs& (*legs)(const Fact&);
};

template <class P>
constexpr PostingKind posting_kind() {
    return {P::kind, [](const Fact& fact) -> const PostingLegs& { return fact.as<P>().legs; }};
}

constexpr PostingKind kinds_with_legs[] = {
    posting_kind<EarningJudged>(),     posting_kind<PostingReversed>(),
    posting_kind<CreditDonated>(),     posting_kind<CreditGifted>(),
    posting_kind<CreditGranted>(),     posting_kind<CreditLapsed>(),
    posting_kind<CreditHeld>(),        posting_kind<CreditSettled>(),
    posting_kind<CreditReleased>(),    posting_kind<CreditTakenOver>(),
    posting_kind<CreditSent>(),        posting_kind<CreditReceived>(),
    posting_kind<TransferDisputed>(),  posting_kind<TransferSettled>(),
    posting_kind<ExchangeAgreed>(),    posting_kind<ExchangeConfirmed>(),
    posting_kind<ExchangeCancelled>(),
};

}  // namespace

std::vector<std::string_view> posting_kinds() {
    std::vector<std::string_view> kinds;
    for (const auto& row : kinds_with_legs) kinds.push_back(row.kind);
    return kinds;
}

const PostingLegs& posting_legs(const Fact& fact) {
    for (const auto& row : kinds_with_legs) {
        if (row.kind == fact.kind) return row.legs(fact);
    }
    broken_invariant("a kind with legs", __FILE__, __LINE__);
}

}  // namespace hezhi
