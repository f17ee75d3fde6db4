#include "domain/people/id_schemes.h"

#include <algorithm>
#include <regex>

#include "base/assert.h"
#include "crypto/typed_code.h"

namespace hezhi::people {
namespace {

constexpr int age_days_max = 150 * 366;
constexpr std::size_t birth_date_length = 8;  // YYYYMMDD
constexpr std::size_t old_form_length = 15;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string without_blanks_in_upper_case(std::string_view typed) {
    std::string out;
    for (char c : crypto::half_width(typed)) {
        if (c == ' ' || c == '\t' || c == '-') continue;
        out.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
    return out;
}

// Before 1999 a resident's number had no century and no check digit.
bool is_old_form(const rules::IdScheme& scheme, std::string_view number) {
    return scheme.check_digit == rules::CheckDigit::iso7064_mod11_2 && scheme.birth_date_at &&
           number.size() == old_form_length && std::ranges::all_of(number, is_digit);
}

bool check_digit_fits(const rules::IdScheme& scheme, std::string_view number) {
    switch (scheme.check_digit) {
        case rules::CheckDigit::none:
            return true;
        case rules::CheckDigit::iso7064_mod11_2: {
            std::string_view digits = number.substr(0, number.size() - 1);
            return std::ranges::all_of(digits, is_digit) &&
                   mod11_2_check_character(digits) == number.back();
        }
    }
    return false;
}

bool birth_date_is_possible(const rules::IdScheme& scheme, std::string_view number, Day today) {
    if (!scheme.birth_date_at) return true;
    auto born = birth_date(scheme, number);
    return born && *born <= today && today - *born <= age_days_max;
}

}  // namespace

Result<std::string> normalise_id_number(const rules::IdScheme& scheme, std::string_view typed,
                                        Day today) {
    std::string number = without_blanks_in_upper_case(typed);
    if (scheme.pattern.empty()) {
        if (!number.empty()) return refuse(refusals::id_number_malformed);
        return number;
    }
    // The length first: std::regex takes stack for every character that it matches.
    if (number.empty() || number.size() > id_number_length_max) {
        return refuse(refusals::id_number_malformed);
    }
    if (is_old_form(scheme, number)) return refuse(refusals::id_number_old_form);
    if (!std::regex_match(number, std::regex(scheme.pattern))) {
        return refuse(refusals::id_number_malformed);
    }
    if (!check_digit_fits(scheme, number)) return refuse(refusals::id_number_check_digit_wrong);
    if (!birth_date_is_possible(scheme, number, today)) {
        return refuse(refusals::id_number_birth_date_impossible);
    }
    return number;
}

std::optional<Day> birth_date(const rules::IdScheme& scheme, std::string_view normalised) {
    if (!scheme.birth_date_at) return std::nullopt;
    auto at = static_cast<std::size_t>(*scheme.birth_date_at);
    if (normalised.size() < at + birth_date_length) return std::nullopt;
    std::string_view date = normalised.substr(at, birth_date_length);
    return parse_day(std::string(date.substr(0, 4)) + "-" + std::string(date.substr(4, 2)) + "-" +
                     std::string(date.substr(6, 2)));
}

char mod11_2_check_character(std::string_view digits) {
    int remainder = 0;
    for (char digit : digits) {
        HEZHI_ASSERT(is_digit(digit));
        remainder = (remainder + (digit - '0')) * 2 % 11;
    }
    return "0123456789X"[(12 - remainder) % 11];
}

}  // namespace hezhi::people
