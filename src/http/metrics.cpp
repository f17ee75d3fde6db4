#include "http/metrics.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/assert.h"

namespace hezhi::http {
namespace {

using std::chrono::microseconds;

// From a cached read to a writer's turn under load; the last bound is the answer deadline.
const std::vector<microseconds>& duration_bounds() {
    static const std::vector<microseconds> bounds{
        microseconds(100),     microseconds(250),     microseconds(500),    microseconds(1000),
        microseconds(2500),    microseconds(5000),    microseconds(10000),  microseconds(25000),
        microseconds(50000),   microseconds(100000),  microseconds(250000), microseconds(1000000),
        microseconds(5000000), microseconds(30000000)};
    return bounds;
}

std::string escaped(std::string_view value) {
    std::string out;
    for (char c : value) {
        if (c == '\\' || c == '"') out.push_back('\\');
        if (c == '\n') {
            out.append("\\n");
        } else {
            out.push_back(c);
        }
    }
    return out;
}

std::string label_text(const Labels& labels) {
    std::string out;
    for (const auto& [name, value] : labels) {
        if (!out.empty()) out.push_back(',');
        out.append(name).append("=\"").append(escaped(value)).append("\"");
    }
    return out;
}

void append_line(std::string& out, std::string_view name, std::string_view labels,
                 std::int64_t value) {
    std::string_view format = labels.empty() ? "{}{} {}\n" : "{}{{{}}} {}\n";
    fmt::format_to(std::back_inserter(out), fmt::runtime(format), name, labels, value);
}

}  // namespace

struct Metrics::Family {
    std::string help;
    std::string_view type;
    std::map<std::string, Counter> counters;  // by label text
    std::map<std::string, Gauge> gauges;
    std::map<std::string, Histogram> histograms;
    std::function<std::int64_t()> read;
};

Metrics::Metrics() = default;
Metrics::~Metrics() = default;

Histogram::Histogram(std::vector<microseconds> upper_bounds)
    : upper_bounds_(std::move(upper_bounds)), counts_(upper_bounds_.size() + 1) {
    HEZHI_ASSERT(std::ranges::is_sorted(upper_bounds_));
}

void Histogram::observe(microseconds value) {
    auto bound = std::ranges::lower_bound(upper_bounds_, value);
    counts_[static_cast<std::size_t>(bound - upper_bounds_.begin())].add();
    sum_us_.add(value.count());
}

void Histogram::write(std::string_view name, std::string_view labels, std::string& out) const {
    std::string_view comma = labels.empty() ? "" : ",";
    std::int64_t below = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        below += counts_[i].value();
        std::string bound = "+Inf";
        if (i < upper_bounds_.size()) {
            bound = fmt::format("{}", static_cast<double>(upper_bounds_[i].count()) / 1e6);
        }
        append_line(out, fmt::format("{}_bucket", name),
                    fmt::format("{}{}le=\"{}\"", labels, comma, bound), below);
    }
    std::string braces = labels.empty() ? "" : fmt::format("{{{}}}", labels);
    double seconds = static_cast<double>(sum_us_.value()) / 1e6;
    fmt::format_to(std::back_inserter(out), "{}_sum{} {}\n", name, braces, seconds);
    append_line(out, fmt::format("{}_count", name), labels, below);
}

Metrics::Family& Metrics::family(const std::string& name, const std::string& help,
                                 std::string_view type) {
    auto& found = families_[name];
    if (!found) {
        found = std::make_unique<Family>();
        found->help = help;
        found->type = type;
    }
    HEZHI_ASSERT(found->type == type);
    return *found;
}

Counter& Metrics::counter(const std::string& name, const std::string& help, const Labels& labels) {
    std::lock_guard lock(mutex_);
    return family(name, help, "counter").counters[label_text(labels)];
}

Gauge& Metrics::gauge(const std::string& name, const std::string& help, const Labels& labels) {
    std::lock_guard lock(mutex_);
    return family(name, help, "gauge").gauges[label_text(labels)];
}

Histogram& Metrics::histogram(const std::string& name, const std::string& help,
                              const Labels& labels) {
    std::lock_guard lock(mutex_);
    auto& histograms = family(name, help, "histogram").histograms;
    return histograms.try_emplace(label_text(labels), duration_bounds()).first->second;
}

void Metrics::gauge_from(const std::string& name, const std::string& help,
                         std::function<std::int64_t()> read) {
    std::lock_guard lock(mutex_);
    family(name, help, "gauge").read = std::move(read);
}

std::string Metrics::exposition() const {
    // Asked outside the lock: a reader may itself use the registry.
    std::vector<std::pair<const Family*, std::function<std::int64_t()>>> readers;
    std::map<const Family*, std::int64_t> read;
    {
        std::lock_guard lock(mutex_);
        for (const auto& [name, family] : families_) {
            if (family->read) readers.emplace_back(family.get(), family->read);
        }
    }
    for (const auto& [family, ask] : readers) read[family] = ask();

    std::lock_guard lock(mutex_);
    std::string out;
    for (const auto& [name, family] : families_) {
        fmt::format_to(std::back_inserter(out), "# HELP {} {}\n# TYPE {} {}\n", name, family->help,
                       name, family->type);
        for (const auto& [labels, counter] : family->counters) {
            append_line(out, name, labels, counter.value());
        }
        for (const auto& [labels, gauge] : family->gauges) {
            append_line(out, name, labels, gauge.value());
        }
        for (const auto& [labels, histogram] : family->histograms) {
            histogram.write(name, labels, out);
        }
        auto value = read.find(family.get());
        if (value != read.end()) append_line(out, name, "", value->second);
    }
    return out;
}

RouteMeter::RouteMeter(Metrics& metrics, const std::string& route) {
    for (int status_class = 1; status_class <= 5; ++status_class) {
        Labels labels{{"route", route}, {"status", std::to_string(status_class) + "xx"}};
        by_class_.push_back(
            &metrics.counter("hezhi_http_requests_total", "Requests answered.", labels));
    }
    durations_ = &metrics.histogram("hezhi_http_request_seconds",
                                    "From the complete request to its answer.", {{"route", route}});
}

void RouteMeter::record(int status, microseconds duration) {
    HEZHI_ASSERT(status >= 100 && status <= 599);
    by_class_[static_cast<std::size_t>(status / 100 - 1)]->add();
    durations_->observe(duration);
}

}  // namespace hezhi::http
