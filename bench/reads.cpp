// CPU time of the server per GET of one order (signed in, scope check, allowed actions), against a
// bare Beast server that answers a body of the same size. Both on one I/O thread. The orders were
// read before, as those are that people work on; on PostgreSQL its own processes are not counted.
#include <boost/json.hpp>
#include <cstdio>
#include <fstream>

#include "app/demo/demo.h"
#include "app/web.h"
#include "bench/bare_server.h"
#include "bench/measure.h"
#include "support/postgres_cluster.h"

namespace hezhi::bench {
namespace {

constexpr int connections = 32;
constexpr int warm_up = 3000;
constexpr int requests = 20000;
constexpr int runs = 3;

void make_data(const app::Location& location) {
    app::DemoSettings settings;
    settings.days = 7;
    settings.until = day_of(SystemClock().now()) + -1;
    settings.divisions = {"assets/divisions/qingdao-huangdao.csv"};
    settings.pack = "packs/base";
    app::live(location, settings);
}

void serve_hezhi(const app::Location& location, const Served::Ready& ready,
                 const Served::Wait& wait) {
    SystemClock clock;
    crypto::SystemRandom random;
    std::ofstream nowhere("/dev/null");
    http::Log log(clock, http::LogLevel::info, nowhere);
    app::Installation installation(location, clock, random);
    app::WebSettings settings;
    settings.listen_office = "127.0.0.1:0";
    settings.listen_public = "127.0.0.1:0";
    app::Web web(installation, settings, clock, log);
    web.start();
    ready(web.office_port());
    wait();
    web.stop();
}

std::string sign_in(std::uint16_t port) {
    auto answer = ask(port, "POST", "/api/sessions", "",
                      R"({"username":"shegong","password":"hezhi-demo-1"})");
    auto at = answer.head.find("Set-Cookie: ");
    if (at == std::string::npos) throw std::runtime_error("cannot sign in: " + answer.body);
    at += 12;
    return "Cookie: " + answer.head.substr(at, answer.head.find(';', at) - at) + "\r\n";
}

struct Orders {
    std::vector<std::string> targets;
    std::size_t bytes = 0;  // of an answer, on average
};

Orders orders_of(std::uint16_t port, const std::string& cookie) {
    auto list = ask(port, "GET", "/api/orders?sort=newest&limit=50", cookie);
    const auto page = boost::json::parse(list.body);
    Orders orders;
    for (const auto& item : page.at("items").as_array()) {
        auto id = boost::json::serialize(item.at("id"));
        orders.targets.push_back("/api/orders/" + id);
        auto answer = ask(port, "GET", orders.targets.back(), cookie);
        if (answer.status != 200) throw std::runtime_error(answer.body);
        orders.bytes += answer.body.size();
    }
    orders.bytes /= orders.targets.size();
    return orders;
}

double cpu_per_request(const Served& server, const std::vector<std::string>& targets,
                       const std::string& headers) {
    load(server.port(), targets, headers, connections, warm_up);
    auto before = server.cpu_microseconds();
    load(server.port(), targets, headers, connections, requests);
    return static_cast<double>(server.cpu_microseconds() - before) / requests;
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
        ours_us.push_back(cpu_per_request(ours, orders.targets, cookie));
        bare_us.push_back(cpu_per_request(bare, orders.targets, cookie));
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
    bench::run("PostgreSQL", {testing::PostgresCluster::instance().lend_database(),
                              folder / "hezhi_postgresql.keys"});
}
