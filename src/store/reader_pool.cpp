#include "store/reader_pool.h"

#include "base/assert.h"

namespace hezhi::store {

ReaderPool::ReaderPool(Database& database, int sessions_max)
    : database_(database), sessions_max_(sessions_max) {
    HEZHI_ASSERT(sessions_max > 0);
}

ReaderPool::Lease ReaderPool::lease(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    bool granted =
        freed_.wait_for(lock, patience, [this] { return !free_.empty() || open_ < sessions_max_; });
    if (!granted) {
        throw StoreError(StoreError::Kind::busy, "all read sessions are in use");
    }
    if (!free_.empty()) {
        Lease lease(*this, std::move(free_.back()));
        free_.pop_back();
        return lease;
    }
    ++open_;
    lock.unlock();
    try {
        return Lease(*this, database_.connect(Access::read_only));
    } catch (...) {
        give_back(nullptr);
        throw;
    }
}

// A session that is broken, or gone, makes room for a new one.
void ReaderPool::give_back(std::unique_ptr<Session> session) noexcept {
    if (session) session->rollback();
    if (session && session->broken()) session.reset();
    {
        std::lock_guard lock(mutex_);
        if (session) {
            free_.push_back(std::move(session));
        } else {
            --open_;
        }
    }
    freed_.notify_one();
}

ReaderPool::Lease::Lease(ReaderPool& pool, std::unique_ptr<Session> session)
    : pool_(&pool), session_(std::move(session)) {}

ReaderPool::Lease::~Lease() {
    if (session_) pool_->give_back(std::move(session_));
}

}  // namespace hezhi::store
