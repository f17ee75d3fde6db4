// Acknowledged actions a second of 64 clients on the real writer, against the same statements
// replayed bare at the same batch size; on PostgreSQL also against pgbench.
#include <cstdio>

#include "bench/copies.h"
#include "bench/district.h"
#include "bench/measure.h"
#include "bench/pgbench.h"

namespace hezhi::bench {
namespace {

constexpr int clients = clients_max;
constexpr int loops = 10;
constexpr int runs = 3;

struct Lived {
    double actions_per_second = 0;
    double actions_per_turn = 0;
};

Lived live(const std::string& url, const app::Location& keys, Recording* recording) {
    auto database = store::Database::open(url);
    std::unique_ptr<RecordedDatabase> recorded;
    if (recording) recorded = std::make_unique<RecordedDatabase>(*database, *recording);
    District district(recorded ? static_cast<store::Database&>(*recorded) : *database, keys, {});
    Stopwatch watch;
    auto actions = static_cast<double>(district.live(clients, loops));
    double seconds = watch.seconds();
    auto turns = static_cast<double>(district.metrics().turns.load());
    return {actions / seconds, actions / turns};
}

void compare_with_replay(Copies& copies, const app::Location& keys) {
    std::vector<double> ratios, rates;
    for (int i = 0; i < runs; ++i) {
        Lived ours = live(copies.next(), keys, nullptr);
        Recording recording;
        Lived recorded = live(copies.next(), keys, &recording);
        double actions = clients * loops * actions_per_loop;
        double bare = actions / replay_seconds(copies.next(), recording);
        std::printf(
            "  run %d: %s actions/s, %s a commit; bare %s/s, %s a commit, %s statements "
            "an action\n",
            i + 1, shown(ours.actions_per_second, 0).c_str(),
            shown(ours.actions_per_turn, 1).c_str(), shown(bare, 0).c_str(),
            shown(recorded.actions_per_turn, 1).c_str(),
            shown(static_cast<double>(recording.statements().size()) / actions, 1).c_str());
        ratios.push_back(ours.actions_per_second / bare);
        rates.push_back(ours.actions_per_second);
    }
    print_ratio(std::string(copies.engine()) + ": against its own statements, bare (median)",
                median(ratios), "at least", 0.5);
}

// One action a transaction, as pgbench runs them.
Recording record_one_by_one(Copies& copies, const app::Location& keys, int one_client_loops,
                            std::int64_t& first_position) {
    Recording recording;
    auto database = store::Database::open(copies.next());
    RecordedDatabase recorded(*database, recording);
    District district(recorded, keys, {.inline_actions_per_turn = 1});
    first_position = district.first_position();
    district.live(1, one_client_loops);
    return recording;
}

double pgbench_rate(Copies& copies, const app::Location& keys, const std::filesystem::path& folder,
                    int pgbench_clients, int pgbench_loops) {
    std::int64_t first_position = 0;
    auto recording = record_one_by_one(copies, keys, pgbench_loops, first_position);
    auto script = folder / "loop.pgbench";
    int transactions = write_pgbench_script(recording, first_position, script);
    double seconds = run_pgbench(copies.next(), script, pgbench_clients);
    return transactions * pgbench_clients / seconds;
}

void compare_with_pgbench(Copies& copies, const app::Location& keys,
                          const std::filesystem::path& folder) {
    std::vector<double> ratios;
    for (int i = 0; i < runs; ++i) {
        Lived ours = live(copies.next(), keys, nullptr);
        double one = pgbench_rate(copies, keys, folder, 1, 50);
        std::printf("  run %d: %s actions/s; pgbench with 1 client %s/s\n", i + 1,
                    shown(ours.actions_per_second, 0).c_str(), shown(one, 0).c_str());
        ratios.push_back(ours.actions_per_second / one);
    }
    double many = pgbench_rate(copies, keys, folder, clients, 5);
    std::printf("  pgbench with %d clients: %s/s\n", clients, shown(many, 0).c_str());
    print_ratio("PostgreSQL: against pgbench with 1 client (median)", median(ratios), "at least",
                1);
}

void run() {
    auto folder = fresh_folder("writes");
    app::Location keys{"", folder / "hezhi.keys"};
    std::printf("report, open, offer, accept, check in, check out, confirm, review; %d clients\n",
                clients);
    auto prepare = [&](const std::string& url) { make_district({url, keys.key_file}); };
    SqliteCopies sqlite(folder, prepare);
    compare_with_replay(sqlite, keys);
    for (const auto& file : {keys.key_file, keys.erasures_file(), keys.seal_key_file()}) {
        std::filesystem::remove(file);  // each prepared database has its own
    }
    PostgresCopies postgres(prepare);
    compare_with_replay(postgres, keys);
    compare_with_pgbench(postgres, keys, folder);
}

}  // namespace
}  // namespace hezhi::bench

int main() {
    hezhi::bench::run();
}
