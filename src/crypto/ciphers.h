// The two ciphers of the suites, bare: who calls them sees to keys, IVs and the check before use.
// Internal to this folder; other folders use Suite.
#pragma once

#include <array>
#include <optional>

#include "crypto/bytes.h"

namespace hezhi::crypto {

inline constexpr std::size_t sm4_key_size = 16;
inline constexpr std::size_t sm4_iv_size = 16;
inline constexpr std::size_t aes256_key_size = 32;
inline constexpr std::size_t gcm_iv_size = 12;
inline constexpr std::size_t gcm_tag_size = 16;

// Counter mode: the same call encrypts and decrypts. An IV is never used twice with one key.
Bytes sm4_ctr(ByteView key, ByteView iv, ByteView text);

struct GcmSealed {
    Bytes ciphertext;
    std::array<std::uint8_t, gcm_tag_size> tag;
};

GcmSealed aes256_gcm_seal(ByteView key, ByteView iv, ByteView associated, ByteView clear);
// nullopt if the tag does not fit: nothing of the text is given out then.
std::optional<Bytes> aes256_gcm_open(ByteView key, ByteView iv, ByteView associated,
                                     ByteView ciphertext, ByteView tag);

}  // namespace hezhi::crypto
