#include "app/web.h"

#include "app/all_routes.h"
#include "app/health.h"
#include "app/live.h"
#include "app/timers.h"
#include "http/problem.h"

namespace hezhi::app {
namespace {

// What one sign-in costs: two hashes at a time keep a core free for everybody else.
constexpr int password_threads = 2;
constexpr std::size_t password_waiting_max = 64;

std::string address_of(const std::string& listen, std::uint16_t port) {
    return "http://" + listen.substr(0, listen.rfind(':')) + ":" + std::to_string(port);
}

http::Response text(int status, std::string body, std::string type = "text/plain; charset=utf-8") {
    http::Response response;
    response.status = status;
    response.content_type = std::move(type);
    response.headers.emplace_back("Cache-Control", "no-store");
    response.body = std::move(body);
    return response;
}

}  // namespace

// The members are made in this order and ended in the reverse: the server first of all.
struct Web::State {
    State(Installation& i, const WebSettings& s, const Clock& c, http::Log& log)
        : installation(i),
          settings(s),
          started_at(c.now()),
          sessions(i.ledger(), s.second_factor_roles),
          attempts(accounts::sign_in_attempts),
          code_attempts(orders::code_attempts_limit),
          check_attempts(certificates::check_attempts_limit),
          kept_orders(i.ledger(), orders::order_records_max),
          erasures(i.ledger(), i.place().erasures_file(), log),
          sealer(i.ledger(), i.place()),
          sealing(sealer, log),
          hub(i.ledger().head().position),
          back_tests(i.ledger()),
          desks{.tree = i.tree(),
                .people = {i.people(), i.tree()},
                .accounts = {i.people(), i.tree(), i.suite(), i.random(), s.public_address,
                             s.second_factor_roles},
                .organizations = {i.people(), i.tree(), i.suite(), s.public_address},
                .certification = {i.people(), i.tree()},
                .insurance = {i.people(), i.tree()},
                .rule_packs = {i.people(), i.ledger()},
                .grading = {i.people(), i.tree()},
                .time_bank = {i.people(), i.tree()},
                .needs = {i.people(), i.tree()},
                .orders = {i.people(), i.tree(), i.suite(), s.public_address, &code_attempts,
                           &kept_orders},
                .batches = batches,
                .records = {i.people(), i.tree()},
                .activities = {i.people(), i.tree(), i.suite(), s.public_address, &code_attempts},
                .certificates = {i.people(), i.tree(), i.suite(), i.random(), s.public_address,
                                 &check_attempts},
                .guardians = {i.people(), i.tree(), i.suite(), s.public_address},
                .hotline = {i.people(), i.tree()},
                .incidents = {i.people(), i.tree()},
                .complaints = {i.people(), i.tree(), i.suite(), s.public_address},
                .spot_checks = {i.people(), i.tree()},
                .back_tests = {{i.people(), i.ledger()}, i.tree(), back_tests},
                .labels = all_actions()},
          passwords(password_threads, password_waiting_max, crypto::PasswordCost{}),
          sign_in{i.ledger(), passwords,
                  sessions,   desks.accounts,
                  attempts,   crypto::hash_password("nobody", crypto::PasswordCost{}),
                  &log},
          scheduler(i.ledger(), all_timers(desks.orders, i.ledger(), i.random())),
          router(
              make_routes(), i.ledger(),
              [this](const http::Request& request) { return sessions.identify(request); }, metrics,
              log),
          server({.io_threads = s.io_threads, .trust_loopback_proxy = s.trust_loopback_proxy}, c,
                 metrics, log) {
        if (!settings.web_folder.empty()) pages = http::StaticFiles::load(settings.web_folder);
        publish_facts(installation.ledger(), hub);
        add_metrics(installation, metrics);
    }

    api::Routes make_routes() {
        api::Routes routes = all_routes(desks);
        for (auto& route : accounts::session_routes(sign_in)) routes.push_back(std::move(route));
        for (auto& route : accounts::join_routes(sign_in)) routes.push_back(std::move(route));
        for (auto& route : hotline::import_routes(desks.hotline, installation.ledger())) {
            routes.push_back(std::move(route));
        }
        for (auto& route : certificates::open_routes(desks.certificates, installation.ledger())) {
            routes.push_back(std::move(route));
        }
        routes.push_back(event_route(hub));
        routes.push_back(health_route(installation, {started_at, erasures, sealer}));
        return routes;
    }

    void handle(http::Request request, http::Reply reply, api::Audience audience) {
        const std::string& path = request.path;
        if (path == "/api" || path.starts_with("/api/")) {
            return router.handle(std::move(request), std::move(reply), audience);
        }
        bool office = audience == api::Audience::office;
        if (office && path == "/health") return reply.send(health_answer());
        if (office && path == "/metrics") {
            return reply.send(
                text(200, metrics.exposition(), "text/plain; version=0.0.4; charset=utf-8"));
        }
        if (pages) {
            auto surface = office ? http::Surface::office : http::Surface::public_;
            if (auto page = pages->answer(request, surface)) return reply.send(std::move(*page));
        }
        reply.send(http::problem(hezhi::refusals::not_found, http::language_of(request)));
    }

    http::Response health_answer() {
        HealthPage page = health(installation, {started_at, erasures, sealer});
        bool well = true;
        for (const auto& check : page.checks) well = well && (check.ok || is_for_people(check));
        return text(well ? 200 : 503, to_json(page), "application/json");
    }

    Installation& installation;
    WebSettings settings;
    Instant started_at;
    http::Metrics metrics;
    accounts::Sessions sessions;
    http::RateLimiter attempts;
    http::RateLimiter code_attempts;
    http::RateLimiter check_attempts;
    journal::KeptRecords kept_orders;
    ErasuresKept erasures;
    Sealer sealer;
    SealingThread sealing;
    http::EventHub hub;
    back_tests::BackTestRunner back_tests;
    dispatch_runs::Batches batches;
    Desks desks;
    crypto::PasswordPool passwords;  // its last answers still use what stands above
    accounts::SignIn sign_in;
    jobs::Scheduler scheduler;
    api::Router router;
    std::optional<http::StaticFiles> pages;
    http::Server server;
    std::uint16_t office_port = 0;
    std::uint16_t public_port = 0;
};

Web::Web(Installation& installation, const WebSettings& settings, const Clock& clock,
         http::Log& log)
    : state_(std::make_unique<State>(installation, settings, clock, log)) {
    State& s = *state_;
    s.office_port =
        s.server.listen(settings.listen_office, [&s](http::Request request, http::Reply reply) {
            s.handle(std::move(request), std::move(reply), api::Audience::office);
        });
    s.public_port =
        s.server.listen(settings.listen_public, [&s](http::Request request, http::Reply reply) {
            s.handle(std::move(request), std::move(reply), api::Audience::everyone);
        });
    if (settings.public_address.empty()) {
        s.desks.orders.public_address = address_of(settings.listen_public, s.public_port);
        s.desks.accounts.public_address = s.desks.orders.public_address;
        s.desks.organizations.public_address = s.desks.orders.public_address;
        s.desks.certificates.public_address = s.desks.orders.public_address;
    }
}

Web::~Web() {
    stop();
}

void Web::start() {
    state_->server.start();
    state_->scheduler.start();
    state_->sealing.start();
    state_->back_tests.start();
}

void Web::stop() {
    state_->back_tests.stop();
    state_->sealing.stop();
    state_->scheduler.stop();
    state_->server.stop();
    state_->installation.ledger().stop();
}

std::uint16_t Web::office_port() const {
    return state_->office_port;
}

std::uint16_t Web::public_port() const {
    return state_->public_port;
}

const api::Routes& Web::routes() const {
    return state_->router.routes();
}

}  // namespace hezhi::app
