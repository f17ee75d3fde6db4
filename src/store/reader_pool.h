// Read-only sessions, lent one at a time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "store/database.h"

namespace hezhi::store {

// Thread-safe. Must outlive its leases; the Database must outlive it.
class ReaderPool {
  public:
    class Lease {
      public:
        Lease(Lease&& other) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        // Ends an open snapshot and gives the session back; a broken one is replaced.
        ~Lease();

        Session& operator*() const { return *session_; }
        Session* operator->() const { return session_.get(); }

      private:
        friend class ReaderPool;
        Lease(ReaderPool& pool, std::unique_ptr<Session> session);

        ReaderPool* pool_;
        std::unique_ptr<Session> session_;
    };

    // Sessions are opened when first needed, never more than `sessions_max`.
    ReaderPool(Database& database, int sessions_max);

    // Waits for a free session. Throws StoreError `busy` after `patience`.
    Lease lease(std::chrono::milliseconds patience = std::chrono::seconds(10));

  private:
    void give_back(std::unique_ptr<Session> session) noexcept;

    Database& database_;
    const int sessions_max_;
    std::mutex mutex_;
    std::condition_variable freed_;
    int open_ = 0;
    std::vector<std::unique_ptr<Session>> free_;
};

}  // namespace hezhi::store
