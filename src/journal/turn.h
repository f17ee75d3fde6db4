// What an action has in its hands while it runs: the time, the figures, and the journal to append
// to. It decides first and writes last.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "journal/figure_table.h"
#include "journal/published_packs.h"
#include "store/session.h"

namespace hezhi::journal {

// The end of the journal, as the writer's turn holds it.
struct Head {
    std::int64_t position = 0;
    Instant recorded_at;
    std::string chain;  // SHA-256 over the chain before and the fact's bytes, hex
};

// The chain value after a fact: changing one byte of any fact changes every later value.
std::string next_chain(std::string_view chain, std::string_view body);

// One thread; lives for one action of the writer's turn.
class Turn {
  public:
    // `head` is moved by append(), and `packs` when it publishes one; `written` receives the facts.
    Turn(store::Session& db, const FigureTables& tables, SharedPacks& packs, Head& head,
         std::vector<Fact>& written, Instant now);

    // Never earlier than the last recorded fact.
    Instant now() const { return now_; }
    store::Session& db() { return db_; }
    const rules::PackHistory& packs() const { return *packs_; }
    // The pack in force now; null before the first was published.
    const rules::PublishedPack* pack() const { return packs_->in_force(now_); }
    // The position that the next fact will get, and so the id of the record that it makes.
    std::int64_t next_position() const { return head_.position + 1; }

    // The state of a figure's row, with what this action has appended; null if there is none.
    // Valid until the next append().
    template <class F>
    const typename F::State* load(const Key& key) {
        return static_cast<const typename F::State*>(load_row(tables_.of(figure<F>()), key).get());
    }

    // Appends a fact and steps every figure that folds its kind. Returns its position. A rule pack
    // that it publishes holds for the facts after it.
    std::int64_t append(FactDraft draft);

    // Writes the rows that were stepped. The ledger calls it when the action has ended.
    void store_rows();

    bool wrote() const { return appended_ > 0 || db_.writes() > writes_before_; }
    const FigureTables& tables() const { return tables_; }

  private:
    struct Held {
        std::shared_ptr<void> state;  // null: no such row, or gone
        bool stored = false;          // the row stands in the table
        bool changed = false;
    };

    Held& hold(const FigureTable& table, const Key& key);
    const std::shared_ptr<void>& load_row(const FigureTable& table, const Key& key) {
        return hold(table, key).state;
    }
    void step_figures(const Fact& fact);
    void publish(const Fact& fact);

    store::Session& db_;
    const FigureTables& tables_;
    SharedPacks& packs_;
    Head& head_;
    std::vector<Fact>& written_;
    Instant now_;
    std::uint64_t writes_before_;
    std::size_t appended_ = 0;
    std::map<std::pair<const FigureTable*, Key>, Held> held_;
};

// The pack that a fact is judged by: the one in force when it occurred; an empty one before any.
const rules::Pack& pack_for(const rules::PackHistory& packs, const Fact& fact);

}  // namespace hezhi::journal
