#include "http/session_reply.h"

#include "base/assert.h"
#include "http/problem.h"
#include "http/refusals.h"
#include "http/session.h"

namespace hezhi::http {

SessionReply::SessionReply(std::shared_ptr<ServerContext> context, std::shared_ptr<Mailbox> mailbox,
                           std::weak_ptr<Session> session, std::uint64_t exchange)
    : context_(std::move(context)),
      mailbox_(std::move(mailbox)),
      session_(std::move(session)),
      exchange_(exchange) {}

SessionReply::~SessionReply() {
    if (!answered_) hand_over(problem(refusals::internal_error, "zh"));
}

void SessionReply::send(Response response) {
    HEZHI_ASSERT(!answered_.exchange(true));
    hand_over(std::move(response));
}

std::shared_ptr<EventStream> SessionReply::open_stream() {
    HEZHI_ASSERT(!answered_.exchange(true));
    if (++context_->streams_open > context_->limits().streams_max) {
        --context_->streams_open;
        Response busy = problem(refusals::unavailable, "zh");
        busy.headers.emplace_back("Retry-After", "30");
        hand_over(std::move(busy));
        return nullptr;
    }
    auto stream = std::make_shared<StreamQueue>(context_, mailbox_, session_);
    hand_over(stream);
    return stream;
}

template <class Answer>
void SessionReply::hand_over(Answer answer) {
    if (mailbox_->on_thread()) {
        if (auto live = session_.lock()) live->deliver(exchange_, std::move(answer));
        return;
    }
    mailbox_->post(
        [session = session_, exchange = exchange_, answer = std::move(answer)]() mutable {
            if (auto live = session.lock()) live->deliver(exchange, std::move(answer));
        });
}

}  // namespace hezhi::http
