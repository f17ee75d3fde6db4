// Every pack that is shipped reads without a mistake, and each says something of its own.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "rules/pack_reader.h"

namespace hezhi::rules {
namespace {

const Pack& shipped(const std::string& name) {
    static std::map<std::string, Pack> read;
    if (read.contains(name)) return read.at(name);
    auto pack = read_pack_folder("packs/" + name);
    if (!pack) {
        for (const auto& error : pack.error()) ADD_FAILURE() << to_string(error);
        return read[name];
    }
    return read[name] = std::move(*pack);
}

// As a visitor would notice it: what the bank is called, the first star, how soon somebody calls.
std::string at_a_glance(const std::string& name) {
    const Pack& pack = shipped(name);
    const TimeLimit& contact = pack.limit_class("P3")->first_contact;
    return pack.time_bank.name.zh + ", " + std::to_string(pack.stars.ladder.front().hours) +
           " h, " + std::to_string(contact.amount) + " " + std::string(label_of(contact.unit)) +
           ", green " + std::to_string(pack.color_grades.green_from);
}

TEST(FourPacks, DifferAtAGlance) {
    EXPECT_EQ(at_a_glance("base"), "服务时间, 100 h, 24 hours, green 85");
    EXPECT_EQ(at_a_glance("daxing"), "时间币, 100 h, 4 hours, green 85");
    EXPECT_EQ(at_a_glance("west-coast"), "时间银行, 100 h, 12 hours, green 90");
    EXPECT_EQ(at_a_glance("taiyuan"), "互助时间, 50 h, 24 hours, green 85");
    EXPECT_EQ(at_a_glance("international"), "互助小时, 25 h, 3 days, green 85");
}

TEST(FourPacks, OfACityOfDistrictsReachTheWholeCity) {
    std::string reach;
    for (const auto& step : shipped("taiyuan").dispatch.widening) reach += step.reach + " ";
    EXPECT_EQ(reach, "subdistrict district city staff ");
    EXPECT_EQ(shipped("taiyuan").back_test.area_kind, "district");
}

TEST(FourPacks, AbroadReplaceWhatOnlyFitsChina) {
    const Pack& pack = shipped("international");
    EXPECT_EQ(pack.time_bank.model, TimeBankModel::mutual);
    EXPECT_EQ(pack.time_bank.overdraft_minutes_max, 600);
    std::string schemes;
    for (const auto& scheme : pack.id_schemes) schemes += scheme.key + " ";
    EXPECT_EQ(schemes, "passport none ") << "those of base are gone";
    EXPECT_EQ(pack.stars.ladder.size(), 3u);
    EXPECT_EQ(pack.calendar.years.at(2026).holidays.count(*parse_day("2026-04-03")), 1u);
    EXPECT_EQ(pack.calendar.years.at(2026).holidays.count(*parse_day("2026-10-01")), 0u);
    EXPECT_TRUE(pack.calendar.years.at(2026).working_days.empty());
    EXPECT_EQ(pack.incidents.emergency_numbers.front().number, "999");
    EXPECT_EQ(pack.area_kind("subdistrict")->name.en, "ward");
    EXPECT_EQ(pack.phones.country_code, "44");
}

TEST(FourPacks, NameNoPartyAndReadBackFromTheirText) {
    for (const char* name : {"daxing", "west-coast", "taiyuan", "international"}) {
        const Pack& pack = shipped(name);
        EXPECT_EQ(pack.canonical_text.find("党"), std::string::npos) << name;
        auto again = read_pack_text(pack.canonical_text);
        ASSERT_TRUE(again.has_value()) << name;
        EXPECT_EQ(again->canonical_text, pack.canonical_text);
        EXPECT_EQ(again->phones.hint, pack.phones.hint);
    }
}

}  // namespace
}  // namespace hezhi::rules
