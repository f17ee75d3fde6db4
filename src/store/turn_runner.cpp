#include <algorithm>
#include <utility>

#include "base/assert.h"
#include "store/writer.h"

namespace hezhi::store {

namespace {

using SteadyClock = std::chrono::steady_clock;

std::uint64_t microseconds_since(SteadyClock::time_point start) {
    auto took = std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now() - start);
    return static_cast<std::uint64_t>(took.count());
}

}  // namespace

TurnRunner::TurnRunner(std::unique_ptr<Session> session, TurnGuard& guard, WriterMetrics& metrics,
                       WriterLimits limits)
    : session_(std::move(session)), guard_(guard), metrics_(metrics), limits_(limits) {}

TurnRunner::~TurnRunner() {
    finish();
}

void TurnRunner::add(Action action) {
    if (!in_turn_) {
        try {
            open_turn();
        } catch (...) {
            abandon_turn();
            settle(action, Settled::failed, std::current_exception());
            return;
        }
    }
    run_in_turn(std::move(action));
}

void TurnRunner::finish() {
    if (in_turn_) commit_turn();
}

std::vector<std::function<void()>> TurnRunner::take_effects() {
    return std::exchange(effects_, {});
}

void TurnRunner::open_turn() {
    in_turn_ = true;
    session_->begin();
    guard_.begin(*session_);
}

bool TurnRunner::run_checked(Action& action) {
    auto start = SteadyClock::now();
    auto writes_before = session_->writes();
    bool wrote = action.run(*session_);
    HEZHI_ASSERT(session_->in_transaction() && "an action has ended its turn's transaction");
    if (!wrote) HEZHI_ASSERT(session_->writes() == writes_before && "a refusal has written");
    if (SteadyClock::now() - start > limits_.action_max) ++metrics_.overlong_actions;
    return wrote;
}

void TurnRunner::run_in_turn(Action action) {
    try {
        bool wrote = run_checked(action);
        open_.push_back({std::move(action), wrote});
    } catch (...) {
        open_.push_back({std::move(action), false});
        retry_or_fail(std::current_exception());
    }
}

// Rolls the turn back. An action that was alone in its turn has failed; of several, nobody knows
// whose fault it was (a queued write may surface in a neighbour's read), so each runs by itself.
void TurnRunner::retry_or_fail(std::exception_ptr why) {
    abandon_turn();
    std::vector<Ran> ran = std::exchange(open_, {});
    if (ran.size() == 1) return settle(ran.front().action, Settled::failed, why);
    one_by_one(std::move(ran));
}

void TurnRunner::one_by_one(std::vector<Ran> ran) {
    for (auto next = ran.begin(); next != ran.end(); ++next) {
        try {
            open_turn();
        } catch (...) {
            // The database cannot be reached: the others need not wait for the same timeout.
            abandon_turn();
            for (; next != ran.end(); ++next) {
                settle(next->action, Settled::failed, std::current_exception());
            }
            return;
        }
        run_in_turn(std::move(next->action));
        finish();
    }
}

void TurnRunner::commit_turn() {
    auto start = SteadyClock::now();
    bool anything_written = std::ranges::any_of(open_, &Ran::wrote);
    try {
        if (anything_written) {
            guard_.ending(*session_);
            start = SteadyClock::now();
            commit();
        } else {
            session_->rollback();  // cheaper than a commit, and comes to the same
        }
    } catch (const OutcomeUnknown& unknown) {
        abandon_turn();
        for (Ran& ran : std::exchange(open_, {})) {
            settle(ran.action, Settled::unknown, unknown.why);
        }
        return;
    } catch (...) {
        return retry_or_fail(std::current_exception());
    }
    in_turn_ = false;
    ++metrics_.turns;
    metrics_.commit_microseconds += microseconds_since(start);
    guard_.committed();
    for (Ran& ran : std::exchange(open_, {})) {
        settle(ran.action, ran.wrote ? Settled::committed : Settled::refused, nullptr);
    }
}

// A connection lost before the commit has certainly committed nothing; only here it is unknown.
void TurnRunner::commit() {
    try {
        session_->commit();
    } catch (const StoreError& error) {
        if (error.kind != StoreError::Kind::lost) throw;
        throw OutcomeUnknown{std::current_exception()};
    }
}

void TurnRunner::abandon_turn() noexcept {
    session_->rollback();
    in_turn_ = false;
    ++metrics_.turns_rolled_back;
    guard_.rolled_back();
}

void TurnRunner::settle(Action& action, Settled outcome, std::exception_ptr why) noexcept {
    switch (outcome) {
        case Settled::committed:
            ++metrics_.committed;
            if (action.effects) effects_.push_back(std::move(action.effects));
            break;
        case Settled::refused:
            ++metrics_.refused;
            break;
        case Settled::failed:
            ++metrics_.failed;
            break;
        case Settled::unknown:
            ++metrics_.unknown;
            break;
    }
    if (action.settled) action.settled(outcome, why);
}

}  // namespace hezhi::store
