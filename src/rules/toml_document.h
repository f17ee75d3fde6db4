// A TOML file as plain nodes that know their line. The TOML library is seen by toml_document.cpp
// alone: it costs several seconds a file that includes it.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <string>
#include <vector>

#include "base/instant.h"
#include "rules/pack_reader.h"

namespace hezhi::rules {

struct TomlNode {
    enum class Kind { table, array, text, integer, boolean, day, other };

    Kind kind = Kind::table;
    std::string file;
    std::int32_t line = 0;  // of the key
    std::string text;
    std::int64_t integer = 0;
    bool boolean = false;
    Day day;
    std::map<std::string, TomlNode> members;  // of a table, by key
    std::vector<TomlNode> items;              // of an array

    const TomlNode* member(const std::string& key) const {
        auto found = members.find(key);
        return found == members.end() ? nullptr : &found->second;
    }
};

// `file` is the name that errors carry. The error is the first thing that is not TOML, with its
// line (toml_mistakes.h); a key that stands twice is one, and what nests too deep.
std::expected<TomlNode, RuleError> parse_toml(const std::string& text, const std::string& file);

// Lays `upper` over `lower`. Tables that hold clauses are merged key by key; a value (a time limit,
// a list, a pair of words) is replaced whole. A clause whose values the upper pack changes must say
// itself anew: its inherited `says` is dropped.
void lay_over(TomlNode& lower, TomlNode upper);

}  // namespace hezhi::rules
