// The master keys in memory. Everything that is encrypted or keyed derives from them; they
// themselves encrypt nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/digest.h"
#include "crypto/random.h"
#include "crypto/secret.h"

namespace hezhi::crypto {

inline constexpr std::size_t master_key_size = 32;
inline constexpr std::size_t codes_size = 64;

// A fingerprint of the key itself, so that a key file mixed up with another is told from damage.
struct KeyId {
    std::uint32_t value = 0;
    bool operator==(const KeyId&) const = default;
};

std::string to_string(KeyId id);  // 8 hexadecimal digits

// One key or more, oldest first, none twice. Const from any number of threads.
class MasterKeys {
  public:
    // `oldest_first`: at least one, 32 bytes each, all different (asserted). `codes`: see below.
    explicit MasterKeys(std::vector<Secret> oldest_first, Secret codes = {});
    static MasterKeys generate(Random& random);
    // The same and a new one after the newest.
    MasterKeys with_newer(Random& random) const;
    // Those from `index` on.
    MasterKeys from(std::size_t index) const;
    // The same with these codes.
    MasterKeys with_codes(Secret codes) const;

    std::size_t count() const { return keys_.size(); }
    KeyId id(std::size_t index) const { return ids_.at(index); }
    ByteView key(std::size_t index) const { return keys_.at(index).view(); }
    // What is encrypted now is encrypted under the newest.
    std::size_t newest() const { return keys_.size() - 1; }

    // What codes on slips derive from, kept when the key that they came from was rotated away: a
    // printed slip outlives a master key. Empty while the oldest key is that key.
    ByteView codes() const { return codes_.view(); }

    // A keyed tag over all keys, to be kept in the database when it is made and after a rotation:
    // it says which keys the database needs and gives nothing away about them.
    std::string key_check() const;
    // Whether all keys that `key_check` was made of are here. True too if newer keys were added
    // since; false for the file of another database and for an old copy without the newest key.
    bool matches(std::string_view key_check) const;

  private:
    std::string check_of_first(std::size_t count) const;

    std::vector<Secret> keys_;
    std::vector<KeyId> ids_;
    Secret codes_;
};

// The id that a key has; also what finds a mistyped digit in a key file.
KeyId id_of_key(ByteView key);

}  // namespace hezhi::crypto
