// ./dev fuzz: whatever bytes a file holds, it is refused by the place that is wrong, or it is read,
// and then it is written and read back the same and its answer stands every check.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "dispatch/instance.h"

using namespace hezhi::dispatch;

namespace {

// A small file may ask for a lot of work; that is not what is looked for here.
constexpr std::size_t people_solved_max = 64, orders_solved_max = 64;
constexpr std::uint32_t rows_solved_max = 24;

void demand(bool good) {
    if (!good) std::abort();
}

void as_market(std::string_view text) {
    auto market = read_market(text);
    if (!market) return demand(!market.error().fields.empty());
    auto once = write_market(*market);
    auto again = read_market(once);
    demand(again.has_value());
    demand(write_market(*again) == once);
    if (market->people.size() > people_solved_max || market->orders.size() > orders_solved_max) {
        return;
    }
    auto report = solve_instance(once, {3, 1, nullptr, 1 << 20});
    demand(report.has_value());
    demand(report->sound());
}

void as_matrix(std::string_view text) {
    auto matrix = read_matrix(text);
    if (!matrix) return demand(!matrix.error().fields.empty());
    if (matrix->size > rows_solved_max) return;
    auto result = solve_matrix(*matrix);
    demand(result.has_value());
    demand(result->certificate.proves_optimum());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(bytes), size);
    as_market(text);
    as_matrix(text);
    return 0;
}
