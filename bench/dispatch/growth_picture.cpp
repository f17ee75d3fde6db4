#include "growth_picture.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>

namespace hezhi::bench {

namespace {

constexpr double left = 80, right = 640, top = 40, bottom = 400, width = 900, height = 460;

// Decades of one axis, laid out between two pixels.
struct Axis {
    int low, high;  // powers of ten
    double from, to;

    double place(double value) const {
        return from + (to - from) * (std::log10(value) - low) / (high - low);
    }
};

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

std::string seconds_text(int power) {
    if (power >= 0) return std::to_string(static_cast<int>(std::pow(10, power))) + " s";
    if (power >= -3) return std::to_string(static_cast<int>(std::pow(10, power + 3))) + " ms";
    return std::to_string(static_cast<int>(std::pow(10, power + 6))) + " µs";
}

std::string orders_text(int power) {
    return power < 3 ? std::to_string(static_cast<int>(std::pow(10, power)))
                     : std::to_string(static_cast<int>(std::pow(10, power - 3))) + ",000";
}

std::string line_between(double x1, double y1, double x2, double y2) {
    return "<path class=\"grid\" d=\"M" + number(x1) + " " + number(y1) + "L" + number(x2) + " " +
           number(y2) + "\"/>\n";
}

std::string text_at(double x, double y, const std::string& attributes, const std::string& words) {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" " + attributes + ">" + words +
           "</text>\n";
}

std::string drawn(const GrowthLine& line, const Axis& x, const Axis& y) {
    std::string path, dots;
    for (auto& [orders, seconds] : line.points) {
        auto px = number(x.place(orders)), py = number(y.place(seconds));
        path += (path.empty() ? "M" : "L") + px + " " + py;
        dots +=
            "<circle cx=\"" + px + "\" cy=\"" + py + "\" r=\"4\" fill=\"" + line.colour + "\"/>\n";
    }
    return "<path d=\"" + path + "\" stroke=\"" + line.colour +
           "\" stroke-width=\"2.5\" fill=\"none\"/>\n" + dots;
}

}  // namespace

void draw_growth(const std::vector<GrowthLine>& all, const std::filesystem::path& file) {
    auto lines = all;
    std::erase_if(lines, [](auto& line) { return line.points.empty(); });
    if (lines.empty()) return;
    double least = 1e9, most = 0, fewest = 1e9, largest = 0;
    for (auto& line : lines) {
        for (auto& [orders, seconds] : line.points) {
            least = std::min(least, seconds);
            most = std::max(most, seconds);
            fewest = std::min<double>(fewest, orders);
            largest = std::max<double>(largest, orders);
        }
    }
    auto power_below = [](double value) { return static_cast<int>(std::floor(std::log10(value))); };
    auto power_above = [](double value) { return static_cast<int>(std::ceil(std::log10(value))); };
    Axis x{power_below(fewest), std::max(power_above(largest), power_below(fewest) + 1), left,
           right};
    Axis y{power_below(least), std::max(power_above(most), power_below(least) + 1), bottom, top};

    std::ofstream out(file);
    out.exceptions(std::ios::failbit | std::ios::badbit);
    out << "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " << width << " " << height
        << "\" role=\"img\" aria-labelledby=\"title desc\">\n"
           "<title id=\"title\">CPU time against the number of orders</title>\n"
           "<desc id=\"desc\">Both axes are logarithmic; the table beside the picture holds the "
           "figures.</desc>\n"
           "<style>text{font-family:\"Noto Sans\",\"Segoe UI\",sans-serif;font-size:14px;"
           "fill:#22303a}.grid{stroke:#d5dce0;stroke-width:1}.mid{text-anchor:middle}"
           ".end{text-anchor:end}</style>\n"
           "<rect width=\"900\" height=\"460\" rx=\"14\" fill=\"#ffffff\"/>\n";
    for (int power = y.low; power <= y.high; ++power) {
        auto at = y.place(std::pow(10, power));
        out << line_between(left, at, right, at)
            << text_at(left - 8, at + 5, "class=\"end\"", seconds_text(power));
    }
    for (int power = x.low; power <= x.high; ++power) {
        auto at = x.place(std::pow(10, power));
        out << line_between(at, top, at, bottom)
            << text_at(at, bottom + 22, "class=\"mid\"", orders_text(power));
    }
    out << text_at((left + right) / 2, bottom + 46, "class=\"mid\"", "orders, 50 people each");
    for (auto& line : lines) out << drawn(line, x, y);
    // The names stand where the lines end, moved apart where they would touch.
    std::ranges::sort(lines, {}, [&](auto& line) { return y.place(line.points.back().seconds); });
    double free_from = 0;
    for (auto& line : lines) {
        auto at = std::max(y.place(line.points.back().seconds) + 5, free_from);
        free_from = at + 18;
        out << text_at(right + 14, at, "style=\"fill:" + line.colour + "\"", line.name);
    }
    out << "</svg>\n";
}

}  // namespace hezhi::bench
