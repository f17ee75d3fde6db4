#include "crypto/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "base/assert.h"

namespace hezhi::crypto {

std::int64_t totp_step(Instant at) {
    return at.ms / (1000 * totp_step_seconds);
}

std::string totp_code(ByteView secret, std::int64_t step, int digits) {
    HEZHI_ASSERT(digits >= 6 && digits <= 8);
    std::array<std::uint8_t, 8> counter{};
    for (std::size_t i = 0; i < counter.size(); ++i) {
        counter[7 - i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(step) >> (8 * i));
    }
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> mac{};
    unsigned length = 0;
    const auto* made = HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()),
                            counter.data(), counter.size(), mac.data(), &length);
    HEZHI_ASSERT(made != nullptr && length == 20);
    // Dynamic truncation, RFC 4226, section 5.3.
    std::size_t at = mac[19] & 0x0FU;
    std::uint32_t value = (static_cast<std::uint32_t>(mac[at] & 0x7FU) << 24) |
                          (static_cast<std::uint32_t>(mac[at + 1]) << 16) |
                          (static_cast<std::uint32_t>(mac[at + 2]) << 8) | mac[at + 3];
    std::string code(static_cast<std::size_t>(digits), '0');
    for (auto digit = code.rbegin(); digit != code.rend(); ++digit, value /= 10) {
        *digit = static_cast<char>('0' + value % 10);
    }
    return code;
}

std::string base32(ByteView bytes) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string text;
    std::uint32_t held = 0;
    int bits = 0;
    for (std::uint8_t byte : bytes) {
        held = (held << 8) | byte;
        for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(held >> (bits - 5)) & 31U];
    }
    if (bits > 0) text += alphabet[(held << (5 - bits)) & 31U];
    return text;
}

}  // namespace hezhi::crypto
