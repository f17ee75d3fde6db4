// Signatures of seals: SM2 with SM3 (suite gm) or Ed25519 (suite intl), through OpenSSL.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "crypto/digest.h"
#include "crypto/suite.h"

struct evp_pkey_st;

namespace hezhi::crypto {

namespace refusals {
inline constexpr RefusalRow signing_key_missing{
    "signing_key_missing", 500,
    "找不到封印密钥文件。请放回备份；确已丢失时运行 hezhi keys seal --lost。",
    "The key file of the seals is missing. Put the backup back; if it is lost for good, run `hezhi "
    "keys seal --lost`."};
inline constexpr RefusalRow signing_key_damaged{
    "signing_key_damaged", 500, "封印密钥文件已损坏，或不是所用算法的密钥。请用备份替换。",
    "The key file of the seals is damaged, or holds a key of another algorithm. Replace it by the "
    "backup."};
inline constexpr RefusalRow signing_key_not_written{"signing_key_not_written", 500,
                                                    "无法写入封印密钥文件。",
                                                    "The key file of the seals cannot be written."};
}  // namespace refusals

// Anybody may have it. Const from any number of threads.
class PublicKey {
  public:
    // nullopt for a text that is no PEM of an SM2 or Ed25519 public key.
    static std::optional<PublicKey> from_pem(std::string_view pem);
    // All keys that stand one after another in a text.
    static std::vector<PublicKey> all_from_pem(std::string_view text);

    const std::string& pem() const { return pem_; }
    SuiteName suite() const { return suite_; }
    // SHA-256 over the encoded key, its first 16 hexadecimal digits.
    const std::string& id() const { return id_; }
    bool verifies(std::string_view message, ByteView signature) const;

  private:
    friend class SigningKey;
    explicit PublicKey(std::shared_ptr<evp_pkey_st> key);

    std::shared_ptr<evp_pkey_st> key_;
    SuiteName suite_ = SuiteName::gm;
    std::string pem_;
    std::string id_;
};

class SigningKey {
  public:
    static SigningKey generate(SuiteName suite);
    // A plain PEM file (PKCS 8) for its owner alone. Refusals: signing_key_missing, _damaged.
    static Result<SigningKey> load(const std::filesystem::path& file, SuiteName suite);
    // In place of what stands there: the old file or the new one, whatever happens. Refusal:
    // signing_key_not_written.
    Result<void> save(const std::filesystem::path& file) const;

    const PublicKey& public_key() const { return public_; }
    Bytes sign(std::string_view message) const;

  private:
    explicit SigningKey(std::shared_ptr<evp_pkey_st> key);

    std::shared_ptr<evp_pkey_st> key_;
    PublicKey public_;
};

}  // namespace hezhi::crypto
