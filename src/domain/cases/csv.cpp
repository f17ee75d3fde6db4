#include "domain/cases/cases.h"

namespace hezhi::cases {

std::string csv_field(std::string_view text) {
    std::string field;
    // What a table program reads as the beginning of a formula.
    static constexpr std::string_view formula = "=+-@\t\r";
    if (!text.empty() && formula.find(text.front()) != std::string_view::npos) field += '\'';
    field += text;
    if (field.find_first_of(",\"\n\r") == std::string::npos) return field;
    std::string quoted = "\"";
    for (char c : field) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

}  // namespace hezhi::cases
