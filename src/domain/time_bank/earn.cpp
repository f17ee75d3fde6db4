// 计入时间: in the turn in which the service was confirmed.
#include <algorithm>

#include "domain/standing/standing_figure.h"
#include "domain/time_bank/load_posting.h"
#include "domain/time_bank/queries.h"

namespace hezhi::time_bank {
namespace {

// Who pays for a service: the bank, as a debt to all; where members serve each other, whoever
// booked it, of what is held for it and then down to the overdraft. Only what is beyond that is the
// bank's.
struct Payer {
    PersonId person;
    std::int64_t held = 0;
    std::int64_t own = 0;
};

Payer payer_of(journal::Turn& turn, OrderId order) {
    bool mutual = turn.pack()->pack->time_bank.model == rules::TimeBankModel::mutual;
    const auto* hold = mutual && order ? turn.load<HoldFigure>(order) : nullptr;
    if (!hold) return {};
    Payer payer{hold->person, hold->state == HoldStep::held ? hold->still_held : 0, 0};
    payer.own = available(turn, LedgerAccount::person, payer.person);
    return payer;
}

PostingLegs legs_of(const Earning& earning, PersonId person, const Payer& payer) {
    PostingLegs legs;
    if (earning.counted == 0) return legs;
    std::int64_t from_held = std::min<std::int64_t>(earning.counted, payer.held);
    std::int64_t from_own = std::min(earning.counted - from_held, payer.own);
    std::int64_t from_bank = earning.counted - from_held - from_own;
    if (from_held > 0) legs.push_back({LedgerAccount::held, payer.person, -from_held});
    if (from_own > 0) legs.push_back({LedgerAccount::person, payer.person, -from_own});
    if (from_bank > 0) legs.push_back({LedgerAccount::issued, {}, -from_bank});
    std::int32_t repaid = earning.repaid_of_credited + earning.repaid_of_pooled;
    if (repaid > 0) legs.push_back({LedgerAccount::lost, {}, repaid});
    std::int32_t to_person = earning.credited - earning.repaid_of_credited;
    std::int32_t to_pool = earning.pooled - earning.repaid_of_pooled;
    if (to_person > 0) legs.push_back({LedgerAccount::person, person, to_person});
    if (to_pool > 0) legs.push_back({LedgerAccount::pool, {}, to_pool});
    return legs;
}

std::int64_t subjects_order(const Subjects& subjects) {
    auto found = subjects.find("order");
    return found == subjects.end() ? 0 : found->second;
}

void judge(journal::Turn& turn, const Place& place, Subjects subjects, const ServedTime& served) {
    const rules::PublishedPack* pack = turn.pack();
    PersonId person(subjects.at("person"));
    const EarningState* known = turn.load<EarningFigure>(person);
    Earning earning =
        decide_earning(known ? *known : EarningState{}, served, turn.now(), *pack->pack);
    EarningJudged judged;
    judged.served = served;
    judged.counted = earning.counted;
    judged.credited = earning.credited;
    judged.pooled = earning.pooled;
    judged.why = earning.why;
    judged.day_before = earning.day_before;
    judged.month_before = earning.month_before;
    judged.balance_before = earning.balance_before;
    judged.legs = legs_of(earning, person, payer_of(turn, OrderId(subjects_order(subjects))));
    judged.pack = pack->hash;
    turn.append(draft(judged, {}, place, std::move(subjects), turn.now()));
}

// With what was known of it when it was judged first, its time corrected. What it earned is
// reversed by now; what that could not take back is owed.
void judge_anew(journal::Turn& turn, const Fact& before, Instant ends_at, std::int32_t minutes) {
    ServedTime served = before.as<EarningJudged>().served;
    served.noted_at = served.noted_at.value_or(before.occurred_at);
    served.ends_at = ends_at;
    served.minutes = minutes;
    served.owed.reset();
    const auto* earned = turn.load<EarnedTimeFigure>(before.position);
    if (earned->kept_by_person > 0 || earned->kept_by_pool > 0) {
        served.owed = {earned->kept_by_person, earned->kept_by_pool};
    }
    judge(turn, before.place, before.subjects, served);
}

}  // namespace

void judge_earning(journal::Turn& turn, const ServiceDone& service, const TimeOfPerson& time) {
    if (!turn.pack()->pack->time_bank.open || time.minutes <= 0) return;
    ServedTime served;
    served.category = service.category;
    served.served_as = service.served_as;
    served.time_was = time.time_was;
    served.ends_at = time.ends_at;
    served.minutes = time.minutes;
    served.minutes_planned = service.minutes_planned;
    if (const auto* standing = turn.load<standing::StandingFigure>(time.person)) {
        served.age_years = standing->age_years;
        served.guardian_consent = standing->guardian_consent;
    }
    Subjects subjects{{"record", time.record.value}, {"person", time.person.value}};
    if (service.order) subjects["order"] = service.order.value;
    judge(turn, service.place, std::move(subjects), served);
}

void earn_from_order(journal::Turn& turn, const ServiceDone& service) {
    if (!turn.pack()->pack->time_bank.open) return;
    std::vector<TimeOfPerson> times;
    turn.db().each(queries::times_of_order, {{"order", service.order}}, [&](const store::Row& row) {
        times.push_back({row.id<RecordId>("id"), row.id<PersonId>("person"), row.instant("ends_at"),
                         static_cast<std::int32_t>(row.integer("minutes")),
                         *from_label<TimeWas>(row.text("time_was"))});
    });
    for (const auto& time : times) judge_earning(turn, service, time);
}

void correct_earning(journal::Turn& turn, RecordId record, Instant ends_at, std::int32_t minutes) {
    auto row = turn.db().row(queries::earning_of_record, {{"record", record}});
    if (!row) return;  // not confirmed yet, or there was no time bank
    PostingId posting(row->integer("id"));
    Fact before = fact_at(turn.db(), posting);
    append_reversal(turn, {}, before);
    if (minutes > 0) judge_anew(turn, before, ends_at, minutes);
}

bool waits_for_call(store::Session& db, RecordId record) {
    return db.row(queries::calls_awaited, {{"record", record}})->integer("checks") > 0;
}

bool earn_again(journal::Turn& turn, RecordId record, Instant ends_at, std::int32_t minutes) {
    auto row = turn.db().row(queries::judgement_of_record, {{"record", record}});
    if (!row) return false;
    bool waits = row->integer("reversed") == 1 && row->integer("taken_back") == 0;
    if (waits && minutes > 0) {
        judge_anew(turn, fact_at(turn.db(), PostingId(row->integer("id"))), ends_at, minutes);
    }
    return true;
}

}  // namespace hezhi::time_bank
