// Problems as text files: the engine's own format, and the "assign" files of the OR-Library.
// docs/reference/dispatch_instance.md lists the lines and their fields.
#pragma once

#include <atomic>
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

// The field of a refusal is "line 12, minutes_left", or "line 12" where the whole line is meant.
// What only the whole market shows (duplicate ids, limits) is refused as check_market does, by line
// where one line is at fault.
Result<Market> read_market(std::string_view text);
std::string write_market(const Market& market);

struct CostMatrix {
    std::uint32_t size = 0;
    std::vector<std::int64_t> costs;  // size * size, row by row
};
inline constexpr std::uint32_t matrix_size_max = 5000;  // 25 million costs, 400 MB in the engine
inline constexpr std::int64_t matrix_cost_max = 10'000'000;  // leaves room for the tie-break

Result<CostMatrix> read_matrix(std::string_view text);
std::string write_matrix(const CostMatrix& matrix);

// The matrix as an assignment without tie-breaks in the way: total in the file's own units.
struct MatrixResult {
    std::int64_t total = 0;
    std::vector<std::uint32_t> column_of;
    Certificate certificate;  // in scaled units
};
Result<MatrixResult> solve_matrix(const CostMatrix& matrix,
                                  const std::atomic<bool>* cancelled = nullptr);

// What `hezhi dispatch --instance` prints, but for the time.
struct InstanceReport {
    bool is_matrix = false;
    std::int64_t orders = 0, people = 0, places = 0;
    std::int64_t cost = 0, bound = 0, unassigned = 0;
    std::int64_t edges = 0, violations = 0;
    std::int64_t pairs = 0;  // checked one by one, 0 if there are too many (check_pairs_max)
    std::int64_t pair_violations = 0;
    bool proven = false, unique = false;
    std::vector<OrderProposal> proposals;  // by order; a matrix's rows and columns count from 1

    // What the program promises: a certificate without violations, and no pair that contradicts it.
    bool sound() const { return proven && pair_violations == 0; }
};
Result<InstanceReport> solve_instance(std::string_view text, const BatchSettings& settings);
std::string written(const InstanceReport& report);
// "assign ORDER PERSON,PERSON MISSING", a line an order.
std::string written(const std::vector<OrderProposal>& proposals);

}  // namespace hezhi::dispatch
