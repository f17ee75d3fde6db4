// ./dev bench dispatch: the engine against LEMON's network simplex on the same graphs in the same
// run. Prints a table; ends with 1 where an objective differs or a certificate does not prove the
// optimum.
//
//   bench_dispatch [LARGEST [SMALLEST]]     numbers of orders; 20000 and 1000 unless told
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <tuple>

#include "dispatch/explain.h"
#include "dispatch/generate.h"
#include "lemon_reference.h"

namespace {

using namespace hezhi::dispatch;
using hezhi::bench::cpu_seconds;

int differences = 0;

void expect(bool good, const char* what) {
    if (good) return;
    ++differences;
    std::printf("DIFFERENT: %s\n", what);
}

struct Prepared {
    std::vector<MarketOrder> orders;
    PersonIndex index;

    explicit Prepared(Market market)
        : orders(std::move(market.orders)), index(market.rules, std::move(market.people)) {
        std::vector<Capabilities> asked;
        for (auto& order : orders) {
            asked.push_back(order.required);
            asked.push_back(order.required | order.lead_required);
        }
        index.prepare(asked, std::size_t(1) << 28);
    }
};

// The lists cut off at k, given to both solvers.
void compare_pruned(Prepared& city, std::size_t k) {
    hezhi::bench::PlainGraph graph;
    Assignment own;
    std::vector<std::uint32_t> column_of(city.index.size(), UINT32_MAX);
    auto orders = city.orders;
    std::ranges::sort(orders, {}, [](auto& o) { return std::tuple(o.y_m >> 9, o.x_m, o.id); });
    std::vector<Edge> edges;
    for (auto& order : orders) {
        for (bool leader : {true, false}) {
            bool led = order.lead_required != 0;
            auto places = leader ? int(led) : order.people - int(led);
            if (places == 0) continue;
            city.index.cheapest(city.index.query_of(order, leader), k, nullptr, edges);
            for (Edge& edge : edges) {
                auto& column = column_of[edge.column];
                if (column == UINT32_MAX) column = own.add_columns(1);
                edge.column = column;
            }
            auto list = own.add_list(edges, no_cut);
            for (int i = 0; i < places; ++i) {
                auto row = own.add_row(list, empty_cost(city.index.rules(), order));
                for (const Edge& edge : edges) {
                    graph.row.push_back(static_cast<std::int32_t>(row));
                    graph.column.push_back(static_cast<std::int32_t>(edge.column));
                    graph.cost.push_back(units_of(edge.cost));
                }
                graph.exit.push_back(empty_units(city.index.rules(), order));
            }
        }
    }
    graph.rows = static_cast<std::int32_t>(own.rows());
    graph.columns = static_cast<std::int32_t>(own.columns());
    auto begin = cpu_seconds();
    own.solve();
    auto seconds = cpu_seconds() - begin;
    auto certificate = check_certificate(own);
    auto lemon = hezhi::bench::network_simplex(graph);
    expect(certificate.proves_optimum(), "the certificate");
    expect(static_cast<std::int64_t>(certificate.cost >> tie_bits) == lemon.total, "the objective");
    std::printf("  k %3zu  rows %7zu  edges %8zu  own %9.2f ms  simplex %9.2f ms  ratio %6.1f\n", k,
                own.rows(), graph.row.size(), seconds * 1e3, lemon.seconds * 1e3,
                lemon.seconds / seconds);
}

void measure_online(Prepared& city) {
    std::vector<double> micros;
    for (std::size_t i = 0; i < std::min<std::size_t>(city.orders.size(), 2000); ++i) {
        auto begin = cpu_seconds();
        auto best = best_people(city.index, city.orders[i], city.orders[i].lead_required != 0, 16);
        micros.push_back((cpu_seconds() - begin) * 1e6);
    }
    std::ranges::sort(micros);
    std::printf("  one order's best 16: p50 %.1f us  p99 %.1f us\n", micros[micros.size() / 2],
                micros[micros.size() * 99 / 100]);
}

void measure_changes(Batch& batch, std::int32_t orders) {
    auto percentiles = [](const char* what, std::vector<double> micros) {
        std::ranges::sort(micros);
        if (micros.empty()) return;
        std::printf("  %s: p50 %.1f us  p99 %.1f us\n", what, micros[micros.size() / 2],
                    micros[micros.size() * 99 / 100]);
    };
    std::vector<double> removed, added, regrets;
    batch.assignment().regret(0, cost_max, 0);  // the first one lays out the columns' edges
    for (std::int64_t id = 1; id <= orders; id += std::max(1, orders / 300)) {
        auto* places = batch.places(id);
        auto order = places->order;
        std::vector<Edge> edges;
        batch.index().cheapest(batch.index().query_of(order, places->has_leader), 8, nullptr,
                               edges);
        auto list = places->has_leader ? places->leader_list : places->member_list;
        if (!edges.empty()) {
            auto column = batch.column_for(edges.back().column);
            auto begin = cpu_seconds();
            batch.assignment().regret(list, edges.back().cost, column);
            regrets.push_back((cpu_seconds() - begin) * 1e6);
        }
        auto begin = cpu_seconds();
        if (!batch.remove_order(id)) expect(false, "an order is gone");
        removed.push_back((cpu_seconds() - begin) * 1e6);
        begin = cpu_seconds();
        if (!batch.add_order(order)) expect(false, "an order is refused");
        added.push_back((cpu_seconds() - begin) * 1e6);
    }
    percentiles("order removed", removed);
    percentiles("order added, candidates included", added);
    percentiles("exact regret", regrets);
    expect(check_certificate(batch.assignment()).proves_optimum(), "the certificate after changes");
}

void measure_city(std::int32_t orders, std::int32_t people, std::initializer_list<std::size_t> ks) {
    std::printf("%d orders, %d people\n", orders, people);
    auto market = generate_city({1, orders, people, orders > 20000 ? 6300 : 1000});
    auto begin = cpu_seconds();
    Prepared city(std::move(market));
    std::printf("  index %.2f s, %.0f MB in %zu grids\n", cpu_seconds() - begin,
                static_cast<double>(city.index.bytes()) / 1e6, city.index.grids());
    {
        Batch batch(city.index, {8, 1, nullptr});
        begin = cpu_seconds();
        if (!batch.assign(city.orders)) expect(false, "the batch is refused");
        std::printf("  whole city, dense optimum, candidates included: %.1f ms\n",
                    (cpu_seconds() - begin) * 1e3);
        auto certificate = check_certificate(batch.assignment());
        expect(certificate.proves_optimum(), "the certificate of the city");
        expect(is_unique(batch.assignment()), "uniqueness");
        measure_changes(batch, orders);
    }
    measure_online(city);
    for (auto k : ks) compare_pruned(city, k);
}

void measure_matrix(const char* what, std::uint32_t size, std::int64_t range) {
    Assignment own;
    own.add_columns(size);
    hezhi::bench::PlainGraph graph;
    graph.rows = graph.columns = static_cast<std::int32_t>(size);
    graph.exit.assign(size, std::int64_t(1) << 40);
    constexpr int shift = 36;
    std::uint64_t dice = 1;
    std::vector<Edge> edges(size);
    for (std::uint32_t i = 0; i < size; ++i) {
        for (std::uint32_t j = 0; j < size; ++j) {
            dice += 0x9e3779b97f4a7c15u;
            auto cost = range ? 1 + static_cast<std::int64_t>(mixed(dice) >> 33) % range
                              : std::int64_t(i + 1) * (j + 1);
            auto noise = mixed((std::uint64_t(i) << 32 | j) + 1) >> 38;
            edges[j] = {(cost << shift) | static_cast<Cost>(noise), j};
            graph.row.push_back(static_cast<std::int32_t>(i));
            graph.column.push_back(static_cast<std::int32_t>(j));
            graph.cost.push_back(cost);
        }
        std::ranges::sort(edges, {}, &Edge::cost);
        own.add_row(own.add_list(edges, no_cut), cost_max);
    }
    auto begin = cpu_seconds();
    own.solve();
    auto seconds = cpu_seconds() - begin;
    auto certificate = check_certificate(own);
    auto lemon = hezhi::bench::network_simplex(graph);
    expect(certificate.proves_optimum(), "the certificate");
    expect(static_cast<std::int64_t>(certificate.cost >> shift) == lemon.total, "the objective");
    std::printf("%s %u: own %.2f ms  simplex %.2f ms  ratio %.2f\n", what, size, seconds * 1e3,
                lemon.seconds * 1e3, lemon.seconds / seconds);
}

}  // namespace

int main(int argc, char** argv) {
    auto largest = argc > 1 ? std::atoi(argv[1]) : 20000;
    auto smallest = argc > 2 ? std::atoi(argv[2]) : 1000;
    for (std::int32_t orders : {1000, 2000, 5000, 10000, 20000, 50000, 100000}) {
        if (orders <= largest && orders >= smallest) measure_city(orders, orders * 50, {32});
    }
    for (std::int32_t orders : {2000, 20000}) {
        if (orders <= largest && orders >= smallest) measure_city(orders, orders * 3, {16, 32, 64});
    }
    measure_matrix("costs 1..100", 800, 100);
    measure_matrix("costs 1..1000000", 800, 1000000);
    measure_matrix("Machol-Wien", 800, 0);
    std::printf("differences: %d\n", differences);
    return differences ? 1 : 0;
}
