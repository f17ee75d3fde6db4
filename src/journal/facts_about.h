// The facts behind one record: for "why".
#pragma once

#include <vector>

#include "facts/fact.h"
#include "store/session.h"

namespace hezhi::journal {

// All facts that name the record `id` of `noun` among their subjects, in order. Touches only these.
std::vector<Fact> facts_about(store::Session& db, std::string_view noun, std::int64_t id);

// Every fact as one line of canonical JSON (hezhi export facts), in order.
void each_fact_line(store::Session& db, const std::function<void(std::string_view)>& on_line);

}  // namespace hezhi::journal
