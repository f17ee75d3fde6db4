// A scenario file, read. See README.md beside it for what the rows mean.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"

namespace hezhi::scenarios {

struct Part {
    std::string name;
    std::string role;  // as people say it: 网格员
    std::string area;
};

struct Row {
    int line = 0;
    std::optional<Instant> at;  // none: as the row above
    std::string who;
    std::string what;                    // the first word: 派单
    std::vector<std::string> arguments;  // the others
    std::string expected;
};

struct Scenario {
    std::vector<Part> people;
    std::vector<Row> rows;
};

// Throws std::runtime_error naming the line that it cannot read.
Scenario read_scenario(const std::filesystem::path& file);

// "第2天", "09:05" → the instant; throws std::runtime_error.
Instant instant_of(const std::string& day, const std::string& time);

std::vector<std::string> split(const std::string& text, const std::string& separator);

}  // namespace hezhi::scenarios
