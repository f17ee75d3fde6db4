#include "crypto/suite.h"

#include <gtest/gtest.h>

#include <set>

#include "base/assert.h"
#include "crypto/crypto_refusals.h"
#include "crypto/typed_code.h"

namespace hezhi::crypto {
namespace {

constexpr FieldPlace place{"people", "phone", 42};

MasterKeys keys_from(std::initializer_list<std::uint8_t> fillings) {
    std::vector<Secret> keys;
    for (std::uint8_t filling : fillings) keys.emplace_back(Bytes(master_key_size, filling));
    return MasterKeys(std::move(keys));
}

class BothSuites : public testing::TestWithParam<SuiteName> {
  protected:
    Suite suite{GetParam(), keys_from({1})};
    SeededRandom random{5};

    std::string code_of_refusal(FieldPlace at, const Bytes& sealed) const {
        auto opened = suite.open(at, sealed);
        return opened ? "opened" : std::string(opened.error().row->code);
    }
};

INSTANTIATE_TEST_SUITE_P(Suites, BothSuites, testing::Values(SuiteName::gm, SuiteName::intl),
                         [](const auto& about) { return std::string(to_string(about.param)); });

TEST_P(BothSuites, OpenWhatTheySealed) {
    for (std::string clear : {std::string(), std::string("欧阳𠮷·测试"), std::string("a\0b", 3),
                              std::string(100'000, 'x')}) {
        EXPECT_EQ(suite.open(place, suite.seal(place, clear, random)), clear);
    }
}

TEST_P(BothSuites, SealDifferentlyEachTimeAndHideTheText) {
    Bytes first = suite.seal(place, "made-up text", random);
    Bytes second = suite.seal(place, "made-up text", random);
    EXPECT_NE(first, second);
    std::string text(first.begin(), first.end());
    EXPECT_EQ(text.find("made-up"), std::string::npos);
    EXPECT_EQ(first.size(), 12u + (GetParam() == SuiteName::gm ? 54u : 34u));
}

TEST_P(BothSuites, RefuseEverySingleChangedBit) {
    const Bytes sealed = suite.seal(place, "text", random);
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        Bytes changed = sealed;
        changed[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
        // Bytes 2…5 name the key, so a change there names another key.
        bool names_key = bit / 8 >= 2 && bit / 8 < 6;
        EXPECT_EQ(code_of_refusal(place, changed), names_key ? "wrong_key" : "sealed_field_damaged")
            << "bit " << bit;
    }
}

TEST_P(BothSuites, RefuseEveryCutOffLength) {
    const Bytes sealed = suite.seal(place, "text", random);
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        Bytes cut(sealed.begin(), sealed.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_EQ(code_of_refusal(place, cut), "sealed_field_damaged") << size;
    }
    Bytes longer = sealed;
    longer.push_back(0);
    EXPECT_EQ(code_of_refusal(place, longer), "sealed_field_damaged");
}

TEST_P(BothSuites, RefuseAFieldThatWasMoved) {
    const Bytes sealed = suite.seal(place, "text", random);
    for (FieldPlace moved : {FieldPlace{"people", "phone", 43}, FieldPlace{"people", "phones", 42},
                             FieldPlace{"peoplep", "hone", 42}, FieldPlace{"needs", "phone", 42}}) {
        EXPECT_EQ(code_of_refusal(moved, sealed), "sealed_field_damaged");
    }
}

TEST_P(BothSuites, RefuseAnotherMasterKey) {
    Suite other(GetParam(), keys_from({2}));
    EXPECT_EQ(code_of_refusal(place, other.seal(place, "text", random)), "wrong_key");
}

TEST_P(BothSuites, RefuseTheOtherSuitesFields) {
    Suite other(GetParam() == SuiteName::gm ? SuiteName::intl : SuiteName::gm, keys_from({1}));
    EXPECT_EQ(code_of_refusal(place, other.seal(place, "text", random)), "other_suite");
}

TEST_P(BothSuites, OpenOldFieldsAfterANewKeyAndSealUnderTheNew) {
    Suite rotated(GetParam(), keys_from({1, 2}));
    Bytes old_field = suite.seal(place, "text", random);
    EXPECT_EQ(rotated.open(place, old_field), "text");
    EXPECT_EQ(code_of_refusal(place, rotated.seal(place, "text", random)), "wrong_key");
}

TEST_P(BothSuites, FindAValueAgainByItsBlindIndex) {
    std::string index = suite.blind_index("phone", "13000000000");
    EXPECT_EQ(index.size(), 32u);
    EXPECT_EQ(suite.blind_index("phone", "13000000000"), index);
    EXPECT_NE(suite.blind_index("phone", "13000000001"), index);
    EXPECT_NE(suite.blind_index("id_number", "13000000000"), index);
    EXPECT_NE(suite.blind_index("phone1", "3000000000"), index);
    EXPECT_NE(Suite(GetParam(), keys_from({2})).blind_index("phone", "13000000000"), index);
}

TEST_P(BothSuites, KeepIndexesAndCodesWhenAKeyIsAdded) {
    Suite rotated(GetParam(), keys_from({1, 2}));
    EXPECT_EQ(rotated.blind_index("phone", "1"), suite.blind_index("phone", "1"));
    EXPECT_EQ(rotated.link_code("slip", 7, 12), suite.link_code("slip", 7, 12));
    EXPECT_EQ(rotated.digits_code("check_in", 7, "a", 6), suite.digits_code("check_in", 7, "a", 6));
}

TEST_P(BothSuites, MakeCodesThatCanBeTypedAgain) {
    std::set<std::string> seen;
    for (std::int64_t subject = 1; subject <= 200; ++subject) {
        std::string code = suite.link_code("slip", subject, 12);
        EXPECT_EQ(code.size(), 12u);
        EXPECT_EQ(clean_code(code), code);
        seen.insert(code);
        std::string digits = suite.digits_code("check_in", subject, "day", 6);
        EXPECT_EQ(digits.size(), 6u);
        EXPECT_EQ(digits.find_first_not_of("0123456789"), std::string::npos);
    }
    EXPECT_EQ(seen.size(), 200u);
    EXPECT_NE(suite.link_code("slip", 1, 12), suite.link_code("card", 1, 12));
    EXPECT_NE(suite.digits_code("check_in", 1, "a", 9), suite.digits_code("check_in", 1, "b", 9));
    EXPECT_EQ(suite.link_code("slip", 1, link_code_characters_max).size(), 51u);
}

TEST_P(BothSuites, AssertTheLengthOfACode) {
    EXPECT_THROW(suite.link_code("slip", 1, 0), BrokenInvariant);
    EXPECT_THROW(suite.link_code("slip", 1, 52), BrokenInvariant);
    EXPECT_THROW(suite.digits_code("check_in", 1, "", 10), BrokenInvariant);
}

TEST(SuiteName, IsReadAsItIsWritten) {
    EXPECT_EQ(parse_suite_name("gm"), SuiteName::gm);
    EXPECT_EQ(parse_suite_name("intl"), SuiteName::intl);
    EXPECT_FALSE(parse_suite_name("GM"));
}

// Fields sealed by an earlier build must open in every later one: the bytes themselves are held.
TEST(StoredFormat, OpensTheFieldsOfTheFirstRelease) {
    struct Row {
        SuiteName name;
        const char* sealed;
        const char* index;
    };
    const Row rows[] = {
        {SuiteName::gm,
         "010169768fd9c15c0289ec2d0a9167ec8e65a18debbed06ab0b2d65ba78d7831"
         "1cd3217ba4c322de832d9ed6ebdf85623d048193a1caeb23e53f3728",
         "59c8af96bdcb01aca129006296feeba8"},
        {SuiteName::intl,
         "010269768fd9c15c0289ec2d0a9167ec8e65d6e9ef74620ccbdb9fdad2788fec"
         "caff76852c49c0ac",
         "2e9bcbd73fd08a8609ba35c130a65cf8"},
    };
    for (const Row& row : rows) {
        Suite suite(row.name, keys_from({1}));
        SeededRandom random(1);
        EXPECT_EQ(to_hex(suite.seal(place, "合志", random)), row.sealed);
        EXPECT_EQ(suite.open(place, from_hex(row.sealed).value_or(Bytes())), "合志");
        EXPECT_EQ(suite.blind_index("phone", "1"), row.index);
    }
}

}  // namespace
}  // namespace hezhi::crypto
