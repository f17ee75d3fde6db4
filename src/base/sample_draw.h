// Drawing a sample that anybody can draw again: the same seed and id always give the same answer.
#pragma once

#include <cstdint>

namespace hezhi {

// 0–9999 for an id under a seed: SplitMix64 of seed XOR id, modulo 10000.
std::int32_t draw_of(std::int64_t id, std::int64_t seed);
inline bool is_drawn(std::int64_t id, std::int64_t seed, std::int32_t percent) {
    return draw_of(id, seed) < percent * 100;
}

}  // namespace hezhi
