#include "domain/people/phone_numbers.h"

#include <map>
#include <optional>
#include <regex>

#include "crypto/typed_code.h"

namespace hezhi::people {
namespace {

constexpr std::size_t digits_max = 20;  // std::regex takes stack for every character it matches

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
    if (out.size() > digits_max) return std::nullopt;
    return out;
}

// Compiled once a thread: a list of people asks for the same few again and again.
const std::regex& phone_regex(const std::string& pattern) {
    thread_local std::map<std::string, std::regex> compiled;
    auto found = compiled.find(pattern);
    if (found == compiled.end()) found = compiled.emplace(pattern, std::regex(pattern)).first;
    return found->second;
}

// The number as the form writes it; nullopt if it is none of that form.
std::optional<std::string> written_as(const rules::PhoneForm& form, const std::string& digits) {
    std::smatch match;
    if (!std::regex_match(digits, match, phone_regex(form.pattern))) return std::nullopt;
    if (match.size() == 1) return digits;
    std::string out;
    for (std::size_t group = 1; group < match.size(); ++group) {
        out += (out.empty() ? "" : "-") + match[group].str();
    }
    return out;
}

bool fits_any(const rules::PhoneRules& rules, const std::string& digits) {
    for (const auto& form : rules.forms) {
        if (written_as(form, digits)) return true;
    }
    return false;
}

// Without the country's code. A number from abroad leaves out the trunk prefix of the area code;
// here it is put back.
std::string domestic(std::string digits, const rules::PhoneRules& rules) {
    const std::string& code = rules.country_code;
    if (code.empty()) return digits;
    std::string rest;
    if (digits.starts_with("+" + code)) {
        rest = digits.substr(1 + code.size());
    } else if (digits.starts_with("00" + code)) {
        rest = digits.substr(2 + code.size());
    } else if (digits.starts_with(code) && fits_any(rules, digits.substr(code.size()))) {
        return digits.substr(code.size());
    } else {
        return digits;
    }
    bool whole = fits_any(rules, rest) || rules.trunk_prefix.empty();
    return whole || rest.starts_with(rules.trunk_prefix) ? rest : rules.trunk_prefix + rest;
}

bool is_foreign(const std::string& digits) {
    return digits.size() >= 8 && digits[0] == '+' && digits[1] != '0';
}

bool is_any_number(const std::string& digits) {
    return digits.size() >= 5 && digits.find('+') == std::string::npos;
}

std::unexpected<Refusal> malformed(const rules::PhoneRules& rules) {
    return refuse(refusals::phone_malformed, {"", rules.hint.zh, rules.hint.en});
}

}  // namespace

Result<std::string> normalise_phone(std::string_view typed, const rules::PhoneRules& rules) {
    const std::string text = crypto::half_width(typed);
    const std::string_view whole = text;
    auto word =
        rules.extension_word.empty() ? std::string_view::npos : whole.find(rules.extension_word);
    auto digits = digits_of(whole.substr(0, word));
    if (!digits) return malformed(rules);
    const std::string number = domestic(std::move(*digits), rules);
    if (rules.forms.empty() && is_any_number(number)) return number;
    for (const auto& form : rules.forms) {
        auto written = written_as(form, number);
        if (!written) continue;
        if (word == std::string_view::npos) return *written;
        if (!form.extension) continue;
        auto extension = digits_of(whole.substr(word + rules.extension_word.size()));
        if (!extension || extension->empty() || extension->starts_with('+') ||
            extension->size() > static_cast<std::size_t>(rules.extension_digits_max)) {
            return malformed(rules);
        }
        return *written + rules.extension_word + *extension;
    }
    if (rules.foreign && word == std::string_view::npos && is_foreign(number)) return number;
    return malformed(rules);
}

}  // namespace hezhi::people
