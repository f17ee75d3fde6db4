// Changing the master key: everything that is sealed is sealed anew, everything that is found by
// blind index gets a new one, then the old key leaves the key file.
//
//   1 the database notes that a rotation runs: from now on nobody is served
//   2 the new key stands in the file beside the old, and a copy of the old file beside it
//   3 rows are sealed anew, some hundred a commit; a second run goes on where the first was cut off
//   4 the database needs the new key only
//   5 the old key leaves the file
#pragma once

#include <functional>

#include "app/installation.h"

namespace hezhi::app {

// A table with sealed columns. Each value is sealed for its table, its column and `row_key`; where
// the column's name is told by another column (`column_from`), for that.
struct SealedTable {
    std::string_view name;
    std::vector<std::string> keys;
    std::string_view row_key;
    std::vector<std::string> columns;
    std::string_view column_from = {};
};

// A test holds this list against the schema.
const std::vector<SealedTable>& sealed_tables();

struct Rotated {
    crypto::KeyId old_key, new_key;
    std::int64_t values = 0;          // sealed anew in this run
    std::filesystem::path kept_copy;  // of the key file as it was before
};

// Begins a rotation, or goes on with one that was cut off. `progress`: table, rows done, in all.
// Throws CannotOpen with what to do; BrokenInvariant for a value that no key opens.
Rotated rotate_keys(
    const Location& place, const Clock& clock, crypto::Random& random,
    const std::function<void(std::string_view, std::int64_t, std::int64_t)>& progress = {});

}  // namespace hezhi::app
