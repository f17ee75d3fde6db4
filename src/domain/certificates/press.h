// One thread that draws papers, with a bounded queue before it: whoever asks for many waits or is
// told to come again, and neither the writer nor the listener is held.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace hezhi::certificates {

class Press {
  public:
    using Job = std::move_only_function<void()>;

    Press();
    // Ends after the running job; what waits is dropped.
    ~Press();

    // From any thread. False if too much waits. The job does not throw.
    [[nodiscard]] bool submit(Job job);

  private:
    void work();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> waiting_;  // under mutex_
    bool ending_ = false;      // under mutex_
    std::jthread thread_;
};

}  // namespace hezhi::certificates
