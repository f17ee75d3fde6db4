// A fact that somebody brings in a file, one a line (hezhi export facts): nothing of it is trusted.
#pragma once

#include <expected>
#include <string_view>

#include "base/result.h"
#include "facts/fact.h"

namespace hezhi {

// One line. What is wrong is named by its field ("/payload/minutes", "" for the whole line), the
// first fault only. The payload was read and is kept (FactKind::parse).
std::expected<Fact, FieldError> read_fact_line(std::string_view line);

}  // namespace hezhi
