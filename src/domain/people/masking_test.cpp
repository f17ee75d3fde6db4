#include "domain/people/masking.h"

#include <gtest/gtest.h>

#include "base/assert.h"

namespace hezhi::people {
namespace {

struct MaskRow {
    const char* value;
    const char* expected;
};

TEST(MaskIdNumber, ShowsBothEndsAndNeverTheBirthDate) {
    const MaskRow rows[] = {
        {"000000198506151230", "000***********1230"},
        {"H00000000000", "H00******000"},
        {"AB0000000", "AB0****00"},
        {"A0000", "A***0"},
        {"A000", "****"},
        {"", ""},
    };
    for (const MaskRow& row : rows) EXPECT_EQ(mask_id_number(row.value), row.expected) << row.value;
}

TEST(MaskPhone, HidesTheMiddle) {
    const MaskRow rows[] = {
        {"13900001234", "139****1234"},
        {"010-80001234", "010-******34"},
        {"0351-8001234", "0351-*****34"},
        {"010-80001234转12", "010-******34"},
        {"12345678", "******78"},
        {"123", "***"},
        {"", ""},
    };
    for (const MaskRow& row : rows) EXPECT_EQ(mask_phone(row.value), row.expected) << row.value;
}

TEST(MaskName, ShowsTheFamilyName) {
    const MaskRow rows[] = {
        {"张三", "张*"},
        {"张测试", "张**"},
        {"欧阳测试", "欧阳**"},
        {"欧阳测", "欧阳*"},
        {"欧阳", "欧*"},  // two characters are a family name and a given name
        {"张", "*"},
        {"", ""},
        {"阿测试·买测试", "阿**·买**"},
        {"阿测试•买测试", "阿**•买**"},
        {"Test Person", "T*** P*****"},
        {"𠮷测", "𠮷*"},  // outside the basic plane: four bytes, one character
        {"张𠮷", "张*"},
        {"葛\U000E0100测", "葛\U000E0100*"},  // with the selector of its shape
        {"张葛\U000E0100", "张*"},
    };
    for (const MaskRow& row : rows) EXPECT_EQ(mask_name(row.value), row.expected) << row.value;
    EXPECT_THROW(mask_name("\xE5\xBC"), BrokenInvariant);
}

}  // namespace
}  // namespace hezhi::people
