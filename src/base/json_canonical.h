// Reading canonical bytes in step with their Shape: most of what is read is what this program
// wrote itself, and no document need stand between.
#pragma once

#include <string_view>

#include "base/shape.h"

namespace hezhi {

// True only where `bytes` are what JsonWriter writes of the value that now stands in `out`. False
// says nothing of what is wrong, nor what is left in `out`: read_json then reads them as JSON. It
// is false as well for texts with escapes.
bool read_canonical(const Shape& shape, std::string_view bytes, void* out);

// How many of the first bytes of a text stand for themselves inside a JSON string.
std::size_t plain_run(std::string_view text);

}  // namespace hezhi
