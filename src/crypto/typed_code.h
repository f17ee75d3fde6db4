// Codes as people type them: in either case, with blanks or hyphens, from a Chinese keyboard that
// gives full-width digits, with the letter O for the digit 0.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hezhi::crypto {

// Full-width letters, digits, punctuation (U+FF01…U+FF5E) and the ideographic space become ASCII;
// everything else stays as it is.
std::string half_width(std::string_view text);

// The code as we print it: upper case, blanks and hyphens removed, O→0, I and L→1. nullopt if
// nothing remains, or for a character that no code of ours holds. Digit codes are codes too.
std::optional<std::string> clean_code(std::string_view typed);

// Whether `typed` means `expected` (a code made by Suite), compared in constant time.
bool code_matches(std::string_view typed, std::string_view expected);

}  // namespace hezhi::crypto
