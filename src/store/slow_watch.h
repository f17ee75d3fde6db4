// Reports a statement that took too long, when it goes out of scope.
#pragma once

#include <chrono>

#include "store/database.h"

namespace hezhi::store {

class SlowWatch {
  public:
    SlowWatch(const Options& options, std::string_view name)
        : options_(options), name_(name), on_(options.on_slow_query && options.slow_query.count()) {
        if (on_) start_ = std::chrono::steady_clock::now();
    }
    SlowWatch(const SlowWatch&) = delete;
    SlowWatch& operator=(const SlowWatch&) = delete;
    ~SlowWatch() {
        if (!on_) return;
        auto took = std::chrono::duration_cast<std::chrono::microseconds>(
            std::chrono::steady_clock::now() - start_);
        if (took >= options_.slow_query) options_.on_slow_query({name_, took});
    }

  private:
    const Options& options_;
    std::string_view name_;
    bool on_;
    std::chrono::steady_clock::time_point start_;
};

}  // namespace hezhi::store
