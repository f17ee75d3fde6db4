// A contact as people write it down: a name, a phone, or both in one line.
#include "crypto/typed_code.h"
#include "domain/people/masking.h"
#include "domain/people/people.h"
#include "domain/people/phone_numbers.h"

namespace hezhi::people {
namespace {

// What may stand inside a number, and what may stand between a name and a number.
constexpr std::string_view in_numbers = "0123456789+-.() ";
constexpr std::string_view between[] = {" ", ",",  ";",  ":",  "/",  "-",    "(",   ")",
                                        ".", "\n", "、", "，", "。", "电话", "手机"};

struct Span {
    std::size_t from;
    std::size_t to;
};

// The next run of characters that may be a number, from `start` on.
std::optional<Span> next_number(std::string_view text, std::size_t start,
                                const std::string& extension_word) {
    auto from = text.find_first_of("0123456789+(", start);
    if (from == std::string_view::npos) return std::nullopt;
    auto to = from;
    while (to < text.size()) {
        if (in_numbers.find(text[to]) != std::string_view::npos) {
            ++to;
        } else if (!extension_word.empty() && text.substr(to).starts_with(extension_word)) {
            to += extension_word.size();
        } else {
            break;
        }
    }
    return Span{from, to};
}

std::string without_separators_at_ends(std::string_view text) {
    for (bool again = true; again;) {
        again = false;
        for (std::string_view word : between) {
            if (text.starts_with(word)) text.remove_prefix(word.size()), again = true;
            if (text.ends_with(word)) text.remove_suffix(word.size()), again = true;
        }
    }
    return std::string(text);
}

}  // namespace

Contact split_contact(std::string_view typed, const rules::PhoneRules& phones) {
    const std::string text = crypto::half_width(typed);
    Contact contact;
    auto after_the = [&](std::size_t end) { return next_number(text, end, phones.extension_word); };
    for (auto span = after_the(0); span; span = after_the(span->to)) {
        auto phone = normalise_phone(
            std::string_view(text).substr(span->from, span->to - span->from), phones);
        if (!phone) continue;
        contact.phone = std::move(*phone);
        std::string before =
            without_separators_at_ends(std::string_view(text).substr(0, span->from));
        std::string after = without_separators_at_ends(std::string_view(text).substr(span->to));
        contact.name = before.empty() || after.empty() ? before + after : before + " " + after;
        return contact;
    }
    contact.name = without_separators_at_ends(text);
    return contact;
}

std::string mask_contact(std::string_view text, const rules::PhoneRules& phones) {
    Contact contact = split_contact(text, phones);
    if (contact.phone.empty()) return contact.name.empty() ? "*" : mask_name(contact.name);
    if (contact.name.empty()) return mask_phone(contact.phone);
    return mask_name(contact.name) + " " + mask_phone(contact.phone);
}

}  // namespace hezhi::people
