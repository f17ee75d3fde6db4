#include "crypto/totp.h"

#include <gtest/gtest.h>

namespace hezhi::crypto {
namespace {

TEST(Totp, GivesTheCodesOfRfc6238) {
    struct Row {
        std::int64_t seconds;
        const char* code;
    };
    for (Row row :
         {Row{59, "94287082"}, Row{1111111109, "07081804"}, Row{1111111111, "14050471"},
          Row{1234567890, "89005924"}, Row{2000000000, "69279037"}, Row{20000000000, "65353130"}}) {
        Instant at{row.seconds * 1000};
        EXPECT_EQ(totp_code(view_of("12345678901234567890"), totp_step(at), 8), row.code);
        EXPECT_EQ(totp_code(view_of("12345678901234567890"), totp_step(at)),
                  std::string(row.code).substr(2));
    }
}

TEST(Totp, WritesSecretsAsRfc4648Says) {
    EXPECT_EQ(base32(view_of("")), "");
    EXPECT_EQ(base32(view_of("f")), "MY");
    EXPECT_EQ(base32(view_of("fo")), "MZXQ");
    EXPECT_EQ(base32(view_of("foo")), "MZXW6");
    EXPECT_EQ(base32(view_of("foob")), "MZXW6YQ");
    EXPECT_EQ(base32(view_of("fooba")), "MZXW6YTB");
    EXPECT_EQ(base32(view_of("foobar")), "MZXW6YTBOI");
}

}  // namespace
}  // namespace hezhi::crypto
