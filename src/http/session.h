// One connection: reads a request, calls the handler, writes the answer, again. Internal.
//
// Lives on one I/O thread, kept alive by its own coroutines; all members are called there.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/io_worker.h"
#include "http/request_reader.h"
#include "http/stream_queue.h"

namespace hezhi::http {

// Who is at the other end.
struct Peer {
    std::string address;
    bool trusted_proxy = false;
};

class Session : public std::enable_shared_from_this<Session> {
  public:
    // `handler` null: turns the client away with a 503. `worker` and `handler` must outlive it.
    Session(IoWorker& worker, Socket socket, ConnectionCount::Place place, Peer peer,
            const Handler* handler);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void start();
    // Closes if nothing is under way; a stream is closed, a request finishes first.
    void stop_soon();
    void close();
    void enforce_deadline(SteadyClock::time_point now);

    // Something that the coroutine may wait for has changed.
    void wake();
    // Answers of a request that is no longer waited for are dropped.
    void deliver(std::uint64_t exchange, Response response);
    void deliver(std::uint64_t exchange, std::shared_ptr<StreamQueue> stream);

  private:
    enum class Phase { idle, receiving, running, sending, streaming, lingering };

    // Coroutines. They run as members; start() holds the session until they end.
    Task<void> serve();
    Task<bool> receive();  // a whole request; false: the connection is over
    Task<bool> refuse(const RefusalRow& row);
    Task<bool> send_answer(bool is_head);
    Task<bool> send_rest(std::string_view head, std::string_view body);
    Task<void> stream_events();
    Task<void> watch_for_departure();
    Task<void> linger();

    void call_handler(Request request);
    void enter(Phase phase, std::chrono::milliseconds limit);
    void complete(Request& request) const;  // fills in what the transport knows
    void write_answer_head();
    // As much as the socket takes at once; what is left stays in the arguments. False: broken.
    bool send_now(std::string_view& head, std::string_view& body);

    IoWorker& worker_;
    ServerContext& context_;
    Socket socket_;
    ConnectionCount::Place place_;
    const Peer peer_;
    const Handler* handler_;
    Timer wake_timer_;
    RequestReader reader_;

    Phase phase_ = Phase::idle;
    SteadyClock::time_point deadline_ = SteadyClock::time_point::max();
    bool expired_ = false;
    bool closed_ = false;
    bool keep_alive_ = true;
    std::uint64_t exchange_ = 0;  // number of the request being answered

    std::optional<Response> answer_;
    std::shared_ptr<StreamQueue> stream_;
    std::string head_;
};

}  // namespace hezhi::http
