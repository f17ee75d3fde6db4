// Ids are distinct types. An id is the journal position of the fact that made the record, so ids
// are unique across all kinds, never reused, and the same seed gives the same ids.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace hezhi {

template <class Tag>
struct Id {
    std::int64_t value = 0;  // 0 means "none"

    constexpr Id() = default;
    constexpr explicit Id(std::int64_t v) : value(v) {}

    constexpr explicit operator bool() const { return value != 0; }
    constexpr auto operator<=>(const Id&) const = default;
};

}  // namespace hezhi

template <class Tag>
struct std::hash<hezhi::Id<Tag>> {
    std::size_t operator()(hezhi::Id<Tag> id) const noexcept {
        return std::hash<std::int64_t>{}(id.value);
    }
};
