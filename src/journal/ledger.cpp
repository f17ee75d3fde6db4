#include "journal/ledger.h"

#include <algorithm>
#include <future>

#include "facts/stored_fact.h"
#include "journal/queries.h"
#include "journal/rebuild.h"
#include "rules/working_calendar.h"

namespace hezhi::journal {
namespace {

Head read_head(store::Session& db, const store::Query& query) {
    auto row = db.row(query);
    if (!row) throw BrokenInvariant("the journal has no head");
    return {row->integer("position"), row->instant("recorded_at"), std::string(row->text("chain"))};
}

}  // namespace

Ledger::Ledger(store::Database& database, Figures figures, const Clock& clock,
               LedgerOptions options)
    : database_(database),
      tables_(figures),
      clock_(clock),
      readers_(database, options.readers_max),
      sole_writer_(database.sole_writer(options.alone)) {
    {
        auto db = readers_.lease();
        if (options.require_layouts) require_layouts(*db, tables_);
        head_ = read_head(*db, queries::head_read);
        packs_ = published_packs(*db, head_.position);
        if (!packs_->all().empty()) rules::live_by(*packs_->all().front().pack);
    }
    turn_head_ = head_;
    turn_packs_ = packs_;
    if (options.inline_actions_per_turn > 0) {
        inline_writer_ = std::make_unique<store::InlineWriter>(
            database.connect(), static_cast<store::TurnGuard&>(*this),
            options.inline_actions_per_turn);
    } else {
        writer_ = std::make_unique<store::Writer>(
            database.connect(), static_cast<store::TurnGuard&>(*this), options.writer);
    }
}

Ledger::~Ledger() {
    stop();
}

void Ledger::stop() {
    if (writer_) writer_->stop();
    if (inline_writer_) inline_writer_->finish_turn();
}

void Ledger::finish_turn() {
    if (!inline_writer_) return;
    inline_writer_->finish_turn();
    throw_late_failure();
}

void Ledger::follow(std::vector<std::string> kinds_from_start, Follower follower) {
    // Followers are added before the first action is submitted, so no turn runs meanwhile. What
    // another process has written after our head comes with our first turn.
    auto db = readers_.lease();
    std::vector<Fact> past;
    for (const auto& kind : kinds_from_start) {
        db->each(
            queries::facts_of_kind, {{"kind", kind}, {"until", head().position}},
            [&](const store::Row& row) { past.push_back(read_stored_fact(row.text("body"))); });
    }
    std::sort(past.begin(), past.end(),
              [](const Fact& a, const Fact& b) { return a.position < b.position; });
    follower(past);
    followers_.push_back(std::move(follower));
}

bool Ledger::run_in_turn(store::Session& db, const std::function<bool(Turn&)>& run) {
    Turn turn(db, tables_, turn_packs_, turn_head_, turn_facts_, clock_.now());
    bool wrote = run(turn);
    turn.store_rows();
    HEZHI_ASSERT(wrote || !turn.wrote());
    return wrote;
}

bool Ledger::write(std::function<bool(Turn&)> run,
                   std::function<void(store::Settled, std::exception_ptr)> settled,
                   std::function<void()> effect) {
    store::Action action;
    action.run = [this, run = std::move(run)](store::Session& db) { return run_in_turn(db, run); };
    action.settled = std::move(settled);
    action.effects = std::move(effect);
    if (inline_writer_) {
        inline_writer_->run_now(std::move(action));
        return true;
    }
    return writer_->submit(std::move(action));
}

void Ledger::run_blocking(std::function<bool(Turn&)> run) {
    if (inline_writer_) return run_inline(std::move(run));
    auto done = std::make_shared<std::promise<void>>();
    auto future = done->get_future();
    bool taken = write(std::move(run), [done](store::Settled, std::exception_ptr why) {
        if (why) {
            done->set_exception(why);
        } else {
            done->set_value();
        }
    });
    if (!taken) throw WriterBusy("too many actions are waiting");
    future.get();
}

// The turn may stay open: then the action has run when this returns, and may run once more, alone,
// when a later one throws. So whatever it touches is shared and not on this stack.
void Ledger::run_inline(std::function<bool(Turn&)> run) {
    struct Waiting {
        std::exception_ptr failure;
        bool returned = false;
    };
    auto waiting = std::make_shared<Waiting>();
    bool taken = write(std::move(run), [this, waiting](store::Settled, std::exception_ptr why) {
        if (why) (waiting->returned ? late_failure_ : waiting->failure) = why;
    });
    HEZHI_ASSERT(taken);
    waiting->returned = true;
    if (waiting->failure) std::rethrow_exception(waiting->failure);
    throw_late_failure();
}

void Ledger::throw_late_failure() {
    if (auto failure = std::exchange(late_failure_, nullptr)) std::rethrow_exception(failure);
}

void Ledger::begin(store::Session& db) {
    sole_writer_->begin_turn(db);
    Head stored = read_head(db, queries::head);
    turn_facts_.clear();
    if (stored.chain != turn_head_.chain) {
        HEZHI_ASSERT(stored.position > turn_head_.position && "the journal only grows");
        catch_up(db, stored.position);
        turn_head_ = stored;
        keep();
    }
    sole_writer_->note_head(stored.position);
}

// Another process has written since our last turn: its facts are told to the followers as ours are.
// They are committed, whatever becomes of this turn.
void Ledger::catch_up(store::Session& db, std::int64_t until) {
    std::vector<Fact> foreign;
    db.each(queries::facts_after, {{"after", turn_head_.position}, {"until", until}},
            [&](const store::Row& row) { foreign.push_back(read_stored_fact(row.text("body"))); });
    turn_packs_ = published_packs(db);
    tell(foreign);
}

void Ledger::ending(store::Session& db) {
    db.write(queries::move_head, {{"position", turn_head_.position},
                                  {"recorded_at", turn_head_.recorded_at},
                                  {"chain", turn_head_.chain}});
}

void Ledger::committed() {
    keep();
    tell(turn_facts_);
    turn_facts_.clear();
    sole_writer_->turn_over(true);
}

void Ledger::keep() {
    std::lock_guard lock(mutex_);
    head_ = turn_head_;
    packs_ = turn_packs_;
}

void Ledger::rolled_back() {
    {
        std::lock_guard lock(mutex_);
        turn_head_ = head_;
        turn_packs_ = packs_;
    }
    turn_facts_.clear();
    sole_writer_->turn_over(false);
}

void Ledger::tell(std::span<const Fact> facts) {
    if (facts.empty()) return;
    for (const auto& follower : followers_) follower(facts);
}

SharedPacks Ledger::packs() const {
    std::lock_guard lock(mutex_);
    return packs_;
}

Head Ledger::head() const {
    std::lock_guard lock(mutex_);
    return head_;
}

const store::WriterMetrics& Ledger::writer_metrics() const {
    return writer_ ? writer_->metrics() : inline_writer_->metrics();
}

}  // namespace hezhi::journal
