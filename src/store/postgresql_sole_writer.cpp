#include "store/postgresql_sole_writer.h"

#include <algorithm>

namespace hezhi::store {

namespace {

// The lock's two numbers: "Hezh" in ASCII, and one for writing.
constexpr Query share{"store.share_writing", "SELECT pg_advisory_xact_lock_shared(1214609000, 1)"};

constexpr Query try_exclusive{
    "store.try_alone",
    "SELECT CASE WHEN pg_try_advisory_lock(1214609000, 1) THEN 1 ELSE 0 END AS taken"};

constexpr Query release{"store.step_aside",
                        "SELECT CASE WHEN pg_advisory_unlock(1214609000, 1) THEN 1 ELSE 0 END"};

// Who waits for the lock, and whether this connection still holds it: one that was lost and made
// again does not.
constexpr Query waiting_and_held{
    "store.waiting_and_held",
    "SELECT count(*) FILTER (WHERE NOT l.granted) AS waiting,"
    " count(*) FILTER (WHERE l.granted AND l.pid = pg_backend_pid()) AS held"
    " FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()"
    " WHERE l.locktype = 'advisory' AND l.classid = 1214609000 AND l.objid = 1"};

constexpr Query head{"store.head", "SELECT position FROM journal_head WHERE one = 1"};

}  // namespace

void PostgresqlOneOfMany::begin_turn(Session& db) {
    db.write(share);  // travels with the first read
}

PostgresqlSoleWriter::PostgresqlSoleWriter(Database& database, AloneTimes times)
    : database_(database), times_(times), pause_(times.pause), thread_([this] { watch(); }) {}

PostgresqlSoleWriter::~PostgresqlSoleWriter() {
    {
        std::lock_guard lock(stop_mutex_);
        stopping_ = true;
    }
    stopped_.notify_one();
    thread_.join();
}

// --- The writer's thread

void PostgresqlSoleWriter::begin_turn(Session& db) {
    turn_.lock();
    in_turn_ = true;
    if (!alone_) db.write(share);
}

void PostgresqlSoleWriter::note_head(std::int64_t position) {
    told_needed_ = position;
}

void PostgresqlSoleWriter::turn_over(bool known) noexcept {
    if (!in_turn_) return;
    // What may have been committed will be told by the next turn.
    if (!known) told_needed_ = INT64_MAX;
    in_turn_ = false;
    turn_.unlock();
}

// --- Any thread

bool PostgresqlSoleWriter::all_told(std::int64_t told) const {
    return alone_ && told >= told_needed_ && SteadyClock::now() - confirmed_.load() < trusted;
}

// --- The watching thread

void PostgresqlSoleWriter::watch() {
    do {
        try {
            look();
        } catch (const StoreError&) {
            lose();  // and the lock with the connection
        }
    } while (sleep(times_.beat));
}

bool PostgresqlSoleWriter::sleep(std::chrono::milliseconds time) {
    std::unique_lock lock(stop_mutex_);
    return !stopped_.wait_for(lock, time, [this] { return stopping_; });
}

void PostgresqlSoleWriter::look() {
    if (alone_) return confirm_alone();
    if (SteadyClock::now() >= try_again_) try_alone();
}

void PostgresqlSoleWriter::try_alone() {
    try_again_ = SteadyClock::now() + pause_;
    if (!session_) session_ = database_.connect();
    std::lock_guard no_turn(turn_);
    auto began = SteadyClock::now();
    if (session_->row(try_exclusive)->integer("taken") == 0) return;
    told_needed_ = session_->row(head)->integer("position");
    confirmed_ = began;
    alone_ = true;
}

void PostgresqlSoleWriter::confirm_alone() {
    auto began = SteadyClock::now();
    auto found = session_->row(waiting_and_held);
    if (found->integer("held") == 0) return lose();
    if (found->integer("waiting") > 0) return step_aside();
    confirmed_ = began;
}

void PostgresqlSoleWriter::step_aside() {
    std::lock_guard no_turn(turn_);
    alone_ = false;
    session_->row(release);
    try_again_ = SteadyClock::now() + pause_;
    pause_ = std::min(pause_ * 2, times_.pause_max);
}

void PostgresqlSoleWriter::lose() noexcept {
    std::lock_guard no_turn(turn_);
    alone_ = false;
    session_ = nullptr;
    try_again_ = SteadyClock::now() + times_.pause;
}

}  // namespace hezhi::store
