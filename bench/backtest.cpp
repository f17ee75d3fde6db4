// A back-test over the facts of a made-up district, against DuckDB that does the same regrade in
// SQL on the same facts in the same run. Both warm (its table loaded, our facts loaded) and both
// cold, on two threads; what they find must be the same, or this fails.
//
//   ./dev bench backtest [PEOPLE [DAYS [LIVES]]]     500 people for 120 days, once, unless told
//
// The district is lived once and kept (lived.h). With LIVES its days happen again and again
// (later_lives.h): ten million facts of 100,000 people are 100000 30 17.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "bench/duckdb_regrade.h"
#include "bench/later_lives.h"
#include "bench/lived.h"
#include "bench/measure.h"
#include "facts/all_facts.h"
#include "facts/stored_fact.h"
#include "rules/pack_reader.h"

namespace hezhi::bench {
namespace {

constexpr int threads = 2, warm_runs = 5;
constexpr std::size_t compared_mechanisms = 5;  // those that the SQL knows: see backtest.mjs
constexpr std::size_t facts_at_a_time = 50000;

constexpr store::Query bodies_after{
    "bench.bodies_after",
    "SELECT kind, body FROM journal WHERE position > :after ORDER BY position"};
constexpr store::Query last_before{
    "bench.last_before",
    "SELECT coalesce(max(position), 0) AS position FROM journal WHERE recorded_at < :before"};

using PackPointer = std::shared_ptr<const rules::Pack>;

PackPointer base_pack() {
    auto read = rules::read_pack_folder("packs/base");
    if (!read) throw std::runtime_error(rules::to_string(read.error().front()));
    return std::make_shared<const rules::Pack>(std::move(*read));
}

// Other limits, caps and stars: every mechanism that is compared has somebody who gains or loses.
PackPointer changed_pack(const rules::Pack& base) {
    auto read = rules::read_pack_draft(
        {{"pack.toml",
          "name = \"tried\"\nversion = \"1\"\nextends = \"base\"\n"
          "title = { zh = \"试\", en = \"tried\" }\nsays = { zh = \"试。\", en = \"Tried.\" }\n"},
         {"time_limits.toml",
          "[class.P3]\nsays = { zh = \"3 小时内联系，5 日办结。\", en = \"3 hours, 5 days.\" }\n"
          "first_contact = { hours = 3, clock = \"calendar\" }\n"
          "handling = { days = 5, clock = \"calendar\" }\n"},
         {"records.toml",
          "[record]\nsays = { zh = \"3 个工作日内。\", en = \"3 days.\" }\n"
          "enter_within = { days = 3, clock = \"working\" }\n"
          "remind_after = { days = 2, clock = \"working\" }\n"},
         {"stars.toml",
          "[star.1]\nsays = { zh = \"满 5 小时。\", en = \"From 5 hours.\" }\nhours = 5\n"}},
        base);
    if (!read) throw std::runtime_error(rules::to_string(read.error().front()));
    // A pack that says so is refused while services are planned for longer; the sums are the same.
    read->records.minutes_max = 60;
    return std::make_shared<const rules::Pack>(std::move(*read));
}

bool folds(const journal::Figures& figures, std::string_view kind) {
    return std::ranges::any_of(figures, [&](const auto* def) { return def->folds(kind); });
}

std::vector<Fact> parsed(const std::vector<std::string>& bodies) {
    std::vector<Fact> facts(bodies.size());
    journal::on_threads(threads, [&](std::size_t t) {
        for (std::size_t i = bodies.size() * t / threads; i < bodies.size() * (t + 1) / threads;
             ++i) {
            facts[i] = read_stored_fact(bodies[i]);
            if (const FactKind* kind = fact_kind(facts[i].kind)) kind->parse(facts[i]);
        }
    });
    return facts;
}

// Both sides read this file: the facts of the kinds that the compared figures fold, in order.
// Returns how many facts of all kinds there are.
std::int64_t write_facts(store::Session& db, const journal::Figures& figures,
                         const LaterLives& lives, int times, const std::filesystem::path& file) {
    std::ofstream out(file, std::ios::binary);
    std::int64_t all = 0;
    for (int life = 0; life < times; ++life) {
        db.each(bodies_after, {{"after", life == 0 ? 0 : lives.settled}},
                [&](const store::Row& row) {
                    ++all;
                    if (!folds(figures, row.text("kind"))) return;
                    auto body = row.text("body");
                    if (life == 0) {
                        out << body << "\n";
                    } else {
                        out << canonical_bytes(lives.later(read_stored_fact(body), life)) << "\n";
                    }
                });
    }
    if (!out.flush().good()) throw std::runtime_error("cannot write " + file.string());
    return all;
}

template <class Use>
void each_batch(const std::filesystem::path& file, Use use) {
    std::ifstream in(file, std::ios::binary);
    std::vector<std::string> bodies;
    for (std::string body; std::getline(in, body);) {
        bodies.push_back(std::move(body));
        if (bodies.size() < facts_at_a_time) continue;
        use(bodies);
        bodies.clear();
    }
    use(bodies);
}

struct Ours {
    double load_s = 0, cold_s = 0, warm_s = 0;
    std::size_t loaded = 0;
    std::vector<BackTestPart> parts;
};

Ours regrade(const std::filesystem::path& file, const PackPointer& before, const PackPointer& after,
             const back_tests::Period& period) {
    auto compared = back_tests::mechanisms().first(compared_mechanisms);
    auto figures = back_tests::back_test_figures(compared);
    Ours ours;
    back_tests::Question question{before, after, period, compared};
    auto once = [&](const journal::LoadedFacts& loaded) {
        return back_tests::compare_packs(loaded, question, threads);
    };
    Stopwatch cold;
    journal::LoadedFacts loaded(figures);
    each_batch(file, [&](const std::vector<std::string>& bodies) { loaded.add(parsed(bodies)); });
    loaded.lay();
    ours.load_s = cold.seconds();
    ours.parts = once(loaded);
    ours.cold_s = cold.seconds();
    ours.loaded = loaded.size();
    std::vector<double> warm;
    for (int i = 0; i < warm_runs; ++i) {
        Stopwatch watch;
        ours.parts = once(loaded);
        warm.push_back(watch.seconds());
    }
    ours.warm_s = median(warm);
    return ours;
}

int run(int people, int days, int times) {
    auto before = base_pack(), after = changed_pack(*before);
    auto location = lived_district(people, days);
    auto database = store::Database::open(location.db_url);
    auto db = database->connect(store::Access::read_only);
    Day first = lived_until + (1 - days);
    // They settle on the first day.
    LaterLives lives;
    lives.settled = db->row(last_before, {{"before", start_of(first + 1)}})->integer("position");
    lives.count =
        db->row(last_before, {{"before", Instant{INT64_MAX}}})->integer("position") - lives.settled;
    lives.length = std::chrono::days(days);
    back_tests::Period period{start_of(first), start_of(first + days * times)};
    auto figures =
        back_tests::back_test_figures(back_tests::mechanisms().first(compared_mechanisms));
    auto folder = fresh_folder("backtest-duckdb");
    auto file = folder / "facts.ndjson";
    auto all = write_facts(*db, figures, lives, times, file);
    Ours ours = regrade(file, before, after, period);
    std::printf("%d people, %d times %d days: %lld facts, %zu of the kinds that are compared\n",
                people, times, days, static_cast<long long>(all), ours.loaded);
    for (const auto& part : ours.parts) {
        std::printf("  %-16s %lld subjects, +%lld, -%lld\n", part.mechanism.c_str(),
                    static_cast<long long>(part.subjects.value()),
                    static_cast<long long>(part.better.value()),
                    static_cast<long long>(part.worse.value()));
    }
    std::printf("back-test: warm %s s, cold %s s (loading %s s)\n", shown(ours.warm_s, 3).c_str(),
                shown(ours.cold_s, 2).c_str(), shown(ours.load_s, 2).c_str());
    const char* packages = std::getenv("HEZHI_DUCKDB");
    if (!packages) {
        std::filesystem::remove(file);
        std::printf("DuckDB is not here; it is not measured (HEZHI_DUCKDB)\n");
        return 0;
    }
    auto duck =
        run_duckdb(folder, packages, duck_order(*before, *after, period, figures), ours.parts);
    std::filesystem::remove(file);
    std::printf("DuckDB %s: warm %s s, cold %s s (loading %s s)\n", duck.version.c_str(),
                shown(duck.warm_s, 3).c_str(), shown(duck.cold_s, 2).c_str(),
                shown(duck.load_s, 2).c_str());
    print_ratio("DuckDB's time over ours, both warm", duck.warm_s / ours.warm_s, "at least", 1);
    print_ratio("DuckDB's time over ours, both cold", duck.cold_s / ours.cold_s, "at least", 0);
    std::printf("results: %s\n", duck.differences.empty() ? "the same" : "DIFFERENT");
    for (const auto& difference : duck.differences) std::printf("  %s\n", difference.c_str());
    return duck.differences.empty() ? 0 : 1;
}

}  // namespace
}  // namespace hezhi::bench

int main(int argc, char** argv) {
    return hezhi::bench::run(argc > 1 ? std::atoi(argv[1]) : 500,
                             argc > 2 ? std::atoi(argv[2]) : 120,
                             argc > 3 ? std::atoi(argv[3]) : 1);
}
