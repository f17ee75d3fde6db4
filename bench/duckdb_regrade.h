// DuckDB as the peer of a back-test: what it is asked, and what it answers (backtest.mjs).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "domain/back_tests/compute.h"

namespace hezhi::bench {

struct DuckClass {
    std::string key;
    std::int64_t first_contact_ms = 0;
    std::int64_t handling_ms = 0;
};
BOOST_DESCRIBE_STRUCT(DuckClass, (), (key, first_contact_ms, handling_ms))

struct DuckPack {
    std::int32_t minutes_max = 0;
    bool released_refused = false;
    std::int32_t enter_within_days = 0;  // working days
    std::vector<DuckClass> classes;
    std::vector<std::int64_t> star_hours;
};
BOOST_DESCRIBE_STRUCT(DuckPack, (),
                      (minutes_max, released_refused, enter_within_days, classes, star_hours))

struct DuckOrder {
    Instant from;
    Instant until;
    DuckPack before;
    DuckPack after;
    std::vector<std::string> kinds;  // of the facts in the file
    std::string area_kind;
    std::int32_t adult_from_years = 0;
    std::vector<std::int32_t> age_bands;
    std::vector<std::int32_t> hour_bands;
    std::int64_t offset_ms = 0;
    std::int64_t closes_ms = 0;  // of a working day, after midnight
    std::int32_t first_day = 0;
    std::int32_t last_day = 0;
    std::vector<std::int32_t> working_days;
};
BOOST_DESCRIBE_STRUCT(DuckOrder, (),
                      (from, until, before, after, kinds, area_kind, adult_from_years, age_bands,
                       hour_bands, offset_ms, closes_ms, first_day, last_day, working_days))

// Throws where a pack says what the SQL does not know.
DuckOrder duck_order(const rules::Pack& before, const rules::Pack& after,
                     const back_tests::Period& period, const journal::Figures& figures);

struct DuckRun {
    std::string version;
    double load_s = 0, cold_s = 0, warm_s = 0;  // cold: load and the first regrade; warm: median
    std::vector<std::string> differences;       // between its parts and ours
};

// Runs DuckDB on `folder`/facts.ndjson; `packages` is where npm put it. `ours` holds every number,
// also those that a back-test hides from whoever reads it.
DuckRun run_duckdb(const std::filesystem::path& folder, const std::string& packages,
                   const DuckOrder& order, const std::vector<BackTestPart>& ours);

}  // namespace hezhi::bench
