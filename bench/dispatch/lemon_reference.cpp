#include "reference.h"

#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>
#include <time.h>

#include <stdexcept>
#include <utility>

namespace hezhi {
namespace bench {

double cpu_seconds() {
    timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

ReferenceRun network_simplex(const PlainGraph& graph) {
    typedef lemon::StaticDigraph Digraph;
    double begin = cpu_seconds();
    int rows = graph.rows, columns = graph.columns, sink = rows + columns;
    // Arcs ascend by their source, as the static graph wants them.
    std::vector<std::vector<std::size_t>> edges_of(static_cast<std::size_t>(rows));
    for (std::size_t e = 0; e < graph.row.size(); ++e) {
        edges_of[static_cast<std::size_t>(graph.row[e])].push_back(e);
    }
    std::vector<std::pair<int, int>> arcs;
    std::vector<std::int64_t> costs;
    for (int row = 0; row < rows; ++row) {
        for (std::size_t e : edges_of[static_cast<std::size_t>(row)]) {
            arcs.push_back(std::make_pair(row, rows + graph.column[e]));
            costs.push_back(graph.cost[e]);
        }
        arcs.push_back(std::make_pair(row, sink));
        costs.push_back(graph.exit[static_cast<std::size_t>(row)]);
    }
    for (int column = 0; column < columns; ++column) {
        arcs.push_back(std::make_pair(rows + column, sink));
        costs.push_back(0);
    }
    Digraph digraph;
    digraph.build(sink + 1, arcs.begin(), arcs.end());
    Digraph::ArcMap<std::int64_t> cost(digraph);
    Digraph::ArcMap<int> capacity(digraph, 1);
    for (std::size_t a = 0; a < arcs.size(); ++a) cost[digraph.arc(static_cast<int>(a))] = costs[a];
    Digraph::NodeMap<int> supply(digraph, 0);
    for (int row = 0; row < rows; ++row) supply[digraph.node(row)] = 1;
    supply[digraph.node(sink)] = -rows;
    lemon::NetworkSimplex<Digraph, int, std::int64_t> simplex(digraph);
    simplex.costMap(cost).upperMap(capacity).supplyMap(supply);
    ReferenceRun out;
    double start = cpu_seconds();
    out.build_seconds = start - begin;
    if (simplex.run() != lemon::NetworkSimplex<Digraph, int, std::int64_t>::OPTIMAL) {
        throw std::runtime_error("the network simplex found no optimum");
    }
    out.seconds = cpu_seconds() - start;
    out.finished = true;
    out.total = simplex.totalCost<std::int64_t>();
    return out;
}

}  // namespace bench
}  // namespace hezhi
