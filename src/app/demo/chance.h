// Chance that is the same on every machine: the standard library's distributions are not.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace hezhi::app {

class Chance {
  public:
    explicit Chance(std::uint64_t seed) : engine_(seed) {}

    // 0 … n-1.
    std::int64_t below(std::int64_t n) {
        return static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(n));
    }
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + below(high - low + 1);
    }
    bool in_hundred(std::int64_t percent) { return below(100) < percent; }

    template <class T>
    const T& one_of(const std::vector<T>& all) {
        return all[static_cast<std::size_t>(below(static_cast<std::int64_t>(all.size())))];
    }

  private:
    std::mt19937_64 engine_;
};

}  // namespace hezhi::app
