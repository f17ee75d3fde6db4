#include "scenarios/scenario.h"

#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "base/text.h"

namespace hezhi::scenarios {
namespace {

std::string trimmed(const std::string& text) {
    auto clean = clean_text(text);
    if (!clean) throw std::runtime_error("no clean text: " + text);
    return *clean;
}

Row read_row(const std::vector<std::string>& cells, int line) {
    Row row;
    row.line = line;
    auto when = split(cells[0], " ");
    if (when.size() == 2) row.at = instant_of(when[0], when[1]);
    row.who = cells[1];
    row.arguments = split(cells[2], " ");
    row.what = row.arguments.front();
    row.arguments.erase(row.arguments.begin());
    row.expected = cells[3];
    return row;
}

}  // namespace

std::vector<std::string> split(const std::string& text, const std::string& separator) {
    std::vector<std::string> parts;
    std::size_t from = 0;
    while (from <= text.size()) {
        auto to = std::min(text.find(separator, from), text.size());
        auto part = trimmed(text.substr(from, to - from));
        if (!part.empty()) parts.push_back(part);
        from = to + separator.size();
    }
    return parts;
}

Instant instant_of(const std::string& day, const std::string& time) {
    int number = 0, hour = 0, minute = 0;
    if (std::sscanf(day.c_str(), "第%d天", &number) != 1 ||
        std::sscanf(time.c_str(), "%d:%d", &hour, &minute) != 2) {
        throw std::runtime_error("no time: " + day + " " + time);
    }
    return start_of(parse_day("2026-03-05").value() + (number - 1)) + std::chrono::hours(hour) +
           std::chrono::minutes(minute);
}

Scenario read_scenario(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in) throw std::runtime_error("cannot read " + file.string());
    Scenario scenario;
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.empty() || line.front() == '#') continue;
        std::vector<std::string> cells;
        std::size_t from = 0;
        while (from <= line.size()) {
            auto to = std::min(line.find('|', from), line.size());
            cells.push_back(trimmed(line.substr(from, to - from)));
            from = to + 1;
        }
        if (cells.size() != 4) {
            throw std::runtime_error(file.string() + ":" + std::to_string(number) +
                                     ": four columns are wanted");
        }
        if (cells[0] == "人物") {
            scenario.people.push_back({cells[1], cells[2], cells[3]});
        } else {
            scenario.rows.push_back(read_row(cells, number));
        }
    }
    if (scenario.rows.empty()) throw std::runtime_error(file.string() + " has no rows");
    return scenario;
}

}  // namespace hezhi::scenarios
