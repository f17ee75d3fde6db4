// verify in facts a second of one core, on the journal of a made-up district in which every
// mechanism has lived.
//
//   ./dev bench verify [PEOPLE [DAYS]]     500 people for 120 days unless told
#include <cstdio>
#include <cstdlib>

#include "app/figures.h"
#include "bench/lived.h"
#include "bench/measure.h"
#include "journal/published_packs.h"
#include "journal/verify.h"

namespace hezhi::bench {
namespace {

constexpr int runs = 3;
constexpr double facts_a_second_min = 200000;

int run(int people, int days) {
    auto location = lived_district(people, days);
    auto database = store::Database::open(location.db_url);
    auto db = database->connect(store::Access::read_only);
    journal::FigureTables tables(app::all_figures());
    auto packs = journal::published_packs(*db);
    std::vector<double> rates;
    std::size_t differences = 0;
    for (int i = 0; i < runs; ++i) {
        Stopwatch watch;
        auto before = cpu_microseconds();
        auto result = journal::verify(*db, tables, *packs);
        double cpu = static_cast<double>(cpu_microseconds() - before) / 1e6;
        rates.push_back(static_cast<double>(result.facts) / cpu);
        differences = result.differences.size();
        std::printf("  run %d: %lld facts, %lld rows in %s s, %s s of CPU: %s facts/s of a core\n",
                    i + 1, static_cast<long long>(result.facts),
                    static_cast<long long>(result.rows), shown(watch.seconds()).c_str(),
                    shown(cpu).c_str(), shown(rates.back(), 0).c_str());
    }
    double rate = median(rates);
    std::printf("verify: %s facts a second of a core, %zu differences   (at least %s: %s)\n",
                shown(rate, 0).c_str(), differences, shown(facts_a_second_min, 0).c_str(),
                rate >= facts_a_second_min ? "holds" : "MISSED");
    return differences == 0 ? 0 : 1;
}

}  // namespace
}  // namespace hezhi::bench

int main(int argc, char** argv) {
    return hezhi::bench::run(argc > 1 ? std::atoi(argv[1]) : 500,
                             argc > 2 ? std::atoi(argv[2]) : 120);
}
