// The one writer. Actions run one at a time on its thread, many share a commit, and nobody is told
// of a success before the commit is durable.
//
//   turn = guard.begin · action · action · … · guard.ending · COMMIT · guard.committed · settled…
//
// If an action throws, its turn is rolled back and the turn's actions run again one by one, each in
// a turn of its own: so `run` may be called twice and must keep nothing from the first time.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "store/effects_queue.h"
#include "store/session.h"

namespace hezhi::store {

enum class Settled {
    committed,  // written and durable
    refused,    // the action decided against it and wrote nothing
    failed,     // nothing was written; the exception says why
    unknown,    // the connection was lost during the commit: written or not, repeat by the key
};

struct Action {
    // Decides first and writes last. Returns whether it wrote; one that returns false and has
    // written is a BrokenInvariant and fails. Must not begin or end transactions.
    std::function<bool(Session&)> run;
    // Called exactly once, on the thread that runs the turn, in the order of submission: it should
    // only hand the news on. The exception_ptr is set for `failed` and `unknown`. Must not throw.
    std::function<void(Settled, std::exception_ptr)> settled;
    // Effects outside SQL (live events, notices). Called on the effects thread, in the order of the
    // journal, only after `committed`; may be empty. What it throws is counted and dropped.
    std::function<void()> effects;
};

// What holds for every turn; the journal implements it (locks its head, writes it once a turn,
// compares it to see what a second process has written).
class TurnGuard {
  public:
    virtual ~TurnGuard() = default;
    virtual void begin(Session&) {}   // inside the transaction, before the first action
    virtual void ending(Session&) {}  // inside the transaction, after the last; not if none wrote
    virtual void committed() {}       // the turn stands, also when nothing was written in it
    virtual void rolled_back() {}     // nothing of the turn stands, or (unknown) it must be read
};

struct WriterLimits {
    std::chrono::milliseconds turn_max{20};   // no action starts later than this in a turn
    std::size_t actions_per_turn_max = 256;   // so that a rolled back turn costs little
    std::size_t waiting_max = 4096;           // some seconds of work; more waiters are turned away
    std::chrono::milliseconds action_max{2};  // longer ones are counted as overlong
};

// Read by the metrics page from any thread.
struct WriterMetrics {
    std::atomic<std::uint64_t> turns{0};
    std::atomic<std::uint64_t> turns_rolled_back{0};
    std::atomic<std::uint64_t> committed{0};
    std::atomic<std::uint64_t> refused{0};
    std::atomic<std::uint64_t> failed{0};
    std::atomic<std::uint64_t> unknown{0};
    std::atomic<std::uint64_t> turned_away{0};
    std::atomic<std::uint64_t> overlong_actions{0};
    std::atomic<std::uint64_t> effects_failed{0};
    std::atomic<std::uint64_t> waiting{0};              // now
    std::atomic<std::uint64_t> turn_microseconds{0};    // sum
    std::atomic<std::uint64_t> commit_microseconds{0};  // sum
};

// Runs turns on the thread that calls it. Writer puts a thread and a queue before it; the simulator
// and tests use it as it is, and so get the same turns from the same actions every time.
class TurnRunner {
  public:
    // `guard` must outlive it.
    TurnRunner(std::unique_ptr<Session> session, TurnGuard& guard, WriterMetrics& metrics,
               WriterLimits limits = {});
    ~TurnRunner();

    // Runs `action` in the open turn, opening one if there is none. Settles nothing yet, unless the
    // turn had to be rolled back: then all its actions have been run one by one and settled.
    void add(Action action);
    // Commits the open turn and settles its actions.
    void finish();
    std::size_t open_actions() const { return open_.size(); }
    // The effects of what was committed since the last call, in order.
    std::vector<std::function<void()>> take_effects();

    Session& session() { return *session_; }

  private:
    struct Ran {
        Action action;
        bool wrote;
    };
    struct OutcomeUnknown {
        std::exception_ptr why;
    };

    void open_turn();
    bool run_checked(Action& action);
    void run_in_turn(Action action);
    void commit_turn();
    void commit();
    void abandon_turn() noexcept;
    void retry_or_fail(std::exception_ptr why);
    void one_by_one(std::vector<Ran> ran);
    void settle(Action& action, Settled outcome, std::exception_ptr why) noexcept;

    std::unique_ptr<Session> session_;
    TurnGuard& guard_;
    WriterMetrics& metrics_;
    WriterLimits limits_;
    bool in_turn_ = false;
    std::vector<Ran> open_;
    std::vector<std::function<void()>> effects_;
};

// Where actions are handed in.
class ActionIntake {
  public:
    virtual ~ActionIntake() = default;
    // False if too many are waiting or the writer is stopping: the action is dropped, nothing of it
    // is called, and the caller answers "unavailable".
    [[nodiscard]] virtual bool submit(Action action) = 0;
};

// Thread-safe. stop() must not be called by an action, a `settled` or an effect.
class Writer final : public ActionIntake {
  public:
    // `guard` must outlive it. The thread starts at once.
    Writer(std::unique_ptr<Session> session, TurnGuard& guard, WriterLimits limits = {});
    ~Writer() override;  // stop()

    [[nodiscard]] bool submit(Action action) override;
    // Runs what is waiting and its effects, then ends both threads. Idempotent.
    void stop();

    const WriterMetrics& metrics() const { return metrics_; }

  private:
    void work();
    bool wait_for_work();
    std::optional<Action> take();

    WriterLimits limits_;
    WriterMetrics metrics_;
    TurnRunner runner_;
    EffectsQueue effects_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Action> waiting_;
    bool stopping_ = false;
    std::once_flag stopped_;
    std::thread thread_;
};

// The same face without threads: submits run at once on the caller's thread, and a turn is
// committed every `actions_per_turn` actions. For the simulator and for tests.
class InlineWriter final : public ActionIntake {
  public:
    InlineWriter(std::unique_ptr<Session> session, TurnGuard& guard,
                 std::size_t actions_per_turn = 1);
    ~InlineWriter() override;  // finish_turn()

    // Runs the action now. It is settled, and its effects run, when its turn is committed: now with
    // one action a turn, else by a later call.
    void run_now(Action action);
    [[nodiscard]] bool submit(Action action) override {
        run_now(std::move(action));
        return true;
    }
    void finish_turn();

    const WriterMetrics& metrics() const { return metrics_; }
    // What the open turn has written is seen here. For reads.
    Session& session() { return runner_.session(); }

  private:
    void run_effects();

    WriterMetrics metrics_;
    TurnRunner runner_;
    std::size_t actions_per_turn_;
};

}  // namespace hezhi::store
