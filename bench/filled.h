// A journal of any length, in the shape of a district's years.
#pragma once

#include "app/installation.h"

namespace hezhi::bench {

// Appends orders from report to review, with what they earned, as facts and without the checks of
// their actions, until the journal has so many; the figures are stepped as always. The database is
// that of make_district, or one that has lived.
void fill_journal(const app::Location& location, std::int64_t facts_wanted);

}  // namespace hezhi::bench
