// Hashes and keyed hashes. Both kinds give 32 bytes, so that what stores them need not ask which.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "crypto/bytes.h"

struct evp_md_ctx_st;

namespace hezhi::crypto {

// The numbers are stored (seals, headers) and never reused.
enum class DigestKind : std::uint8_t { sha256 = 1, sm3 = 2 };

using Hash = std::array<std::uint8_t, 32>;

// A hash over bytes that arrive in parts. One thread at a time.
class Digest {
  public:
    explicit Digest(DigestKind kind);
    ~Digest();
    Digest(Digest&&) noexcept;
    Digest& operator=(Digest&&) noexcept;

    Digest& add(ByteView part);
    Digest& add(std::string_view part) { return add(view_of(part)); }
    // The hash of everything added. Call once; the object is spent afterwards.
    Hash finish();

  private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> context_;
};

Hash hash(DigestKind kind, ByteView bytes);
Hash sha256(ByteView bytes);
Hash sha256(std::string_view text);
Hash sm3(ByteView bytes);
Hash sm3(std::string_view text);

Hash hmac(DigestKind kind, ByteView key, ByteView bytes);

// HKDF (RFC 5869), extract and expand. `length` at most 255 × 32 bytes.
Bytes hkdf(DigestKind kind, ByteView key, ByteView salt, std::string_view label,
           std::size_t length);

}  // namespace hezhi::crypto
