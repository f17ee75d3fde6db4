// What a served time earns: the one rule, and pure. Live, the action asks it before it posts and
// the figure asks it again; an evaluation or a back-test folds the same facts under another pack.
#pragma once

#include "facts/time_bank_facts.h"
#include "rules/pack.h"

namespace hezhi::time_bank {

// What was credited for the services of one day.
struct CountedDay {
    std::int32_t day = 0;       // from 1970-01-01
    std::int32_t credited = 0;  // minutes, to the person
    std::int32_t gathered = 0;  // minutes of short services, whole or not …
    std::int32_t stepped = 0;   // … and what of them was counted, in whole steps
};
BOOST_DESCRIBE_STRUCT(CountedDay, (), (day, credited, gathered, stepped))

// Days further back than this are not counted any more: nothing so old is noted.
inline constexpr std::int32_t counted_days_max = 400;

struct EarningState {
    PersonId id;
    std::int64_t balance = 0;      // of the person's account
    std::int64_t credited = 0;     // in all, less what was reversed
    std::int64_t pooled = 0;       // in the person's name
    std::int64_t services = 0;     // judged
    std::vector<CountedDay> days;  // that earned something, in order
};
BOOST_DESCRIBE_STRUCT(EarningState, (), (id, balance, credited, pooled, services, days))

struct Earning {
    std::int32_t counted = 0;  // after rounding, before the caps
    std::int32_t credited = 0;
    std::int32_t pooled = 0;
    std::int32_t gathered = 0;  // of a short service: what joins the day's sum
    // Of these, what pays back what the record earned before and was spent when it was taken back.
    std::int32_t repaid_of_credited = 0;
    std::int32_t repaid_of_pooled = 0;
    EarningWhy why = EarningWhy::credited;
    std::int64_t day_before = 0;    // credited on the day of the service …
    std::int64_t month_before = 0;  // … and in its month
    std::int64_t balance_before = 0;
};

// `judged_at`: when the service was confirmed or noted. What is judged anew was noted before.
Earning decide_earning(const EarningState&, const ServedTime&, Instant judged_at,
                       const rules::Pack&);

// What is owed is paid before the person or the pool gets anything, by each its own first.
void repay(Earning&, const EarningOwed&);

// Counts what was decided, and takes back what a reversed one had counted.
void count_earning(EarningState&, const ServedTime&, const Earning&);
void uncount_earning(EarningState&, const PostingReversed&);
// What a judged time had counted beside what was credited, under the pack that judged it.
EarningUndone undone_by_reversal(const EarningJudged&, const rules::Pack&);

std::int64_t credited_on(const EarningState&, Day);
std::int64_t credited_in_month(const EarningState&, Day of_the_month);

// The reckoning, a line a step, as an officer would write it down.
std::vector<rules::Words> arithmetic(const ServedTime&, const Earning&, const rules::Pack&);

// The clause that decided it, shown before everything else. A category says itself whether its
// services earn; without one it is the clause of what earns.
const rules::Clause& clause_of(EarningWhy, const rules::Pack&, std::string_view category = {});

}  // namespace hezhi::time_bank
