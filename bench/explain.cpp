// Explaining one figure against the length of the journal: an order and a service record with every
// fact behind them, server CPU a request, on one district whose journal grows many times over.
// Draws docs/images/explain_growth.svg.
//
//   ./dev bench explain [FACTS]     up to 400,000 facts unless told
#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>

#include "app/demo/demo.h"
#include "bench/filled.h"
#include "bench/growth_svg.h"
#include "bench/measure.h"
#include "bench/order_reads.h"

namespace hezhi::bench {
namespace {

constexpr int connections = 8;
constexpr std::int64_t shares[] = {40, 16, 8, 4, 2, 1};  // of the longest journal, one in so many

// Before the day on which the filling begins (filled.cpp).
const Day last_day = *parse_day("2026-02-28");

struct Explained {
    double facts = 0, order_us = 0, record_us = 0;
};

std::vector<std::string> facts_of(std::uint16_t port, const std::string& cookie,
                                  const std::string& noun) {
    auto list = ask(port, "GET", "/api/" + noun + "?limit=50", cookie);
    if (list.status != 200) throw std::runtime_error(list.body);
    const auto page = boost::json::parse(list.body);
    std::vector<std::string> targets;
    for (const auto& item : page.at("items").as_array()) {
        targets.push_back("/api/" + noun + "/" + boost::json::serialize(item.at("id")) + "/facts");
        auto answer = ask(port, "GET", targets.back(), cookie);
        if (answer.status != 200) throw std::runtime_error(answer.body);
    }
    return targets;
}

// The server is forked before this process has threads.
class Explaining {
  public:
    explicit Explaining(app::Location location) : location_(std::move(location)) {}

    Explained at(std::int64_t facts) {
        fill_journal(location_, facts);
        Served server(
            [&](const auto& ready, const auto& wait) { serve_hezhi(location_, ready, wait); });
        auto cookie = sign_in(server.port());
        if (orders_.empty()) {
            orders_ = facts_of(server.port(), cookie, "orders");
            records_ = facts_of(server.port(), cookie, "records");
        }
        return {static_cast<double>(facts), cpu_per_request(server, orders_, cookie, connections),
                cpu_per_request(server, records_, cookie, connections)};
    }
    std::size_t orders() const { return orders_.size(); }
    std::size_t records() const { return records_.size(); }

  private:
    app::Location location_;
    std::vector<std::string> orders_, records_;  // the same at every length
};

void draw(const std::vector<Explained>& all) {
    std::vector<double> places;
    std::vector<std::string> under;
    Panel orders{"server CPU to explain an order, microseconds", 1, {}};
    Panel records{"server CPU to explain a service record, microseconds", 1, {}};
    for (const Explained& one : all) {
        places.push_back(one.facts);
        under.push_back(shown(one.facts / 1000, 0) + "k facts");
        orders.values.push_back(one.order_us);
        records.values.push_back(one.record_us);
    }
    draw_growth("docs/images/explain_growth.svg", "Explaining one figure while the journal grows",
                places, under, {orders, records});
}

void run(std::int64_t longest) {
    auto folder = fresh_folder("explain");
    app::Location location{"sqlite:" + (folder / "hezhi.sqlite").string(), folder / "hezhi.keys"};
    app::DemoSettings settings;
    settings.until = last_day;
    settings.divisions = {"assets/divisions/qingdao-huangdao.csv"};
    settings.pack = "packs/base";
    app::live(location, settings);
    Explaining explaining(location);
    std::vector<Explained> all;
    for (std::int64_t share : shares) {
        all.push_back(explaining.at(longest / share));
        const Explained& one = all.back();
        std::printf("%s facts: an order %s us of CPU, a service record %s us\n",
                    shown(one.facts, 0).c_str(), shown(one.order_us, 1).c_str(),
                    shown(one.record_us, 1).c_str());
        std::fflush(stdout);
    }
    std::printf("%zu orders and %zu service records, the same at every length\n",
                explaining.orders(), explaining.records());
    print_ratio("an order on the longest journal, against the shortest",
                all.back().order_us / all.front().order_us, "at most", 1.5);
    print_ratio("a service record on the longest, against the shortest",
                all.back().record_us / all.front().record_us, "at most", 1.5);
    draw(all);
}

}  // namespace
}  // namespace hezhi::bench

int main(int argc, char** argv) {
    hezhi::bench::run(argc > 1 ? std::atoll(argv[1]) : 400000);
}
