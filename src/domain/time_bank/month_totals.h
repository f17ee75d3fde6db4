// The months of the ledger, as they are read for a statement and for what it opens to.
#pragma once

#include "domain/time_bank/time_bank.h"

namespace hezhi::time_bank {

// "2026-03".
std::string month_of(Instant at);
// The first day of such a month; invalid_input if it is none.
Result<Day> first_of(std::string_view month);

// The whole ledger is read: beside the writer. What was delivered is read for so many `months`.
MonthTotals read_month(store::Session&, Instant from, Instant until, std::int32_t months);
// What was credited in the month from `from` to `until` and in those before it, newest first.
std::vector<std::int64_t> read_delivered(store::Session&, Instant from, Instant until,
                                         std::int32_t months);
// How old somebody is: an adult's age is noted when they register, and the years since are added.
std::int64_t age_at(std::int64_t noted_years, Instant registered_at, Instant at);
// Of people of unknown age, as everybody is told: nothing if there are a few only.
std::optional<std::int64_t> told_people(std::optional<std::int64_t> people,
                                        std::int64_t small_group);
// What a pack makes of the month.
StatementPublished judge_month(const rules::TimeBankRules&, MonthTotals);

}  // namespace hezhi::time_bank
