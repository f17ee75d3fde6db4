#include "base/sample_draw.h"

namespace hezhi {
namespace {

std::uint64_t split_mix(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
}

}  // namespace

std::int32_t draw_of(std::int64_t id, std::int64_t seed) {
    auto mixed = split_mix(static_cast<std::uint64_t>(seed) ^ static_cast<std::uint64_t>(id));
    return static_cast<std::int32_t>(mixed % 10000);
}

}  // namespace hezhi
