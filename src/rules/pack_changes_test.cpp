#include "rules/pack_changes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "rules/pack_reader.h"

namespace hezhi::rules {
namespace {

const Pack& base_pack() {
    static const Pack pack = read_pack_folder("packs/base").value();
    return pack;
}

std::vector<PackFile> draft_files(std::string rest) {
    return {{"pack.toml",
             "name = \"west-coast\"\nversion = \"1\"\nextends = \"base\"\n"
             "title = { zh = \"西海岸\", en = \"West Coast\" }\n"
             "says = { zh = \"本区规则。\", en = \"The district's rules.\" }\n"},
            {"categories.toml", std::move(rest)}};
}

// Without the rows of pack.toml, which differ between any two packs.
std::vector<PackChange> changes_of(std::string categories) {
    auto draft = read_pack_draft(draft_files(std::move(categories)), base_pack());
    EXPECT_TRUE(draft.has_value()) << to_string(draft.error().front());
    auto all = pack_changes(base_pack(), *draft);
    std::erase_if(all, [](const PackChange& change) { return change.file == "pack.toml"; });
    return all;
}

TEST(PackChanges, NameTheValueBeforeAndAfterWithTheNewSentence) {
    auto changes = changes_of(
        "[category.visit_alone_elder]\n"
        "says = { zh = \"探访每次 60 分钟。\", en = \"A visit takes 60 minutes.\" }\n"
        "minutes_planned = 60\n");
    ASSERT_EQ(changes.size(), 1u);
    EXPECT_EQ(changes[0], (PackChange{"categories.toml",
                                      "category.visit_alone_elder.minutes_planned",
                                      "45",
                                      "60",
                                      {"探访每次 60 分钟。", "A visit takes 60 minutes."}}));
}

TEST(PackChanges, AreNoneBetweenAPackAndItself) {
    EXPECT_TRUE(pack_changes(base_pack(), base_pack()).empty());
}

TEST(PackChanges, ShowWhatIsNewWithoutABefore) {
    auto changes = changes_of(
        "[group.harbour]\n"
        "says = { zh = \"目录大类：港口服务。\", en = \"A class: harbour services.\" }\n"
        "name = { zh = \"港口服务\", en = \"harbour services\" }\nrank = 99\n");
    ASSERT_EQ(changes.size(), 2u);
    EXPECT_EQ(changes[0].key, "group.harbour.name");
    EXPECT_EQ(changes[0].before, "");
    EXPECT_EQ(changes[0].after, "en = harbour services, zh = 港口服务");
    EXPECT_EQ(changes[1].key, "group.harbour.rank");
}

TEST(PackDraft, MistakesAreNamedAsInAFolder) {
    auto draft =
        read_pack_draft(draft_files("[category.visit_alone_elder]\nminutes = 60\n"), base_pack());
    ASSERT_FALSE(draft.has_value());
    EXPECT_EQ(draft.error().front().file, "west-coast/categories.toml");
    bool named = std::ranges::any_of(draft.error(), [](const RuleError& error) {
        return error.line == 2 && error.key == "category.visit_alone_elder.minutes";
    });
    EXPECT_TRUE(named);
}

TEST(PackDraft, ExtendsOnlyWhatThePublishedPackHolds) {
    auto files = draft_files("");
    files[0].text.replace(files[0].text.find("\"base\""), 6, "\"moon\"");
    auto draft = read_pack_draft(files, base_pack());
    ASSERT_FALSE(draft.has_value());
    EXPECT_EQ(draft.error().front().key, "extends");
}

TEST(PackDraft, FollowsItselfWithoutItsEarlierLayer) {
    auto first = read_pack_draft(draft_files(""), base_pack());
    ASSERT_TRUE(first.has_value()) << to_string(first.error().front());
    auto files = draft_files(
        "[category.visit_alone_elder]\n"
        "says = { zh = \"探访每次 60 分钟。\", en = \"A visit takes 60 minutes.\" }\n"
        "minutes_planned = 60\n");
    auto second = read_pack_draft(files, *first);
    ASSERT_TRUE(second.has_value()) << to_string(second.error().front());
    EXPECT_EQ(pack_layers(*second).size(), 2u);
    EXPECT_EQ(second->category("visit_alone_elder")->minutes_planned, 60);
    EXPECT_EQ(first->category("visit_alone_elder")->minutes_planned, 45);
}

TEST(PackDraft, KeepsTheZone) {
    auto files = draft_files("");
    files.push_back({"calendar.toml",
                     "says = { zh = \"按伦敦时间。\", en = \"By London's clocks.\" }\n"
                     "zone = \"Europe/London\"\n"});
    auto draft = read_pack_draft(files, base_pack());
    ASSERT_FALSE(draft.has_value());
    EXPECT_EQ(draft.error().front().key, "zone");
    EXPECT_EQ(draft.error().front().file, "calendar.toml");
}

TEST(PackDraft, AFileStandsOnlyOnce) {
    auto files = draft_files("");
    files.push_back(files.back());
    auto draft = read_pack_draft(files, base_pack());
    ASSERT_FALSE(draft.has_value());
    EXPECT_EQ(draft.error().front().expected_en, "one file of each name");
}

}  // namespace
}  // namespace hezhi::rules
