#include "domain/back_tests/back_tests.h"
#include "domain/back_tests/queries.h"
#include "journal/published_packs.h"

namespace hezhi::back_tests {
namespace {

constexpr auto look_every = std::chrono::seconds(1);

std::optional<BackTestState> load_run(store::Session& db, const journal::FigureTables& tables,
                                      BackTestId id) {
    auto state = tables.of(journal::figure<BackTestFigure>()).load(db, id);
    if (!state) return std::nullopt;
    return *static_cast<BackTestState*>(state.get());
}

}  // namespace

void BackTestRunner::start() {
    thread_ = std::thread([this] {
        std::unique_lock lock(mutex_);
        while (!stopping_) {
            lock.unlock();
            try {
                run_waiting();
            } catch (const std::exception&) {
                // The database is busy or away: what waits stands in the figure and is found again.
            }
            lock.lock();
            wake_.wait_for(lock, look_every, [this] { return stopping_; });
        }
    });
}

void BackTestRunner::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

std::size_t BackTestRunner::run_waiting() {
    std::vector<BackTestId> waiting;
    {
        auto db = ledger_.read();
        db->each(queries::waiting, {},
                 [&](const store::Row& row) { waiting.push_back(row.id<BackTestId>("id")); });
    }
    std::size_t finished = 0;
    for (BackTestId id : waiting) {
        if (has_failed(id)) continue;
        try {
            finished += run(id) ? 1 : 0;
        } catch (const BrokenInvariant&) {
            // A pack or a fact that this program cannot read: it stays to be cancelled, and what
            // stands behind it is computed.
            std::lock_guard lock(mutex_);
            failed_.insert(id);
            progress_.erase(id);
        }
    }
    return finished;
}

bool BackTestRunner::has_failed(BackTestId id) const {
    std::lock_guard lock(mutex_);
    return failed_.contains(id);
}

std::optional<BackTestRunner::Progress> BackTestRunner::progress(BackTestId id) const {
    std::lock_guard lock(mutex_);
    auto found = progress_.find(id);
    return found == progress_.end() ? std::nullopt : std::optional(found->second);
}

// Asked after each piece of the journal: somebody may have cancelled it, perhaps in another
// process.
bool BackTestRunner::goes_on(BackTestId id, std::int64_t done, std::int64_t all) {
    {
        std::lock_guard lock(mutex_);
        progress_[id] = {done, all};
        if (stopping_) return false;
    }
    if (hears_) hears_(id, {done, all});
    auto db = ledger_.read();
    auto run = load_run(*db, ledger_.tables(), id);
    return run && run->state == BackTestStep::running;
}

bool BackTestRunner::run(BackTestId id) {
    std::optional<BackTestFinished> found;
    {
        auto db = ledger_.read();
        auto started = load_run(*db, ledger_.tables(), id);
        if (!started || !goes_on(id, 0, started->position)) return false;
        const auto packs = ledger_.packs();
        const auto* now = packs->in_force(ledger_.clock().now());
        BackTestPlan plan{{journal::load_pack(*db, started->old_hash),
                           journal::load_pack(*db, started->new_hash),
                           {started->from_at, started->until_at}},
                          started->position,
                          now ? now->pack.get() : nullptr};
        found = compute_back_test(
            *db, plan, [&](std::int64_t done, std::int64_t all) { return goes_on(id, done, all); });
    }
    bool finished = false;
    if (found) {
        finished = ledger_
                       .act<std::int64_t>(
                           [&](journal::Turn& turn) { return finish_back_test(turn, id, *found); })
                       .has_value();
    }
    std::lock_guard lock(mutex_);
    progress_.erase(id);
    return finished;
}

}  // namespace hezhi::back_tests
