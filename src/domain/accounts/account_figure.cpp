#include "domain/accounts/account_figure.h"

namespace hezhi::accounts {

std::vector<std::string_view> AccountFigure::kinds() {
    return {AccountOpened::kind, AccountClosed::kind};
}

journal::Keys AccountFigure::keys(const Fact& fact) {
    return {fact.subject("account")};
}

void AccountFigure::step(State& account, const Fact& fact, const rules::Pack&) {
    if (fact.is<AccountOpened>()) {
        account.person = fact.as<AccountOpened>().person;
        account.opened_at = fact.occurred_at;
    } else if (fact.is<AccountClosed>()) {
        account.closed = true;
    }
}

std::vector<std::string_view> GrantFigure::kinds() {
    return {GrantProposed::kind, GrantConfirmed::kind, GrantRejected::kind, GrantEnded::kind};
}

journal::Keys GrantFigure::keys(const Fact& fact) {
    return {fact.subject("grant")};
}

void GrantFigure::step(State& grant, const Fact& fact, const rules::Pack&) {
    if (fact.is<GrantProposed>()) {
        const auto& proposed = fact.as<GrantProposed>();
        grant.account = proposed.account;
        grant.role = proposed.role;
        grant.area = fact.place.area;
        grant.area_path = fact.place.area ? fact.place.path : "/";
        grant.proposed_by = fact.actor.account;
        grant.proposed_at = fact.occurred_at;
        return;
    }
    grant.decided_at = fact.occurred_at;
    if (fact.is<GrantConfirmed>()) grant.state = GrantStep::granted;
    if (fact.is<GrantRejected>()) grant.state = GrantStep::rejected;
    if (fact.is<GrantEnded>()) grant.state = GrantStep::ended;
}

}  // namespace hezhi::accounts
