// Standing alone by a lock of the engine's: whoever stands alone holds it exclusively, everybody
// else's turns share it. Private to this folder.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "store/database.h"
#include "store/sole_writer.h"

namespace hezhi::store {

// The lock.
class WritersLock {
  public:
    enum class Found { undisturbed, wanted, lost };

    virtual ~WritersLock() = default;
    // Before a turn of one among many: waits for whoever stands alone, at most the database's
    // patience. Called in the turn's transaction.
    virtual void share(Session& turn) = 0;
    // After that turn.
    virtual void unshare() noexcept {}

    // The rest is called by the watching thread. False if others hold it.
    virtual bool take() = 0;
    // Whether anybody waits for it, and whether it is still held.
    virtual Found look() = 0;
    virtual void release() = 0;
};

// Every turn shares the lock; never alone.
class OneOfMany final : public SoleWriter {
  public:
    explicit OneOfMany(std::unique_ptr<WritersLock> lock) : lock_(std::move(lock)) {}

    void begin_turn(Session& db) override { lock_->share(db); }
    void note_head(std::int64_t) override {}
    void turn_over(bool) noexcept override { lock_->unshare(); }
    bool all_told(std::int64_t) const override { return false; }

  private:
    std::unique_ptr<WritersLock> lock_;
};

// Stands alone whenever nobody else writes. A thread looks for others.
class StandingAlone final : public SoleWriter {
  public:
    // `make` may be called again, after the lock was lost.
    StandingAlone(std::function<std::unique_ptr<WritersLock>()> make, AloneTimes times);
    ~StandingAlone() override;

    void begin_turn(Session& db) override;
    void note_head(std::int64_t position) override;
    void turn_over(bool known) noexcept override;
    bool all_told(std::int64_t told) const override;

  private:
    using SteadyClock = std::chrono::steady_clock;

    void watch();
    bool sleep(std::chrono::milliseconds time);
    void look();
    void try_alone();
    void confirm_alone();
    void step_aside();
    void lose() noexcept;

    const std::function<std::unique_ptr<WritersLock>()> make_;
    const AloneTimes times_;
    SteadyClock::time_point try_again_{};
    std::chrono::milliseconds pause_;

    std::mutex turn_;  // a turn is open, or what follows is changing
    std::unique_ptr<WritersLock> lock_;
    bool in_turn_ = false;  // the writer's

    std::atomic<bool> alone_ = false;
    std::atomic<std::int64_t> told_needed_ = INT64_MAX;
    std::atomic<SteadyClock::time_point> confirmed_{};

    std::mutex stop_mutex_;
    std::condition_variable stopped_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace hezhi::store
