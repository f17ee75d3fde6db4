// Identity document numbers, read by the rule pack's ID schemes. A scheme is data (pattern, check
// digit, where the birth date stands); nothing here knows which documents exist.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/result.h"
#include "rules/pack.h"

namespace hezhi::people {

inline constexpr std::size_t id_number_length_max = 40;  // before matching; far above any document

namespace refusals {
inline constexpr RefusalRow id_number_malformed{
    "id_number_malformed", 422, "证件号码的格式与所选证件类型不符，请核对。",
    "The number does not look like one of this kind of document. Please check it."};
inline constexpr RefusalRow id_number_old_form{
    "id_number_old_form", 422, "这是旧的15位号码，已停止使用。请按现在的证件填写18位号码。",
    "This is an old number of 15 digits, which is no longer valid. Please enter the 18 characters "
    "of the present card."};
inline constexpr RefusalRow id_number_check_digit_wrong{
    "id_number_check_digit_wrong", 422, "证件号码的校验位不对，可能有一位写错了，请核对。",
    "The number's check digit does not fit: one digit is probably wrong. Please check it."};
inline constexpr RefusalRow id_number_birth_date_impossible{
    "id_number_birth_date_impossible", 422, "证件号码里的出生日期不存在或不合理，请核对。",
    "The birth date inside the number does not exist or cannot be. Please check it."};
}  // namespace refusals

// The number as it is stored and indexed: half-width, upper case, without blanks and hyphens; so
// one document has one spelling. A birth date in it must exist, be neither after `today` nor more
// than 150 years before it. A scheme without a pattern has no number: only an empty text fits, and
// the caller stores NULL.
Result<std::string> normalise_id_number(const rules::IdScheme& scheme, std::string_view typed,
                                        Day today);

// The birth date inside a normalised number; nullopt if the scheme holds none or it is no date.
std::optional<Day> birth_date(const rules::IdScheme& scheme, std::string_view normalised);

// The check character ('0'…'9', 'X') that ISO 7064 MOD 11-2 puts behind `digits` (digits only,
// asserted). GB 11643 uses it for the 18th character of a resident's number.
char mod11_2_check_character(std::string_view digits);

}  // namespace hezhi::people
