// Raw bytes, the three spellings we give them in text, and the two operations on secrets that the
// language does not promise by itself: comparing in constant time and really erasing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hezhi::crypto {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

// The bytes of a text, not copied: valid as long as `text` is.
ByteView view_of(std::string_view text);

std::string to_hex(ByteView bytes);  // lower case
// nullopt unless `text` is an even number of hexadecimal digits (either case).
std::optional<Bytes> from_hex(std::string_view text);

std::string to_base64url(ByteView bytes);  // without padding
// nullopt for foreign characters, padding, an impossible length, or left-over bits that are not 0,
// so that every byte string has exactly one accepted spelling.
std::optional<Bytes> from_base64url(std::string_view text);

// Crockford's base 32, upper case, no I L O U: for codes that people read aloud and type. The last
// character is filled up with 0 bits. What people type is read by typed_code.h.
std::string to_crockford(ByteView bytes);

// Takes the same time wherever the two differ. Lengths are not secret.
bool equal_in_constant_time(ByteView a, ByteView b);
bool equal_in_constant_time(std::string_view a, std::string_view b);

// Overwrites with zeros in a way that the compiler may not leave out.
void wipe(std::span<std::uint8_t> secret);
void wipe(std::string& secret);

}  // namespace hezhi::crypto
