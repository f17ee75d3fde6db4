// The crypto suite: how register fields are encrypted, how they are found again, and how codes for
// slips are made. A setting chooses it once for a database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/master_keys.h"
#include "crypto/random.h"

namespace hezhi::crypto {

// The numbers stand in every sealed field and are never reused.
//   gm    SM4-CTR then HMAC-SM3 (OpenSSL 3.0 has no SM4-GCM); codes and indexes by HMAC-SM3
//   intl  AES-256-GCM; codes and indexes by HMAC-SHA-256
enum class SuiteName : std::uint8_t { gm = 1, intl = 2 };

std::string_view to_string(SuiteName name);
std::optional<SuiteName> parse_suite_name(std::string_view text);

// Where a sealed field stands. It is bound to its place: moved to another row, column or table, it
// does not open.
struct FieldPlace {
    std::string_view table;
    std::string_view column;
    std::int64_t row;
};

inline constexpr int link_code_characters_max = 51;  // what 256 bits fill
inline constexpr int code_digits_max = 9;

// Holds derived keys only. Const from any number of threads.
class Suite {
  public:
    Suite(SuiteName name, const MasterKeys& keys);

    SuiteName name() const { return name_; }

    // Version, suite, key id, IV, ciphertext, tag: 54 (gm) or 34 (intl) bytes more than the text.
    // Sealing the same text twice gives different bytes. At most 2^32 fields under one master key
    // (random 96-bit IVs), which no district reaches.
    Bytes seal(FieldPlace place, std::string_view clear, Random& random) const;

    // The text as it was sealed for `place`, under any of the master keys. Refusals:
    // sealed_field_damaged, wrong_key, other_suite; nothing of the text is given out then.
    Result<std::string> open(FieldPlace place, const Bytes& sealed) const;

    // 16 bytes as hex. The same purpose and value give the same index for as long as the oldest
    // master key is kept (invariant 6; a rotation computes the stored ones anew); without the key
    // nothing can be looked up or guessed. The caller normalises the value first.
    std::string blind_index(std::string_view purpose, std::string_view normalised) const;

    // The same for codes that people hold (slips, recovery codes): it outlives the master key that
    // it came from, because nobody could compute it anew for a code that only its holder knows.
    std::string code_index(std::string_view purpose, std::string_view code) const;

    // What the codes of this suite derive from, to be kept when the key is rotated away.
    Secret codes() const;

    // Under which master key a field was sealed; none for bytes that are no sealed field.
    static std::optional<KeyId> key_of(const Bytes& sealed);

    // A code for a slip or link, Crockford base 32; 1…51 characters of 5 bits each. The caller
    // chooses a length that its rate limit makes unguessable.
    std::string link_code(std::string_view purpose, std::int64_t subject, int characters) const;

    // 1…9 decimal digits for a code that is read out; another `salt` gives another code.
    std::string digits_code(std::string_view purpose, std::int64_t subject, std::string_view salt,
                            int digits) const;

  private:
    // Derived of one master key.
    struct FieldKeys {
        KeyId id;
        Secret encryption;
        Secret mac;  // gm only; GCM brings its own
    };

    FieldKeys derive_field_keys(const MasterKeys& keys, std::size_t index) const;
    const FieldKeys* find(KeyId id) const;
    Bytes bound_to(FieldPlace place, KeyId id) const;
    DigestKind digest() const;
    std::string index_under(const Secret& key, std::string_view purpose,
                            std::string_view value) const;

    SuiteName name_;
    std::vector<FieldKeys> field_keys_;  // oldest first
    Secret index_key_;
    Secret code_key_;
    Secret code_index_key_;
};

}  // namespace hezhi::crypto
