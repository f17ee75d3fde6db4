// Timers: what must happen when nothing else does.
//
// A deadline is fixed and stored in a figure when its clock starts; a timer is a query that finds
// the rows whose deadline has passed, and an action of the actor `system` that carries `due_at`.
// The action checks again: between the query and its turn somebody may have acted.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "journal/ledger.h"

namespace hezhi::jobs {

// One deadline that has passed.
struct Due {
    std::int64_t id = 0;     // of the record
    std::int64_t other = 0;  // a second id, where two make the key
    Instant due_at;
};

struct Timer {
    std::string_view name;  // the action's stem
    // At most `limit` rows whose deadline is not after `now`, oldest first.
    std::function<std::vector<Due>(store::Session&, Instant now, std::int64_t limit)> find;
    std::function<Result<std::int64_t>(journal::Turn&, const Due&)> run;
};

class Scheduler {
  public:
    // `ledger` must outlive it.
    Scheduler(journal::Ledger& ledger, std::vector<Timer> timers);
    ~Scheduler();

    // Looks once a second on a thread of its own.
    void start();
    void stop();

    // Runs everything that is due now, in order of the deadlines of each timer. Returns how many
    // actions ran. For the simulator, tests and start().
    std::size_t run_due();

  private:
    journal::Ledger& ledger_;
    std::vector<Timer> timers_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace hezhi::jobs
