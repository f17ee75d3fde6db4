// Session tokens: 256 random bits in the cookie, their SHA-256 in the database, so that a stolen
// database signs nobody in. A plain hash is enough because the token cannot be guessed.
#pragma once

#include <string>
#include <string_view>

#include "crypto/random.h"

namespace hezhi::crypto {

struct Token {
    std::string clear;   // base64url, 43 characters; goes to the browser once and is not kept
    std::string stored;  // hex, 64 characters; what the database holds and looks up
};

Token make_token(Random& random);

// The form under which a token that came back is looked up. Any text is accepted; one that was
// never given out is simply not found.
std::string stored_form(std::string_view clear);

}  // namespace hezhi::crypto
