#include "bench/growth_svg.h"

#include <algorithm>
#include <fstream>
#include <ranges>
#include <stdexcept>

#include "bench/measure.h"

namespace hezhi::bench {
namespace {

constexpr double width = 760, left = 40, right = 720;
constexpr double top = 56, panel_height = 118, plot_height = 62;

std::string text_at(double x, double y, const char* anchor, const std::string& text,
                    const char* more = "") {
    return "<text x=\"" + shown(x, 1) + "\" y=\"" + shown(y, 1) + "\" text-anchor=\"" + anchor +
           "\" " + more + ">" + text + "</text>\n";
}

std::string draw_panel(const Panel& panel, double y, double x_max,
                       const std::vector<double>& places) {
    double base = y + 24 + plot_height;
    double most = std::max(1e-9, *std::ranges::max_element(panel.values)) * 1.1;
    auto x_of = [&](double place) { return left + (right - left) * place / x_max; };
    auto y_of = [&](double value) { return base - plot_height * value / most; };
    std::string drawn = text_at(left, y + 8, "start", panel.title, "font-weight=\"600\"");
    drawn += "<line x1=\"" + shown(left, 1) + "\" y1=\"" + shown(base, 1) + "\" x2=\"" +
             shown(right, 1) + "\" y2=\"" + shown(base, 1) + "\" stroke=\"#888\"/>\n";
    std::string line;
    for (std::size_t i = 0; i < places.size(); ++i) {
        line += shown(x_of(places[i]), 1) + "," + shown(y_of(panel.values[i]), 1) + " ";
    }
    drawn +=
        "<polyline points=\"" + line + "\" fill=\"none\" stroke=\"#a63d2f\" stroke-width=\"2\"/>\n";
    for (std::size_t i = 0; i < places.size(); ++i) {
        double x = x_of(places[i]), at = y_of(panel.values[i]);
        drawn += "<circle cx=\"" + shown(x, 1) + "\" cy=\"" + shown(at, 1) +
                 "\" r=\"3\" fill=\"#a63d2f\"/>\n";
        const char* anchor = i + 1 == places.size() ? "end" : "middle";
        drawn += text_at(x, at - 7, anchor, shown(panel.values[i], panel.digits));
    }
    return drawn;
}

}  // namespace

void draw_growth(const std::filesystem::path& file, const std::string& heading,
                 const std::vector<double>& places, const std::vector<std::string>& under,
                 const std::vector<Panel>& panels) {
    double height = top + panel_height * static_cast<double>(panels.size()) + 46;
    double x_max = *std::ranges::max_element(places);
    std::ofstream out(file);
    out << "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " << shown(width, 0) << " "
        << shown(height, 0) << "\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n"
        << "<title>" << heading << "</title>\n"
        << "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
        << text_at(left, 28, "start", heading, "font-size=\"15\" font-weight=\"600\"");
    double y = top;
    for (const Panel& panel : panels) {
        out << draw_panel(panel, y, x_max, places);
        y += panel_height;
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        const char* anchor = i + 1 == places.size() ? "end" : "middle";
        double x = left + (right - left) * places[i] / x_max, line = y + 6;
        for (auto part : std::views::split(under[i], '\n')) {
            out << text_at(x, line, anchor, std::string(part.begin(), part.end()));
            line += 16;
        }
    }
    out << "</svg>\n";
    if (!out.good()) throw std::runtime_error("cannot write " + file.string());
}

}  // namespace hezhi::bench
