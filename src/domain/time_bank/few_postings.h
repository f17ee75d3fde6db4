// Which parts of a sum are of too few postings to be told outside the staff; pure.
#pragma once

#include <cstdint>
#include <vector>

#include "base/instant.h"

namespace hezhi::time_bank {

// Of how many postings a number tells.
struct PartWeight {
    std::int64_t postings = 0;
    Instant moved_from;  // the last month that moved it …
    std::int64_t moved_by =
        0;  // … and by how many postings: what subtracting the month before tells
};
// The weight of both together.
PartWeight operator+(const PartWeight&, const PartWeight&);
bool may_be_told(const PartWeight&, std::int64_t small_group);

struct FewParts {
    std::vector<bool> in_few;  // by place: told as one row
    bool some = false;         // at least one is
    bool told = true;          // the sum of that row may be told
};
// Gathers what is of fewer than `small_group`, and the smallest of the others until their sum tells
// of as many.
FewParts gather_few(const std::vector<PartWeight>& parts, std::int64_t small_group);

}  // namespace hezhi::time_bank
