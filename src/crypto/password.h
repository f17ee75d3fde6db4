// Passwords and PINs: argon2id through libsodium, kept as the usual "$argon2id$…" text.
//
// Each call costs tens of milliseconds and megabytes by design: it belongs on a PasswordPool,
// never on the I/O thread or the writer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hezhi::crypto {

// What one guess costs. Settings; an old hash is made anew at the next sign-in.
struct PasswordCost {
    unsigned passes = 2;                 // at least 1
    std::size_t memory_kib = 19 * 1024;  // at least 8, libsodium's own limit

    bool is_possible() const { return passes >= 1 && memory_kib >= 8; }
};

inline constexpr std::size_t password_bytes_max = 1024;  // longer ones only burden the server

// `clear` may have at most password_bytes_max bytes (asserted, as is a possible cost; the input's
// type limits it before).
// Throws std::bad_alloc if the memory is not there.
std::string hash_password(std::string_view clear, PasswordCost cost);

// False too if `stored` is no argon2 text. Throws std::bad_alloc as above. So that nobody learns by
// timing which accounts exist, a sign-in for an unknown account is verified against a hash made at
// start.
bool password_matches(std::string_view stored, std::string_view clear);

// Whether `stored` was made at another cost than `cost`.
bool needs_rehash(std::string_view stored, PasswordCost cost);

}  // namespace hezhi::crypto
