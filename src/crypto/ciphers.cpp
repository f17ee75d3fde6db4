#include "crypto/ciphers.h"

#include <openssl/evp.h>

#include <memory>

#include "base/assert.h"
#include "crypto/openssl_call.h"

namespace hezhi::crypto {
namespace {

struct FreeCipherContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, FreeCipherContext>;

CipherContext new_context() {
    CipherContext context(EVP_CIPHER_CTX_new());
    must(context != nullptr, "EVP_CIPHER_CTX_new");
    return context;
}

// Fields are texts with limits, far below what an int counts.
int length_of(ByteView bytes) {
    HEZHI_ASSERT(bytes.size() <= 0x7FFFFFFF);
    return static_cast<int>(bytes.size());
}

// Adds associated data (out == nullptr) or text to a running cipher.
void update(EVP_CIPHER_CTX* context, std::uint8_t* out, ByteView in) {
    if (in.empty()) return;
    int written = 0;
    must(EVP_CipherUpdate(context, out, &written, in.data(), length_of(in)) == 1,
         "EVP_CipherUpdate");
}

CipherContext start_gcm(ByteView key, ByteView iv, ByteView associated, bool encrypt) {
    HEZHI_ASSERT(key.size() == aes256_key_size && iv.size() == gcm_iv_size);
    static const EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    must(cipher != nullptr, "fetching AES-256-GCM");
    CipherContext context = new_context();
    must(EVP_CipherInit_ex2(context.get(), cipher, key.data(), iv.data(), encrypt ? 1 : 0,
                            nullptr) == 1,
         "EVP_CipherInit_ex2");
    update(context.get(), nullptr, associated);
    return context;
}

}  // namespace

Bytes sm4_ctr(ByteView key, ByteView iv, ByteView text) {
    HEZHI_ASSERT(key.size() == sm4_key_size && iv.size() == sm4_iv_size);
    static const EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "SM4-CTR", nullptr);
    must(cipher != nullptr, "fetching SM4-CTR");
    CipherContext context = new_context();
    must(EVP_CipherInit_ex2(context.get(), cipher, key.data(), iv.data(), 1, nullptr) == 1,
         "EVP_CipherInit_ex2");
    Bytes out(text.size());
    update(context.get(), out.data(), text);
    return out;
}

GcmSealed aes256_gcm_seal(ByteView key, ByteView iv, ByteView associated, ByteView clear) {
    CipherContext context = start_gcm(key, iv, associated, true);
    GcmSealed sealed{Bytes(clear.size()), {}};
    update(context.get(), sealed.ciphertext.data(), clear);
    std::uint8_t rest[EVP_MAX_BLOCK_LENGTH];
    int rest_length = 0;
    must(EVP_CipherFinal_ex(context.get(), rest, &rest_length) == 1, "EVP_CipherFinal_ex");
    must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, gcm_tag_size,
                             sealed.tag.data()) == 1,
         "reading the GCM tag");
    return sealed;
}

std::optional<Bytes> aes256_gcm_open(ByteView key, ByteView iv, ByteView associated,
                                     ByteView ciphertext, ByteView tag) {
    HEZHI_ASSERT(tag.size() == gcm_tag_size);
    CipherContext context = start_gcm(key, iv, associated, false);
    Bytes clear(ciphertext.size());
    update(context.get(), clear.data(), ciphertext);
    Bytes expected(tag.begin(), tag.end());
    must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, gcm_tag_size, expected.data()) ==
             1,
         "setting the GCM tag");
    std::uint8_t rest[EVP_MAX_BLOCK_LENGTH];
    int rest_length = 0;
    if (EVP_CipherFinal_ex(context.get(), rest, &rest_length) != 1) {
        ERR_clear_error();
        wipe(clear);
        return std::nullopt;
    }
    return clear;
}

}  // namespace hezhi::crypto
