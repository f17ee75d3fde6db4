#include "rules/id_number.h"

#include <gtest/gtest.h>

#include "rules/pack_reader.h"

namespace hezhi::rules {
namespace {

// The region 990000 and the year 1800 do not occur: no row can be anybody's number.
TEST(IdNumber, FitsItsScheme) {
    auto pack = read_pack_folder("packs/base");
    ASSERT_TRUE(pack.has_value()) << to_string(pack.error().front());
    struct Row {
        const char* scheme;
        const char* number;
        bool fits;
        const char* why;
    };
    // clang-format off
    const Row rows[] = {
        {"resident_id",         "990000195001010019",    true,  "18 places, check digit right"},
        {"resident_id",         "99000019500101006X",    true,  "the check digit may be X"},
        {"resident_id",         "99000019500101006x",    false, "not normalised"},
        {"resident_id",         "990000195001010018",    false, "check digit wrong"},
        {"resident_id",         "990000195001010091",    false, "two digits changed places"},
        {"resident_id",         "990000195002300018",    false, "30 February"},
        {"resident_id",         "990000200002290036",    true,  "29 February of a leap year"},
        {"resident_id",         "99000019500101001",     false, "one place short"},
        {"resident_id",         "9900001950010100190",   false, "one place long"},
        {"resident_id",         "",                      false, "empty"},
        {"residence_permit",    "810000180001010019",    true,  "begins with 81"},
        {"residence_permit",    "990000195001010019",    false, "begins otherwise"},
        {"hk_macau_permit",     "H00000000",             true,  "H and 8 digits"},
        {"hk_macau_permit",     "M000000000",            false, "M and 9 digits"},
        {"taiwan_permit",       "00000000",              true,  "8 digits"},
        {"permanent_residence", "AAA000000000000",       true,  "the older card"},
        {"passport",            "X0000000",              true,  "letters and digits"},
        {"passport",            "X000 0000",             false, "a space"},
        {"none",                "",                      true,  "no document, no number"},
        {"none",                "123",                   false, "no document, but a number"},
    };
    // clang-format on
    for (auto& row : rows) {
        auto scheme = pack->id_scheme(row.scheme);
        ASSERT_NE(scheme, nullptr) << row.scheme;
        EXPECT_EQ(fits_scheme(row.number, *scheme), row.fits)
            << row.scheme << " " << row.number << ": " << row.why;
    }
    EXPECT_FALSE(fits_scheme(std::string(1000000, '9'), *pack->id_scheme("passport")));
}

}  // namespace
}  // namespace hezhi::rules
