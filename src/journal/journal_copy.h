// A journal written into an empty database from its lines, as a restored backup brings them.
#pragma once

#include "journal/chain.h"
#include "journal/turn.h"

namespace hezhi::journal {

// Facts without figures: those are rebuilt afterwards. In the caller's transaction.
class JournalCopy {
  public:
    // The database must hold no fact.
    explicit JournalCopy(store::Session& db);

    // The next fact's bytes, kept as they are. Throws BrokenInvariant if they are not the fact of
    // the next position.
    void add(std::string_view line);
    // Writes the head and tells it.
    const Head& finish();

  private:
    store::Session& db_;
    Head head_;
};

// The chain value after the fact at this position; empty if there is none.
std::string chain_at(store::Session& db, std::int64_t position);

// The facts of one kind, in order.
std::vector<Fact> facts_of_kind(store::Session& db, std::string_view kind);

// The head as it stands, without waiting for a writer.
Head head_of(store::Session& db);

}  // namespace hezhi::journal
