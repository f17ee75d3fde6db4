#include "crypto/signing.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace hezhi::crypto {
namespace {

namespace fs = std::filesystem;

class Signing : public testing::TestWithParam<SuiteName> {
  protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "hezhi-signing-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        folder = pattern;
    }
    void TearDown() override { fs::remove_all(folder); }
    fs::path folder;
};
INSTANTIATE_TEST_SUITE_P(Suites, Signing, testing::Values(SuiteName::gm, SuiteName::intl),
                         [](const auto& which) { return std::string(to_string(which.param)); });

TEST_P(Signing, WhatWasSignedVerifiesAndNothingElse) {
    auto key = SigningKey::generate(GetParam());
    Bytes signature = key.sign("四色分级");
    EXPECT_TRUE(key.public_key().verifies("四色分级", signature));
    EXPECT_FALSE(key.public_key().verifies("四色分析", signature));
    EXPECT_FALSE(SigningKey::generate(GetParam()).public_key().verifies("四色分级", signature));
    for (std::size_t i = 0; i < signature.size(); i += 7) {
        Bytes changed = signature;
        changed[i] ^= 1;
        EXPECT_FALSE(key.public_key().verifies("四色分级", changed)) << i;
    }
    EXPECT_FALSE(key.public_key().verifies("四色分级", {}));
}

TEST_P(Signing, AKeyComesBackFromItsFileAndItsPublicHalfFromItsText) {
    auto key = SigningKey::generate(GetParam());
    ASSERT_TRUE(key.save(folder / "key").has_value());
    struct stat about {};
    ASSERT_EQ(::stat((folder / "key").c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 07777, 0600u);
    auto again = SigningKey::load(folder / "key", GetParam());
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(again->public_key().id(), key.public_key().id());
    auto known = PublicKey::from_pem(key.public_key().pem());
    ASSERT_TRUE(known.has_value());
    EXPECT_EQ(known->id(), key.public_key().id());
    EXPECT_EQ(known->suite(), GetParam());
    EXPECT_TRUE(known->verifies("a", again->sign("a")));
}

TEST_P(Signing, WrongFilesAreRefusedWithWhatToDo) {
    EXPECT_EQ(SigningKey::load(folder / "key", GetParam()).error().row->code,
              "signing_key_missing");
    std::ofstream(folder / "key") << "nothing like a key\n";
    EXPECT_EQ(SigningKey::load(folder / "key", GetParam()).error().row->code,
              "signing_key_damaged");
    auto other = GetParam() == SuiteName::gm ? SuiteName::intl : SuiteName::gm;
    ASSERT_TRUE(SigningKey::generate(other).save(folder / "key").has_value());
    EXPECT_EQ(SigningKey::load(folder / "key", GetParam()).error().row->code,
              "signing_key_damaged");
    EXPECT_EQ(SigningKey::generate(other).save(folder / "nowhere" / "key").error().row->code,
              "signing_key_not_written");
    EXPECT_FALSE(
        PublicKey::from_pem("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n"));
}

TEST_P(Signing, SeveralPublicKeysMayStandInOneText) {
    auto a = SigningKey::generate(GetParam()), b = SigningKey::generate(GetParam());
    auto all = PublicKey::all_from_pem("# ours\n" + a.public_key().pem() + "\n" +
                                       b.public_key().pem() + "-----BEGIN PUBLIC KEY-----");
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[1].id(), b.public_key().id());
}

// RFC 8032, 7.1, test 2.
TEST(SigningVectors, Ed25519IsTheOneOfTheRfc) {
    auto key = PublicKey::from_pem(
        "-----BEGIN PUBLIC KEY-----\n"
        "MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n"
        "-----END PUBLIC KEY-----\n");
    ASSERT_TRUE(key.has_value());
    auto signature = from_hex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    EXPECT_TRUE(key->verifies("\x72", *signature));
    EXPECT_FALSE(key->verifies("\x73", *signature));
}

}  // namespace
}  // namespace hezhi::crypto
