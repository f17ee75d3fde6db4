// Problems as text files: the engine's own format, and the "assign" files of the OR-Library.
//
//   hezhi-dispatch 1
//   capability NAME                  one a line, at most 64; the order gives the bits
//   certificate NAME                 a capability whose waste is counted
//   rule KEY VALUE                   the integers of MarketRules, by their names
//   load MINUTES_FROM COST           a step of the load, ascending
//   colour COST                      one a line, from 0 on
//   wish NAME COST                   what it costs if this wish is not met
//   person ID X Y REACH FREE MINUTES_MONTH MINUTES_LEFT COLOUR CAPABILITIES
//   order ID X Y REACH STARTS HALF_HOURS PEOPLE all|any URGENCY DAYS REQUIRED LEAD WISHED KNOWN
//   EXCLUDED
//
// Metres, minutes, half hours. FREE and STARTS are hexadecimal. Lists are joined by commas, "-" is
// the empty list. A line that begins with # is a remark. docs/features/dispatch.md shows a file.
//
// An OR-Library file is n and then n * n costs of at least 0, row by row.
#pragma once

#include <string>
#include <string_view>

#include "dispatch/batch.h"
#include "dispatch/market.h"

namespace hezhi::dispatch {

namespace refusals {
inline constexpr RefusalRow instance_invalid{"instance_invalid", 422,
                                             "算例文件有误，请看所指的行。",
                                             "The instance file is not well formed; see the line."};
}  // namespace refusals

// The field of a refusal is "line 12".
Result<Market> read_market(std::string_view text);
std::string write_market(const Market& market);

struct CostMatrix {
    std::uint32_t size = 0;
    std::vector<std::int64_t> costs;  // size * size, row by row
};
inline constexpr std::uint32_t matrix_size_max = 5000;  // 25 million costs, 400 MB in the engine
inline constexpr std::int64_t matrix_cost_max = 10'000'000;  // leaves room for the tie-break

Result<CostMatrix> read_matrix(std::string_view text);

// The matrix as an assignment without tie-breaks in the way: total in the file's own units.
struct MatrixResult {
    std::int64_t total = 0;
    std::vector<std::uint32_t> column_of;
    Certificate certificate;  // in scaled units
};
Result<MatrixResult> solve_matrix(const CostMatrix& matrix);

// What `hezhi dispatch --instance` prints, but for the time.
struct InstanceReport {
    bool is_matrix = false;
    std::int64_t orders = 0, people = 0, places = 0;
    std::int64_t cost = 0, bound = 0, unassigned = 0;
    std::int64_t edges = 0, violations = 0;
    bool proven = false, unique = false;
};
Result<InstanceReport> solve_instance(std::string_view text, const BatchSettings& settings);
std::string written(const InstanceReport& report);

}  // namespace hezhi::dispatch
