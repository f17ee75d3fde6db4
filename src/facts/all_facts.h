// Every kind of fact that the journal can say today.
#pragma once

#include <span>
#include <string_view>

#include "base/shape.h"

namespace hezhi {

struct FactKind {
    std::string_view kind;
    int version;
    const Shape* payload;
};

// Ordered by noun, then as they follow each other in life.
std::span<const FactKind> all_facts();

// Facts of these kinds are never told to open pages.
bool is_sealed(std::string_view kind);

}  // namespace hezhi
