// 指定受益人, 身故接收, 休眠 and 恢复.
#include <algorithm>

#include "domain/time_bank/load_posting.h"
#include "domain/time_bank/queries.h"

namespace hezhi::time_bank {

Result<std::int64_t> name_beneficiary(journal::Turn& turn, const api::Caller& caller,
                                      const NameBeneficiary& input) {
    auto person = served_person(turn, caller, input.person_id, "beneficiary.name");
    if (!person) return std::unexpected(person.error());
    auto beneficiary = served_person(turn, caller, input.beneficiary_id, "beneficiary.name");
    if (!beneficiary) return std::unexpected(beneficiary.error());
    bool own = caller.person && (caller.person == person->id || caller.person == beneficiary->id);
    if (own || person->id == beneficiary->id) return refuse(refusals::own_posting);
    const rules::TimeBankRules& bank = turn.pack()->pack->time_bank;
    if (!bank.open) return refuse(refusals::time_bank_closed);
    if (!relation_allowed(bank, input.relation)) return refuse(refusals::relation_not_allowed);
    turn.append(draft(BeneficiaryNamed{input.relation.value}, caller.actor("beneficiary.name"),
                      Place{person->area, person->area_path},
                      {{"person", person->id.value}, {"beneficiary", beneficiary->id.value}},
                      turn.now()));
    return person->id.value;
}

Result<std::int64_t> take_over_credit(journal::Turn& turn, const api::Caller& caller,
                                      const TimeBankDesk& desk, const TakeOverCredit& input) {
    auto person = served_person(turn, caller, input.person_id, "credit.take_over");
    if (!person) return std::unexpected(person.error());
    const rules::TimeBankRules& bank = turn.pack()->pack->time_bank;
    if (!bank.open) return refuse(refusals::time_bank_closed);
    if (input.died_at > turn.now() || input.died_at < person->registered_at) {
        return refuse(hezhi::refusals::invalid_input,
                      {"/died_at", "登记之后、今天之前的日期", "a day since the registration"});
    }
    std::int64_t balance = owned(turn, person->id);
    if (balance == 0) return refuse(refusals::credit_too_low);
    PersonId beneficiary;
    bool in_time = turn.now() <= months_later(input.died_at, bank.take_over_months);
    if (const auto* named = turn.load<BeneficiaryFigure>(person->id); named && in_time) {
        beneficiary = named->beneficiary;
        // Whoever is erased takes nothing over.
        const auto* state = turn.load<people::PersonFigure>(beneficiary);
        if (!state || state->erased) beneficiary = {};
    }
    CreditTakenOver taken;
    taken.died_at = input.died_at;
    Subjects subjects{{"person", person->id.value}};
    if (beneficiary) {
        if (caller.person == beneficiary) return refuse(refusals::own_posting);
        subjects["beneficiary"] = beneficiary.value;
        taken.legs = up_to_the_cap(turn, beneficiary, balance);
    } else {
        taken.legs.push_back({LedgerAccount::pool, {}, balance});
    }
    taken.legs.insert(taken.legs.begin(), {LedgerAccount::person, person->id, -balance});
    desk.people.write_text(turn.db(), turn.next_position(), text_reason, input.reason);
    return turn.append(draft(taken, caller.actor("credit.take_over"),
                             Place{person->area, person->area_path}, std::move(subjects),
                             turn.now()));
}

Result<std::int64_t> wake_credit(journal::Turn& turn, const api::Caller& caller, PersonId id) {
    auto person = served_person(turn, caller, id, "credit.wake");
    if (!person) return std::unexpected(person.error());
    if (caller.person == id) return refuse(refusals::own_posting);
    const auto* account = turn.load<TimeAccountFigure>(account_key(LedgerAccount::person, id));
    if (!account || !account->dormant) return refuse(refusals::account_awake);
    turn.append(draft(CreditWoken{}, caller.actor("credit.wake"),
                      Place{person->area, person->area_path}, {{"person", id.value}}, turn.now()));
    return id.value;
}

Result<std::int64_t> rest_credit(journal::Turn& turn, PersonId id, Instant due_at) {
    const auto* account = turn.load<TimeAccountFigure>(account_key(LedgerAccount::person, id));
    bool due = account && !account->dormant && account->rests_at && account->rests_at <= turn.now();
    if (!due) return refuse(hezhi::refusals::not_found);
    const auto* known = turn.load<people::PersonFigure>(id);
    Place place = known ? Place{known->area, known->area_path} : Place{};
    return turn.append(
        draft(CreditRested{due_at}, {}, std::move(place), {{"person", id.value}}, turn.now()));
}

bool dormant(journal::Turn& turn, PersonId person) {
    const auto* account = turn.load<TimeAccountFigure>(account_key(LedgerAccount::person, person));
    return account && account->dormant;
}

}  // namespace hezhi::time_bank
