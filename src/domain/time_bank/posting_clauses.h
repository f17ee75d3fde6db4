// Which clause of the pack a posting follows.
#pragma once

#include "domain/time_bank/time_bank.h"

namespace hezhi::time_bank {

// How a time was judged, and when.
struct JudgedTime {
    EarningWhy why = EarningWhy::credited;
    Instant at;
};
// The clause of this posting under the pack that was in force when it was posted. `judged`: by what
// it posts or undoes, if that is a judgement.
const rules::Clause& clause_of_posting(const api::Reading&, const PostingState&,
                                       const std::optional<JudgedTime>& judged);
// The clause of the group that the person was granted time for last, before this posting.
const rules::Clause& clause_of_last_grant(const api::Reading&, PersonId, PostingId before);
// The clause by which what waits for a call-back is not counted yet.
const rules::Clause& clause_of_call(const rules::Pack&);
// The clauses that postings of a kind follow, of one pack: of what was granted there are several.
std::vector<const rules::Clause*> clauses_of_kind(std::string_view fact_kind,
                                                  const rules::TimeBankRules&);

}  // namespace hezhi::time_bank
