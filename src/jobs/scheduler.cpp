#include "jobs/scheduler.h"

#include <chrono>

namespace hezhi::jobs {
namespace {

// Deadlines run in a turn of the writer each, so a round that falls behind stays short.
constexpr std::int64_t due_per_round_max = 100;
constexpr auto round_every = std::chrono::seconds(1);

}  // namespace

Scheduler::Scheduler(journal::Ledger& ledger, std::vector<Timer> timers)
    : ledger_(ledger), timers_(std::move(timers)) {}

Scheduler::~Scheduler() {
    stop();
}

std::size_t Scheduler::run_due() {
    std::size_t ran = 0;
    for (const Timer& timer : timers_) {
        std::vector<Due> due;
        {
            auto db = ledger_.read();
            due = timer.find(*db, ledger_.clock().now(), due_per_round_max);
        }
        for (const Due& one : due) {
            auto done = ledger_.act<std::int64_t>(
                [&](journal::Turn& turn) { return timer.run(turn, one); });
            if (done) ++ran;
        }
    }
    return ran;
}

void Scheduler::start() {
    thread_ = std::thread([this] {
        std::unique_lock lock(mutex_);
        while (!stopping_) {
            lock.unlock();
            try {
                run_due();
            } catch (const std::exception&) {
                // The database is busy or away: the deadlines stand in the figures and are found
                // again in the next round.
            }
            lock.lock();
            wake_.wait_for(lock, round_every, [this] { return stopping_; });
        }
    });
}

void Scheduler::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

}  // namespace hezhi::jobs
