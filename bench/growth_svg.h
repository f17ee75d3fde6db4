// How measures grow, drawn: one panel a measure, all over the same years. Text and lines only, so
// that it reads in a browser, on paper and beside the text.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace hezhi::bench {

struct Panel {
    std::string title;  // "verify, facts a second"
    int digits = 0;     // after the point, of the numbers written at the points
    std::vector<double> values;
};

// `under` is written below each point of the axis, line by line: "1 year", "5 years". All panels
// have as many values as there are points; `places` says where the points stand, in any unit that
// begins at 0.
void draw_growth(const std::filesystem::path& file, const std::string& heading,
                 const std::vector<double>& places, const std::vector<std::string>& under,
                 const std::vector<Panel>& panels);

}  // namespace hezhi::bench
