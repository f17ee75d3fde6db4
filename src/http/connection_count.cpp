#include "http/connection_count.h"

#include <utility>

namespace hezhi::http {

ConnectionCount::Place::Place(Place&& other) noexcept
    : count_(std::exchange(other.count_, nullptr)), address_(std::move(other.address_)) {}

ConnectionCount::Place& ConnectionCount::Place::operator=(Place&& other) noexcept {
    std::swap(count_, other.count_);
    address_.swap(other.address_);
    return *this;
}

ConnectionCount::Place::~Place() {
    if (count_ != nullptr) count_->leave(address_);
}

std::optional<ConnectionCount::Place> ConnectionCount::admit(const std::string& address) {
    std::lock_guard lock(mutex_);
    if (open_ >= max_) return std::nullopt;
    if (!address.empty()) {
        auto& count = by_address_[address];
        if (count >= per_address_max_) return std::nullopt;
        ++count;
    }
    ++open_;
    return std::optional<Place>(std::in_place, *this, address);
}

std::size_t ConnectionCount::open() const {
    std::lock_guard lock(mutex_);
    return open_;
}

bool ConnectionCount::wait_until_none(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    return emptied_.wait_for(lock, patience, [&] { return open_ == 0; });
}

void ConnectionCount::leave(const std::string& address) {
    std::lock_guard lock(mutex_);
    auto found = by_address_.find(address);
    if (found != by_address_.end() && --found->second == 0) by_address_.erase(found);
    // Notified under the lock: the waiter may destroy this object as soon as it wakes.
    if (--open_ == 0) emptied_.notify_all();
}

}  // namespace hezhi::http
