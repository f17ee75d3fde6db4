#include "store/standing_alone.h"

#include <algorithm>

namespace hezhi::store {

StandingAlone::StandingAlone(std::function<std::unique_ptr<WritersLock>()> make, AloneTimes times)
    : make_(std::move(make)), times_(times), pause_(times.pause), lock_(make_()), thread_([this] {
          watch();
      }) {}

StandingAlone::~StandingAlone() {
    {
        std::lock_guard lock(stop_mutex_);
        stopping_ = true;
    }
    stopped_.notify_one();
    thread_.join();
}

// --- The writer's thread

void StandingAlone::begin_turn(Session& db) {
    turn_.lock();
    in_turn_ = true;
    if (!alone_) lock_->share(db);
}

void StandingAlone::note_head(std::int64_t position) {
    told_needed_ = position;
}

void StandingAlone::turn_over(bool known) noexcept {
    if (!in_turn_) return;
    if (!alone_) lock_->unshare();
    // What may have been committed will be told by the next turn.
    if (!known) told_needed_ = INT64_MAX;
    in_turn_ = false;
    turn_.unlock();
}

// --- Any thread

bool StandingAlone::all_told(std::int64_t told) const {
    return alone_ && told >= told_needed_ && SteadyClock::now() - confirmed_.load() < trusted;
}

// --- The watching thread

void StandingAlone::watch() {
    do {
        try {
            look();
        } catch (const StoreError&) {
            lose();
        }
    } while (sleep(times_.beat));
}

bool StandingAlone::sleep(std::chrono::milliseconds time) {
    std::unique_lock lock(stop_mutex_);
    return !stopped_.wait_for(lock, time, [this] { return stopping_; });
}

void StandingAlone::look() {
    if (alone_) return confirm_alone();
    if (SteadyClock::now() >= try_again_) try_alone();
}

void StandingAlone::try_alone() {
    try_again_ = SteadyClock::now() + pause_;
    std::lock_guard no_turn(turn_);
    auto began = SteadyClock::now();
    if (!lock_->take()) return;
    told_needed_ = INT64_MAX;  // the next turn reads where the journal stands
    confirmed_ = began;
    alone_ = true;
}

void StandingAlone::confirm_alone() {
    auto began = SteadyClock::now();
    switch (lock_->look()) {
        case WritersLock::Found::undisturbed:
            confirmed_ = began;
            return;
        case WritersLock::Found::wanted:
            return step_aside();
        case WritersLock::Found::lost:
            return lose();
    }
}

void StandingAlone::step_aside() {
    std::lock_guard no_turn(turn_);
    alone_ = false;
    lock_->release();
    try_again_ = SteadyClock::now() + pause_;
    pause_ = std::min(pause_ * 2, times_.pause_max);
}

// With the connection the lock is gone, too.
void StandingAlone::lose() noexcept {
    std::lock_guard no_turn(turn_);
    alone_ = false;
    lock_ = make_();
    try_again_ = SteadyClock::now() + times_.pause;
}

}  // namespace hezhi::store
