// The sealer: closes blocks over the journal while the service runs, with a key that stands in a
// file of its own, outside the database.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "app/installation.h"
#include "http/log.h"
#include "journal/seals.h"

namespace hezhi::app {

// What waits longer is sealed, so that at most a minute is not.
inline constexpr Millis seal_after = std::chrono::seconds(45);

// Seals blocks one after another, and keeps the last (seal_head.h). Any thread, one at a time.
class Sealer {
  public:
    // The key of the place, if it is there and is the newest that the database knows; else why()
    // says what is wrong and nothing is sealed.
    Sealer(journal::Ledger& ledger, const Location& place);

    // These from any number of threads.
    bool able() const;
    // In Chinese and English; empty if it is able.
    std::string why() const;
    // Why nothing is sealed, or what was sealed is not kept as it should be.
    std::optional<rules::Words> trouble() const;
    // Seals all facts up to now, and nothing once the database lacks the block that was sealed
    // last. Returns how many blocks; throws StoreError.
    std::int64_t seal_all();
    // The same if it is due: seal_facts_max facts wait, or the oldest for seal_after.
    std::int64_t seal_due();

  private:
    bool head_holds();
    void take_head_forward();
    void keep(const journal::SealedBlock& block);
    void stop_for(const rules::Words& why);

    journal::Ledger& ledger_;
    Location place_;
    std::optional<crypto::SigningKey> key_;
    mutable std::mutex mutex_;
    std::optional<rules::Words> stopped_, not_kept_;
};

// Runs a Sealer every few seconds until stopped.
class SealingThread {
  public:
    SealingThread(Sealer& sealer, http::Log& log) : sealer_(sealer), log_(log) {}
    ~SealingThread() { stop(); }
    void start();
    void stop();

  private:
    void work();

    Sealer& sealer_;
    http::Log& log_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

// For a database that has no seal key yet: makes the file, or takes the one that is there, and
// notes its public half.
void make_seal_key(store::Database& database, const Location& place, const Clock& clock);

// A new key, with a block by which it begins. The old one vouches for it unless it is `lost`.
// Answers the new public key; throws CannotOpen, also if the database lacks the block sealed last.
crypto::PublicKey change_seal_key(Installation& installation, bool lost);

}  // namespace hezhi::app
