#include "rules/id_number.h"

#include <regex>

namespace hezhi::rules {

namespace {

// No document has a longer number, and std::regex recurses over its input.
constexpr std::size_t number_bytes_max = 40;

// ISO 7064 MOD 11-2: read from the left, doubling as one goes, the whole leaves 1 modulo 11. The
// last place may be X, which stands for ten.
bool mod11_2_holds(std::string_view number) {
    int sum = 0;
    for (std::size_t i = 0; i < number.size(); ++i) {
        bool ten = number[i] == 'X' && i + 1 == number.size();
        if (!ten && (number[i] < '0' || number[i] > '9')) return false;
        sum = (sum * 2 + (ten ? 10 : number[i] - '0')) % 11;
    }
    return sum == 1;
}

bool date_exists(std::string_view number, std::int32_t at) {
    auto begin = static_cast<std::size_t>(at);
    if (number.size() < begin + 8) return false;
    std::string text(number.substr(begin, 8));
    return parse_day(text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2))
        .has_value();
}

}  // namespace

bool fits_scheme(std::string_view number, const IdScheme& scheme) {
    if (number.size() > number_bytes_max) return false;
    if (!std::regex_match(number.begin(), number.end(), std::regex(scheme.pattern))) return false;
    if (scheme.check_digit == CheckDigit::iso7064_mod11_2 && !mod11_2_holds(number)) return false;
    return !scheme.birth_date_at || date_exists(number, *scheme.birth_date_at);
}

}  // namespace hezhi::rules
