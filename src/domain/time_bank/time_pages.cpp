#include "domain/time_bank/time_pages.h"

#include <algorithm>

#include "domain/time_bank/load_posting.h"
#include "domain/time_bank/queries.h"
#include "journal/seals.h"

namespace hezhi::time_bank {
namespace {

std::int64_t balance_now(const api::Reading& reading, LedgerAccount account, PersonId person) {
    auto state = reading.load<TimeAccountFigure>(account_key(account, person));
    return state ? state->balance : 0;
}

std::vector<TimeLine> lines_of(const EarningJudged& judged, const rules::Pack& pack) {
    Earning earning;
    earning.counted = judged.counted;
    earning.credited = judged.credited;
    earning.pooled = judged.pooled;
    earning.why = judged.why;
    earning.day_before = judged.day_before;
    earning.month_before = judged.month_before;
    earning.balance_before = judged.balance_before;
    repay(earning, judged.served.owed.value_or(EarningOwed{}));
    std::vector<TimeLine> lines;
    for (const auto& words : arithmetic(judged.served, earning, pack)) {
        lines.push_back({words.zh, words.en});
    }
    return lines;
}

}  // namespace

EarnedTime show_earned(const api::Reading& reading, const EarnedTimeState& earned) {
    const rules::Pack& pack = *reading.packs->in_force(earned.judged_at)->pack;
    EarnedTime shown;
    shown.id = PostingId(earned.id);
    shown.record_id = earned.record;
    if (earned.order_id) shown.order_id = earned.order_id;
    const rules::Category* category = pack.category(earned.category);
    shown.category_zh = category ? category->name.zh : earned.category;
    shown.category_en = category ? category->name.en : earned.category;
    shown.served_as = earned.served_as;
    shown.ends_at = earned.ends_at;
    shown.minutes = earned.minutes;
    shown.credited = earned.credited;
    shown.pooled = earned.pooled;
    shown.why = earned.why;
    const rules::Clause& clause = clause_of(earned.why, pack, earned.category);
    shown.says_zh = clause.says.zh;
    shown.says_en = clause.says.en;
    Fact fact = fact_at(reading.db, PostingId(earned.id));
    shown.arithmetic = lines_of(fact.as<EarningJudged>(), pack);
    shown.reversed = earned.reversed;
    return shown;
}

PostingLine show_leg(const api::Reading& reading, const TimeBankDesk& desk,
                     const PostingState& leg) {
    PostingLine line;
    line.id = leg.posting;
    line.fact_kind = leg.fact_kind;
    line.account = leg.account;
    if (leg.person) {
        line.person_id = leg.person;
        line.person_name = desk.people.masked_name(reading.db, leg.person);
    }
    line.minutes = leg.minutes;
    line.posted_at = leg.posted_at;
    line.reversed = leg.reversed;
    return line;
}

MyTime my_time(const api::Reading& reading) {
    const rules::TimeBankRules& bank = reading.pack()->pack->time_bank;
    MyTime shown;
    shown.open = bank.open;
    shown.mutual = bank.open && bank.model == rules::TimeBankModel::mutual;
    shown.name_zh = bank.name.zh;
    shown.name_en = bank.name.en;
    shown.says_zh = bank.earn_clause.says.zh;
    shown.says_en = bank.earn_clause.says.en;
    shown.caps_zh = bank.caps_clause.says.zh;
    shown.caps_en = bank.caps_clause.says.en;
    shown.month_minutes_max = bank.month_minutes_max;
    PersonId person = reading.caller.person;
    if (!person) return shown;
    shown.balance = balance_now(reading, LedgerAccount::person, person);
    shown.held = balance_now(reading, LedgerAccount::held, person);
    shown.disputed = balance_now(reading, LedgerAccount::disputed, person);
    auto grant = reading.load<TimeAccountFigure>(account_key(LedgerAccount::grant, person));
    if (grant && granted_at(*grant, reading.now) > 0) {
        shown.granted = grant->balance;
        shown.grant_lapses_at = grant->lapses_at;
    }
    if (auto earnings = reading.load<EarningFigure>(person)) {
        shown.credited = earnings->credited;
        shown.pooled = earnings->pooled;
        shown.month_credited = credited_in_month(*earnings, day_of(reading.now));
    }
    bool may_give = reading.caller.may("credit.donate", {.owner = reading.caller.account});
    if (bank.open && may_give && shown.balance > 0) shown.actions.emplace_back("donate_credit");
    return shown;
}

Result<AccountOfPerson> account_page(const api::Reading& reading, const TimeBankDesk& desk,
                                     PersonId id) {
    auto person = id ? reading.load<people::PersonFigure>(id) : std::nullopt;
    auto may = [&](std::string_view permission) {
        return person && reading.caller.may(permission, {.area_path = person->area_path});
    };
    if (!may("posting.read")) return refuse(hezhi::refusals::not_found);
    AccountOfPerson shown;
    shown.person_id = id;
    shown.name = desk.people.masked_name(reading.db, id);
    const rules::TimeBankRules& bank = reading.pack()->pack->time_bank;
    shown.open = bank.open;
    for (rules::Relation relation : bank.gift_relations) {
        shown.relations.emplace_back(label_of(relation));
    }
    shown.held = balance_now(reading, LedgerAccount::held, id);
    shown.disputed = balance_now(reading, LedgerAccount::disputed, id);
    if (auto grant = reading.load<TimeAccountFigure>(account_key(LedgerAccount::grant, id))) {
        shown.granted = granted_at(*grant, reading.now);
    }
    if (auto own = reading.load<TimeAccountFigure>(account_key(LedgerAccount::person, id))) {
        shown.balance = own->balance;
        shown.dormant = own->dormant;
    }
    if (auto named = reading.load<BeneficiaryFigure>(id)) {
        shown.beneficiary_id = named->beneficiary;
        shown.beneficiary_name = desk.people.masked_name(reading.db, named->beneficiary);
        shown.beneficiary_relation = named->relation;
    }
    if (shown.dormant && may("credit.wake")) shown.actions.emplace_back("wake_credit");
    if (bank.open && may("beneficiary.name")) shown.actions.emplace_back("name_beneficiary");
    if (shown.balance > 0 && may("credit.take_over")) {
        shown.actions.emplace_back("take_over_credit");
    }
    return shown;
}

Transfer show_transfer(const api::Reading& reading, const TimeBankDesk& desk,
                       const TransferState& transfer) {
    Transfer shown;
    shown.id = transfer.id;
    shown.person_id = transfer.person;
    shown.person_name = desk.people.masked_name(reading.db, transfer.person);
    shown.state = transfer.state;
    shown.ledger = transfer.ledger;
    shown.minutes = transfer.minutes;
    shown.frozen = transfer.frozen;
    shown.moved_at = transfer.moved_at;
    if (transfer.returned_as) shown.returned_as = transfer.returned_as;
    auto may = [&](std::string_view permission) {
        return reading.caller.may(permission, {.area_path = transfer.area_path});
    };
    if (transfer.state == TransferStep::sent && may("credit.send")) {
        auto block = journal::last_block(reading.db);
        shown.sealed = block && block->header.last >= transfer.id.value;
    }
    if (transfer.state == TransferStep::received && may("transfer.dispute")) {
        shown.actions.emplace_back("dispute_transfer");
    }
    if (transfer.state == TransferStep::disputed && may("transfer.settle")) {
        shown.actions.emplace_back("settle_transfer");
    }
    return shown;
}

Result<Transfer> transfer_page(const api::Reading& reading, const TimeBankDesk& desk,
                               TransferId id) {
    auto transfer = id ? reading.load<TransferFigure>(id) : std::nullopt;
    if (!transfer || !reading.caller.may("posting.read", {.area_path = transfer->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    return show_transfer(reading, desk, *transfer);
}

namespace {

void add_reversal(Posting& shown, const api::Reading& reading, const Fact& posting) {
    bool may_be = reversible(posting, shown.reversed, reading.now).has_value();
    if (!may_be || concerns(posting, reading.caller.person)) return;
    api::Access access{.area_path = posting.place.path};
    if (reading.caller.may("posting.reverse", access)) {
        shown.actions.emplace_back("reverse_posting");
    } else if (posting.is<CreditGranted>() && reading.caller.may("credit.grant", access)) {
        shown.actions.emplace_back("reverse_grant");
    }
}

}  // namespace

Result<Posting> posting_page(const api::Reading& reading, const TimeBankDesk& desk, PostingId id) {
    auto legs = reading.rows<PostingFigure>(queries::legs_of, {{"posting", id}});
    if (legs.empty()) return refuse(hezhi::refusals::not_found);
    Fact fact = fact_at(reading.db, id);
    bool own = std::ranges::any_of(legs, [&](const PostingState& leg) {
        return leg.person && leg.person == reading.caller.person;
    });
    api::Access access{.area_path = fact.place.path,
                       .owner = own ? reading.caller.account : AccountId()};
    if (!reading.caller.may("posting.read", access)) return refuse(hezhi::refusals::not_found);
    Posting shown;
    shown.id = id;
    shown.fact_kind = fact.kind;
    shown.posted_at = fact.occurred_at;
    for (const auto& leg : legs) shown.legs.push_back(show_leg(reading, desk, leg));
    shown.reversed = legs.front().reversed;
    if (fact.is<EarningJudged>()) {
        if (auto earned = reading.load<EarnedTimeFigure>(id)) {
            shown.earned = show_earned(reading, *earned);
        }
    }
    if (fact.is<PostingReversed>()) shown.undoes = legs.front().undoes;
    if (fact.is<PostingReversed>() || fact.is<CreditTakenOver>()) {
        shown.reason = desk.people.read_text(reading.db, id.value, text_reason);
    }
    add_reversal(shown, reading, fact);
    return shown;
}

}  // namespace hezhi::time_bank
