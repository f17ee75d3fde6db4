#include "domain/people/phone_numbers.h"

#include <algorithm>
#include <optional>

#include "crypto/typed_code.h"

namespace hezhi::people {
namespace {

constexpr std::string_view extension_word = "转";
constexpr std::size_t mobile_length = 11;
constexpr std::size_t extension_length_max = 6;

// The digits of a number, a plus in front kept; nullopt for anything that is not written between
// digits.
std::optional<std::string> digits_of(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (c >= '0' && c <= '9') {
            out.push_back(c);
        } else if (c == '+' && out.empty()) {
            out.push_back(c);
        } else if (std::string_view(" \t-.()").find(c) == std::string_view::npos) {
            return std::nullopt;
        }
    }
    return out;
}

bool is_mobile(std::string_view digits) {
    return digits.size() == mobile_length && digits[0] == '1' && digits[1] >= '3';
}

// Without the country's code. A number from abroad leaves out the 0 of the area code; here it is
// put back.
std::string domestic(std::string digits) {
    std::size_t code = 0;
    if (digits.starts_with("+86")) {
        code = 3;
    } else if (digits.starts_with("0086")) {
        code = 4;
    } else if (digits.starts_with("86") && is_mobile(std::string_view(digits).substr(2))) {
        code = 2;
    }
    if (code == 0) return digits;
    digits.erase(0, code);
    if (!is_mobile(digits) && !digits.starts_with('0')) digits.insert(0, 1, '0');
    return digits;
}

// "010" and "02x" have three digits, all other area codes four. A subscriber's number has seven or
// eight and begins with none of 0, 1 and 9, which open codes of other kinds.
std::optional<std::string> landline(std::string_view digits) {
    if (digits.size() < 10 || digits[0] != '0' || digits[1] == '0') return std::nullopt;
    bool short_code = digits.starts_with("010") || digits.starts_with("02");
    if (digits[1] == '1' && !short_code) return std::nullopt;
    std::string_view area = digits.substr(0, short_code ? 3 : 4);
    std::string_view number = digits.substr(area.size());
    if (number.size() < 7 || number.size() > 8 || number[0] < '2' || number[0] > '8') {
        return std::nullopt;
    }
    return std::string(area) + "-" + std::string(number);
}

}  // namespace

Result<std::string> normalise_phone(std::string_view typed) {
    const std::string text = crypto::half_width(typed);
    const std::string_view whole = text;
    auto word = whole.find(extension_word);
    auto digits = digits_of(whole.substr(0, word));
    if (!digits) return refuse(refusals::phone_malformed);
    std::string number = domestic(std::move(*digits));
    if (word == std::string_view::npos && is_mobile(number)) return number;

    auto line = landline(number);
    if (!line) return refuse(refusals::phone_malformed);
    if (word == std::string_view::npos) return *line;
    auto extension = digits_of(whole.substr(word + extension_word.size()));
    if (!extension || extension->empty() || extension->size() > extension_length_max ||
        extension->starts_with('+')) {
        return refuse(refusals::phone_malformed);
    }
    return *line + std::string(extension_word) + *extension;
}

}  // namespace hezhi::people
