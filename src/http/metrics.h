// Counters, gauges and histograms, and their Prometheus text.
//
// Our own hundred lines rather than prometheus-cpp: there a count goes through a family's lock and
// a map, and it would add three libraries to every build; here it is one relaxed atomic addition.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hezhi::http {

class Counter {
  public:
    void add(std::int64_t n = 1) { value_.fetch_add(n, std::memory_order_relaxed); }
    std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::int64_t> value_ = 0;
};

class Gauge {
  public:
    void add(std::int64_t n) { value_.fetch_add(n, std::memory_order_relaxed); }
    void set(std::int64_t n) { value_.store(n, std::memory_order_relaxed); }
    std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::int64_t> value_ = 0;
};

// Of durations, in microseconds inside and seconds in the text.
class Histogram {
  public:
    explicit Histogram(std::vector<std::chrono::microseconds> upper_bounds);
    void observe(std::chrono::microseconds value);
    // Appends the lines of one histogram; `labels` is `a="b"` or empty.
    void write(std::string_view name, std::string_view labels, std::string& out) const;

  private:
    std::vector<std::chrono::microseconds> upper_bounds_;  // ascending
    std::deque<Counter> counts_;                           // one more than bounds: the rest
    Counter sum_us_;
};

using Labels = std::vector<std::pair<std::string, std::string>>;

// Thread-safe. Asking again for the same name and labels gives the same object; references stay
// valid as long as the registry. Ask at start and keep the reference: asking takes a lock.
class Metrics {
  public:
    Metrics();
    ~Metrics();

    Counter& counter(const std::string& name, const std::string& help, const Labels& labels = {});
    Gauge& gauge(const std::string& name, const std::string& help, const Labels& labels = {});
    Histogram& histogram(const std::string& name, const std::string& help,
                         const Labels& labels = {});
    // A gauge that is asked when the text is made, without the registry's lock held.
    void gauge_from(const std::string& name, const std::string& help,
                    std::function<std::int64_t()> read);

    // Prometheus text format 0.0.4, families by name.
    std::string exposition() const;

  private:
    struct Family;
    Family& family(const std::string& name, const std::string& help, std::string_view type);

    mutable std::mutex mutex_;
    std::map<std::string, std::unique_ptr<Family>> families_;
};

// Counts the requests of one route by status class, and their durations. The router keeps one for
// each route, so that counting a request is four atomic additions.
class RouteMeter {
  public:
    RouteMeter(Metrics& metrics, const std::string& route);
    void record(int status, std::chrono::microseconds duration);

  private:
    std::vector<Counter*> by_class_;  // 1xx … 5xx
    Histogram* durations_;
};

}  // namespace hezhi::http
