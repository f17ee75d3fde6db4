// Chance that is the same on every machine: the standard library's distributions are not.
#pragma once

#include <cstdint>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace hezhi::app {

class Chance {
  public:
    explicit Chance(std::uint64_t seed) : engine_(seed) {}
    // A stream of its own for whatever is called `name`: what one part of the demonstration throws
    // leaves the others as they are.
    Chance(std::uint64_t seed, std::string_view name) : engine_(seed) {
        std::uint64_t mixed = 14695981039346656037u ^ seed;
        for (char c : name) mixed = (mixed ^ static_cast<unsigned char>(c)) * 1099511628211u;
        engine_.seed(mixed);
    }

    // 0 … n-1.
    std::int64_t below(std::int64_t n) {
        return static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(n));
    }
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + below(high - low + 1);
    }
    bool in_hundred(std::int64_t percent) { return below(100) < percent; }

    // A number of events whose average is `hundredths` / 100, between none and twice as many.
    std::int64_t about(std::int64_t hundredths) {
        std::int64_t thrown = between(0, 2 * hundredths);
        return thrown / 100 + (in_hundred(thrown % 100) ? 1 : 0);
    }

    template <class T>
    const T& one_of(const std::vector<T>& all) {
        return all[static_cast<std::size_t>(below(std::ssize(all)))];
    }

    // Its index, the likelier the greater its weight. The weights are not negative, their sum is
    // positive.
    std::size_t weighed(std::span<const std::int64_t> weights) {
        std::int64_t sum = 0;
        for (std::int64_t weight : weights) sum += weight;
        std::int64_t thrown = below(sum);
        std::size_t i = 0;
        while (thrown >= weights[i]) thrown -= weights[i++];
        return i;
    }

    // Whether people are made up as they are called outside China.
    bool abroad = false;
    // In which the demonstration begins.
    std::int64_t first_year = 2025;
    // Document numbers that somebody made up already has, and names with their phones; one set for
    // all streams of a demonstration.
    std::shared_ptr<std::unordered_set<std::string>> given_out =
        std::make_shared<std::unordered_set<std::string>>();

  private:
    std::mt19937_64 engine_;
};

}  // namespace hezhi::app
