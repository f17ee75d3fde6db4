#include "domain/time_bank/posting_figure.h"

#include <algorithm>

namespace hezhi::time_bank {
namespace {

bool of_a_person(LedgerAccount account) {
    return account == LedgerAccount::person || account == LedgerAccount::held ||
           account == LedgerAccount::grant || account == LedgerAccount::disputed;
}

}  // namespace

std::string account_key(LedgerAccount account, PersonId person) {
    std::string key(label_of(account));
    if (of_a_person(account)) key += "/" + std::to_string(person.value);
    return key;
}

std::vector<std::string_view> TimeAccountFigure::kinds() {
    auto kinds = posting_kinds();
    kinds.push_back(CreditRested::kind);
    kinds.push_back(CreditWoken::kind);
    return kinds;
}

journal::Keys TimeAccountFigure::keys(const Fact& fact) {
    if (fact.is<CreditRested>() || fact.is<CreditWoken>()) {
        return {account_key(LedgerAccount::person, PersonId(fact.subject("person")))};
    }
    std::vector<std::string> accounts;
    for (const PostingLeg& leg : posting_legs(fact)) {
        std::string key = account_key(leg.account, leg.person);
        if (std::ranges::find(accounts, key) == accounts.end()) accounts.push_back(std::move(key));
    }
    return {accounts.begin(), accounts.end()};
}

void TimeAccountFigure::step(State& account, const Fact& fact, const rules::Pack& pack) {
    if (fact.is<CreditRested>()) {
        account.dormant = true;
        return;
    }
    Instant rests_at = months_later(fact.occurred_at, pack.time_bank.dormant_after_months);
    if (fact.is<CreditWoken>()) {
        account.dormant = false;
        account.rests_at = rests_at;
        return;
    }
    for (const PostingLeg& leg : posting_legs(fact)) {
        if (account_key(leg.account, leg.person) != account.id) continue;
        account.account = leg.account;
        if (of_a_person(leg.account)) account.person = leg.person;
        account.balance += leg.minutes;
        (leg.minutes > 0 ? account.received : account.given) += std::abs(leg.minutes);
    }
    ++account.postings;
    account.moved_at = fact.occurred_at;
    if (account.account == LedgerAccount::person) {
        account.dormant = false;
        account.rests_at = account.balance > 0 ? rests_at : Instant();
    }
    if (account.account != LedgerAccount::grant) return;
    if (fact.is<CreditGranted>()) account.lapses_at = fact.as<CreditGranted>().lapses_at;
    // A grant that was reversed is over, and another may be made in its month.
    if (fact.is<CreditLapsed>() || fact.is<PostingReversed>()) account.lapses_at = {};
}

journal::Keys BeneficiaryFigure::keys(const Fact& fact) {
    return {fact.subject("person")};
}

void BeneficiaryFigure::step(State& row, const Fact& fact, const rules::Pack&) {
    row.beneficiary = PersonId(fact.subject("beneficiary"));
    row.relation = fact.as<BeneficiaryNamed>().relation;
    row.named_at = fact.occurred_at;
}

std::string posting_key(PostingId posting, std::int64_t leg) {
    return std::to_string(posting.value) + "-" + std::to_string(leg);
}

journal::Keys PostingFigure::keys(const Fact& fact) {
    journal::Keys keys;
    for (std::size_t leg = 0; leg < posting_legs(fact).size(); ++leg) {
        keys.emplace_back(posting_key(PostingId(fact.position), static_cast<std::int64_t>(leg)));
    }
    if (fact.is<PostingReversed>()) {
        for (std::int64_t leg = 0; leg < fact.as<PostingReversed>().legs_undone; ++leg) {
            keys.emplace_back(posting_key(PostingId(fact.subject("posting")), leg));
        }
    }
    return keys;
}

void PostingFigure::step(State& row, const Fact& fact, const rules::Pack&) {
    if (row.posting) {  // made by an earlier fact, which this one undoes
        row.reversed = true;
        return;
    }
    const PostingLegs& legs = posting_legs(fact);
    row.posting = PostingId(fact.position);
    auto dash = row.id.find('-');
    row.leg = std::stoi(row.id.substr(dash + 1));
    const PostingLeg& leg = legs.at(static_cast<std::size_t>(row.leg));
    row.fact_kind = fact.kind;
    row.account = leg.account;
    row.person = leg.person;
    row.minutes = leg.minutes;
    row.posted_at = fact.occurred_at;
    row.order_id = OrderId(fact.subject("order"));
    row.record = RecordId(fact.subject("record"));
    if (fact.is<PostingReversed>()) row.undoes = PostingId(fact.subject("posting"));
}

}  // namespace hezhi::time_bank
