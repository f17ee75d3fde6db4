// How many connections are open, in all and by address. Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace hezhi::http {

class ConnectionCount {
  public:
    ConnectionCount(std::size_t max, std::size_t per_address_max)
        : max_(max), per_address_max_(per_address_max) {}

    // Held by a connection for as long as it is open. The count must outlive it.
    class Place {
      public:
        Place(ConnectionCount& count, std::string address)
            : count_(&count), address_(std::move(address)) {}
        Place(Place&& other) noexcept;
        Place& operator=(Place&& other) noexcept;
        ~Place();

      private:
        ConnectionCount* count_;
        std::string address_;
    };

    // nullopt if that many are open already. An empty address counts in all only.
    std::optional<Place> admit(const std::string& address);

    std::size_t open() const;
    // False if some are still open after `patience`.
    bool wait_until_none(std::chrono::milliseconds patience);

  private:
    void leave(const std::string& address);

    const std::size_t max_;
    const std::size_t per_address_max_;
    mutable std::mutex mutex_;
    std::condition_variable emptied_;
    std::size_t open_ = 0;
    std::unordered_map<std::string, std::size_t> by_address_;
};

}  // namespace hezhi::http
