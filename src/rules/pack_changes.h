// What one pack says otherwise than another, value by value, for whoever decides about a change.
#pragma once

#include <string>
#include <vector>

#include "rules/pack.h"

namespace hezhi::rules {

// A value that differs. Values are written as in a pack's file; empty: the pack has no such value.
struct PackChange {
    std::string file;  // "time_limits.toml"
    std::string key;   // "class.P2.first_contact.hours"
    std::string before;
    std::string after;
    // What the clause that holds the value says of itself in the later pack; in the earlier one
    // if it is gone.
    Words says;

    bool operator==(const PackChange&) const = default;
};

// By file and key. Sentences (`says`) are no rows of their own: they stand beside the values. Pure.
std::vector<PackChange> pack_changes(const Pack& before, const Pack& after);

}  // namespace hezhi::rules
