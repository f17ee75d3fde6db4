// What a clause of a pack says of itself.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>

namespace hezhi::rules {

// The same words in the two languages.
struct Words {
    std::string zh;
    std::string en;

    bool operator==(const Words&) const = default;
};

// What a clause says of itself, and where it stands, for "why".
struct Clause {
    std::string file;  // "base/categories.toml"
    std::int32_t line = 0;
    Words says;          // one sentence each
    std::string source;  // the published rule that it follows; empty if it is the district's own

    bool operator==(const Clause&) const = default;
};

enum class RiskLevel { R1, R2, R3, R4 };  // trivial, contact, home or vulnerable, danger
BOOST_DESCRIBE_ENUM(RiskLevel, R1, R2, R3, R4)

}  // namespace hezhi::rules
