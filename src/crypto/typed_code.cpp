#include "crypto/typed_code.h"

#include "crypto/bytes.h"

namespace hezhi::crypto {
namespace {

constexpr std::string_view ideographic_space = "\xE3\x80\x80";

// The ASCII character that a full-width form at the front of `text` stands for; 0 if there is none.
// U+FF01…U+FF5E are EF BC 81…BF and EF BD 80…9E in UTF-8 and stand for 0x21…0x7E in turn.
char ascii_of_full_width(std::string_view text) {
    if (text.size() < 3 || text[0] != '\xEF') return 0;
    auto middle = static_cast<unsigned char>(text[1]);
    auto last = static_cast<unsigned char>(text[2]);
    if (middle == 0xBC && last >= 0x81 && last <= 0xBF) return static_cast<char>(last - 0x60);
    if (middle == 0xBD && last >= 0x80 && last <= 0x9E) return static_cast<char>(last - 0x20);
    return 0;
}

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

}  // namespace

std::string half_width(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        char ascii = text.starts_with(ideographic_space) ? ' ' : ascii_of_full_width(text);
        out.push_back(ascii ? ascii : text.front());
        text.remove_prefix(ascii ? 3 : 1);
    }
    return out;
}

std::optional<std::string> clean_code(std::string_view typed) {
    std::string out;
    for (char c : half_width(typed)) {
        c = upper(c);
        if (c == ' ' || c == '-' || c == '\t') continue;
        if (c == 'O') c = '0';
        if (c == 'I' || c == 'L') c = '1';
        bool known = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z' && c != 'U');
        if (!known) return std::nullopt;
        out.push_back(c);
    }
    if (out.empty()) return std::nullopt;
    return out;
}

bool code_matches(std::string_view typed, std::string_view expected) {
    auto code = clean_code(typed);
    return code && equal_in_constant_time(*code, expected);
}

}  // namespace hezhi::crypto
