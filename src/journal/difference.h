// One thing that does not agree, and how two values of a described type are held against another.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/shape.h"

namespace hezhi::journal {

struct Difference {
    std::string place;  // "journal 15", "subjects of 15", "figure orders 12 state"
    std::string expected;
    std::string found;

    bool operator==(const Difference&) const = default;
};
using Differences = std::vector<Difference>;

// One for each field in which the two values of this shape differ: "PLACE counts accepted" of a
// field in a record. A list is one value.
void add_differences(Differences& all, const std::string& place, const Shape& shape,
                     const void* expected, const void* found);

template <class T>
void add_differences(Differences& all, const std::string& place, const T& expected,
                     const T& found) {
    add_differences(all, place, shape_of<T>(), &expected, &found);
}

}  // namespace hezhi::journal
