#include "http/rate_limit.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "base/assert.h"

namespace hezhi::http {

RateLimiter::RateLimiter(RateLimit limit) : limit_(limit) {
    HEZHI_ASSERT(limit.burst >= 1 && limit.refill_every.count() >= 1 && limit.keys_max >= 1);
}

std::optional<Millis> RateLimiter::take(Bucket& bucket, Instant now) const {
    Instant from = std::max(bucket.full_at, now);
    Instant full_at = from + limit_.refill_every;
    Instant latest = now + limit_.refill_every * limit_.burst;
    if (full_at > latest) return full_at - latest;
    bucket.full_at = full_at;
    return std::nullopt;
}

std::optional<Millis> RateLimiter::refused_for(const std::string& key, Instant now) {
    std::lock_guard lock(mutex_);
    auto found = buckets_.find(key);
    if (found == buckets_.end()) {
        if (buckets_.size() >= limit_.keys_max) forget_full_buckets(now);
        if (buckets_.size() >= limit_.keys_max) return take(overflow_, now);
        found = buckets_.emplace(key, Bucket{}).first;
    }
    return take(found->second, now);
}

// At most once in the time in which one token comes back: sooner, few buckets have become full.
void RateLimiter::forget_full_buckets(Instant now) {
    if (swept_at_ && now < swept_at_ + limit_.refill_every) return;
    swept_at_ = now;
    std::erase_if(buckets_, [&](const auto& entry) { return entry.second.full_at <= now; });
}

std::size_t RateLimiter::keys() const {
    std::lock_guard lock(mutex_);
    return buckets_.size();
}

std::string address_key(std::string_view address) {
    std::string text(address);
    std::array<unsigned char, 16> bytes{};
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
    std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    std::array<char, INET6_ADDRSTRLEN> out{};
    inet_ntop(AF_INET6, bytes.data(), out.data(), out.size());
    return std::string(out.data()) + "/64";
}

}  // namespace hezhi::http
