// A made-up district that has lived, for benchmarks that need its facts.
#pragma once

#include "app/installation.h"

namespace hezhi::bench {

// The last day of each.
inline const Day lived_until = *parse_day("2026-06-30");

// Lived once (app/demo) and kept in build/bench/lived; the next run takes it as it stands. Its
// figures are rebuilt where the program has changed their layout.
app::Location lived_district(int people, int days);

}  // namespace hezhi::bench
