// OpenSSL reports failure by its return value. None of the calls we make fails on good arguments,
// so a failure means no memory or a library built without the algorithm: an exception. Internal to
// this folder.
#pragma once

#include <openssl/err.h>

#include <stdexcept>
#include <string>

namespace hezhi::crypto {

struct CryptoFailure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

inline void must(bool worked, const char* call) {
    if (worked) return;
    const char* reason = ERR_reason_error_string(ERR_get_error());
    ERR_clear_error();
    throw CryptoFailure(std::string(call) + " failed: " + (reason ? reason : "no reason given"));
}

}  // namespace hezhi::crypto
