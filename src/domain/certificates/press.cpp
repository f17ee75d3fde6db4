#include "domain/certificates/press.h"

namespace hezhi::certificates {
namespace {

constexpr std::size_t papers_waiting_max = 64;

}  // namespace

Press::Press() : thread_([this] { work(); }) {}

Press::~Press() {
    {
        std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
}

bool Press::submit(Job job) {
    {
        std::lock_guard lock(mutex_);
        if (waiting_.size() >= papers_waiting_max) return false;
        waiting_.push_back(std::move(job));
    }
    changed_.notify_one();
    return true;
}

void Press::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
        if (ending_) return;
        {
            Job job = std::move(waiting_.front());
            waiting_.pop_front();
            lock.unlock();
            job();
        }
        lock.lock();
    }
}

}  // namespace hezhi::certificates
