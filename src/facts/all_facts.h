// Every kind of fact that the journal can say today.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "facts/fact.h"

namespace hezhi {

struct FactKind {
    std::string_view kind;
    int version;
    const Shape* payload;
    // Parses the payload, which `fact` then keeps: several threads may look at it from then on.
    // Throws BrokenInvariant if it cannot be read.
    void (*parse)(const Fact& fact);
    // What is wrong with a payload, field by field; empty if nothing is.
    std::vector<FieldError> (*faults)(std::string_view payload);
};

// Ordered by noun, then as they follow each other in life.
std::span<const FactKind> all_facts();

// Null if no fact is of this kind.
const FactKind* fact_kind(std::string_view kind);

// Facts of these kinds are never told to open pages.
bool is_sealed(std::string_view kind);

}  // namespace hezhi
