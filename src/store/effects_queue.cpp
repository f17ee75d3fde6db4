#include "store/effects_queue.h"

#include <algorithm>
#include <iterator>

namespace hezhi::store {

EffectsQueue::EffectsQueue(std::atomic<std::uint64_t>& failed)
    : failed_(failed), thread_([this] { work(); }) {}

EffectsQueue::~EffectsQueue() {
    stop();
}

void EffectsQueue::add(std::vector<std::function<void()>> effects) {
    if (effects.empty()) return;
    {
        std::lock_guard lock(mutex_);
        std::ranges::move(effects, std::back_inserter(waiting_));
    }
    arrived_.notify_one();
}

void EffectsQueue::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    arrived_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void EffectsQueue::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        arrived_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        auto effect = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        try {
            effect();
        } catch (...) {
            ++failed_;
        }
        effect = nullptr;
        lock.lock();
    }
}

}  // namespace hezhi::store
