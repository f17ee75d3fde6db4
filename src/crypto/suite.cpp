#include "crypto/suite.h"

#include <algorithm>
#include <array>

#include "base/assert.h"
#include "crypto/ciphers.h"
#include "crypto/crypto_refusals.h"

namespace hezhi::crypto {
namespace {

constexpr std::uint8_t format_version = 1;
constexpr std::size_t header_size = 6;  // version, suite, key id
constexpr std::size_t gm_tag_size = 32;
constexpr std::size_t blind_index_size = 16;
constexpr std::string_view suite_names[] = {"gm", "intl"};

void append(Bytes& out, ByteView more) {
    out.insert(out.end(), more.begin(), more.end());
}

template <class Whole>
void append_number(Bytes& out, Whole value) {
    for (int shift = (static_cast<int>(sizeof value) - 1) * 8; shift >= 0; shift -= 8) {
        out.push_back(static_cast<std::uint8_t>(value >> shift));
    }
}

// With its length before it, so that ("ab", "c") and ("a", "bc") are never the same bytes.
void append_text(Bytes& out, std::string_view text) {
    append_number(out, static_cast<std::uint32_t>(text.size()));
    append(out, view_of(text));
}

Bytes header(SuiteName suite, KeyId id) {
    Bytes out{format_version, static_cast<std::uint8_t>(suite)};
    append_number(out, id.value);
    return out;
}

KeyId key_id_of(ByteView sealed) {
    KeyId id;
    for (std::size_t i = 2; i < header_size; ++i) id.value = id.value << 8 | sealed[i];
    return id;
}

// HMAC over what the field is bound to, then IV and ciphertext.
Hash gm_tag(ByteView mac_key, Bytes bound, ByteView iv_and_ciphertext) {
    append(bound, iv_and_ciphertext);
    return hmac(DigestKind::sm3, mac_key, bound);
}

std::string text_of(Bytes clear) {
    std::string out(clear.begin(), clear.end());
    wipe(clear);
    return out;
}

}  // namespace

std::string_view to_string(SuiteName name) {
    return suite_names[static_cast<std::size_t>(name) - 1];
}

std::optional<SuiteName> parse_suite_name(std::string_view text) {
    if (text == to_string(SuiteName::gm)) return SuiteName::gm;
    if (text == to_string(SuiteName::intl)) return SuiteName::intl;
    return std::nullopt;
}

Suite::Suite(SuiteName name, const MasterKeys& keys) : name_(name) {
    for (std::size_t i = 0; i < keys.count(); ++i)
        field_keys_.push_back(derive_field_keys(keys, i));
    // Invariant 6: indexes and codes come from the oldest key. A new master key must not make
    // stored indexes unfindable or printed slips worthless.
    auto oldest = [&](std::string_view label) {
        return Secret(hkdf(digest(), keys.key(0), {}, label, 32));
    };
    index_key_ = oldest("hezhi blind index");
    if (keys.codes().empty()) {
        code_key_ = oldest("hezhi codes");
        code_index_key_ = oldest("hezhi blind index");
    } else {
        auto half = [&](std::size_t from) {
            ByteView part = keys.codes().subspan(from, codes_size / 2);
            return Secret(Bytes(part.begin(), part.end()));
        };
        code_key_ = half(0);
        code_index_key_ = half(codes_size / 2);
    }
}

Secret Suite::codes() const {
    Bytes both(code_key_.view().begin(), code_key_.view().end());
    append(both, code_index_key_.view());
    return Secret(std::move(both));
}

std::optional<KeyId> Suite::key_of(const Bytes& sealed) {
    if (sealed.size() < header_size || sealed[0] != format_version) return std::nullopt;
    return key_id_of(sealed);
}

DigestKind Suite::digest() const {
    return name_ == SuiteName::gm ? DigestKind::sm3 : DigestKind::sha256;
}

Suite::FieldKeys Suite::derive_field_keys(const MasterKeys& keys, std::size_t index) const {
    auto derive = [&](std::string_view label, std::size_t size) {
        return Secret(hkdf(digest(), keys.key(index), {}, label, size));
    };
    FieldKeys out{keys.id(index), {}, {}};
    if (name_ == SuiteName::gm) {
        out.encryption = derive("hezhi field encryption gm", sm4_key_size);
        out.mac = derive("hezhi field mac gm", 32);
    } else {
        out.encryption = derive("hezhi field encryption intl", aes256_key_size);
    }
    return out;
}

const Suite::FieldKeys* Suite::find(KeyId id) const {
    auto found = std::ranges::find(field_keys_, id, &FieldKeys::id);
    return found == field_keys_.end() ? nullptr : &*found;
}

Bytes Suite::bound_to(FieldPlace place, KeyId id) const {
    Bytes out = header(name_, id);
    append_text(out, place.table);
    append_text(out, place.column);
    append_number(out, static_cast<std::uint64_t>(place.row));
    return out;
}

Bytes Suite::seal(FieldPlace place, std::string_view clear, Random& random) const {
    const FieldKeys& keys = field_keys_.back();
    const Bytes bound = bound_to(place, keys.id);
    Bytes out = header(name_, keys.id);
    if (name_ == SuiteName::gm) {
        Bytes iv = random.bytes(sm4_iv_size);
        append(out, iv);
        append(out, sm4_ctr(keys.encryption.view(), iv, view_of(clear)));
        append(out, gm_tag(keys.mac.view(), bound, ByteView(out).subspan(header_size)));
    } else {
        Bytes iv = random.bytes(gcm_iv_size);
        auto sealed = aes256_gcm_seal(keys.encryption.view(), iv, bound, view_of(clear));
        append(out, iv);
        append(out, sealed.ciphertext);
        append(out, sealed.tag);
    }
    return out;
}

Result<std::string> Suite::open(FieldPlace place, const Bytes& sealed) const {
    const bool gm = name_ == SuiteName::gm;
    const std::size_t iv_size = gm ? sm4_iv_size : gcm_iv_size;
    const std::size_t tag_size = gm ? gm_tag_size : gcm_tag_size;
    if (sealed.size() < header_size || sealed[0] != format_version) {
        return refuse(refusals::sealed_field_damaged);
    }
    if (sealed[1] != static_cast<std::uint8_t>(name_)) {
        bool known = sealed[1] >= 1 && sealed[1] <= std::size(suite_names);
        return refuse(known ? refusals::other_suite : refusals::sealed_field_damaged);
    }
    if (sealed.size() < header_size + iv_size + tag_size) {
        return refuse(refusals::sealed_field_damaged);
    }
    const FieldKeys* keys = find(key_id_of(sealed));
    if (!keys) return refuse(refusals::wrong_key);

    const Bytes bound = bound_to(place, keys->id);
    const ByteView body = ByteView(sealed).subspan(header_size);
    const ByteView iv = body.first(iv_size);
    const ByteView ciphertext = body.subspan(iv_size, body.size() - iv_size - tag_size);
    const ByteView tag = body.last(tag_size);
    if (gm) {
        Hash expected = gm_tag(keys->mac.view(), bound, body.first(body.size() - tag_size));
        if (!equal_in_constant_time(expected, tag)) return refuse(refusals::sealed_field_damaged);
        return text_of(sm4_ctr(keys->encryption.view(), iv, ciphertext));
    }
    auto clear = aes256_gcm_open(keys->encryption.view(), iv, bound, ciphertext, tag);
    if (!clear) return refuse(refusals::sealed_field_damaged);
    return text_of(std::move(*clear));
}

std::string Suite::index_under(const Secret& key, std::string_view purpose,
                               std::string_view value) const {
    Bytes input;
    append_text(input, purpose);
    append_text(input, value);
    Hash tag = hmac(digest(), key.view(), input);
    return to_hex(ByteView(tag).first(blind_index_size));
}

std::string Suite::blind_index(std::string_view purpose, std::string_view normalised) const {
    return index_under(index_key_, purpose, normalised);
}

std::string Suite::code_index(std::string_view purpose, std::string_view code) const {
    return index_under(code_index_key_, purpose, code);
}

std::string Suite::link_code(std::string_view purpose, std::int64_t subject, int characters) const {
    HEZHI_ASSERT(characters >= 1 && characters <= link_code_characters_max);
    Bytes input;
    append_text(input, "link");
    append_text(input, purpose);
    append_number(input, static_cast<std::uint64_t>(subject));
    return to_crockford(hmac(digest(), code_key_.view(), input))
        .substr(0, static_cast<std::size_t>(characters));
}

std::string Suite::digits_code(std::string_view purpose, std::int64_t subject,
                               std::string_view salt, int digits) const {
    HEZHI_ASSERT(digits >= 1 && digits <= code_digits_max);
    Bytes input;
    append_text(input, "digits");
    append_text(input, purpose);
    append_number(input, static_cast<std::uint64_t>(subject));
    append_text(input, salt);
    Hash tag = hmac(digest(), code_key_.view(), input);
    // Of 64 bits, the last digits favour no code by more than one part in 10^10.
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) number = number << 8 | tag[i];
    std::string out(static_cast<std::size_t>(digits), '0');
    for (auto digit = out.rbegin(); digit != out.rend(); ++digit, number /= 10) {
        *digit = static_cast<char>('0' + number % 10);
    }
    return out;
}

}  // namespace hezhi::crypto
