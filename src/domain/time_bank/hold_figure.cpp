#include "domain/time_bank/hold_figure.h"

#include <algorithm>

namespace hezhi::time_bank {

std::vector<std::string_view> HoldFigure::kinds() {
    return {CreditHeld::kind, CreditSettled::kind, CreditReleased::kind, EarningJudged::kind};
}

journal::Keys HoldFigure::keys(const Fact& fact) {
    // Where members serve each other an earning is paid from what is held.
    bool paid = std::ranges::any_of(posting_legs(fact), [](const PostingLeg& leg) {
        return leg.account == LedgerAccount::held;
    });
    if (fact.is<EarningJudged>() && !paid) return {};
    return {fact.subject("order")};
}

void HoldFigure::step(State& hold, const Fact& fact, const rules::Pack&) {
    if (fact.is<CreditHeld>()) {
        hold.person = PersonId(fact.subject("person"));
        hold.held_at = fact.occurred_at;
        hold.grant_lapses_at = fact.as<CreditHeld>().lapses_at.value_or(Instant());
    }
    for (const PostingLeg& leg : posting_legs(fact)) {
        if (leg.account == LedgerAccount::held) hold.still_held += leg.minutes;
        if (leg.account == LedgerAccount::redeemed) hold.used += leg.minutes;
        if (fact.is<EarningJudged>()) continue;
        if (leg.account == LedgerAccount::grant) hold.from_grant -= leg.minutes;
        if (leg.account == LedgerAccount::person) hold.from_own -= leg.minutes;
    }
    if (fact.is<CreditSettled>()) hold.state = HoldStep::settled;
    // A part that comes back after all leaves the rest settled.
    if (fact.is<CreditReleased>() && hold.used == 0) hold.state = HoldStep::released;
}

}  // namespace hezhi::time_bank
