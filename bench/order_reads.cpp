#include "bench/order_reads.h"

#include <boost/json.hpp>
#include <fstream>
#include <stdexcept>

#include "app/web.h"

namespace hezhi::bench {
namespace {

constexpr int warm_up = 3000;
constexpr int requests = 20000;

std::string session_header(std::uint16_t port, const std::string& target, const std::string& body) {
    auto answer = ask(port, "POST", target, "", body);
    auto at = answer.head.find("Set-Cookie: ");
    if (at == std::string::npos) throw std::runtime_error("cannot sign in: " + answer.body);
    at += 12;
    return "Cookie: " + answer.head.substr(at, answer.head.find(';', at) - at) + "\r\n";
}

}  // namespace

void serve_hezhi(const app::Location& location, const Served::Ready& ready,
                 const Served::Wait& wait) {
    SystemClock clock;
    crypto::SystemRandom random;
    std::ofstream nowhere("/dev/null");
    http::Log log(clock, http::LogLevel::info, nowhere);
    app::Installation installation(location, clock, random, {.alone = store::AloneTimes{}});
    app::WebSettings settings;
    settings.listen_office = "127.0.0.1:0";
    settings.listen_public = "127.0.0.1:0";
    app::Web web(installation, settings, clock, log);
    web.start();
    ready(web.office_port());
    wait();
    web.stop();
}

std::string sign_in(std::uint16_t port, const std::string& username) {
    return session_header(port, "/api/sessions",
                          R"({"username":")" + username + R"(","password":"hezhi-demo-1"})");
}

std::string sign_in_by_slip(std::uint16_t port, const std::string& code, const std::string& pin) {
    return session_header(port, "/api/slip-sessions",
                          R"({"code":")" + code + R"(","pin":")" + pin + R"("})");
}

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
                       const std::string& headers, int connections) {
    load(server.port(), targets, headers, connections, warm_up);
    auto before = server.cpu_microseconds();
    load(server.port(), targets, headers, connections, requests);
    return static_cast<double>(server.cpu_microseconds() - before) / requests;
}

}  // namespace hezhi::bench
