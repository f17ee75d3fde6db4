// g++ tells of every basic block by a call; libFuzzer wants counters. Between them stands one table
// of counters, found by a hash of the block's address. This file is built without that
// instrumentation.
#include <cstddef>
#include <cstdint>

namespace {
constexpr std::size_t counters = 1 << 15;
std::uint8_t table[counters];
}  // namespace

extern "C" void __sanitizer_cov_8bit_counters_init(std::uint8_t* start, std::uint8_t* stop);

extern "C" void __sanitizer_cov_trace_pc() {
    auto at = reinterpret_cast<std::uintptr_t>(__builtin_return_address(0));
    auto slot = (at * 0x9e3779b97f4a7c15u) >> 49;
    if (table[slot] != 255) ++table[slot];
}

// Comparisons of floating numbers are of no use to libFuzzer, but g++ tells of them too.
extern "C" void __sanitizer_cov_trace_cmpf(float, float) {}
extern "C" void __sanitizer_cov_trace_cmpd(double, double) {}

namespace {
[[gnu::constructor]] void tell_libfuzzer() {
    __sanitizer_cov_8bit_counters_init(table, table + counters);
}
}  // namespace
