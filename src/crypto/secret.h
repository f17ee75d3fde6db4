// Bytes that are erased when they go out of scope: keys, and nothing else.
#pragma once

#include <utility>

#include "crypto/bytes.h"

namespace hezhi::crypto {

// Owns its bytes; moved, never copied, so that there is one place to erase.
class Secret {
  public:
    Secret() = default;
    explicit Secret(Bytes bytes) : bytes_(std::move(bytes)) {}
    // The vector's buffer itself moves: nothing is left behind in `other`.
    Secret(Secret&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
    Secret& operator=(Secret&& other) noexcept {
        std::swap(bytes_, other.bytes_);
        return *this;
    }
    ~Secret() { wipe(bytes_); }

    ByteView view() const { return bytes_; }
    std::size_t size() const { return bytes_.size(); }

  private:
    Bytes bytes_;
};

}  // namespace hezhi::crypto
