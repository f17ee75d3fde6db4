#include "crypto/bytes.h"

#include <sodium.h>

namespace hezhi::crypto {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64url_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view crockford_digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// Cuts `bytes` into groups of `width` bits, first bit first; the last group is filled up with 0.
std::string spell(ByteView bytes, int width, std::string_view digits) {
    std::string out;
    out.reserve((bytes.size() * 8 + static_cast<std::size_t>(width) - 1) /
                static_cast<std::size_t>(width));
    unsigned held = 0;
    int held_bits = 0;
    const unsigned mask = (1u << width) - 1;
    for (std::uint8_t byte : bytes) {
        held = (held << 8 | byte) & 0xFFFF;
        held_bits += 8;
        while (held_bits >= width) {
            held_bits -= width;
            out.push_back(digits[held >> held_bits & mask]);
        }
    }
    if (held_bits > 0) out.push_back(digits[held << (width - held_bits) & mask]);
    return out;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

ByteView view_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string to_hex(ByteView bytes) {
    std::string out(bytes.size() * 2, '0');
    auto digit = out.begin();
    for (std::uint8_t byte : bytes) {
        *digit++ = hex_digits[byte >> 4];
        *digit++ = hex_digits[byte & 15];
    }
    return out;
}

std::optional<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    Bytes out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        int high = hex_value(text[i]);
        int low = hex_value(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return out;
}

std::string to_base64url(ByteView bytes) {
    return spell(bytes, 6, base64url_digits);
}

std::optional<Bytes> from_base64url(std::string_view text) {
    if (text.size() % 4 == 1) return std::nullopt;
    Bytes out;
    out.reserve(text.size() * 6 / 8);
    unsigned held = 0;
    int held_bits = 0;
    for (char c : text) {
        auto digit = base64url_digits.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        held = (held << 6 | static_cast<unsigned>(digit)) & 0xFFFF;
        held_bits += 6;
        if (held_bits >= 8) {
            held_bits -= 8;
            out.push_back(static_cast<std::uint8_t>(held >> held_bits));
        }
    }
    if ((held & ((1u << held_bits) - 1)) != 0) return std::nullopt;
    return out;
}

std::string to_crockford(ByteView bytes) {
    return spell(bytes, 5, crockford_digits);
}

bool equal_in_constant_time(ByteView a, ByteView b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return equal_in_constant_time(view_of(a), view_of(b));
}

void wipe(std::span<std::uint8_t> secret) {
    sodium_memzero(secret.data(), secret.size());
}

void wipe(std::string& secret) {
    sodium_memzero(secret.data(), secret.size());
    secret.clear();
}

}  // namespace hezhi::crypto
