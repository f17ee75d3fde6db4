#include "bench/measure.h"

#include <sys/resource.h>

#include <algorithm>
#include <cstdio>

namespace hezhi::bench {

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values.at(values.size() / 2);
}

std::string shown(double value, int digits) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

std::int64_t cpu_microseconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    auto micros = [](const timeval& t) { return std::int64_t{t.tv_sec} * 1000000 + t.tv_usec; };
    return micros(used.ru_utime) + micros(used.ru_stime);
}

std::filesystem::path fresh_folder(const std::string& name) {
    std::filesystem::path folder = std::filesystem::path("build") / "bench" / name;
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    return std::filesystem::absolute(folder);
}

void print_ratio(const std::string& what, double ratio, const char* comparison, double limit) {
    bool most = std::string_view(comparison) == "at most";
    bool holds = most ? ratio <= limit : ratio >= limit;
    std::printf("%-58s %s x   (%s %s: %s)\n", what.c_str(), shown(ratio).c_str(), comparison,
                shown(limit).c_str(), holds ? "holds" : "MISSED");
}

}  // namespace hezhi::bench
