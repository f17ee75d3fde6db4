// The server's EventStream: a bounded queue between any thread and one session. Internal.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "http/io_worker.h"

namespace hezhi::http {

class StreamQueue final : public EventStream {
  public:
    // Counts itself in context->streams_open, which the caller has raised.
    StreamQueue(std::shared_ptr<ServerContext> context, std::shared_ptr<Mailbox> mailbox,
                std::weak_ptr<Session> session);
    ~StreamQueue() override;

    bool send(std::string event_text) override;
    void close() override;
    void on_close(std::function<void()> callback) override;

    // For the session, on its I/O thread.
    enum class State { open, closing, cut };
    State take(std::string& text);  // replaces `text` by what is queued
    void end();                     // no more is sent; runs the callbacks, once

  private:
    enum class Urgency { news, cut };
    void wake(Urgency urgency);

    const std::shared_ptr<ServerContext> context_;
    const std::shared_ptr<Mailbox> mailbox_;
    const std::weak_ptr<Session> session_;

    std::mutex mutex_;
    std::string queued_;
    State state_ = State::open;
    bool wake_posted_ = false;
    bool ended_ = false;
    std::vector<std::function<void()>> callbacks_;
};

}  // namespace hezhi::http
