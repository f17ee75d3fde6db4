// Token buckets by key: how often one address or one account may ask.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/instant.h"

namespace hezhi::http {

struct RateLimit {
    std::int64_t burst;   // tokens of a full bucket: what may come at once
    Millis refill_every;  // one token comes back in this time
    // Keys remembered at most; each costs about 100 bytes. Keys that come when the table is full of
    // others still in use share one bucket, so a flood of made-up addresses gains nothing.
    std::size_t keys_max = 50000;
};

// Thread-safe.
class RateLimiter {
  public:
    explicit RateLimiter(RateLimit limit);

    // Takes a token. If there is none: how long until the next one, never zero.
    std::optional<Millis> refused_for(const std::string& key, Instant now);

    std::size_t keys() const;

  private:
    // The instant at which the bucket is full again says all: no count, nothing to refresh.
    struct Bucket {
        Instant full_at;
    };

    std::optional<Millis> take(Bucket& bucket, Instant now) const;
    void forget_full_buckets(Instant now);

    const RateLimit limit_;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
    Bucket overflow_;
    Instant swept_at_;
};

// The key of a numeric address: IPv4 whole, IPv6 by its /64, which one household or machine holds.
std::string address_key(std::string_view address);

}  // namespace hezhi::http
