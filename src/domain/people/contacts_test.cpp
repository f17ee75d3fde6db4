#include <gtest/gtest.h>

#include "domain/people/people.h"
#include "rules/pack_reader.h"

namespace hezhi::people {
namespace {

const rules::PhoneRules& base_phones() {
    static const rules::Pack pack = rules::read_pack_folder("packs/base").value();
    return pack.phones;
}

struct ContactRow {
    const char* typed;
    const char* name;
    const char* phone;
    const char* masked;
};

TEST(Contacts, AreSplitIntoNameAndPhone) {
    const ContactRow rows[] = {
        {"王小明 13900000000", "王小明", "13900000000", "王** 139****0000"},
        {"13900000000王小明", "王小明", "13900000000", "王** 139****0000"},
        {"王阿姨，电话：139-0000-0000", "王阿姨", "13900000000", "王** 139****0000"},
        {"１３９００００００００", "", "13900000000", "139****0000"},
        {"李四", "李四", "", "李*"},
        {"3号楼502 李四 13900000000", "3号楼502 李四", "13900000000", "3***** 李* 139****0000"},
        {"𬱖某 0351-2222222", "𬱖某", "0351-2222222", "𬱖* 0351-*****22"},
        {"阿卜杜·买买提(010-66666666转12)", "阿卜杜·买买提", "010-66666666转12",
         "阿**·买** 010-******66"},
        {"1390000", "1390000", "", "1******"},
    };
    for (const ContactRow& row : rows) {
        SCOPED_TRACE(row.typed);
        Contact contact = split_contact(row.typed, base_phones());
        EXPECT_EQ(contact.name, row.name);
        EXPECT_EQ(contact.phone, row.phone);
        EXPECT_EQ(mask_contact(row.typed, base_phones()), row.masked);
    }
}

TEST(Contacts, OfSeparatorsOnlyHaveNeitherNameNorPhone) {
    EXPECT_EQ(split_contact(" ，：", base_phones()).name, "");
    EXPECT_EQ(mask_contact(" ，：", base_phones()), "*");
}

TEST(QrSvg, IsOneSquareDrawingWithItsQuietZone) {
    std::string svg = qr_svg("https://example.org/m/#/slip/12-ABCDEFGH");
    EXPECT_TRUE(svg.starts_with("<svg ")) << svg;
    EXPECT_NE(svg.find("viewBox=\"0 0 37 37\""), std::string::npos) << svg.substr(0, 120);
    // The finder pattern begins behind the quiet zone of four modules, seven dark modules wide.
    EXPECT_NE(svg.find("d=\"M4 4h7v1h-7z"), std::string::npos);
    EXPECT_NE(qr_svg("a"), qr_svg("b"));
}

}  // namespace
}  // namespace hezhi::people
