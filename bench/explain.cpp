// Explaining one figure against the length of the journal: what stands behind an order, a service
// record, a posting of the time bank, a balance, a certification with its star and a colour; server
// CPU a request, on one district whose journal grows many times over by the service of others.
// Draws docs/images/explain_growth.svg.
//
//   ./dev bench explain [FACTS]     up to 400,000 facts unless told
#include <algorithm>
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
constexpr double growth_max = 1.5;
constexpr std::int64_t shares[] = {40, 16, 8, 4, 2, 1};  // of the longest journal, one in so many

// Before the day on which the filling begins (filled.cpp); in so many days months are graded.
const Day last_day = *parse_day("2026-02-28");
constexpr int days_lived = 60;

// A figure that is opened to what stands behind it, for several rows of its kind.
struct Explained {
    std::string what;                  // "an order"
    std::string who;                   // username; empty: the volunteer
    std::string list;                  // where the rows are found, some of them twice
    std::string id;                    // of a row, in the list
    std::string page;                  // "/api/orders/{}/facts"
    std::vector<std::string> targets;  // the same at every length
    double bytes = 0;                  // of an answer, on average, at the first length
    std::vector<double> us;            // by length
};

std::vector<Explained> figures_explained() {
    auto row = [](const char* what, const char* who, const char* list, const char* id,
                  const char* page) { return Explained{what, who, list, id, page, {}, 0, {}}; };
    return {
        row("an order", "shegong", "/api/orders?limit=50", "id", "/api/orders/{}/facts"),
        row("a service record", "shegong", "/api/records?limit=50", "id", "/api/records/{}/facts"),
        row("a posting of the time bank", "quji", "/api/time-bank/postings?limit=50", "id",
            "/api/time-bank/postings/{}"),
        row("a balance: services and postings", "", "", "", ""),
        row("a certification and a star", "quji", "/api/records?limit=50", "person_id",
            "/api/people/{}/certification"),
        row("a colour", "quji", "/api/grades/teams?limit=50", "organization_id",
            "/api/grades/teams/{}"),
    };
}

std::string body_of(std::uint16_t port, const std::string& target, const std::string& cookie) {
    auto answer = ask(port, "GET", target, cookie);
    if (answer.status != 200) throw std::runtime_error(target + ": " + answer.body);
    return answer.body;
}

// The server is forked before this process has threads.
class Explaining {
  public:
    Explaining(app::Location location, const app::DemoAccounts& accounts)
        : location_(std::move(location)), figures_(figures_explained()) {
        for (const auto& account : accounts.items) {
            if (account.role == "volunteer" && account.code) slips_.push_back(account);
        }
        Served server(
            [&](const auto& ready, const auto& wait) { serve_hezhi(location_, ready, wait); });
        for (Explained& one : figures_) choose(server.port(), one);
    }

    void measure_at(std::int64_t facts) {
        fill_journal(location_, facts);
        Served server(
            [&](const auto& ready, const auto& wait) { serve_hezhi(location_, ready, wait); });
        for (Explained& one : figures_) {
            auto cookie = signed_in(server.port(), one.who);
            one.us.push_back(cpu_per_request(server, one.targets, cookie, connections));
        }
    }
    const std::vector<Explained>& figures() const { return figures_; }

  private:
    std::string signed_in(std::uint16_t port, const std::string& who) {
        if (!who.empty()) return sign_in(port, who);
        return sign_in_by_slip(port, *volunteer_.code, *volunteer_.pin);
    }
    // Before the journal grows: what people of the district did themselves.
    void choose(std::uint16_t port, Explained& one) {
        if (one.who.empty()) {
            choose_volunteer(port);
            one.targets = {"/api/time-bank/mine/services", "/api/time-bank/mine/postings"};
        }
        auto cookie = signed_in(port, one.who);
        if (!one.list.empty()) {
            const auto list = boost::json::parse(body_of(port, one.list, cookie));
            for (const auto& item : list.at("items").as_array()) {
                std::string target = one.page;
                target.replace(target.find("{}"), 2, boost::json::serialize(item.at(one.id)));
                one.targets.push_back(std::move(target));
            }
            std::ranges::sort(one.targets);
            auto repeated = std::ranges::unique(one.targets);
            one.targets.erase(repeated.begin(), repeated.end());
        }
        if (one.targets.empty())
            throw std::runtime_error("the district has nothing of " + one.list);
        for (const auto& target : one.targets) {
            one.bytes += static_cast<double>(body_of(port, target, cookie).size());
        }
        one.bytes /= static_cast<double>(one.targets.size());
    }
    // The one whose balance has most behind it.
    void choose_volunteer(std::uint16_t port) {
        std::size_t most = 0;
        for (const auto& slip : slips_) {
            auto cookie = sign_in_by_slip(port, *slip.code, *slip.pin);
            auto size = body_of(port, "/api/time-bank/mine/services", cookie).size();
            if (size > most) volunteer_ = slip;
            most = std::max(most, size);
        }
        if (most == 0) throw std::runtime_error("no volunteer of the district signs in");
    }

    app::Location location_;
    std::vector<app::DemoAccount> slips_;
    app::DemoAccount volunteer_;
    std::vector<Explained> figures_;
};

void draw(const std::vector<std::int64_t>& lengths, const std::vector<Explained>& figures) {
    std::vector<double> places;
    std::vector<std::string> under;
    for (std::int64_t facts : lengths) {
        places.push_back(static_cast<double>(facts));
        under.push_back(shown(places.back() / 1000, 0) + "k facts");
    }
    std::vector<Panel> panels;
    for (const Explained& one : figures) {
        panels.push_back({"server CPU to explain " + one.what + ", microseconds", 1, one.us});
    }
    draw_growth("docs/images/explain_growth.svg", "Explaining one figure while the journal grows",
                places, under, panels);
}

void run(std::int64_t longest) {
    auto folder = fresh_folder("explain");
    app::Location location{"sqlite:" + (folder / "hezhi.sqlite").string(), folder / "hezhi.keys"};
    app::DemoSettings settings;
    settings.days = days_lived;
    settings.until = last_day;
    settings.divisions = {"assets/divisions/qingdao-huangdao.csv"};
    settings.pack = "packs/base";
    auto accounts = app::live(location, settings);
    Explaining explaining(location, accounts);
    for (const Explained& one : explaining.figures()) {
        std::printf("%s: %zu pages, %s bytes\n", one.what.c_str(), one.targets.size(),
                    shown(one.bytes, 0).c_str());
    }
    std::vector<std::int64_t> lengths;
    for (std::int64_t share : shares) {
        lengths.push_back(longest / share);
        explaining.measure_at(lengths.back());
        std::printf("%lld facts, microseconds of CPU:", static_cast<long long>(lengths.back()));
        for (const Explained& one : explaining.figures()) {
            std::printf(" %s %s;", one.what.c_str(), shown(one.us.back(), 1).c_str());
        }
        std::printf("\n");
        std::fflush(stdout);
    }
    for (const Explained& one : explaining.figures()) {
        print_ratio(one.what + " on the longest journal, against the shortest",
                    one.us.back() / one.us.front(), "at most", growth_max);
    }
    draw(lengths, explaining.figures());
}

}  // namespace
}  // namespace hezhi::bench

int main(int argc, char** argv) {
    hezhi::bench::run(argc > 1 ? std::atoll(argv[1]) : 400000);
}
