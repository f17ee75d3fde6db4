// 转赠, 发放, and what lapses with the month.
#include <algorithm>

#include "domain/time_bank/load_posting.h"
#include "domain/time_bank/queries.h"

namespace hezhi::time_bank {
namespace {

Instant start_of_year(Instant at) {
    return start_of(*parse_day(std::to_string(day_of(at).year()) + "-01-01"));
}

// An account that was used up lapses as well: its leg of nothing closes the month.
void append_lapse(journal::Turn& turn, const TimeAccountState& account, Instant due_at) {
    const PersonId person = account.person;
    CreditLapsed lapsed;
    lapsed.due_at = due_at;
    lapsed.legs = {{LedgerAccount::grant, person, -account.balance},
                   {LedgerAccount::pool, {}, account.balance}};
    const auto* known = turn.load<people::PersonFigure>(person);
    Place place = known ? Place{known->area, known->area_path} : Place{};
    turn.append(draft(lapsed, {}, std::move(place), {{"person", person.value}}, turn.now()));
}

}  // namespace

Result<people::PersonState> served_person(journal::Turn& turn, const api::Caller& caller,
                                          PersonId id, std::string_view permission) {
    const auto* person = id ? turn.load<people::PersonFigure>(id) : nullptr;
    if (!person || !caller.may(permission, {.area_path = person->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    return *person;
}

bool relation_allowed(const rules::TimeBankRules& bank, std::string_view word) {
    auto relation = from_label<rules::Relation>(word);
    return relation &&
           std::ranges::find(bank.gift_relations, *relation) != bank.gift_relations.end();
}

Instant start_of_month(Instant at) {
    return start_of(*parse_day(to_string(day_of(at)).substr(0, 7) + "-01"));
}

Instant start_of_next_month(Instant at) {
    constexpr int longer_than_a_month = 32;
    return start_of_month(start_of(day_of(start_of_month(at)) + longer_than_a_month));
}

Result<std::int64_t> gift_credit(journal::Turn& turn, const api::Caller& caller,
                                 const TimeBankDesk& desk, const GiftCredit& input) {
    auto giver = served_person(turn, caller, input.person_id, "credit.gift");
    if (!giver) return std::unexpected(giver.error());
    auto recipient = served_person(turn, caller, input.recipient_id, "credit.gift");
    if (!recipient) return std::unexpected(recipient.error());
    bool own = caller.person && (caller.person == giver->id || caller.person == recipient->id);
    if (own || giver->id == recipient->id) return refuse(refusals::own_posting);
    const rules::TimeBankRules& bank = turn.pack()->pack->time_bank;
    if (!bank.open) return refuse(refusals::time_bank_closed);
    if (!relation_allowed(bank, input.relation)) return refuse(refusals::relation_not_allowed);
    if (dormant(turn, giver->id)) return refuse(refusals::account_dormant);
    auto age = people::age_today(turn, desk.people, recipient->id);
    bool old_enough = old_enough_to_redeem(bank, age);
    if (!old_enough && !entitled(turn, recipient->id)) return refuse(refusals::may_not_redeem);
    auto given = turn.db().row(queries::gifts_since,
                               {{"person", giver->id}, {"from", start_of_year(turn.now())}});
    std::int64_t minutes = input.minutes.value;
    if (given->integer("minutes") + minutes > bank.gift_year_minutes_max) {
        return refuse(refusals::gift_year_used_up);
    }
    CreditGifted gifted;
    gifted.relation = input.relation.value;
    gifted.legs = {{LedgerAccount::person, giver->id, -minutes},
                   {LedgerAccount::person, recipient->id, minutes}};
    const auto* account =
        turn.load<TimeAccountFigure>(account_key(LedgerAccount::person, giver->id));
    if (!account || account->balance < minutes) return refuse(refusals::credit_too_low);
    if (std::int64_t room = room_of(turn, recipient->id); room < minutes) {
        std::string most = std::to_string(room);
        return refuse(refusals::balance_full,
                      {"/minutes", "至多 " + most + " 分钟", most + " minutes at most"});
    }
    return turn.append(
        draft(gifted, caller.actor("credit.gift"), Place{giver->area, giver->area_path},
              {{"person", giver->id.value}, {"recipient", recipient->id.value}}, turn.now()));
}

Result<std::int64_t> grant_credit(journal::Turn& turn, const api::Caller& caller,
                                  const TimeBankDesk& desk, const GrantCredit& input) {
    auto person = served_person(turn, caller, input.person_id, "credit.grant");
    if (!person) return std::unexpected(person.error());
    if (caller.person == person->id) return refuse(refusals::own_posting);
    const rules::TimeBankRules& bank = turn.pack()->pack->time_bank;
    if (!bank.open) return refuse(refusals::time_bank_closed);
    const rules::GrantGroup* group = bank.grant(input.group);
    if (!group) return refuse(refusals::group_unknown);
    auto age = people::age_today(turn, desk.people, person->id);
    if (!age || *age < group->age_years_min) return refuse(refusals::group_does_not_fit);
    const auto* account =
        turn.load<TimeAccountFigure>(account_key(LedgerAccount::grant, person->id));
    if (account && account->lapses_at > turn.now()) return refuse(refusals::granted_already);
    // The timer has not come to last month's rest yet: it is no part of this month's.
    bool left = account && account->lapses_at;
    const TimeAccountState last = left ? *account : TimeAccountState{};
    CreditGranted granted;
    granted.group = group->key;
    granted.lapses_at = start_of_next_month(turn.now());
    granted.legs = {{LedgerAccount::pool, {}, -std::int64_t{group->month_minutes}},
                    {LedgerAccount::grant, person->id, group->month_minutes}};
    std::int64_t returns = left ? last.balance : 0;
    if (available(turn, LedgerAccount::pool, {}) + returns < group->month_minutes) {
        return refuse(refusals::credit_too_low);
    }
    if (left) append_lapse(turn, last, last.lapses_at);
    return turn.append(draft(granted, caller.actor("credit.grant"),
                             Place{person->area, person->area_path}, {{"person", person->id.value}},
                             turn.now()));
}

Result<std::int64_t> lapse_credit(journal::Turn& turn, PersonId person, Instant due_at) {
    const auto* account = turn.load<TimeAccountFigure>(account_key(LedgerAccount::grant, person));
    if (!account || !account->lapses_at || account->lapses_at > turn.now()) {
        return refuse(hezhi::refusals::not_found);
    }
    append_lapse(turn, TimeAccountState(*account), due_at);
    return person.value;
}

std::vector<jobs::Timer> timers() {
    return {
        statement_timer(),
        listing_timer(),
        {"rest_credit",
         [](store::Session& db, Instant now, std::int64_t limit) {
             std::vector<jobs::Due> due;
             db.each(queries::due_rests, {{"now", now}, {"limit", limit}},
                     [&](const store::Row& row) {
                         due.push_back({row.integer("person"), 0, row.instant("rests_at")});
                     });
             return due;
         },
         [](journal::Turn& turn, const jobs::Due& due) {
             return rest_credit(turn, PersonId(due.id), due.due_at);
         }},
        {"lapse_credit",
         [](store::Session& db, Instant now, std::int64_t limit) {
             std::vector<jobs::Due> due;
             db.each(queries::due_lapses, {{"now", now}, {"limit", limit}},
                     [&](const store::Row& row) {
                         due.push_back({row.integer("person"), 0, row.instant("lapses_at")});
                     });
             return due;
         },
         [](journal::Turn& turn, const jobs::Due& due) {
             return lapse_credit(turn, PersonId(due.id), due.due_at);
         }},
    };
}

}  // namespace hezhi::time_bank
