#include "crypto/random.h"

#include "crypto/sodium_ready.h"

namespace hezhi::crypto {

Bytes Random::bytes(std::size_t count) {
    Bytes out(count);
    fill(out);
    return out;
}

SystemRandom::SystemRandom() {
    sodium_ready();
}

void SystemRandom::fill(std::span<std::uint8_t> out) {
    randombytes_buf(out.data(), out.size());
}

std::uint64_t SeededRandom::next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
    return mixed ^ (mixed >> 31);
}

void SeededRandom::fill(std::span<std::uint8_t> out) {
    for (std::uint8_t& byte : out) {
        if (held_bytes_ == 0) {
            held_ = next();
            held_bytes_ = 8;
        }
        byte = static_cast<std::uint8_t>(held_);
        held_ >>= 8;
        --held_bytes_;
    }
}

}  // namespace hezhi::crypto
