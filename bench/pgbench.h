// The recorded statements as a script for pgbench, PostgreSQL's own benchmark.
#pragma once

#include <filesystem>
#include <string>

#include "bench/recording.h"

namespace hezhi::bench {

// Writes the statements with their values in place, one transaction a recorded turn. Ids from
// `first_position` on are moved apart for each client, so that many may run the script at once.
// Returns the number of transactions.
int write_pgbench_script(const Recording& recording, std::int64_t first_position,
                         const std::filesystem::path& path);

// Runs the script once in each of `clients` clients. Returns the seconds that it took without
// connecting. Throws if pgbench fails.
double run_pgbench(const std::string& url, const std::filesystem::path& script, int clients);

}  // namespace hezhi::bench
