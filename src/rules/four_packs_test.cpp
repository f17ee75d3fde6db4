// Every pack that is shipped reads without a mistake, and each says something of its own.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "rules/pack_changes.h"
#include "rules/pack_merge.h"
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

// What base says of its bank holds under a layer that calls it something else, by that name.
TEST(FourPacks, SpeakOfTheirTimeBankByTheNameThatTheyGaveIt) {
    for (const char* name : {"daxing", "west-coast", "taiyuan", "international"}) {
        const TimeBankRules& bank = shipped(name).time_bank;
        for (const Clause* clause :
             {&bank.clause, &bank.earn_clause, &bank.who_clause, &bank.caps_clause,
              &bank.redeem_clause, &bank.entitlement_clause, &bank.listing_clause,
              &bank.gift_clause, &bank.death_clause, &bank.dormancy_clause, &bank.liability_clause,
              &bank.statement_clause}) {
            for (const std::string* text : {&clause->says.zh, &clause->says.en}) {
                for (const char* other :
                     {"服务时间预约", "使用服务时间", "service time", "{bank}"}) {
                    EXPECT_EQ(text->find(other), std::string::npos) << name << ": " << *text;
                }
            }
        }
    }
    EXPECT_NE(shipped("daxing").time_bank.redeem_clause.says.zh.find("可用时间币预约"),
              std::string::npos);
    EXPECT_NE(shipped("base").time_bank.redeem_clause.says.en.find("booked by service time"),
              std::string::npos);
}

TEST(BankName, StandsInARefusalWhereverItIsMarked) {
    TimeBankRules bank;
    Words closed = with_bank_name(bank, "没有{bank}", "no {bank}");
    EXPECT_EQ(closed, (Words{"没有时间银行", "no time bank"}));
    bank.open = true;
    bank.name = {"时间币", "time coins"};
    EXPECT_EQ(with_bank_name(bank, "{bank}：用{bank}", "{bank}, by {bank}"),
              (Words{"时间币：用时间币", "time coins, by time coins"}));
    EXPECT_EQ(with_bank_name(bank, "没有名称", "no name"), (Words{"没有名称", "no name"}));
}

TEST(FourPacks, OfACityOfDistrictsReachTheWholeCity) {
    std::string reach;
    for (const auto& step : shipped("taiyuan").dispatch.widening) reach += step.reach + " ";
    EXPECT_EQ(reach, "subdistrict district city staff ");
    EXPECT_EQ(shipped("taiyuan").back_test.area_kind, "district");
}

// Whatever the groups are, what is hidden is the same, and the limit that is said is the one that
// holds.
TEST(FourPacks, SayOfABackTestThatSmallNumbersAreHiddenAndWhatWouldTellThem) {
    for (const char* name : {"base", "daxing", "west-coast", "taiyuan", "international"}) {
        const BackTestRules& rules = shipped(name).back_test;
        std::string limit = std::to_string(rules.small_group);
        EXPECT_NE(
            rules.clause.says.zh.find("少于 " + limit + " 人（件）的数，以及可由相减算出的数"),
            std::string::npos)
            << name << ": " << rules.clause.says.zh;
        EXPECT_NE(rules.clause.says.en.find("numbers of fewer than " + limit +
                                            ", and what would tell them by subtraction"),
                  std::string::npos)
            << name << ": " << rules.clause.says.en;
    }
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
    EXPECT_EQ(pack.calendar.zone.name(), "Europe/London");
    EXPECT_EQ(pack.incidents.emergency_numbers.front().number, "999");
    EXPECT_EQ(pack.area_kind("subdistrict")->name.en, "ward");
    EXPECT_EQ(pack.phones.country_code, "44");
    EXPECT_TRUE(pack.id_scheme("none")->joining);
    EXPECT_FALSE(shipped("base").id_scheme("none")->joining) << "served, but no volunteer";
    EXPECT_TRUE(shipped("base").id_scheme("passport")->joining);
    EXPECT_FALSE(pack.hotline.exists());
    EXPECT_EQ(shipped("daxing").hotline.number, "12345");
    EXPECT_EQ(pack.language, Language::en);
    EXPECT_EQ(shipped("daxing").language, Language::zh);
}

bool has_chinese(std::string_view text) {
    // The first byte of every letter from U+3000 to U+9FFF, and of the full-width forms.
    return std::ranges::any_of(text, [](char c) {
        auto byte = static_cast<unsigned char>(c);
        return (byte >= 0xE3 && byte <= 0xE9) || byte == 0xEF;
    });
}

// Every source and every English sentence that the pack says in the end, with its place.
void gather_said(const TomlNode& node, const std::string& path,
                 std::map<std::string, std::string>& said) {
    for (const auto& [key, member] : node.members) {
        std::string place = path + "." + key;
        if (member.kind == TomlNode::Kind::text && (key == "source" || key == "en")) {
            said[place] = member.text;
        }
        gather_said(member, place, said);
    }
    for (const auto& item : node.items) gather_said(item, path + "[]", said);
}

TEST(FourPacks, AbroadCiteNothingOfChinaAndSendNobodyToItsNumbers) {
    std::vector<RuleError> errors;
    std::set<std::string> broken;
    std::map<std::string, std::string> said;
    for (const auto& [file, tree] :
         merge_layers(pack_layers(shipped("international")), errors, broken)) {
        gather_said(tree, file, said);
    }
    EXPECT_GT(said.size(), 400u);
    for (const auto& [place, text] : said) {
        EXPECT_FALSE(has_chinese(text)) << place << ": " << text;
        for (const char* number :
             {"all 110", "all 119", "all 120", "12345", "State Council", "Party"}) {
            EXPECT_EQ(text.find(number), std::string::npos) << place << ": " << text;
        }
        if (place.starts_with("area_kinds.toml")) continue;
        EXPECT_EQ(text.find("subdistrict"), std::string::npos) << place << ": a ward there";
    }
    EXPECT_EQ(shipped("international").category("hospital_escort")->clause.source, "proposal");
    EXPECT_EQ(shipped("daxing").stars.ladder.front().clause.source,
              "志愿服务记录办法（民函〔2012〕340号）")
        << "a pack that says nothing of it keeps the sources of base";
}

TEST(FourPacks, ShowTheirChangesByTheNameOfTheirTimeBank) {
    auto changes = pack_changes(shipped("base"), shipped("taiyuan"));
    auto age = std::ranges::find(changes, "redeem.age_years_min", &PackChange::key);
    ASSERT_NE(age, changes.end());
    EXPECT_NE(age->says.zh.find("可用互助时间预约"), std::string::npos) << age->says.zh;
}

// What a second officer is shown: a replaced file changes as a whole.
TEST(FourPacks, AbroadShowWhatTheyReplaceAsChanged) {
    std::set<std::string> gone;
    for (const auto& change : pack_changes(shipped("base"), shipped("international"))) {
        if (change.after.empty()) gone.insert(change.key);
    }
    EXPECT_TRUE(gone.contains("star.4.hours"));
    EXPECT_TRUE(gone.contains("id_scheme.resident_id.pattern"));
}

TEST(FourPacks, SayEveryClauseInOneSentence) {
    for (const char* name : {"base", "daxing", "west-coast", "taiyuan", "international"}) {
        const std::vector<PackSource> layers = pack_layers(shipped(name));
        for (const PackFile& file : layers.back().files) {
            std::istringstream lines(file.text);
            for (std::string line; std::getline(lines, line);) {
                if (!line.starts_with("says = ")) continue;
                auto stop = line.find("。");
                bool second = stop != std::string::npos && line.find("。", stop + 1) < line.size();
                EXPECT_FALSE(second || line.find(". ") < line.size())
                    << name << "/" << file.name << ": " << line;
            }
        }
    }
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
