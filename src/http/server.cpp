#include "http/server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <stdexcept>
#include <vector>

#include "base/assert.h"
#include "http/refusals.h"
#include "http/session.h"

namespace hezhi::http {
namespace {

using asio::ip::tcp;
using boost::system::error_code;

// How late a deadline may be noticed. One timer for all sessions of a thread, instead of arming
// and cancelling one for every read and write.
constexpr auto sweep_interval = std::chrono::milliseconds(100);
// After an accept failed for want of file descriptors.
constexpr auto accept_pause = std::chrono::milliseconds(100);

tcp::endpoint parse_endpoint(const std::string& text) {
    auto colon = text.rfind(':');
    error_code error;
    if (colon != std::string::npos) {
        std::string host = text.substr(0, colon);
        if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
        if (host == "localhost") host = "127.0.0.1";
        std::string digits = text.substr(colon + 1);
        bool numeric = !digits.empty() && digits.size() <= 5 &&
                       digits.find_first_not_of("0123456789") == std::string::npos;
        auto address = asio::ip::make_address(host, error);
        if (!error && numeric && std::stoul(digits) <= 65535) {
            return tcp::endpoint(address, static_cast<std::uint16_t>(std::stoul(digits)));
        }
    }
    throw std::runtime_error("not an address to listen on: \"" + text +
                             "\" (expected a numeric host and a port, such as 127.0.0.1:8080)");
}

struct Listener {
    Listener(asio::io_context& io, Handler h) : acceptor(io), handler(std::move(h)) {}
    Acceptor acceptor;
    const Handler handler;
};

}  // namespace

ServerContext::ServerContext(ServerSettings s, const Clock& c, Metrics& m, Log& l)
    : settings(std::move(s)),
      connections(settings.limits.connections_max, settings.limits.connections_per_address_max),
      turned_away(settings.limits.turned_away_max, settings.limits.turned_away_max),
      clock(c),
      log(l),
      connections_accepted(m.counter("hezhi_http_connections_total", "Connections accepted.")),
      connections_turned_away(m.counter("hezhi_http_connections_turned_away_total",
                                        "Connections over a limit, answered 503 or closed.")),
      streams_cut(m.counter("hezhi_http_streams_cut_total",
                            "Event streams cut because the client read too slowly.")),
      metrics(m) {}

// Rare, so that looking the counter up by its name does no harm.
void ServerContext::count_refusal(const RefusalRow& row) {
    metrics
        .counter("hezhi_http_refusals_total", "Requests refused before any route saw them.",
                 {{"code", std::string(row.code)}})
        .add();
}

IoWorker::IoWorker(std::shared_ptr<ServerContext> c)
    : context(std::move(c)), mailbox(std::make_shared<Mailbox>(io)) {}

Task<void> IoWorker::sweep() {
    Timer timer(io);
    for (;;) {
        timer.expires_after(sweep_interval);
        auto [error] = co_await timer.async_wait(quietly);
        if (error) co_return;
        auto now = SteadyClock::now();
        // Closing a session never destroys it on the spot: its coroutine has yet to see it.
        for (Session* session : sessions) session->enforce_deadline(now);
    }
}

struct Server::State {
    State(ServerSettings settings, const Clock& clock, Metrics& metrics, Log& log)
        : context(std::make_shared<ServerContext>(std::move(settings), clock, metrics, log)) {
        HEZHI_ASSERT(context->settings.io_threads >= 1);
        for (int i = 0; i < context->settings.io_threads; ++i) {
            workers.push_back(std::make_unique<IoWorker>(context));
        }
    }

    Task<void> accept(Listener& listener);
    void take_in(Socket socket, IoWorker& worker, const Handler& handler);
    void begin_stop(IoWorker& worker, bool accepts);

    std::shared_ptr<ServerContext> context;
    std::vector<std::unique_ptr<IoWorker>> workers;  // the first one accepts
    std::vector<std::unique_ptr<Listener>> listeners;
    std::vector<std::thread> threads;
    std::size_t next_worker = 0;
    enum class Stage { made, running, stopped } stage = Stage::made;
};

Task<void> Server::State::accept(Listener& listener) {
    Timer pause(workers.front()->io);
    for (;;) {
        IoWorker& worker = *workers[next_worker++ % workers.size()];
        auto [error, socket] =
            co_await listener.acceptor.async_accept(worker.io.get_executor(), quietly);
        if (!listener.acceptor.is_open()) co_return;
        if (error) {
            context->log.write(LogLevel::warning, "accept_failed", {{"reason", error.message()}});
            pause.expires_after(accept_pause);
            co_await pause.async_wait(quietly);
            continue;
        }
        take_in(std::move(socket), worker, listener.handler);
    }
}

void Server::State::take_in(Socket socket, IoWorker& worker, const Handler& handler) {
    error_code error;
    auto endpoint = socket.remote_endpoint(error);
    if (error) return;  // gone already
    context->connections_accepted.add();
    auto address = endpoint.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    }
    Peer peer;
    peer.address = address.to_string();
    peer.trusted_proxy = context->settings.trust_loopback_proxy && address.is_loopback();

    const Handler* answers = &handler;
    auto place = context->connections.admit(peer.trusted_proxy ? std::string() : peer.address);
    if (!place) {
        context->connections_turned_away.add();
        answers = nullptr;
        place = context->turned_away.admit(std::string());
        if (!place) return;
    }
    worker.mailbox->post([&worker, answers, socket = std::move(socket), place = std::move(*place),
                          peer = std::move(peer)]() mutable {
        auto session = std::make_shared<Session>(worker, std::move(socket), std::move(place),
                                                 std::move(peer), answers);
        session->start();
    });
}

void Server::State::begin_stop(IoWorker& worker, bool accepts) {
    worker.stopping = true;
    error_code ignored;
    if (accepts) {
        for (auto& listener : listeners) listener->acceptor.close(ignored);
    }
    for (Session* session : worker.sessions) session->stop_soon();
}

Server::Server(ServerSettings settings, const Clock& clock, Metrics& metrics, Log& log)
    : state_(std::make_unique<State>(std::move(settings), clock, metrics, log)) {
    metrics.gauge_from("hezhi_http_connections_open", "Connections open now.",
                       [context = state_->context] {
                           return static_cast<std::int64_t>(context->connections.open());
                       });
    metrics.gauge_from(
        "hezhi_http_streams_open", "Event streams open now.",
        [context = state_->context] { return static_cast<std::int64_t>(context->streams_open); });
}

Server::~Server() {
    stop();
}

std::uint16_t Server::listen(const std::string& address, Handler handler) {
    HEZHI_ASSERT(state_->stage == State::Stage::made);
    auto endpoint = parse_endpoint(address);
    auto listener = std::make_unique<Listener>(state_->workers.front()->io, std::move(handler));
    try {
        listener->acceptor.open(endpoint.protocol());
        listener->acceptor.set_option(asio::socket_base::reuse_address(true));
        listener->acceptor.bind(endpoint);
        listener->acceptor.listen(asio::socket_base::max_listen_connections);
    } catch (const boost::system::system_error& error) {
        throw std::runtime_error("cannot listen on " + address + ": " + error.code().message());
    }
    std::uint16_t port = listener->acceptor.local_endpoint().port();
    state_->listeners.push_back(std::move(listener));
    return port;
}

void Server::start() {
    HEZHI_ASSERT(state_->stage == State::Stage::made);
    state_->stage = State::Stage::running;
    for (auto& listener : state_->listeners) {
        asio::co_spawn(state_->workers.front()->io, state_->accept(*listener), asio::detached);
    }
    for (auto& worker : state_->workers) {
        asio::co_spawn(worker->io, worker->sweep(), asio::detached);
        state_->threads.emplace_back([&w = *worker] {
            w.mailbox->set_thread(std::this_thread::get_id());
            auto stay = asio::make_work_guard(w.io);
            w.io.run();
            // Another thread may get the same id later.
            w.mailbox->set_thread(std::thread::id());
        });
    }
}

void Server::stop() {
    if (state_->stage == State::Stage::stopped) return;
    bool ran = state_->stage == State::Stage::running;
    state_->stage = State::Stage::stopped;
    auto& context = *state_->context;
    for (auto& worker : state_->workers) HEZHI_ASSERT(!worker->mailbox->on_thread());
    if (ran) {
        for (auto& worker : state_->workers) {
            bool accepts = worker == state_->workers.front();
            worker->mailbox->post(
                [state = state_.get(), &w = *worker, accepts] { state->begin_stop(w, accepts); });
        }
        if (!context.connections.wait_until_none(context.limits().stop_grace)) {
            context.log.write(
                LogLevel::warning, "requests_cut_off",
                {{"connections", static_cast<std::int64_t>(context.connections.open())}});
        }
    }
    for (auto& worker : state_->workers) {
        worker->mailbox->shut();
        worker->io.stop();
    }
    for (auto& thread : state_->threads) thread.join();
}

}  // namespace hezhi::http
