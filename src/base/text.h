// Text that came from outside: valid UTF-8, trimmed, without control characters, with limits in
// Unicode code points. Names are kept as people have them (rare characters, the dot ·).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hezhi {

// The number of code points, or nullopt if `text` is not valid UTF-8.
std::optional<std::size_t> count_code_points(std::string_view text);

// Trims white space (ASCII and the ideographic space) from both ends. Line feeds inside stay; other
// control characters, NUL first of all, make it nullopt, as does malformed UTF-8.
std::optional<std::string> clean_text(std::string_view text);

template <std::size_t Min, std::size_t Max>
struct Text {
    static_assert(Min <= Max);
    std::string value;

    Text() = default;
    explicit Text(std::string v) : value(std::move(v)) {}
    bool operator==(const Text&) const = default;
    operator std::string_view() const { return value; }
};

// A whole number with limits, for what is counted.
template <long long Lowest, long long Highest>
struct Bounded {
    static_assert(Lowest <= Highest);
    long long value = Lowest;

    Bounded() = default;
    explicit constexpr Bounded(long long v) : value(v) {}
    auto operator<=>(const Bounded&) const = default;
};

}  // namespace hezhi
