// Time-based one-time codes (RFC 6238, HMAC-SHA-1): what authenticator apps show.
#pragma once

#include <string>

#include "base/instant.h"
#include "crypto/bytes.h"

namespace hezhi::crypto {

inline constexpr std::int64_t totp_step_seconds = 30;
inline constexpr int totp_digits = 6;
inline constexpr std::size_t totp_secret_bytes = 20;  // as long as the hash (RFC 4226, section 4)

// Which step of 30 seconds since 1970 the instant lies in.
std::int64_t totp_step(Instant at);
// The code of a step, with leading zeros; 6 to 8 digits.
std::string totp_code(ByteView secret, std::int64_t step, int digits = totp_digits);
// RFC 4648 without padding, as authenticator apps read secrets.
std::string base32(ByteView bytes);

}  // namespace hezhi::crypto
