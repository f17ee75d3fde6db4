// Finding a posting, and posting the opposite.
#pragma once

#include "domain/time_bank/time_bank.h"

namespace hezhi::time_bank {

// The fact of a posting that stands in the journal, not one of this turn.
Fact fact_at(store::Session&, PostingId);

// credit_too_low if one of the accounts that give would fall below its floor.
Result<void> check_floors(journal::Turn&, const PostingLegs&);

// What somebody has of their own: no overdraft counts.
std::int64_t owned(journal::Turn&, PersonId);

// What still fits below the largest balance of the pack.
std::int64_t room_of(journal::Turn&, PersonId);
// What comes to somebody, and to the pool what is above the largest balance.
PostingLegs up_to_the_cap(journal::Turn&, PersonId, std::int64_t minutes);

// The calendar's month of an instant.
Instant start_of_month(Instant at);
Instant start_of_next_month(Instant at);

// A person whom the caller may serve with `permission`; a copy, so that appends do not move it.
Result<people::PersonState> served_person(journal::Turn&, const api::Caller&, PersonId,
                                          std::string_view permission);
// Whether the pack lets time pass in this relation.
bool relation_allowed(const rules::TimeBankRules&, std::string_view relation);
// Whether the own account of this person rests.
bool dormant(journal::Turn&, PersonId);

// Refuses what is not undone by a posting of its own, or not any more.
Result<void> reversible(const Fact& posting, bool reversed, Instant now);
// Whether it is a posting of this person's time, or one that the person got something by.
bool concerns(const Fact& posting, PersonId);
// Of each account what moved, the other way round; what was spent already is lost. Returns its
// position.
std::int64_t append_reversal(journal::Turn&, const Actor&, const Fact& posting);

}  // namespace hezhi::time_bank
