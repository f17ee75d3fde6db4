// verify in facts a second of one core, on the journal of a made-up district in which every
// mechanism has lived. Beside it, since the figure is the machine's as well: the same facts read
// and parsed by Boost.JSON, with nothing done to them.
//
//   ./dev bench verify [PEOPLE [DAYS]]     500 people for 120 days unless told
#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>

#include "app/checks.h"
#include "app/figures.h"
#include "bench/lived.h"
#include "bench/measure.h"
#include "journal/published_packs.h"
#include "journal/verify.h"

namespace hezhi::bench {
namespace {

constexpr int runs = 3;
constexpr double facts_a_second_min = 200000;

constexpr store::Query bodies{"bench.bodies", "SELECT body FROM journal ORDER BY position"};

// Facts a second of a core.
double parsed_alone(store::Session& db) {
    std::int64_t facts = 0;
    auto before = cpu_microseconds();
    db.each(bodies, {}, [&](const store::Row& row) {
        facts += boost::json::parse(row.text("body")).is_object() ? 1 : 0;
    });
    return static_cast<double>(facts) * 1e6 / static_cast<double>(cpu_microseconds() - before);
}

int run(int people, int days) {
    auto location = lived_district(people, days);
    auto database = store::Database::open(location.db_url);
    auto db = database->connect(store::Access::read_only);
    journal::FigureTables tables(app::all_figures());
    auto packs = journal::published_packs(*db);
    std::vector<double> rates, parsed;
    std::size_t differences = 0;
    for (int i = 0; i < runs; ++i) {
        parsed.push_back(parsed_alone(*db));
        Stopwatch watch;
        auto before = cpu_microseconds();
        auto result = journal::verify(*db, tables, *packs, {}, {}, {}, app::all_checks());
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
    std::printf("parsing the same facts alone: %s a second of a core, %s x\n",
                shown(median(parsed), 0).c_str(), shown(rate / median(parsed)).c_str());
    return differences == 0 ? 0 : 1;
}

}  // namespace
}  // namespace hezhi::bench

int main(int argc, char** argv) {
    return hezhi::bench::run(argc > 1 ? std::atoi(argv[1]) : 500,
                             argc > 2 ? std::atoi(argv[2]) : 120);
}
