#include "crypto/password_pool.h"

#include <new>
#include <utility>

#include "base/assert.h"
#include "crypto/bytes.h"
#include "crypto/crypto_refusals.h"

namespace hezhi::crypto {
namespace {

// The answer of `compute`, or the refusal if the memory for it is not there.
template <class T, class Compute>
Result<T> compute_or_busy(bool run, Compute compute) {
    if (!run) return refuse(refusals::password_pool_busy);
    try {
        return compute();
    } catch (const std::bad_alloc&) {
        return refuse(refusals::password_pool_busy);
    }
}

}  // namespace

PasswordPool::PasswordPool(int threads, std::size_t waiting_max, PasswordCost cost)
    : waiting_max_(waiting_max), cost_(cost) {
    HEZHI_ASSERT(threads >= 1 && waiting_max >= 1 && cost.is_possible());
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

PasswordPool::~PasswordPool() {
    std::deque<Job> left;
    {
        std::lock_guard lock(mutex_);
        ending_ = true;
        left.swap(waiting_);
    }
    changed_.notify_all();
    threads_.clear();  // joins: what runs is finished
    for (Job& job : left) job(false);
}

Result<void> PasswordPool::hash(std::string clear, HashDone done) {
    return submit([cost = cost_, clear = std::move(clear),
                   done = std::move(done)](bool run) mutable {
        auto hashed = compute_or_busy<std::string>(run, [&] { return hash_password(clear, cost); });
        wipe(clear);
        done(std::move(hashed));
    });
}

Result<void> PasswordPool::verify(std::string stored, std::string clear, VerifyDone done) {
    return submit([cost = cost_, stored = std::move(stored), clear = std::move(clear),
                   done = std::move(done)](bool run) mutable {
        auto verdict = compute_or_busy<PasswordVerdict>(run, [&] {
            if (!password_matches(stored, clear)) return PasswordVerdict::wrong;
            return needs_rehash(stored, cost) ? PasswordVerdict::right_but_rehash
                                              : PasswordVerdict::right;
        });
        wipe(clear);
        done(verdict);
    });
}

Result<void> PasswordPool::submit(Job job) {
    {
        std::lock_guard lock(mutex_);
        if (ending_ || waiting_.size() >= waiting_max_) {
            return refuse(refusals::password_pool_busy);
        }
        waiting_.push_back(std::move(job));
    }
    changed_.notify_one();
    return {};
}

void PasswordPool::work() {
    for (;;) {
        Job job;
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
            if (waiting_.empty()) return;
            job = std::move(waiting_.front());
            waiting_.pop_front();
        }
        job(true);
    }
}

}  // namespace hezhi::crypto
