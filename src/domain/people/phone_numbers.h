// Phone numbers of the mainland in one spelling each, so that a number is found however it was
// typed. Numbers of other places and service numbers (400, 12345) are not persons' numbers here.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace hezhi::people {

namespace refusals {
inline constexpr RefusalRow phone_malformed{
    "phone_malformed", 422, "请填写11位手机号，或带区号的固定电话（分机号写在“转”字后面）。",
    "Please enter a mobile number of 11 digits, or a landline with its area code (an extension "
    "after 转)."};
}  // namespace refusals

// "13…" (11 digits), "010-88886666", "0351-8886666", with an extension "010-88886666转12". Accepts
// full-width digits, blanks, hyphens, dots and brackets, and +86, 0086 or 86 before it.
Result<std::string> normalise_phone(std::string_view typed);

}  // namespace hezhi::people
