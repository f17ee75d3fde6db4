#include "domain/people/phone_numbers.h"

#include <gtest/gtest.h>

#include "rules/pack_reader.h"

namespace hezhi::people {
namespace {

const rules::PhoneRules& phones_of(const std::string& pack) {
    static std::map<std::string, rules::Pack> read;
    if (!read.contains(pack)) read[pack] = rules::read_pack_folder("packs/" + pack).value();
    return read.at(pack).phones;
}

TEST(Phone, HasOneSpelling) {
    struct Row {
        const char* typed;
        const char* expected;
    };
    const Row rows[] = {
        {"13900000000", "13900000000"},
        {" 139 0000 0000 ", "13900000000"},
        {"139-0000-0000", "13900000000"},
        {"１３９００００００００", "13900000000"},
        {"+8613900000000", "13900000000"},
        {"+86 139 0000 0000", "13900000000"},
        {"（+86）13900000000", "13900000000"},
        {"008613900000000", "13900000000"},
        {"86-13900000000", "13900000000"},
        {"010-80000000", "010-80000000"},
        {"(010) 8000 0000", "010-80000000"},
        {"01080000000", "010-80000000"},
        {"+86 10 8000 0000", "010-80000000"},
        {"+86 (0)10 8000 0000", "010-80000000"},
        {"0086-351-8000000", "0351-8000000"},
        {"0351 8000000", "0351-8000000"},
        {"0532-80000000", "0532-80000000"},
        {"021-80000000", "021-80000000"},
        {"010-80000000转12", "010-80000000转12"},
        {"010-80000000 转 1 2", "010-80000000转12"},
        {"", "phone_malformed"},
        {"80000000", "phone_malformed"},        // no area code
        {"12900000000", "phone_malformed"},     // no such mobile prefix
        {"1390000000", "phone_malformed"},      // a digit is missing
        {"139000000000", "phone_malformed"},    // a digit too many
        {"13900000000转1", "phone_malformed"},  // a mobile has no extension
        {"010-80000000转", "phone_malformed"},
        {"010-80000000转1234567", "phone_malformed"},
        {"010-80000000转+1", "phone_malformed"},
        {"010-10000000", "phone_malformed"},
        {"0110-8000000", "phone_malformed"},
        {"+852 2000 0000", "phone_malformed"},
        {"+1 555 0100", "phone_malformed"},
        {"139O0000000", "phone_malformed"},
        {"13900000000\n", "phone_malformed"},
        {"+", "phone_malformed"},
        {"+86", "phone_malformed"},
    };
    for (const Row& row : rows) {
        auto phone = normalise_phone(row.typed, phones_of("base"));
        EXPECT_EQ(phone ? *phone : std::string(phone.error().row->code), row.expected) << row.typed;
        if (phone) {
            EXPECT_EQ(normalise_phone(*phone, phones_of("base")), *phone) << "normalised once more";
        }
    }
}

}  // namespace
}  // namespace hezhi::people
