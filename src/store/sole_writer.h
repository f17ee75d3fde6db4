// Whether this process is the only one that writes. As long as it is, what it has heard of is all
// there is, and a read need not ask the database whether anybody else has written since.
//
//   1. While one process stands alone, no other has a turn.
//   2. Whoever wants to write waits until the one that stands alone has stepped aside, some tenths
//      of a second; then both write, and both ask the database at each read.
//   3. A process stands alone again after a while in which nobody else came, longer each time that
//      somebody did.
//   4. If a connection to PostgreSQL that holds the place is lost without a word, the process still
//      believes for `trusted` that it stands alone, and its reads may be as old as that.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "store/session.h"

namespace hezhi::store {

struct AloneTimes {
    std::chrono::milliseconds beat{100};          // how often is looked for others
    std::chrono::milliseconds pause{5000};        // before trying again, the first time
    std::chrono::milliseconds pause_max{300000};  // and at most
};

class SoleWriter {
  public:
    static constexpr std::chrono::milliseconds trusted{2000};

    virtual ~SoleWriter() = default;

    // First in the transaction of each turn: waits until this process may write. Every call is
    // followed by turn_over() on the same thread, also when it throws.
    virtual void begin_turn(Session& db) = 0;
    // The head of the journal as this turn has read it, when everything up to it has been told.
    virtual void note_head(std::int64_t position) = 0;
    // `known`: it is certain whether the turn's writing stands. Without a turn it does nothing.
    virtual void turn_over(bool known) noexcept = 0;

    // True: nothing behind `told` has been committed but by a turn of this process that is not
    // over. Thread-safe, and costs no question to the database.
    virtual bool all_told(std::int64_t told) const = 0;
};

// Where nobody else can come, as to a database in memory: a question costs next to nothing.
class AnyWriter final : public SoleWriter {
  public:
    void begin_turn(Session&) override {}
    void note_head(std::int64_t) override {}
    void turn_over(bool) noexcept override {}
    bool all_told(std::int64_t) const override { return false; }
};

}  // namespace hezhi::store
