// Every scenario file beside this one is played by a test of one of the runners.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace hezhi::scenarios {
namespace {

TEST(ScenarioFiles, ArePlayedAll) {
    std::string runners;
    for (const auto& entry : std::filesystem::directory_iterator("tests/scenarios")) {
        if (entry.path().extension() != ".cpp") continue;
        std::ifstream in(entry.path());
        runners.append(std::istreambuf_iterator<char>(in), {});
    }
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator("tests/scenarios")) {
        if (entry.path().extension() != ".txt") continue;
        ++files;
        EXPECT_NE(runners.find("play(\"" + entry.path().generic_string() + "\")"),
                  std::string::npos)
            << entry.path() << " is played by no test";
    }
    EXPECT_GT(files, 0U) << "read in the project's root";
}

}  // namespace
}  // namespace hezhi::scenarios
