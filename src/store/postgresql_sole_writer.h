// Standing alone on PostgreSQL, by an advisory lock: whoever stands alone holds it exclusively on a
// connection kept for that, everybody else's turns share it. Private to this folder.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "store/database.h"
#include "store/sole_writer.h"

namespace hezhi::store {

// Every turn shares the lock; never alone.
class PostgresqlOneOfMany final : public SoleWriter {
  public:
    void begin_turn(Session& db) override;
    void note_head(std::int64_t) override {}
    void turn_over(bool) noexcept override {}
    bool all_told(std::int64_t) const override { return false; }
};

// Stands alone whenever nobody else writes. A thread looks for others.
class PostgresqlSoleWriter final : public SoleWriter {
  public:
    PostgresqlSoleWriter(Database& database, AloneTimes times);
    ~PostgresqlSoleWriter() override;

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

    Database& database_;
    const AloneTimes times_;
    std::unique_ptr<Session> session_;  // the watching thread's; holds the lock
    SteadyClock::time_point try_again_{};
    std::chrono::milliseconds pause_;

    std::mutex turn_;       // a turn is open, or alone_ is changing
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
