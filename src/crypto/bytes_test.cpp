#include "crypto/bytes.h"

#include <gtest/gtest.h>

#include "crypto/random.h"
#include "crypto/typed_code.h"

namespace hezhi::crypto {
namespace {

TEST(Spellings, AreThoseOfTheStandards) {
    // RFC 4648, section 10, without padding and in the URL alphabet.
    EXPECT_EQ(to_base64url(view_of("")), "");
    EXPECT_EQ(to_base64url(view_of("f")), "Zg");
    EXPECT_EQ(to_base64url(view_of("fo")), "Zm8");
    EXPECT_EQ(to_base64url(view_of("foobar")), "Zm9vYmFy");
    EXPECT_EQ(to_base64url(Bytes{0xFB, 0xFF, 0xFE}), "-__-");
    EXPECT_EQ(to_hex(Bytes{0x00, 0x9A, 0xFF}), "009aff");
    // 5 bits a digit: 00000 00001 00010 … 00111 spells the first eight digits.
    EXPECT_EQ(to_crockford(Bytes{0x00, 0x44, 0x32, 0x14, 0xC7}), "01234567");
    EXPECT_EQ(to_crockford(Bytes{0xFF}), "ZW");
}

TEST(Spellings, ComeBackForRandomBytes) {
    constexpr std::uint64_t seed = 20260305;
    SCOPED_TRACE("seed " + std::to_string(seed));
    SeededRandom random(seed);
    for (std::size_t size = 0; size < 100; ++size) {
        Bytes bytes = random.bytes(size);
        EXPECT_EQ(from_hex(to_hex(bytes)), bytes);
        EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
    }
}

TEST(Spellings, RefuseWhatTheyNeverWrite) {
    for (auto text : {"0", "0g", "0x00", " 00"}) EXPECT_FALSE(from_hex(text)) << text;
    EXPECT_EQ(from_hex("aBcD"), (Bytes{0xAB, 0xCD}));
    // Padding, the other alphabet, an impossible length, left-over bits.
    for (auto text : {"Zg==", "+/+/", "Z", "Zh", "Zm9="})
        EXPECT_FALSE(from_base64url(text)) << text;
}

TEST(ConstantTimeComparison, KnowsEqualFromUnequal) {
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
}

TEST(Wipe, LeavesNothing) {
    Bytes secret{1, 2, 3};
    wipe(secret);
    EXPECT_EQ(secret, (Bytes{0, 0, 0}));
    std::string text = "secret";
    wipe(text);
    EXPECT_EQ(text, "");
}

TEST(TypedCode, IsForgiven) {
    struct Row {
        const char* typed;
        const char* meant;
    };
    const Row rows[] = {
        {"7K3M9QXA", "7K3M9QXA"},
        {"7k3m9qxa", "7K3M9QXA"},
        {" 7K3M-9QXA ", "7K3M9QXA"},
        {"oO0", "000"},
        {"iIlL1", "11111"},
        {"１２３ ４５６", "123456"},  // a Chinese keyboard in full-width mode
        {"７Ｋ３ｍ－９ｑｘａ", "7K3M9QXA"},
        {"7K3M　9QXA", "7K3M9QXA"},  // the ideographic space
    };
    for (const Row& row : rows) {
        EXPECT_EQ(clean_code(row.typed), row.meant) << row.typed;
        EXPECT_TRUE(code_matches(row.typed, row.meant)) << row.typed;
    }
}

TEST(TypedCode, IsRefusedForForeignCharacters) {
    for (auto typed : {"", " - ", "7K3U", "7K3!", "７Ｋ３！", "签到码", "7K\n3", "\xEF\xBC"}) {
        EXPECT_FALSE(clean_code(typed)) << typed;
    }
    EXPECT_FALSE(code_matches("7K3M", "7K3N"));
    EXPECT_FALSE(code_matches("", ""));
}

TEST(HalfWidth, LeavesNamesAlone) {
    EXPECT_EQ(half_width("欧阳·𠮷 ＡＢ１２～！"), "欧阳·𠮷 AB12~!");
    EXPECT_EQ(half_width("\xEF\xBC"), "\xEF\xBC");
}

TEST(SeededRandom, RepeatsItselfHoweverItIsAsked) {
    SeededRandom whole(7), parts(7), other(8);
    Bytes expected = whole.bytes(40);
    Bytes got = parts.bytes(3);
    for (std::size_t size : {1u, 8u, 28u}) {
        Bytes more = parts.bytes(size);
        got.insert(got.end(), more.begin(), more.end());
    }
    EXPECT_EQ(got, expected);
    EXPECT_NE(other.bytes(40), expected);
    // The first number of SplitMix64 from seed 0 is e220a8397b1dcdaf.
    EXPECT_EQ(to_hex(SeededRandom(0).bytes(8)), "afcd1d7b39a820e2");
}

TEST(SystemRandom, DoesNotRepeatItself) {
    SystemRandom random;
    EXPECT_NE(random.bytes(32), random.bytes(32));
}

}  // namespace
}  // namespace hezhi::crypto
