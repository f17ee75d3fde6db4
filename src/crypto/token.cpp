#include "crypto/token.h"

#include "crypto/digest.h"

namespace hezhi::crypto {

Token make_token(Random& random) {
    Bytes secret = random.bytes(32);
    Token token;
    token.clear = to_base64url(secret);
    token.stored = stored_form(token.clear);
    wipe(secret);
    return token;
}

std::string stored_form(std::string_view clear) {
    return to_hex(sha256(clear));
}

}  // namespace hezhi::crypto
