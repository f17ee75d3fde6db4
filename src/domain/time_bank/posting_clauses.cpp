#include "domain/time_bank/posting_clauses.h"

#include "domain/time_bank/load_posting.h"
#include "domain/time_bank/queries.h"

namespace hezhi::time_bank {
namespace {

// Of the kinds of postings that have one clause, whatever they hold.
const rules::Clause& clause_of_plain(std::string_view kind, const rules::TimeBankRules& bank) {
    struct Row {
        std::string_view kind;
        rules::Clause rules::TimeBankRules::*clause;
    };
    using rules::TimeBankRules;
    static constexpr Row rows[] = {
        {EarningJudged::kind, &TimeBankRules::earn_clause},
        {CreditGifted::kind, &TimeBankRules::gift_clause},
        {CreditHeld::kind, &TimeBankRules::redeem_clause},
        {CreditSettled::kind, &TimeBankRules::redeem_clause},
        {CreditReleased::kind, &TimeBankRules::redeem_clause},
        {CreditTakenOver::kind, &TimeBankRules::death_clause},
        {ExchangeAgreed::kind, &TimeBankRules::listing_clause},
        {ExchangeConfirmed::kind, &TimeBankRules::listing_clause},
        {ExchangeCancelled::kind, &TimeBankRules::listing_clause},
    };
    for (const Row& row : rows) {
        if (row.kind == kind) return bank.*row.clause;
    }
    // Donations, transfers and reversals: an hour for an hour, and not for sale.
    return bank.clause;
}

const rules::Clause& clause_of_fact(const Fact& fact, const rules::Pack& pack) {
    if (fact.is<CreditGranted>()) {
        const rules::GrantGroup* group = pack.time_bank.grant(fact.as<CreditGranted>().group);
        if (group) return group->clause;
    }
    return clause_of_plain(fact.kind, pack.time_bank);
}

const rules::Pack& pack_at(const api::Reading& reading, Instant at) {
    const rules::PublishedPack* then = reading.packs->in_force(at);
    return *(then ? then : reading.pack())->pack;
}

}  // namespace

const rules::Clause& clause_of_last_grant(const api::Reading& reading, PersonId person,
                                          PostingId before) {
    auto granted = reading.db.row(queries::grant_before, {{"person", person}, {"posting", before}});
    if (!granted) return clause_of_plain(CreditGranted::kind, reading.pack()->pack->time_bank);
    Fact fact = fact_at(reading.db, PostingId(granted->integer("posting")));
    return clause_of_fact(fact, pack_at(reading, fact.occurred_at));
}

const rules::Clause& clause_of_posting(const api::Reading& reading, const PostingState& leg,
                                       const std::optional<JudgedTime>& judged) {
    // What is undone followed the clause of then.
    if (judged) return clause_of(judged->why, pack_at(reading, judged->at));
    if (leg.undoes) {
        Fact undone = fact_at(reading.db, leg.undoes);
        return clause_of_fact(undone, pack_at(reading, undone.occurred_at));
    }
    const rules::Pack& pack = pack_at(reading, leg.posted_at);
    if (leg.fact_kind == CreditGranted::kind) {
        return clause_of_fact(fact_at(reading.db, leg.posting), pack);
    }
    if (leg.fact_kind == CreditLapsed::kind && leg.person) {
        return clause_of_last_grant(reading, leg.person, leg.posting);
    }
    return clause_of_plain(leg.fact_kind, pack.time_bank);
}

const rules::Clause& clause_of_call(const rules::Pack& pack) {
    return pack.true_hours.checks ? pack.true_hours.call_clause : pack.time_bank.earn_clause;
}

std::vector<const rules::Clause*> clauses_of_kind(std::string_view fact_kind,
                                                  const rules::TimeBankRules& bank) {
    std::vector<const rules::Clause*> clauses;
    if (fact_kind == CreditGranted::kind || fact_kind == CreditLapsed::kind) {
        for (const auto& group : bank.grants) clauses.push_back(&group.clause);
    } else if (fact_kind == EarningJudged::kind) {
        clauses = {&bank.earn_clause, &bank.who_clause, &bank.caps_clause};
    }
    if (clauses.empty()) clauses.push_back(&clause_of_plain(fact_kind, bank));
    return clauses;
}

}  // namespace hezhi::time_bank
