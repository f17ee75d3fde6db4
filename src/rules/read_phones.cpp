#include <algorithm>
#include <regex>

#include "rules/pack_sections.h"

namespace hezhi::rules {
namespace {

bool is_phone_pattern(const std::string& pattern) {
    try {
        std::regex compiled(pattern);
        return !pattern.empty();
    } catch (const std::regex_error&) {
        return false;
    }
}

// Digits only, or nothing.
std::string phone_digits(TableReader& row, const std::string& key) {
    auto digits = row.optional_text(key).value_or("");
    if (!std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) {
        row.wrong(key, "数字", "digits");
    }
    return digits;
}

}  // namespace

void read_phones(TableReader& root, Pack& pack) {
    root.table("phone", [&](TableReader& row) {
        PhoneRules& rules = pack.phones;
        rules.clause = row.clause();
        rules.hint = row.words("hint");
        rules.country_code = phone_digits(row, "country_code");
        rules.trunk_prefix = phone_digits(row, "trunk_prefix");
        rules.extension_word = row.optional_text("extension_word").value_or("");
        rules.extension_digits_max = row.integer_or("extension_digits_max", {0, 10}, 0);
        rules.foreign = row.boolean_or("foreign", false);
        row.rows("form", true, [&](TableReader& form) {
            PhoneForm made{form.text("pattern"), form.boolean_or("extension", false)};
            if (!is_phone_pattern(made.pattern)) {
                form.wrong("pattern", "正确的正则表达式", "a well-formed regular expression");
            }
            rules.forms.push_back(std::move(made));
        });
    });
}

}  // namespace hezhi::rules
