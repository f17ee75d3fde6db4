#include "http/metrics.h"

#include <gtest/gtest.h>

#include <sstream>
#include <thread>

#include "base/assert.h"
#include "http/log.h"

namespace hezhi::http {
namespace {

TEST(Metrics, WritesPrometheusText) {
    Metrics metrics;
    metrics.counter("b_total", "Bees.", {{"kind", "a\"b\\c\nd"}}).add(3);
    metrics.gauge("a_now", "Ants.").set(-2);
    metrics.gauge_from("c_now", "Cats.", [] { return 7; });
    EXPECT_EQ(metrics.exposition(),
              "# HELP a_now Ants.\n# TYPE a_now gauge\na_now -2\n"
              "# HELP b_total Bees.\n# TYPE b_total counter\n"
              "b_total{kind=\"a\\\"b\\\\c\\nd\"} 3\n"
              "# HELP c_now Cats.\n# TYPE c_now gauge\nc_now 7\n");
}

TEST(Metrics, SameNameAndLabelsAreTheSameCounter) {
    Metrics metrics;
    Counter& counter = metrics.counter("x_total", "X.", {{"k", "1"}});
    for (int i = 0; i < 100; ++i) metrics.counter("x_total", "X.", {{"k", std::to_string(i)}});
    metrics.counter("x_total", "X.", {{"k", "1"}}).add();
    EXPECT_EQ(counter.value(), 1);
    EXPECT_THROW(metrics.gauge("x_total", "X."), BrokenInvariant);
}

TEST(Metrics, HistogramBucketsAreCumulative) {
    Histogram histogram({std::chrono::microseconds(100), std::chrono::milliseconds(1)});
    histogram.observe(std::chrono::microseconds(100));
    histogram.observe(std::chrono::microseconds(101));
    histogram.observe(std::chrono::seconds(2));
    std::string text;
    histogram.write("h", "", text);
    EXPECT_EQ(text,
              "h_bucket{le=\"0.0001\"} 1\nh_bucket{le=\"0.001\"} 2\nh_bucket{le=\"+Inf\"} 3\n"
              "h_sum 2.000201\nh_count 3\n");
}

TEST(Metrics, RouteMeterCountsByStatusClass) {
    Metrics metrics;
    RouteMeter meter(metrics, "orders.get");
    meter.record(200, std::chrono::microseconds(80));
    meter.record(204, std::chrono::microseconds(80));
    meter.record(404, std::chrono::microseconds(80));
    std::string text = metrics.exposition();
    for (const char* line :
         {"hezhi_http_requests_total{route=\"orders.get\",status=\"2xx\"} 2\n",
          "hezhi_http_requests_total{route=\"orders.get\",status=\"4xx\"} 1\n",
          "hezhi_http_requests_total{route=\"orders.get\",status=\"5xx\"} 0\n",
          "hezhi_http_request_seconds_bucket{route=\"orders.get\",le=\"0.0001\"} 3\n",
          "hezhi_http_request_seconds_count{route=\"orders.get\"} 3\n"}) {
        EXPECT_NE(text.find(line), std::string::npos) << line << text;
    }
}

TEST(Metrics, CountsFromManyThreads) {
    Metrics metrics;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                for (int n = 0; n < 1000; ++n) metrics.counter("x_total", "X.").add();
            });
        }
    }
    EXPECT_EQ(metrics.counter("x_total", "X.").value(), 4000);
}

TEST(Log, WritesOneJsonObjectALine) {
    ManualClock clock(Instant{1'772'000'000'000});
    std::ostringstream out;
    Log log(clock, LogLevel::info, out);
    log.write(LogLevel::debug, "too_fine");
    log.write(LogLevel::info, "request", {{"route", "a\n\"b\""}, {"status", 200}});
    EXPECT_EQ(out.str(), "{\"at\":\"" + to_string(clock.now()) +
                             "\",\"event\":\"request\",\"level\":\"info\","
                             "\"route\":\"a\\n\\\"b\\\"\",\"status\":200}\n");
}

TEST(Log, NamesThePlaceOfABrokenInvariantAndNothingOfOtherTexts) {
    BrokenInvariant broken("x > 0 (file.cpp:3)");
    EXPECT_EQ(describe_exception(broken), "broken invariant: x > 0 (file.cpp:3)");
    std::runtime_error other("a person's name");
    EXPECT_EQ(describe_exception(other), "std::runtime_error");
}

}  // namespace
}  // namespace hezhi::http
