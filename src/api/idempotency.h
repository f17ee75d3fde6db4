// Idempotency-Key: the same request sent twice is done once.
//
// A key belongs to its holder (an account, or a link). The id of the record is kept for 30 days
// and the answer rendered again; the same key with another body is refused.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "journal/turn.h"

namespace hezhi::api {

namespace refusals {
inline constexpr RefusalRow idempotency_key_reused{
    "idempotency_key_reused", 409, "同一操作编号已用于其他内容，请刷新页面后重试。",
    "This Idempotency-Key was used with another body; reload the page and try again."};
}

inline constexpr Millis idempotency_keys_kept = std::chrono::days(30);
inline constexpr std::size_t idempotency_key_bytes_max = 80;

struct IdempotencyKey {
    std::string holder;
    std::string key;
    std::string body_hash;  // SHA-256 over method, path and body
};

// The subject of the earlier request; nullopt if the key is new.
Result<std::optional<std::int64_t>> find_key(journal::Turn& turn, const IdempotencyKey& key);
void note_key(journal::Turn& turn, const IdempotencyKey& key, std::int64_t subject);
// Deletes the keys that were kept long enough. Returns how many.
Result<std::int64_t> forget_keys(journal::Turn& turn);

}  // namespace hezhi::api
