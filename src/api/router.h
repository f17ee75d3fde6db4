// Takes a request to its route: origin, sign-in, permission, typed input, read or write, answer.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "api/route.h"
#include "http/log.h"
#include "http/metrics.h"
#include "journal/ledger.h"

namespace hezhi::api {

class Router {
  public:
    // Who is behind a request; null if nobody is signed in. Cheap: runs on the I/O thread.
    using Identify = std::function<CallerPtr(const http::Request&)>;

    // Everything given by reference must outlive the router, and the router whatever the ledger's
    // writer has waiting: stop the ledger first. Asserts that no two routes share a method and
    // path.
    Router(Routes routes, journal::Ledger& ledger, Identify identify, http::Metrics& metrics,
           http::Log& log);

    // Answers a request below /api. `audience` is the listener's: on the public one, office routes
    // do not exist.
    void handle(http::Request request, http::Reply reply, Audience audience);

    const Routes& routes() const { return routes_; }

  private:
    struct Entry {
        const Route* route;
        std::vector<std::string> segments;
        std::unique_ptr<http::RouteMeter> meter;
    };
    struct Found {
        const Entry* entry = nullptr;
        std::vector<std::string> captures;
        std::vector<http::Method> other_methods;  // that the path is known with
    };

    Found find(http::Method method, std::string_view path, Audience audience) const;
    void run(const Entry& entry, std::shared_ptr<Exchange> exchange);
    void run_read(const Route& route, const Exchange& exchange);
    void run_write(const Route& route, std::shared_ptr<Exchange> exchange);
    void render(const Route& route, const Exchange& exchange, std::int64_t subject);
    // What an action or a reading refused, in the words of the rule pack in force.
    void send_refusal(const Exchange& exchange, const Refusal& refusal) const;
    void answer(const Route& route, const Exchange& exchange,
                const std::function<Result<std::string>(const Reading&)>& read);
    void send_failure(const Route& route, const Exchange& exchange, const std::exception& error);
    Reading reading(store::Session& db, const Exchange& exchange) const;

    Routes routes_;
    std::map<std::size_t, std::vector<Entry>> by_length_;  // number of path segments
    journal::Ledger& ledger_;
    Identify identify_;
    http::Metrics& metrics_;
    http::Log& log_;
};

}  // namespace hezhi::api
