#include "http/stream_queue.h"

#include "http/session.h"

namespace hezhi::http {

StreamQueue::StreamQueue(std::shared_ptr<ServerContext> context, std::shared_ptr<Mailbox> mailbox,
                         std::weak_ptr<Session> session)
    : context_(std::move(context)), mailbox_(std::move(mailbox)), session_(std::move(session)) {}

StreamQueue::~StreamQueue() {
    end();
}

bool StreamQueue::send(std::string event_text) {
    bool fits = true;
    {
        std::lock_guard lock(mutex_);
        if (state_ != State::open) return false;
        fits = queued_.size() + event_text.size() <= context_->limits().stream_queue_bytes_max;
        if (fits) {
            queued_ += event_text;
            if (std::exchange(wake_posted_, true)) return true;
        } else {
            state_ = State::cut;
            queued_.clear();
            context_->streams_cut.add();
        }
    }
    wake(fits ? Urgency::news : Urgency::cut);
    return fits;
}

void StreamQueue::close() {
    {
        std::lock_guard lock(mutex_);
        if (state_ != State::open) return;
        state_ = State::closing;
    }
    wake(Urgency::news);
}

void StreamQueue::wake(Urgency urgency) {
    mailbox_->post([session = session_, urgency] {
        auto live = session.lock();
        if (!live) return;
        // The session may be stuck in a write to a client that does not read.
        if (urgency == Urgency::cut) live->close();
        live->wake();
    });
}

void StreamQueue::on_close(std::function<void()> callback) {
    {
        std::lock_guard lock(mutex_);
        if (!ended_) {
            callbacks_.push_back(std::move(callback));
            return;
        }
    }
    callback();
}

StreamQueue::State StreamQueue::take(std::string& text) {
    std::lock_guard lock(mutex_);
    text.clear();
    text.swap(queued_);
    wake_posted_ = false;
    return state_;
}

void StreamQueue::end() {
    std::vector<std::function<void()>> callbacks;
    {
        std::lock_guard lock(mutex_);
        if (ended_) return;
        ended_ = true;
        if (state_ == State::open) state_ = State::closing;
        queued_.clear();
        callbacks.swap(callbacks_);
    }
    --context_->streams_open;
    for (auto& callback : callbacks) callback();
}

}  // namespace hezhi::http
