// The listener: sockets in, requests out, answers and event streams back.
//
// Threads: each I/O thread has its own event loop; a connection stays on one for life, so sessions
// need no locks. Handlers run on the I/O thread and must not block it: cheap reads answer at once,
// everything else passes the Reply to another thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/instant.h"
#include "http/limits.h"
#include "http/log.h"
#include "http/message.h"
#include "http/metrics.h"

namespace hezhi::http {

// An open text/event-stream. All members may be called from any thread.
class EventStream {
  public:
    virtual ~EventStream() = default;

    // Queues whole event lines, ending with an empty line. False if the stream is closed; also if
    // the client reads so slowly that the queue is over its limit, which cuts the stream.
    virtual bool send(std::string event_text) = 0;

    // Sends what is queued, then closes.
    virtual void close() = 0;

    // Called once when the stream has ended, on the I/O thread; at once if it has already.
    virtual void on_close(std::function<void()> callback) = 0;
};

// Where an answer goes. The server implements it; so may whoever calls a Handler in process.
class ReplyChannel {
  public:
    virtual ~ReplyChannel() = default;
    virtual void send(Response response) = 0;
    virtual std::shared_ptr<EventStream> open_stream() = 0;
};

// The right to answer one request, once, from any thread. Copies share that right; when the last
// copy goes without an answer, the client gets a 500. Answering twice is a broken invariant. After
// the client left or the server stopped, answers are dropped silently.
class Reply {
  public:
    explicit Reply(std::shared_ptr<ReplyChannel> channel) : channel_(std::move(channel)) {}

    void send(Response response) const { channel_->send(std::move(response)); }

    // nullptr if streams_max are open; the client has then been answered with a 503.
    std::shared_ptr<EventStream> open_stream() const { return channel_->open_stream(); }

  private:
    std::shared_ptr<ReplyChannel> channel_;
};

// An exception out of a handler answers 500 and is logged.
using Handler = std::function<void(Request, Reply)>;

struct ServerSettings {
    Limits limits;
    int io_threads = 1;
    // Believe X-Forwarded-For and X-Forwarded-Proto, but only of peers on the loopback address. The
    // proxy must overwrite or append to them.
    bool trust_loopback_proxy = false;
};

class Server {
  public:
    // `clock`, `metrics` and `log` must outlive the server.
    Server(ServerSettings settings, const Clock& clock, Metrics& metrics, Log& log);
    ~Server();  // stops

    // Binds "127.0.0.1:8080" or "[::1]:8080"; port 0 takes any free one. Returns the port. Before
    // start() only, once for each listener. Throws std::runtime_error naming the address if it
    // cannot be had.
    std::uint16_t listen(const std::string& address, Handler handler);

    void start();

    // Stops accepting, closes idle connections and streams, lets running requests finish for
    // stop_grace, then closes the rest and joins the threads. Not from an I/O thread.
    void stop();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace hezhi::http
