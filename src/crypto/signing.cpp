#include "crypto/signing.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/assert.h"
#include "crypto/openssl_call.h"

namespace hezhi::crypto {
namespace {

// The signer's id of GB/T 32918, as everybody uses it who has no other.
constexpr std::string_view sm2_id = "1234567812345678";
constexpr std::size_t pem_bytes_max = 4096;
constexpr std::string_view pem_begin = "-----BEGIN PUBLIC KEY-----";
constexpr std::string_view pem_end = "-----END PUBLIC KEY-----";

using Key = std::shared_ptr<EVP_PKEY>;

Key owned(EVP_PKEY* key) {
    return {key, EVP_PKEY_free};
}

struct FreeBio {
    void operator()(BIO* bio) const { BIO_free_all(bio); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;

Bio bio_of(std::string_view text) {
    Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    must(bio != nullptr, "BIO_new_mem_buf");
    return bio;
}

std::string text_in(BIO* bio) {
    char* data = nullptr;
    long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

std::optional<SuiteName> suite_of(const EVP_PKEY* key) {
    if (EVP_PKEY_is_a(key, "SM2")) return SuiteName::gm;
    if (EVP_PKEY_is_a(key, "ED25519")) return SuiteName::intl;
    return std::nullopt;
}

// A context for one message. SM2 wants its id before the key is set up.
struct MessageContext {
    explicit MessageContext(EVP_PKEY* key) : context(EVP_MD_CTX_new()) {
        must(context != nullptr, "EVP_MD_CTX_new");
        if (suite_of(key) != SuiteName::gm) return;
        key_context = EVP_PKEY_CTX_new(key, nullptr);
        must(key_context != nullptr, "EVP_PKEY_CTX_new");
        must(EVP_PKEY_CTX_set1_id(key_context, sm2_id.data(), sm2_id.size()) > 0,
             "EVP_PKEY_CTX_set1_id");
        EVP_MD_CTX_set_pkey_ctx(context, key_context);
    }
    ~MessageContext() {
        EVP_MD_CTX_free(context);
        EVP_PKEY_CTX_free(key_context);
    }
    MessageContext(const MessageContext&) = delete;
    MessageContext& operator=(const MessageContext&) = delete;

    const EVP_MD* digest(EVP_PKEY* key) const {
        return suite_of(key) == SuiteName::gm ? EVP_sm3() : nullptr;
    }

    EVP_MD_CTX* context;
    EVP_PKEY_CTX* key_context = nullptr;
};

std::unexpected<Refusal> refuse_path(const RefusalRow& row, const std::filesystem::path& file) {
    std::string reason = errno ? std::strerror(errno) : "";
    return refuse(row, FieldError{file.string(), reason, reason});
}

}  // namespace

PublicKey::PublicKey(Key key) : key_(std::move(key)) {
    auto suite = suite_of(key_.get());
    HEZHI_ASSERT(suite.has_value());
    suite_ = *suite;
    Bio bio(BIO_new(BIO_s_mem()));
    must(PEM_write_bio_PUBKEY(bio.get(), key_.get()) == 1, "PEM_write_bio_PUBKEY");
    pem_ = text_in(bio.get());
    unsigned char* encoded = nullptr;
    int length = i2d_PUBKEY(key_.get(), &encoded);
    must(length > 0, "i2d_PUBKEY");
    id_ = to_hex(sha256(ByteView(encoded, static_cast<std::size_t>(length)))).substr(0, 16);
    OPENSSL_free(encoded);
}

std::optional<PublicKey> PublicKey::from_pem(std::string_view pem) {
    if (pem.size() > pem_bytes_max) return std::nullopt;
    Key key = owned(PEM_read_bio_PUBKEY(bio_of(pem).get(), nullptr, nullptr, nullptr));
    ERR_clear_error();
    if (!key || !suite_of(key.get())) return std::nullopt;
    return PublicKey(std::move(key));
}

std::vector<PublicKey> PublicKey::all_from_pem(std::string_view text) {
    std::vector<PublicKey> keys;
    for (std::size_t at = 0; (at = text.find(pem_begin, at)) != text.npos;) {
        auto end = text.find(pem_end, at);
        if (end == text.npos) break;
        end += pem_end.size();
        if (auto key = from_pem(std::string(text.substr(at, end - at)) + "\n")) {
            keys.push_back(std::move(*key));
        }
        at = end;
    }
    return keys;
}

bool PublicKey::verifies(std::string_view message, ByteView signature) const {
    MessageContext use(key_.get());
    must(EVP_DigestVerifyInit(use.context, nullptr, use.digest(key_.get()), nullptr, key_.get()) ==
             1,
         "EVP_DigestVerifyInit");
    ByteView bytes = view_of(message);
    int good = EVP_DigestVerify(use.context, signature.data(), signature.size(), bytes.data(),
                                bytes.size());
    ERR_clear_error();
    return good == 1;
}

SigningKey::SigningKey(Key key) : key_(key), public_(std::move(key)) {}

SigningKey SigningKey::generate(SuiteName suite) {
    Key key =
        owned(EVP_PKEY_Q_keygen(nullptr, nullptr, suite == SuiteName::gm ? "SM2" : "ED25519"));
    must(key != nullptr, "EVP_PKEY_Q_keygen");
    return SigningKey(std::move(key));
}

Result<SigningKey> SigningKey::load(const std::filesystem::path& file, SuiteName suite) {
    errno = 0;
    std::FILE* opened = std::fopen(file.c_str(), "re");
    if (!opened) {
        return refuse_path(
            errno == ENOENT ? refusals::signing_key_missing : refusals::signing_key_damaged, file);
    }
    std::string text(pem_bytes_max, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), opened));
    std::fclose(opened);
    Key key = owned(PEM_read_bio_PrivateKey(bio_of(text).get(), nullptr, nullptr, nullptr));
    wipe(text);
    ERR_clear_error();
    errno = 0;
    if (!key || suite_of(key.get()) != suite) {
        return refuse_path(refusals::signing_key_damaged, file);
    }
    return SigningKey(std::move(key));
}

Result<void> SigningKey::save(const std::filesystem::path& file) const {
    Bio bio(BIO_new(BIO_s_secmem()));
    must(PEM_write_bio_PKCS8PrivateKey(bio.get(), key_.get(), nullptr, nullptr, 0, nullptr,
                                       nullptr) == 1,
         "PEM_write_bio_PKCS8PrivateKey");
    std::string text = text_in(bio.get());
    std::filesystem::path part = file.string() + ".part";
    ::unlink(part.c_str());
    int fd = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool kept =
        fd >= 0 && ::write(fd, text.data(), text.size()) == std::ssize(text) && ::fsync(fd) == 0;
    if (fd >= 0) ::close(fd);
    wipe(text);
    kept = kept && ::rename(part.c_str(), file.c_str()) == 0;
    auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    int entry = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    kept = kept && entry >= 0 && ::fsync(entry) == 0;
    if (entry >= 0) ::close(entry);
    if (!kept) return refuse_path(refusals::signing_key_not_written, file);
    return {};
}

Bytes SigningKey::sign(std::string_view message) const {
    MessageContext use(key_.get());
    must(EVP_DigestSignInit(use.context, nullptr, use.digest(key_.get()), nullptr, key_.get()) == 1,
         "EVP_DigestSignInit");
    ByteView bytes = view_of(message);
    std::size_t length = 0;
    must(EVP_DigestSign(use.context, nullptr, &length, bytes.data(), bytes.size()) == 1,
         "EVP_DigestSign");
    Bytes signature(length);
    must(EVP_DigestSign(use.context, signature.data(), &length, bytes.data(), bytes.size()) == 1,
         "EVP_DigestSign");
    signature.resize(length);
    return signature;
}

}  // namespace hezhi::crypto
