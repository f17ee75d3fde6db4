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
