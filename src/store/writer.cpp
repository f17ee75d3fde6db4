#include "store/writer.h"

#include <utility>

#include "base/assert.h"

namespace hezhi::store {

// --- Writer

Writer::Writer(std::unique_ptr<Session> session, TurnGuard& guard, WriterLimits limits)
    : limits_(limits),
      runner_(std::move(session), guard, metrics_, limits),
      effects_(metrics_.effects_failed),
      thread_([this] { work(); }) {}

Writer::~Writer() {
    stop();
}

bool Writer::submit(Action action) {
    {
        std::lock_guard lock(mutex_);
        if (stopping_ || waiting_.size() >= limits_.waiting_max) {
            ++metrics_.turned_away;
            return false;
        }
        waiting_.push_back(std::move(action));
        metrics_.waiting = waiting_.size();
    }
    arrived_.notify_one();
    return true;
}

void Writer::stop() {
    std::call_once(stopped_, [this] {
        {
            std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        arrived_.notify_one();
        thread_.join();
        effects_.stop();
    });
}

bool Writer::wait_for_work() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    return !waiting_.empty();
}

std::optional<Action> Writer::take() {
    std::lock_guard lock(mutex_);
    if (waiting_.empty()) return std::nullopt;
    Action action = std::move(waiting_.front());
    waiting_.pop_front();
    metrics_.waiting = waiting_.size();
    return action;
}

void Writer::work() {
    while (wait_for_work()) {
        auto start = std::chrono::steady_clock::now();
        while (runner_.open_actions() < limits_.actions_per_turn_max &&
               std::chrono::steady_clock::now() - start < limits_.turn_max) {
            std::optional<Action> action = take();
            if (!action) break;
            runner_.add(std::move(*action));
        }
        runner_.finish();
        effects_.add(runner_.take_effects());
        auto took = std::chrono::duration_cast<std::chrono::microseconds>(
            std::chrono::steady_clock::now() - start);
        metrics_.turn_microseconds += static_cast<std::uint64_t>(took.count());
    }
}

// --- InlineWriter

InlineWriter::InlineWriter(std::unique_ptr<Session> session, TurnGuard& guard,
                           std::size_t actions_per_turn)
    : runner_(std::move(session), guard, metrics_), actions_per_turn_(actions_per_turn) {
    HEZHI_ASSERT(actions_per_turn > 0);
}

InlineWriter::~InlineWriter() {
    finish_turn();
}

void InlineWriter::run_now(Action action) {
    runner_.add(std::move(action));
    if (runner_.open_actions() >= actions_per_turn_) runner_.finish();
    run_effects();
}

void InlineWriter::finish_turn() {
    runner_.finish();
    run_effects();
}

void InlineWriter::run_effects() {
    for (auto& effect : runner_.take_effects()) {
        try {
            effect();
        } catch (...) {
            ++metrics_.effects_failed;
        }
    }
}

}  // namespace hezhi::store
