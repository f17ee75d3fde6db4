// Where random bytes come from. Passed in, so that tests and the simulator can be repeated.
#pragma once

#include <cstdint>
#include <span>

#include "crypto/bytes.h"

namespace hezhi::crypto {

class Random {
  public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;

    Bytes bytes(std::size_t count);
};

// The operating system's generator, through libsodium. Any number of threads.
class SystemRandom final : public Random {
  public:
    SystemRandom();
    void fill(std::span<std::uint8_t> out) override;
};

// The same seed gives the same bytes on every machine (SplitMix64, low byte first; how the bytes
// are asked for, at once or in parts, makes no difference). Whoever sees a few of them can
// compute all others: for tests and the simulator, never in production. One thread.
class SeededRandom final : public Random {
  public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
    void fill(std::span<std::uint8_t> out) override;

  private:
    std::uint64_t next();

    std::uint64_t state_;
    std::uint64_t held_ = 0;
    int held_bytes_ = 0;
};

}  // namespace hezhi::crypto
