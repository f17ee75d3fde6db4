// What the OpenSSL command line makes of the same digits, so that anybody can draw again without
// this program:
//   printf %s SEED | sha256sum
//   printf 1001 | openssl dgst -sha256 -hmac SEED
#include "crypto/promised_seed.h"

#include <gtest/gtest.h>

namespace hezhi::crypto {
namespace {

constexpr std::string_view known =
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

TEST(PromisedSeed, IsPromisedAndDrawsAsPublished) {
    EXPECT_EQ(commitment_of(known),
              "6c86c6aac5fb24bcf5d9939cb7d7d5645ce39418f449e03b262dd4fa14b4b92b");
    EXPECT_EQ(draw_of(1, known), 6320);
    EXPECT_EQ(draw_of(1001, known), 0x50e03734 % 10000);
    EXPECT_EQ(draw_of(9007199254740991, known), 4538);
}

TEST(PromisedSeed, DrawsAboutAsOftenAsThePercentage) {
    int drawn = 0;
    for (std::int64_t id = 1; id <= 20000; ++id) drawn += draw_of(id, known) < 500;
    EXPECT_NEAR(drawn, 1000, 120);
}

TEST(PromisedSeed, IsAnotherEachTimeAndOf256Bits) {
    SeededRandom random(5);
    std::string one = new_seed(random), other = new_seed(random);
    EXPECT_EQ(one.size(), 64U);
    EXPECT_NE(one, other);
    EXPECT_NE(commitment_of(one), commitment_of(other));
    EXPECT_TRUE(from_hex(one).has_value());
}

}  // namespace
}  // namespace hezhi::crypto
