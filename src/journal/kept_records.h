// Records as reads have put them together, kept in memory beside the readers.
//
//   1. What is kept of a record follows from the facts that name one of its subjects and from what
//      the turns of those facts wrote into the register; never from the caller or the time.
//   2. It is forgotten when a fact is told that names one of its subjects.
//   3. It is given to a read only if the head of the journal is the last fact that was told. Each
//      read asks the database for it, unless this process alone writes (store/sole_writer.h).
//
// So a read sees whatever was committed before it began, by whichever process. As long as another
// process is ahead of what this one has heard, every record is read from its tables.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "journal/ledger.h"

namespace hezhi::journal {

// One record that a fact may name: {"order", 15}.
using Subject = std::pair<std::string, std::int64_t>;

class KeptRecords {
  public:
    struct Made {
        std::shared_ptr<const void> record;  // null: there is none, and nothing is kept
        std::vector<Subject> subjects = {};  // the same one may be named twice
    };
    using Make = std::function<Made()>;

    // Keeps up to `records_max`; when they are full, all are forgotten. Make it before the first
    // action; the ledger must outlive it.
    KeptRecords(Ledger& ledger, std::size_t records_max);

    // The record `id`: the kept one, or what `make` reads with this session now. Thread-safe; what
    // `make` throws is passed on.
    std::shared_ptr<const void> find(store::Session& db, std::int64_t id, const Make& make) const;

    // How many records were made so far; for the tests.
    std::uint64_t made() const;

  private:
    struct State;
    const Ledger& ledger_;
    std::shared_ptr<State> state_;  // the ledger's follower shares it
};

}  // namespace hezhi::journal
