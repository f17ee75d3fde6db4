#include "crypto/promised_seed.h"

#include "crypto/digest.h"

namespace hezhi::crypto {
namespace {

constexpr std::size_t seed_size = 32;

}  // namespace

std::string new_seed(Random& random) {
    return to_hex(random.bytes(seed_size));
}

std::string commitment_of(std::string_view seed) {
    return to_hex(sha256(seed));
}

std::int32_t draw_of(std::int64_t id, std::string_view seed) {
    Hash tag = hmac(DigestKind::sha256, view_of(seed), view_of(std::to_string(id)));
    std::uint32_t drawn = 0;
    for (std::size_t i = 0; i < 4; ++i) drawn = drawn << 8 | tag[i];
    return static_cast<std::int32_t>(drawn % 10000);
}

}  // namespace hezhi::crypto
