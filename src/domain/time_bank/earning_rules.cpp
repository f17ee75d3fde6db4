#include "domain/time_bank/earning_rules.h"

#include <algorithm>
#include <optional>

namespace hezhi::time_bank {
namespace {

// "2026-03": the calendar's month of a day.
std::string month_of(Day day) {
    return to_string(day).substr(0, 7);
}

const CountedDay* find_day(const EarningState& state, Day day) {
    auto found = std::ranges::find(state.days, day.number, &CountedDay::day);
    return found == state.days.end() ? nullptr : &*found;
}

CountedDay& day_to_count(EarningState& state, Day day) {
    auto place = std::ranges::lower_bound(state.days, day.number, {}, &CountedDay::day);
    if (place == state.days.end() || place->day != day.number) {
        place = state.days.insert(place, CountedDay{day.number, 0, 0});
    }
    return *place;
}

// What keeps a time from earning anything, whatever its length.
std::optional<EarningWhy> barred(const ServedTime& served, Instant judged_at,
                                 const rules::Pack& pack) {
    const rules::TimeBankRules& bank = pack.time_bank;
    const rules::Category* category = pack.category(served.category);
    if (!category || !category->credit_eligible) return EarningWhy::not_eligible;
    bool released = served.time_was == TimeWas::employer_released;
    if (served.time_was == TimeWas::duty ||
        (released && bank.released_time == rules::CreditTo::none)) {
        return EarningWhy::released_time;
    }
    if (served.served_as == ServedAs::team && bank.team_service == rules::CreditTo::none) {
        return EarningWhy::team_service;
    }
    Instant noted_at = served.noted_at.value_or(judged_at);
    if (day_of(noted_at) - day_of(served.ends_at) > bank.noted_within_days) {
        return EarningWhy::noted_late;
    }
    if (!served.age_years) return EarningWhy::age_unknown;
    if (*served.age_years < bank.with_consent_from_years) return EarningWhy::too_young;
    if (*served.age_years < bank.age_years_min && !served.guardian_consent) {
        return EarningWhy::consent_missing;
    }
    return std::nullopt;
}

std::int32_t round_down(std::int32_t minutes, std::int32_t step) {
    return minutes / step * step;
}

bool short_by_plan(const ServedTime& served, const rules::TimeBankRules& bank) {
    return served.minutes_planned > 0 && served.minutes_planned < bank.order_minutes_min;
}

std::int32_t most_minutes(const ServedTime& served, const rules::TimeBankRules& bank) {
    if (served.minutes_planned == 0) return served.minutes;
    return served.minutes_planned * (100 + bank.planned_over_percent) / 100;
}

// What counts of the minutes, before the caps.
void count_minutes(Earning& earning, const EarningState& state, const ServedTime& served,
                   const rules::TimeBankRules& bank) {
    std::int32_t minutes = std::min(served.minutes, most_minutes(served, bank));
    if (short_by_plan(served, bank)) {
        // Short services of a day are gathered; whole steps of their sum count.
        const CountedDay* day = find_day(state, day_of(served.ends_at));
        CountedDay before = day ? *day : CountedDay{};
        earning.gathered = minutes;
        earning.counted = std::max(
            0, round_down(before.gathered + minutes, bank.round_down_minutes) - before.stepped);
        if (earning.counted == 0) earning.why = EarningWhy::gathered;
    } else if (minutes < bank.order_minutes_min) {
        earning.why = EarningWhy::too_short;
    } else {
        earning.counted = round_down(minutes, bank.round_down_minutes);
        if (earning.counted == 0) earning.why = EarningWhy::too_short;
    }
}

// What the caps leave to the person; the rest goes to the pool. What is owed has left the balance.
void apply_caps(Earning& earning, const EarningOwed& owed, const rules::TimeBankRules& bank) {
    struct Cap {
        std::int64_t room;
        EarningWhy why;
    };
    const Cap caps[] = {
        {bank.day_minutes_max - earning.day_before, EarningWhy::over_day},
        {bank.month_minutes_max - earning.month_before, EarningWhy::over_month},
        {bank.balance_minutes_max - earning.balance_before + owed.by_person,
         EarningWhy::over_balance},
    };
    std::int64_t room = earning.counted;
    for (const Cap& cap : caps) {
        if (cap.room >= room) continue;
        room = std::max<std::int64_t>(0, cap.room);
        earning.why = cap.why;
    }
    earning.credited = static_cast<std::int32_t>(room);
    earning.pooled = earning.counted - earning.credited;
}

// What counts, and whose it is.
void share_minutes(Earning& earning, const EarningState& state, const ServedTime& served,
                   const EarningOwed& owed, const rules::TimeBankRules& bank) {
    count_minutes(earning, state, served, bank);
    if (earning.counted == 0) return;
    bool to_pool = served.served_as == ServedAs::team && bank.team_service == rules::CreditTo::pool;
    bool released_to_pool = served.time_was == TimeWas::employer_released &&
                            bank.released_time == rules::CreditTo::pool;
    if (to_pool || released_to_pool) {
        earning.pooled = earning.counted;
        earning.why = to_pool ? EarningWhy::team_service : EarningWhy::released_pooled;
        return;
    }
    apply_caps(earning, owed, bank);
}

}  // namespace

void repay(Earning& earning, const EarningOwed& owed) {
    earning.repaid_of_credited = std::min(earning.credited, owed.by_person);
    earning.repaid_of_pooled = std::min(earning.pooled, owed.by_pool);
    std::int32_t left =
        owed.by_person + owed.by_pool - earning.repaid_of_credited - earning.repaid_of_pooled;
    std::int32_t pooled = std::min(left, earning.pooled - earning.repaid_of_pooled);
    earning.repaid_of_pooled += pooled;
    earning.repaid_of_credited +=
        std::min(left - pooled, earning.credited - earning.repaid_of_credited);
}

Earning decide_earning(const EarningState& state, const ServedTime& served, Instant judged_at,
                       const rules::Pack& pack) {
    const rules::TimeBankRules& bank = pack.time_bank;
    Earning earning;
    earning.day_before = credited_on(state, day_of(served.ends_at));
    earning.month_before = credited_in_month(state, day_of(served.ends_at));
    earning.balance_before = state.balance;
    if (auto why = barred(served, judged_at, pack)) {
        earning.why = *why;
        return earning;
    }
    EarningOwed owed = served.owed.value_or(EarningOwed{});
    share_minutes(earning, state, served, owed, bank);
    repay(earning, owed);
    return earning;
}

void count_earning(EarningState& state, const ServedTime& served, const Earning& earning) {
    ++state.services;
    state.balance += earning.credited - earning.repaid_of_credited;
    state.credited += earning.credited;
    state.pooled += earning.pooled;
    if (earning.credited == 0 && earning.gathered == 0) return;
    Day day = day_of(served.ends_at);
    CountedDay& counted = day_to_count(state, day);
    counted.credited += earning.credited;
    counted.gathered += earning.gathered;
    if (earning.gathered > 0) counted.stepped += earning.counted;
    std::int32_t oldest = state.days.back().day - counted_days_max;
    std::erase_if(state.days, [&](const CountedDay& each) { return each.day < oldest; });
}

void uncount_earning(EarningState& state, const PostingReversed& reversed) {
    if (!reversed.served_at) return;  // no earning
    EarningUndone undone = reversed.undone.value_or(EarningUndone{});
    state.credited -= reversed.credited;
    state.pooled -= undone.pooled;
    std::int32_t day = day_of(reversed.served_at).number;
    auto found = std::ranges::find(state.days, day, &CountedDay::day);
    if (found == state.days.end()) return;
    found->credited = std::max(0, found->credited - reversed.credited);
    if (undone.gathered == 0) return;
    found->gathered = std::max(0, found->gathered - undone.gathered);
    found->stepped = std::max(0, found->stepped - undone.counted);
}

EarningUndone undone_by_reversal(const EarningJudged& judged, const rules::Pack& pack) {
    EarningUndone undone{judged.counted, judged.pooled, 0};
    bool short_service = short_by_plan(judged.served, pack.time_bank);
    if (short_service && (judged.counted > 0 || judged.why == EarningWhy::gathered)) {
        undone.gathered =
            std::min(judged.served.minutes, most_minutes(judged.served, pack.time_bank));
    }
    return undone;
}

std::int64_t credited_on(const EarningState& state, Day day) {
    const CountedDay* found = find_day(state, day);
    return found ? found->credited : 0;
}

std::int64_t credited_in_month(const EarningState& state, Day of_the_month) {
    std::string month = month_of(of_the_month);
    std::int64_t sum = 0;
    for (const CountedDay& day : state.days) {
        if (month_of(Day{day.day}) == month) sum += day.credited;
    }
    return sum;
}

const rules::Clause& clause_of(EarningWhy why, const rules::Pack& pack, std::string_view category) {
    const rules::TimeBankRules& bank = pack.time_bank;
    const rules::Category* known = pack.category(category);
    if (why == EarningWhy::not_eligible && known) return known->clause;
    switch (why) {
        case EarningWhy::over_day:
        case EarningWhy::over_month:
        case EarningWhy::over_balance:
            return bank.caps_clause;
        case EarningWhy::team_service:
        case EarningWhy::released_pooled:
        case EarningWhy::released_time:
        case EarningWhy::age_unknown:
        case EarningWhy::too_young:
        case EarningWhy::consent_missing:
            return bank.who_clause;
        case EarningWhy::credited:
        case EarningWhy::gathered:
        case EarningWhy::not_eligible:
        case EarningWhy::too_short:
        case EarningWhy::noted_late:
            break;
    }
    return bank.earn_clause;
}

}  // namespace hezhi::time_bank
