#include "crypto/password.h"

#include <array>
#include <cerrno>
#include <new>

#include "base/assert.h"
#include "crypto/sodium_ready.h"

namespace hezhi::crypto {

std::string hash_password(std::string_view clear, PasswordCost cost) {
    HEZHI_ASSERT(clear.size() <= password_bytes_max && cost.is_possible());
    sodium_ready();
    std::array<char, crypto_pwhash_STRBYTES> out{};
    int failed = crypto_pwhash_str_alg(out.data(), clear.data(), clear.size(), cost.passes,
                                       cost.memory_kib * 1024, crypto_pwhash_ALG_ARGON2ID13);
    if (failed) throw std::bad_alloc();
    return out.data();
}

bool password_matches(std::string_view stored, std::string_view clear) {
    if (clear.size() > password_bytes_max) return false;
    sodium_ready();
    const std::string text(stored);
    errno = 0;
    if (crypto_pwhash_str_verify(text.c_str(), clear.data(), clear.size()) == 0) return true;
    if (errno == ENOMEM) throw std::bad_alloc();  // says nothing about the password
    return false;
}

bool needs_rehash(std::string_view stored, PasswordCost cost) {
    sodium_ready();
    const std::string text(stored);
    return crypto_pwhash_str_needs_rehash(text.c_str(), cost.passes, cost.memory_kib * 1024) != 0;
}

}  // namespace hezhi::crypto
