// Time against size, drawn as an SVG for docs/features/dispatch.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace hezhi::bench {

struct GrowthLine {
    std::string name;
    std::string colour;
    struct Point {
        std::int32_t orders;
        double seconds;
    };
    std::vector<Point> points;  // ascending by orders
};

// Both axes are logarithmic. Lines without a point are left out.
void draw_growth(const std::vector<GrowthLine>& lines, const std::filesystem::path& file);

}  // namespace hezhi::bench
