// How long until the first answer on a journal of a million facts, and how fast verify folds them.
#include <cstdio>
#include <stdexcept>

#include "bench/district.h"
#include "bench/filled.h"
#include "bench/measure.h"
#include "bench/program_start.h"

namespace hezhi::bench {
namespace {

constexpr std::int64_t facts_wanted = 1000000;
constexpr int runs = 3;

void run() {
    auto folder = fresh_folder("start");
    app::Location location{"sqlite:" + (folder / "hezhi.sqlite").string(), folder / "hezhi.keys"};
    make_district(location);
    Stopwatch watch;
    fill_journal(location, facts_wanted);
    std::printf("%lld facts written in %s s\n", static_cast<long long>(facts_wanted),
                shown(watch.seconds(), 0).c_str());
    std::vector<double> seconds;
    for (int i = 0; i < runs; ++i) {
        auto port = static_cast<std::uint16_t>(38080 + i);
        seconds.push_back(seconds_to_first_answer(location, port));
        std::printf("  run %d: %s s from start to the first answer\n", i + 1,
                    shown(seconds.back(), 3).c_str());
    }
    std::printf("start-up on a million facts (median): %s s   (at most 1: %s)\n",
                shown(median(seconds), 3).c_str(), median(seconds) <= 1 ? "holds" : "MISSED");
    verify_facts_per_second(location);
}

}  // namespace
}  // namespace hezhi::bench

int main() {
    hezhi::bench::run();
}
