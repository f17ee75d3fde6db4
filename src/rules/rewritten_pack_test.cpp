// packs/base as another editor, an older release or a layer over it writes it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "rules/pack_reader.h"
#include "support/changed_pack.h"

namespace hezhi::rules {
namespace {

std::expected<Pack, std::vector<RuleError>> base() {
    return read_pack_folder("packs/base");
}

// Reads packs/base with every line of every file as `changed` writes it.
template <class Changed>
auto read_base(const char* name, std::string_view begin, Changed changed) {
    namespace fs = std::filesystem;
    auto folder = fs::path(::testing::TempDir()) / name / "base";
    fs::create_directories(folder);
    for (auto& entry : fs::directory_iterator("packs/base")) {
        std::ifstream in(entry.path(), std::ios::binary);
        std::ofstream out(folder / entry.path().filename(), std::ios::binary);
        out << begin;
        for (std::string line; std::getline(in, line);) out << changed(line);
    }
    auto read = read_pack_folder(folder);
    fs::remove_all(folder.parent_path());
    return read;
}

TEST(RewrittenPack, IsTheSameWithTheLineEndsOfAnotherEditor) {
    auto read = read_base("hezhi_pack_line_ends", "\xEF\xBB\xBF",
                          [](const std::string& line) { return line + "\r\n"; });
    ASSERT_TRUE(read.has_value()) << to_string(read.error().front());
    EXPECT_EQ(read->canonical_text, base()->canonical_text);
}

TEST(RewrittenPack, OfAnOlderReleaseReadsWithTheNamesAndDaysOfThen) {
    auto read = read_base("hezhi_older_pack", "", [](const std::string& line) -> std::string {
        if (line == "days = 30" || line == "served_months = 12") return "";
        if (line == "minutes_max = 4800") return "minutes_30d_max = 3000\n";
        return line + "\n";
    });
    ASSERT_TRUE(read.has_value()) << to_string(read.error().front());
    EXPECT_EQ(read->dispatch.load_days, 30);
    EXPECT_EQ(read->dispatch.load_minutes_max, 3000);
    EXPECT_EQ(read->time_bank.liability_served_months, 12);
}

// What stands in no pack of then is what the program of then had built in.
TEST(RewrittenPack, OfAReleaseBeforeStaffAndReportsReadsWithWhatHeldThen) {
    auto without = [](std::string text, std::string_view section) {
        auto from = text.find("[" + std::string(section) + "]\n");
        EXPECT_NE(from, std::string::npos) << section;
        auto next = text.find("\n[", from);
        return text.erase(from, next == std::string::npos ? next : next + 1 - from);
    };
    auto layers = pack_layers(*base());
    ASSERT_EQ(layers.size(), 1u);
    std::vector<PackFile> then;
    for (auto& one : layers.front().files) {
        if (one.name == "staff.toml" || one.name == "reports.toml" || one.name == "sign_in.toml") {
            continue;
        }
        if (one.name == "records.toml") one.text = without(one.text, "unrecorded");
        if (one.name == "activities.toml") one.text = without(one.text, "past");
        if (one.name == "time_bank.toml") one.text = without(one.text, "statement");
        if (one.name == "joining.toml") one.text = without(one.text, "guardian_page");
        if (one.name == "dispatch.toml") one.text = without(one.text, "day_parts");
        if (one.name == "retention.toml") one.text.erase(one.text.find("days = 184\n"), 11);
        then.push_back(one);
    }
    auto read = read_pack_draft(then, *base());
    ASSERT_TRUE(read.has_value()) << to_string(read.error().front());
    EXPECT_EQ(read->reports.satisfied_mark_min, 3);
    EXPECT_EQ(read->reports.satisfied_clause.line, 0) << "there is none to name";
    EXPECT_EQ(read->staff.deputy_days_max, 366);
    EXPECT_EQ(read->records.unrecorded_shown_days, 60);
    EXPECT_EQ(read->activities.past_shown_days, 7);
    EXPECT_EQ(read->joining.outings_shown_days, 7);
    EXPECT_EQ(read->dispatch.evening_from_minute, 18 * 60);
    EXPECT_EQ(read->security_log_days(), 184);
    EXPECT_EQ(read->sign_in.lock_minutes, 15);
    EXPECT_EQ(read->time_bank.statement_small_group, 5);
    EXPECT_EQ(read->time_bank.statement_clause.line, 0);
    auto again = read_pack_text(read->canonical_text);
    ASSERT_TRUE(again.has_value()) << to_string(again.error().front());
    EXPECT_EQ(again->canonical_text, read->canonical_text);
}

TEST(RewrittenPack, OfAnOlderReleaseHasTheHotlineThatEveryDistrictHadThen) {
    namespace fs = std::filesystem;
    auto folder = fs::path(::testing::TempDir()) / "hezhi_pack_no_hotline" / "base";
    fs::create_directories(folder);
    fs::copy("packs/base", folder,
             fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    ASSERT_TRUE(fs::remove(folder / "hotline.toml"));
    auto read = read_pack_folder(folder);
    fs::remove_all(folder.parent_path());
    ASSERT_TRUE(read.has_value()) << to_string(read.error().front());
    auto stored = read_pack_text(read->canonical_text);
    ASSERT_TRUE(stored.has_value());
    EXPECT_EQ(stored->hotline.number, base()->hotline.number);
    EXPECT_EQ(stored->hotline.name, base()->hotline.name);
}

TEST(RewrittenPack, TakesALimitOfTheLoadByItsNewAndByItsOldName) {
    for (const char* name : {"minutes_max", "minutes_30d_max"}) {
        auto changed = hezhi::testing::changed_pack(*base(), "dispatch.toml", R"([load]
says = { zh = "满 50 小时后不再派单。", en = "50 hours are enough." }
)" + std::string(name) + " = 3000\n");
        EXPECT_EQ(changed.dispatch.load_minutes_max, 3000);
        EXPECT_EQ(changed.dispatch.load_days, 30);
    }
}

}  // namespace
}  // namespace hezhi::rules
