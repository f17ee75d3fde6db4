// What all benchmarks share: medians, times, a place for their databases.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace hezhi::bench {

double median(std::vector<double> values);

// "3.21" with `digits` after the point.
std::string shown(double value, int digits = 2);

class Stopwatch {
  public:
    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

  private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// CPU time of this process so far, all threads, user and system.
std::int64_t cpu_microseconds();

// A folder under build/bench, on the disk that the checkout is on; emptied first.
std::filesystem::path fresh_folder(const std::string& name);

// One line of the results: what, the value, its limit, whether it holds.
void print_ratio(const std::string& what, double ratio, const char* comparison, double limit);

}  // namespace hezhi::bench
