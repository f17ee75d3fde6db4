#include "domain/time_bank/earning_figure.h"

#include <algorithm>

namespace hezhi::time_bank {

std::vector<std::string_view> EarningFigure::kinds() {
    return posting_kinds();
}

journal::Keys EarningFigure::keys(const Fact& fact) {
    std::vector<std::int64_t> people;
    bool earning = fact.is<EarningJudged>() ||
                   (fact.is<PostingReversed>() && fact.as<PostingReversed>().served_at);
    if (earning) people.push_back(fact.subject("person"));
    for (const PostingLeg& leg : posting_legs(fact)) {
        if (leg.account == LedgerAccount::person) people.push_back(leg.person.value);
    }
    std::ranges::sort(people);
    auto repeated = std::ranges::unique(people);
    people.erase(repeated.begin(), repeated.end());
    std::erase(people, 0);
    return {people.begin(), people.end()};
}

void EarningFigure::step(State& state, const Fact& fact, const rules::Pack& pack) {
    bool own = fact.subject("person") == state.id.value;
    if (fact.is<EarningJudged>() && own) {
        const ServedTime& served = fact.as<EarningJudged>().served;
        count_earning(state, served, decide_earning(state, served, fact.occurred_at, pack));
        return;
    }
    for (const PostingLeg& leg : posting_legs(fact)) {
        if (leg.account == LedgerAccount::person && leg.person == state.id) {
            state.balance += leg.minutes;
        }
    }
    if (fact.is<PostingReversed>() && own) uncount_earning(state, fact.as<PostingReversed>());
}

namespace {

void keep(EarnedTimeState& earned, const PostingLegs& legs) {
    for (const PostingLeg& leg : legs) {
        auto minutes = static_cast<std::int32_t>(leg.minutes);
        bool own = leg.account == LedgerAccount::person && leg.person == earned.person;
        if (own) earned.kept_by_person += minutes;
        if (leg.account == LedgerAccount::pool) earned.kept_by_pool += minutes;
    }
}

}  // namespace

std::vector<std::string_view> EarnedTimeFigure::kinds() {
    return {EarningJudged::kind, PostingReversed::kind};
}

journal::Keys EarnedTimeFigure::keys(const Fact& fact) {
    if (fact.is<EarningJudged>()) return {fact.position};
    if (fact.as<PostingReversed>().served_at) return {fact.subject("posting")};
    return {};  // the reversal of something else
}

void EarnedTimeFigure::step(State& earned, const Fact& fact, const rules::Pack&) {
    if (fact.is<PostingReversed>()) {
        earned.reversed = true;
        earned.taken_back = bool(fact.actor.account);
        keep(earned, posting_legs(fact));
        return;
    }
    const auto& judged = fact.as<EarningJudged>();
    earned.person = PersonId(fact.subject("person"));
    earned.record = RecordId(fact.subject("record"));
    earned.order_id = OrderId(fact.subject("order"));
    earned.category = judged.served.category;
    earned.served_as = judged.served.served_as;
    earned.ends_at = judged.served.ends_at;
    earned.minutes = judged.served.minutes;
    earned.minutes_planned = judged.served.minutes_planned;
    earned.counted = judged.counted;
    earned.credited = judged.credited;
    earned.pooled = judged.pooled;
    earned.why = judged.why;
    earned.judged_at = fact.occurred_at;
    if (judged.served.owed) {
        earned.kept_by_person = judged.served.owed->by_person;
        earned.kept_by_pool = judged.served.owed->by_pool;
    }
    keep(earned, judged.legs);
}

}  // namespace hezhi::time_bank
