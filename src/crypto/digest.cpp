#include "crypto/digest.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>

#include "crypto/openssl_call.h"

namespace hezhi::crypto {
namespace {

// Fetched once for the life of the process: a lookup by name at every hash costs more than the
// hash of a short text.
const EVP_MD* algorithm(DigestKind kind) {
    static const EVP_MD* const sha256_algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    static const EVP_MD* const sm3_algorithm = EVP_MD_fetch(nullptr, "SM3", nullptr);
    const EVP_MD* found = kind == DigestKind::sm3 ? sm3_algorithm : sha256_algorithm;
    must(found != nullptr, kind == DigestKind::sm3 ? "fetching SM3" : "fetching SHA-256");
    return found;
}

const char* algorithm_name(DigestKind kind) {
    return kind == DigestKind::sm3 ? "SM3" : "SHA256";
}

}  // namespace

void Digest::Free::operator()(evp_md_ctx_st* context) const {
    EVP_MD_CTX_free(context);
}

Digest::Digest(DigestKind kind) : context_(EVP_MD_CTX_new()) {
    must(context_ != nullptr, "EVP_MD_CTX_new");
    must(EVP_DigestInit_ex(context_.get(), algorithm(kind), nullptr) == 1, "EVP_DigestInit_ex");
}

Digest::~Digest() = default;
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;

Digest& Digest::add(ByteView part) {
    must(EVP_DigestUpdate(context_.get(), part.data(), part.size()) == 1, "EVP_DigestUpdate");
    return *this;
}

Hash Digest::finish() {
    Hash out{};
    must(EVP_DigestFinal_ex(context_.get(), out.data(), nullptr) == 1, "EVP_DigestFinal_ex");
    return out;
}

Hash hash(DigestKind kind, ByteView bytes) {
    return Digest(kind).add(bytes).finish();
}

Hash sha256(ByteView bytes) {
    return hash(DigestKind::sha256, bytes);
}

Hash sha256(std::string_view text) {
    return sha256(view_of(text));
}

Hash sm3(ByteView bytes) {
    return hash(DigestKind::sm3, bytes);
}

Hash sm3(std::string_view text) {
    return sm3(view_of(text));
}

Hash hmac(DigestKind kind, ByteView key, ByteView bytes) {
    Hash out{};
    unsigned length = 0;
    const auto* made = HMAC(algorithm(kind), key.data(), static_cast<int>(key.size()), bytes.data(),
                            bytes.size(), out.data(), &length);
    must(made != nullptr && length == out.size(), "HMAC");
    return out;
}

Bytes hkdf(DigestKind kind, ByteView key, ByteView salt, std::string_view label,
           std::size_t length) {
    auto free_kdf = [](EVP_KDF* kdf) { EVP_KDF_free(kdf); };
    auto free_context = [](EVP_KDF_CTX* context) { EVP_KDF_CTX_free(context); };
    std::unique_ptr<EVP_KDF, decltype(free_kdf)> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
    must(kdf != nullptr, "fetching HKDF");
    std::unique_ptr<EVP_KDF_CTX, decltype(free_context)> context(EVP_KDF_CTX_new(kdf.get()));
    must(context != nullptr, "EVP_KDF_CTX_new");

    std::string digest_name = algorithm_name(kind);
    std::vector<OSSL_PARAM> inputs{
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest_name.data(), 0)};
    // OpenSSL takes pointers to non-const and does not write through them. It refuses an empty
    // input that is given, and takes one that is left out as empty.
    auto give = [&](const char* name, ByteView input) {
        if (input.empty()) return;
        auto* data = const_cast<std::uint8_t*>(input.data());
        inputs.push_back(OSSL_PARAM_construct_octet_string(name, data, input.size()));
    };
    give(OSSL_KDF_PARAM_KEY, key);
    give(OSSL_KDF_PARAM_SALT, salt);
    give(OSSL_KDF_PARAM_INFO, view_of(label));
    inputs.push_back(OSSL_PARAM_construct_end());
    Bytes out(length);
    must(EVP_KDF_derive(context.get(), out.data(), out.size(), inputs.data()) == 1, "HKDF");
    return out;
}

}  // namespace hezhi::crypto
