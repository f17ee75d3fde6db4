// A few threads that do nothing but hash passwords, with a bounded queue before them: a flood of
// sign-ins is refused instead of eating the memory (each running hash holds its megabytes).
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "crypto/password.h"

namespace hezhi::crypto {

enum class PasswordVerdict { wrong, right, right_but_rehash };

// Submit from any thread. Of everything accepted, `done` is called exactly once, on a pool thread
// (or, for what still waits when the pool ends, on the thread that destroys it, with
// password_pool_busy). `done` posts the answer to where it belongs; it does not throw, and it does
// not destroy the pool.
class PasswordPool {
  public:
    using HashDone = std::move_only_function<void(Result<std::string>)>;
    using VerifyDone = std::move_only_function<void(Result<PasswordVerdict>)>;

    // `waiting_max` counts what waits, beside the `threads` that run.
    PasswordPool(int threads, std::size_t waiting_max, PasswordCost cost);
    PasswordPool(const PasswordPool&) = delete;
    PasswordPool& operator=(const PasswordPool&) = delete;
    ~PasswordPool();

    // Both refuse with password_pool_busy if the queue is full; `done` is not called then. The
    // same refusal reaches `done` if a hash finds no memory.
    [[nodiscard]] Result<void> hash(std::string clear, HashDone done);
    [[nodiscard]] Result<void> verify(std::string stored, std::string clear, VerifyDone done);

  private:
    // Runs the job, or with false only tells its caller that it will not be run.
    using Job = std::move_only_function<void(bool run)>;

    Result<void> submit(Job job);
    void work();

    const std::size_t waiting_max_;
    const PasswordCost cost_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> waiting_;  // under mutex_
    bool ending_ = false;      // under mutex_
    std::vector<std::jthread> threads_;
};

}  // namespace hezhi::crypto
