// The ledger: the database with its one writer, its readers, and what is kept in memory of it.
//
// Actions go through write(), one at a time; reads run beside them on their own sessions. Thread-
// safe but for the inline mode.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>

#include "base/instant.h"
#include "facts/pack_facts.h"
#include "journal/turn.h"
#include "store/database.h"
#include "store/reader_pool.h"
#include "store/writer.h"

namespace hezhi::journal {

struct LedgerOptions {
    // Readers that may run at the same time.
    int readers_max = 8;
    // 0: a writer thread. N > 0: no threads, a commit every N actions (simulator and tests).
    std::size_t inline_actions_per_turn = 0;
    store::WriterLimits writer;
    // `migrate` and `rebuild` open a database whose layouts are not today's; `serve` does not.
    bool require_layouts = true;
    // Stand alone whenever nobody else writes; for the server, whose reads are many.
    std::optional<store::AloneTimes> alone = {};
};

class Ledger final : private store::TurnGuard {
  public:
    // Follows the journal: called with all facts at start, then with each turn's after its commit,
    // also with what another process wrote, in order. On the writer's thread: keep it short.
    using Follower = std::function<void(std::span<const Fact>)>;

    // The database must be migrated. Throws StoreError newer_schema if a figure's layout is not
    // today's, with what to do. `clock` and `database` must outlive the ledger.
    Ledger(store::Database& database, Figures figures, const Clock& clock,
           LedgerOptions options = {});
    ~Ledger();

    // The kinds that a follower wants to hear of from the beginning are replayed at once. Before
    // the first action; a follower must not throw.
    void follow(std::vector<std::string> kinds_from_start, Follower follower);

    // Runs `run` in the writer's turn. It returns whether it wrote; false means nothing was
    // written. `settled` is called exactly once (on the writer's thread); `effect` on the effects
    // thread, only after a commit. False if too many wait: then nothing is called.
    [[nodiscard]] bool write(std::function<bool(Turn&)> run,
                             std::function<void(store::Settled, std::exception_ptr)> settled,
                             std::function<void()> effect = {});
    // The same, waiting for the outcome; rethrows what failed. For commands, tests, the simulator.
    // In inline mode with several actions a turn, the commit may still be open on return, and the
    // action runs again if a later one of its turn throws: what it captures must live until then.
    template <class T>
    Result<T> act(const std::function<Result<T>(Turn&)>& action);
    // Commits an open inline turn; throws if an action failed whose act() had returned.
    void finish_turn();

    store::ReaderPool::Lease read() { return readers_.lease(); }
    const FigureTables& tables() const { return tables_; }
    const Clock& clock() const { return clock_; }
    SharedPacks packs() const;
    Head head() const;
    // Nothing behind the fact at `told` was committed before this call.
    bool all_told(std::int64_t told) const { return sole_writer_->all_told(told); }
    const store::WriterMetrics& writer_metrics() const;
    store::Database& database() { return database_; }
    void stop();

  private:
    void begin(store::Session&) override;
    void ending(store::Session&) override;
    void committed() override;
    void rolled_back() override;

    void catch_up(store::Session& db, std::int64_t until);
    void keep();
    void tell(std::span<const Fact> facts);
    bool run_in_turn(store::Session& db, const std::function<bool(Turn&)>& run);
    void run_blocking(std::function<bool(Turn&)> run);
    void run_inline(std::function<bool(Turn&)> run);
    void throw_late_failure();

    store::Database& database_;
    FigureTables tables_;
    const Clock& clock_;
    mutable std::mutex mutex_;  // head_, packs_: written by the writer, read by anyone
    Head head_;
    SharedPacks packs_;
    Head turn_head_;  // the writer's own, with what its open turn has appended
    SharedPacks turn_packs_;
    std::vector<Fact> turn_facts_;
    std::vector<Follower> followers_;
    store::ReaderPool readers_;
    std::unique_ptr<store::SoleWriter> sole_writer_;
    std::unique_ptr<store::Writer> writer_;
    std::unique_ptr<store::InlineWriter> inline_writer_;
    std::exception_ptr late_failure_;  // of an inline action whose act() had returned
};

// Thrown by act() when the writer would not take the action.
struct WriterBusy : std::runtime_error {
    using std::runtime_error::runtime_error;
};

template <class T>
Result<T> Ledger::act(const std::function<Result<T>(Turn&)>& action) {
    auto outcome = std::make_shared<std::optional<Result<T>>>();
    run_blocking([outcome, action](Turn& turn) {
        outcome->emplace(action(turn));
        return (*outcome)->has_value();
    });
    return std::move(**outcome);
}

// Keeps the text of a pack by its hash, once, and returns the hash.
std::string keep_pack_text(Turn& turn, const rules::Pack& pack);
// Publishes a pack whose text is kept: the fact says from when it holds. `rule_pack` is the record
// that proposed it; without one, the fact makes the record.
std::int64_t publish_kept_pack(Turn& turn, const Actor& actor, PackPublished published,
                               std::int64_t rule_pack = self);
// Both at once.
Result<std::int64_t> publish_pack(Turn& turn, const Actor& actor, const rules::Pack& pack,
                                  Instant effective_at);

}  // namespace hezhi::journal
