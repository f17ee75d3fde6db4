// One I/O thread: its event loop, its sessions, and the way into it from other threads. Internal.
#pragma once

#include <array>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_set>
#include <utility>

#include "base/result.h"
#include "http/connection_count.h"
#include "http/response_head.h"
#include "http/server.h"

// g++ 12 inlines only one half of Asio's pair of coroutine frame operators and then takes them for
// mismatched. It warns at the end of each coroutine, so for whole files that include this one.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

namespace hezhi::http {

namespace asio = boost::asio;

// The plain executor of an io_context rather than the type-erased one: no allocation, no virtual
// call for each operation.
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using SteadyClock = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<SteadyClock, asio::wait_traits<SteadyClock>, Executor>;
template <class T>
using Task = asio::awaitable<T, Executor>;
// Errors of operations are values.
inline constexpr auto quietly = asio::as_tuple(asio::use_awaitable_t<Executor>());

// What all threads of a server share. Replies and streams may outlive the server; they keep this
// alive, and touch only the members above the references.
struct ServerContext {
    ServerContext(ServerSettings s, const Clock& c, Metrics& m, Log& l);

    const ServerSettings settings;
    ConnectionCount connections;
    ConnectionCount turned_away;
    std::atomic<std::size_t> streams_open = 0;

    const Clock& clock;
    Log& log;
    Counter& connections_accepted;
    Counter& connections_turned_away;
    Counter& streams_cut;
    Metrics& metrics;

    const Limits& limits() const { return settings.limits; }
    void count_refusal(const RefusalRow& row);
};

// Posts work to an I/O thread for as long as its loop exists.
class Mailbox {
  public:
    explicit Mailbox(asio::io_context& io) : io_(&io) {}

    template <class Work>
    void post(Work work) {
        std::lock_guard lock(mutex_);
        if (io_ != nullptr) asio::post(*io_, std::move(work));
    }

    void shut() {
        std::lock_guard lock(mutex_);
        io_ = nullptr;
    }

    void set_thread(std::thread::id id) { thread_ = id; }
    bool on_thread() const { return std::this_thread::get_id() == thread_; }

  private:
    std::mutex mutex_;
    asio::io_context* io_;
    std::atomic<std::thread::id> thread_;
};

class Session;

struct IoWorker {
    explicit IoWorker(std::shared_ptr<ServerContext> c);

    Task<void> sweep();  // enforces deadlines until the loop is stopped

    std::shared_ptr<ServerContext> context;
    std::unordered_set<Session*> sessions;
    DateLine date;
    bool stopping = false;
    // After the members above: destroying the loop destroys sessions, which use them.
    asio::io_context io{1};  // 1: a single thread runs it
    std::shared_ptr<Mailbox> mailbox;
};

}  // namespace hezhi::http
