// The published vectors of every algorithm that this folder takes from OpenSSL.
#include "crypto/digest.h"

#include <gtest/gtest.h>

#include "crypto/ciphers.h"

namespace hezhi::crypto {
namespace {

Bytes hex(std::string_view text) {
    return from_hex(text).value();
}

TEST(Sm3, HashesTheVectorsOfTheStandard) {
    // GB/T 32905-2016, annex A.
    EXPECT_EQ(to_hex(sm3("abc")),
              "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    std::string sixteen_times;
    for (int i = 0; i < 16; ++i) sixteen_times += "abcd";
    EXPECT_EQ(to_hex(sm3(sixteen_times)),
              "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

TEST(Sha256, HashesTheVectorsOfTheStandard) {
    // FIPS 180-4 examples.
    EXPECT_EQ(to_hex(sha256("")),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_hex(sha256("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, IsTheSameInParts) {
    for (DigestKind kind : {DigestKind::sha256, DigestKind::sm3}) {
        Digest parts(kind);
        parts.add("a").add("").add("bc");
        EXPECT_EQ(parts.finish(), hash(kind, view_of("abc")));
    }
}

TEST(Hmac, GivesThePublishedTags) {
    // RFC 4231, test case 2.
    EXPECT_EQ(
        to_hex(hmac(DigestKind::sha256, view_of("Jefe"), view_of("what do ya want for nothing?"))),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    // GM/T 0042-2015, annex D.3.
    std::string text = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    EXPECT_EQ(to_hex(hmac(DigestKind::sm3,
                          hex("0102030405060708090a0b0c0d0e0f10"
                              "1112131415161718191a1b1c1d1e1f20"),
                          view_of(text + text))),
              "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a");
}

TEST(Hkdf, GivesThePublishedKey) {
    // RFC 5869, test case 1.
    Bytes label = hex("f0f1f2f3f4f5f6f7f8f9");
    EXPECT_EQ(
        to_hex(hkdf(DigestKind::sha256, Bytes(22, 0x0B), hex("000102030405060708090a0b0c"),
                    {reinterpret_cast<const char*>(label.data()), label.size()}, 42)),
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    // Test case 3: neither salt nor label.
    EXPECT_EQ(
        to_hex(hkdf(DigestKind::sha256, Bytes(22, 0x0B), {}, "", 42)),
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST(Hkdf, DependsOnTheDigestAndTheLabel) {
    Bytes key(32, 1);
    EXPECT_NE(hkdf(DigestKind::sm3, key, {}, "a", 32), hkdf(DigestKind::sha256, key, {}, "a", 32));
    EXPECT_NE(hkdf(DigestKind::sm3, key, {}, "a", 32), hkdf(DigestKind::sm3, key, {}, "b", 32));
}

TEST(Sm4, EncryptsTheBlockOfTheStandard) {
    // GB/T 32907-2016, annex A. Counter mode over zeros shows the cipher's own block.
    Bytes key = hex("0123456789abcdeffedcba9876543210");
    EXPECT_EQ(to_hex(sm4_ctr(key, key, Bytes(16, 0))), "681edf34d206965e86b3e94f536e4246");
}

TEST(Sm4, CountsAsTheDraftDoes) {
    // draft-ribose-cfrg-sm4-10, annex A.2.5.1: four blocks, so the counter moves.
    Bytes clear;
    for (std::uint8_t value : {0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xAA, 0xBB}) {
        clear.insert(clear.end(), 8, value);
    }
    Bytes key = hex("0123456789abcdeffedcba9876543210");
    Bytes iv = hex("000102030405060708090a0b0c0d0e0f");
    Bytes sealed = sm4_ctr(key, iv, clear);
    EXPECT_EQ(to_hex(sealed),
              "ac3236cb970cc20791364c395a1342d1a3cbc1878c6f30cd074cce385cdd70c7"
              "f234bc0e24c11980fd1286310ce37b926e02fcd0faa0baf38b2933851d824514");
    EXPECT_EQ(sm4_ctr(key, iv, sealed), clear);
}

TEST(Aes256Gcm, GivesThePublishedTag) {
    // The GCM specification, test case 14.
    Bytes key(32, 0), iv(12, 0), clear(16, 0);
    auto sealed = aes256_gcm_seal(key, iv, {}, clear);
    EXPECT_EQ(to_hex(sealed.ciphertext), "cea7403d4d606b6e074ec5d3baf39d18");
    EXPECT_EQ(to_hex(sealed.tag), "d0d1c8a799996bf0265b98b5d48ab919");
    EXPECT_EQ(aes256_gcm_open(key, iv, {}, sealed.ciphertext, sealed.tag), clear);
    EXPECT_FALSE(aes256_gcm_open(key, iv, view_of("x"), sealed.ciphertext, sealed.tag));
}

}  // namespace
}  // namespace hezhi::crypto
