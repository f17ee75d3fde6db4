#include "crypto/master_keys.h"

#include <algorithm>

#include "base/assert.h"

namespace hezhi::crypto {
namespace {

constexpr std::size_t key_check_size = 16;

// The keys know no suite, so what is computed of them alone always uses SHA-256.
Bytes derive(ByteView key, std::string_view label) {
    return hkdf(DigestKind::sha256, key, {}, label, master_key_size);
}

Secret copy_of(ByteView secret) {
    return Secret(Bytes(secret.begin(), secret.end()));
}

}  // namespace

std::string to_string(KeyId id) {
    Bytes bytes;
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes.push_back(static_cast<std::uint8_t>(id.value >> shift));
    }
    return to_hex(bytes);
}

KeyId id_of_key(ByteView key) {
    Bytes fingerprint = derive(key, "hezhi master key id");
    KeyId id;
    for (std::size_t i = 0; i < 4; ++i) id.value = id.value << 8 | fingerprint[i];
    return id;
}

MasterKeys::MasterKeys(std::vector<Secret> oldest_first, Secret codes)
    : keys_(std::move(oldest_first)), codes_(std::move(codes)) {
    HEZHI_ASSERT(!keys_.empty());
    HEZHI_ASSERT(codes_.size() == 0 || codes_.size() == codes_size);
    for (const Secret& key : keys_) {
        HEZHI_ASSERT(key.size() == master_key_size);
        KeyId id = id_of_key(key.view());
        HEZHI_ASSERT(std::ranges::find(ids_, id) == ids_.end());
        ids_.push_back(id);
    }
}

MasterKeys MasterKeys::generate(Random& random) {
    std::vector<Secret> keys;
    keys.emplace_back(random.bytes(master_key_size));
    return MasterKeys(std::move(keys));
}

MasterKeys MasterKeys::with_newer(Random& random) const {
    std::vector<Secret> keys;
    for (const Secret& key : keys_) keys.push_back(copy_of(key.view()));
    keys.emplace_back(random.bytes(master_key_size));
    return MasterKeys(std::move(keys), copy_of(codes_.view()));
}

MasterKeys MasterKeys::from(std::size_t index) const {
    std::vector<Secret> keys;
    for (std::size_t i = index; i < keys_.size(); ++i) keys.push_back(copy_of(keys_[i].view()));
    return MasterKeys(std::move(keys), copy_of(codes_.view()));
}

MasterKeys MasterKeys::with_codes(Secret codes) const {
    std::vector<Secret> keys;
    for (const Secret& key : keys_) keys.push_back(copy_of(key.view()));
    return MasterKeys(std::move(keys), std::move(codes));
}

std::string MasterKeys::check_of_first(std::size_t count) const {
    Bytes fingerprints;
    for (std::size_t i = 0; i < count; ++i) {
        Bytes fingerprint = derive(keys_[i].view(), "hezhi master key fingerprint");
        fingerprints.insert(fingerprints.end(), fingerprint.begin(), fingerprint.end());
    }
    Secret check_key(derive(keys_[count - 1].view(), "hezhi master key check"));
    Hash tag = hmac(DigestKind::sha256, check_key.view(), fingerprints);
    return to_hex(ByteView(tag).first(key_check_size));
}

std::string MasterKeys::key_check() const {
    return check_of_first(keys_.size());
}

bool MasterKeys::matches(std::string_view key_check) const {
    for (std::size_t count = keys_.size(); count > 0; --count) {
        if (equal_in_constant_time(check_of_first(count), key_check)) return true;
    }
    return false;
}

}  // namespace hezhi::crypto
