// libsodium wants to be started before its first use; starting it again is harmless. Internal to
// this folder.
#pragma once

#include <sodium.h>

#include <stdexcept>

namespace hezhi::crypto {

inline void sodium_ready() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium could not be started");
}

}  // namespace hezhi::crypto
