// A seed that is promised before it is told. Its hash may stand where everybody reads and says
// nothing of it; once the seed is told, anybody can see that it is the one that was promised, and
// draw again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/random.h"

namespace hezhi::crypto {

// 64 hexadecimal digits: 256 bits, which neither the hash nor what was drawn gives away.
std::string new_seed(Random& random);

// SHA-256 of those digits as they are written, in hexadecimal.
std::string commitment_of(std::string_view seed);

// 0–9999 for an id: the first four bytes of HMAC-SHA256 over the id's decimal digits, with the
// seed's digits as they are written for a key, modulo 10000.
std::int32_t draw_of(std::int64_t id, std::string_view seed);

}  // namespace hezhi::crypto
