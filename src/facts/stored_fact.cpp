#include "facts/stored_fact.h"

#include <algorithm>
#include <charconv>

#include "facts/lifting.h"

namespace hezhi {
namespace {

// What is left of the bytes. Once something else stood there than was expected, `good` is false
// and every further answer empty.
struct Rest {
    std::string_view bytes;
    bool good = true;

    bool skip(std::string_view text) {
        if (!bytes.starts_with(text)) return false;
        bytes.remove_prefix(text.size());
        return true;
    }
    void expect(std::string_view text) { good = skip(text) && good; }

    std::int64_t integer() {
        std::int64_t number = 0;
        auto digits = bytes.substr(bytes.starts_with('-') ? 1 : 0);
        bool padded =
            digits.starts_with('0') && digits.size() > 1 && digits[1] >= '0' && digits[1] <= '9';
        good = good && !padded && !bytes.starts_with("-0");
        auto [end, error] = std::from_chars(bytes.data(), bytes.data() + bytes.size(), number);
        good = good && error == std::errc();
        bytes.remove_prefix(static_cast<std::size_t>(end - bytes.data()));
        return number;
    }
    std::int64_t id() {
        std::int64_t number = integer();
        good = good && number > 0;
        return number;
    }
    // Up to the quote that closes it; kinds, nouns, permissions and paths need no escapes.
    std::string_view word() {
        auto end = bytes.find('"');
        if (end == std::string_view::npos) end = bytes.size();
        std::string_view found = bytes.substr(0, end);
        good = good && !found.empty() && std::ranges::none_of(found, [](unsigned char byte) {
                   return byte < ' ' || byte == '\\';
               });
        bytes.remove_prefix(end);
        expect("\"");
        return found;
    }
    // From its brace to the one that closes it.
    std::string_view object() {
        std::size_t depth = 0;
        bool in_text = false;
        for (std::size_t at = 0; at < bytes.size(); ++at) {
            char byte = bytes[at];
            if (in_text) {
                if (byte == '\\') ++at;
                if (byte == '"') in_text = false;
                continue;
            }
            if (byte == '"') in_text = true;
            if (byte == '{') ++depth;
            if (depth == 0) break;
            if (byte == '}' && --depth == 0) {
                std::string_view found = bytes.substr(0, at + 1);
                bytes.remove_prefix(at + 1);
                return found;
            }
        }
        good = false;
        return {};
    }
};

}  // namespace

std::optional<Fact> read_layout(std::string_view bytes) {
    Fact fact;
    Rest rest{bytes};
    rest.expect("{");
    if (rest.skip("\"actor\":")) {
        fact.actor.account = AccountId(rest.id());
        rest.expect(",");
    }
    if (rest.skip("\"area\":")) {
        fact.place.area = AreaId(rest.id());
        rest.expect(",\"area_path\":\"");
        fact.place.path = rest.word();
        rest.expect(",");
    }
    rest.expect("\"kind\":\"");
    fact.kind = KindName(rest.word());
    rest.expect(",\"occurred_at\":");
    fact.occurred_at.ms = rest.integer();
    rest.expect(",\"payload\":");
    fact.payload = rest.object();
    if (rest.skip(",\"permission\":\"")) fact.actor.permission = rest.word();
    rest.expect(",\"position\":");
    fact.position = rest.integer();
    rest.expect(",\"recorded_at\":");
    fact.recorded_at.ms = rest.integer();
    rest.expect(",\"subjects\":{");
    fact.subjects.reserve(4);  // most facts have no more
    for (bool more = !rest.bytes.starts_with('}'); rest.good && more; more = rest.skip(",")) {
        rest.expect("\"");
        std::string_view noun = rest.word();
        bool ascending = fact.subjects.empty() || fact.subjects.rbegin()->first < noun;
        rest.good = rest.good && ascending;
        rest.expect(":");
        fact.subjects.emplace_hint(fact.subjects.end(), noun, rest.integer());
    }
    rest.expect("},\"version\":");
    fact.version = static_cast<int>(rest.integer());
    rest.expect(",\"via\":\"");
    auto via = from_label<Via>(rest.word());
    rest.expect("}");
    if (!rest.good || !rest.bytes.empty() || !via) return std::nullopt;
    fact.actor.via = *via;
    return fact;
}

Fact read_stored_fact(std::string_view bytes) {
    auto fact = read_layout(bytes);
    if (!fact || needs_lifting(fact->kind, fact->version)) return read_fact(bytes);
    return std::move(*fact);
}

}  // namespace hezhi
