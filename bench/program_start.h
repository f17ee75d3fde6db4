// The program from outside: how soon it answers, how fast it verifies.
#pragma once

#include "app/installation.h"

namespace hezhi::bench {

// Seconds from starting `hezhi serve` (the release build's) to its first answer on `port`.
double seconds_to_first_answer(const app::Location& location, std::uint16_t port);

// Runs verify over the whole journal on one core, prints what it found and its rate.
double verify_facts_per_second(const app::Location& location);

}  // namespace hezhi::bench
