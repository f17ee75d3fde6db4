// Runs what must happen after a commit on a thread of its own, in order.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace hezhi::store {

class EffectsQueue {
  public:
    // Counts what effects throw into `failed`, which must outlive it.
    explicit EffectsQueue(std::atomic<std::uint64_t>& failed);
    ~EffectsQueue();  // stop()

    void add(std::vector<std::function<void()>> effects);
    // Runs what was added, then ends the thread. Idempotent; nothing may be added afterwards.
    void stop();

  private:
    void work();

    std::atomic<std::uint64_t>& failed_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::function<void()>> waiting_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace hezhi::store
