// Phone numbers in one spelling each, so that a number is found however it was typed. What a number
// looks like stands in the rule pack (phones.toml).
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "rules/phone_rules.h"

namespace hezhi::people {

namespace refusals {
inline constexpr RefusalRow phone_malformed{
    "phone_malformed", 422, "电话号码不完整或写法有误，请按提示填写。",
    "This is no whole telephone number; please enter it as the field says."};
}  // namespace refusals

// By the base pack: "13…" (11 digits), "010-88886666", with an extension "010-88886666转12".
// Accepts full-width digits, blanks, hyphens, dots and brackets, and the country's code before it.
// A pack without forms takes any number of 5 to 20 digits. A refusal says what the pack asks for.
Result<std::string> normalise_phone(std::string_view typed, const rules::PhoneRules& rules);

}  // namespace hezhi::people
