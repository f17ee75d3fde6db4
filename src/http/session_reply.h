// The Reply of one request of one session. Internal.
#pragma once

#include <atomic>
#include <memory>

#include "http/io_worker.h"

namespace hezhi::http {

class SessionReply final : public ReplyChannel {
  public:
    SessionReply(std::shared_ptr<ServerContext> context, std::shared_ptr<Mailbox> mailbox,
                 std::weak_ptr<Session> session, std::uint64_t exchange);
    ~SessionReply() override;

    void send(Response response) override;
    std::shared_ptr<EventStream> open_stream() override;

  private:
    // At once on the session's own thread, otherwise through its mailbox. The session is locked on
    // its own thread only, so that it never dies on another one.
    template <class Answer>
    void hand_over(Answer answer);

    const std::shared_ptr<ServerContext> context_;
    const std::shared_ptr<Mailbox> mailbox_;
    const std::weak_ptr<Session> session_;
    const std::uint64_t exchange_;
    std::atomic<bool> answered_ = false;
};

}  // namespace hezhi::http
