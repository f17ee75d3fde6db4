// CPU time of the server per GET of one order (signed in, scope check, allowed actions), against a
// bare Beast server that answers a body of the same size. Both on one I/O thread. The orders were
// read before, as those are that people work on; on PostgreSQL its own processes are not counted.
#include <cstdio>

#include "app/demo/demo.h"
#include "bench/bare_server.h"
#include "bench/measure.h"
#include "bench/order_reads.h"
#include "support/postgres_cluster.h"

namespace hezhi::bench {
namespace {

constexpr int connections = 32;
constexpr int runs = 3;

void make_data(const app::Location& location) {
    app::DemoSettings settings;
    settings.days = 7;
    settings.until = day_of(SystemClock().now()) + -1;
    settings.divisions = {"assets/divisions/qingdao-huangdao.csv"};
    settings.pack = "packs/base";
    app::live(location, settings);
}

void run(const char* engine, const app::Location& location) {
    make_data(location);
    Served ours([&](const auto& ready, const auto& wait) { serve_hezhi(location, ready, wait); });
    auto cookie = sign_in(ours.port());
    Orders orders = orders_of(ours.port(), cookie);
    Served bare([&](const auto& ready, const auto& wait) {
        serve_bare(std::string(orders.bytes, 'x'), ready, wait);
    });
    std::printf("%s: GET /api/orders/{id}: %zu orders, %zu bytes, %d connections\n", engine,
                orders.targets.size(), orders.bytes, connections);
    std::vector<double> ours_us, bare_us, ratios;
    for (int i = 0; i < runs; ++i) {
        ours_us.push_back(cpu_per_request(ours, orders.targets, cookie, connections));
        bare_us.push_back(cpu_per_request(bare, orders.targets, cookie, connections));
        ratios.push_back(ours_us.back() / bare_us.back());
        std::printf("  run %d: %s us of CPU a request, bare Beast %s us\n", i + 1,
                    shown(ours_us.back(), 1).c_str(), shown(bare_us.back(), 1).c_str());
    }
    print_ratio("server CPU per read, against bare Beast (median)", median(ratios), "at most", 2);
}

}  // namespace
}  // namespace hezhi::bench

int main() {
    using namespace hezhi;
    auto folder = bench::fresh_folder("reads");
    bench::run("SQLite", {"sqlite:" + (folder / "hezhi.sqlite").string(), folder / "hezhi.keys"});
    bench::run("PostgreSQL", {testing::PostgresCluster::on_disk().lend_database(),
                              folder / "hezhi_postgresql.keys"});
}
