// Finding a record for an action: inside the caller's scope, and in a state that allows it.
#pragma once

#include "domain/records/records.h"

namespace hezhi::records {

// The record if `caller` may see it and the transition table allows `action` on it; not_found,
// not_permitted or record_state_forbids otherwise. A copy, so that appends do not move it.
Result<RecordState> load_record(journal::Turn&, const api::Caller&, RecordId,
                                std::string_view action);

// Why this cannot be the time of a record; `none_allowed`: an empty time is, in a correction.
std::optional<Refusal> wrong_time(journal::Turn&, Instant from, Instant to, bool none_allowed);

}  // namespace hezhi::records
