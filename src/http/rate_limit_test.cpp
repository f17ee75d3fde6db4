#include "http/rate_limit.h"

#include <gtest/gtest.h>

namespace hezhi::http {
namespace {

constexpr Instant start{1'000'000};

RateLimit three_then_one_a_second(std::size_t keys_max = 10) {
    RateLimit limit{};
    limit.burst = 3;
    limit.refill_every = Millis(1000);
    limit.keys_max = keys_max;
    return limit;
}

TEST(RateLimiter, AllowsABurstThenTheRate) {
    RateLimiter limiter(three_then_one_a_second());
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(limiter.refused_for("a", start));
    EXPECT_EQ(limiter.refused_for("a", start), Millis(1000));
    EXPECT_EQ(limiter.refused_for("a", start + Millis(400)), Millis(600));
    EXPECT_FALSE(limiter.refused_for("a", start + Millis(1000)));
    EXPECT_EQ(limiter.refused_for("a", start + Millis(1000)), Millis(1000));
}

TEST(RateLimiter, RefusedAttemptsDoNotProlongTheWait) {
    RateLimiter limiter(three_then_one_a_second());
    for (int i = 0; i < 100; ++i) limiter.refused_for("a", start);
    EXPECT_FALSE(limiter.refused_for("a", start + Millis(1000)));
}

TEST(RateLimiter, FillsUpToTheBurstAndNotBeyond) {
    RateLimiter limiter(three_then_one_a_second());
    limiter.refused_for("a", start);
    Instant later = start + std::chrono::hours(24);
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(limiter.refused_for("a", later));
    EXPECT_TRUE(limiter.refused_for("a", later));
}

TEST(RateLimiter, KeysDoNotShareABucket) {
    RateLimiter limiter(three_then_one_a_second());
    for (int i = 0; i < 4; ++i) limiter.refused_for("a", start);
    EXPECT_FALSE(limiter.refused_for("b", start));
}

TEST(RateLimiter, FloodOfKeysIsBoundedAndSharesOneBucket) {
    RateLimiter limiter(three_then_one_a_second(2));
    limiter.refused_for("a", start);
    limiter.refused_for("b", start);
    int allowed = 0;
    for (int i = 0; i < 1000; ++i) {
        if (!limiter.refused_for("flood" + std::to_string(i), start)) ++allowed;
    }
    EXPECT_EQ(allowed, 3);
    EXPECT_EQ(limiter.keys(), 2u);
    EXPECT_FALSE(limiter.refused_for("a", start));  // who was known before is not touched
    // Full buckets make room again.
    EXPECT_FALSE(limiter.refused_for("c", start + Millis(10000)));
    EXPECT_EQ(limiter.keys(), 1u);
}

TEST(AddressKey, TakesIpv6ByItsNetwork) {
    EXPECT_EQ(address_key("203.0.113.9"), "203.0.113.9");
    EXPECT_EQ(address_key("2001:db8:1:2:aaaa::1"), "2001:db8:1:2::/64");
    EXPECT_EQ(address_key("2001:db8:1:2:bbbb::2"), "2001:db8:1:2::/64");
    EXPECT_NE(address_key("2001:db8:1:3::1"), address_key("2001:db8:1:2::1"));
    EXPECT_EQ(address_key("odd"), "odd");
}

}  // namespace
}  // namespace hezhi::http
