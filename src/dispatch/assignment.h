// Exact min-cost assignment of rows to columns, sparse, with rows that grow on demand.
//
// A row is one place to fill, a column one person. Every row has a private exit: staying empty at a
// price. A row's list holds its cheapest edges in ascending order; whatever is not listed costs at
// least the list's `cut`. The engine asks its EdgeSource for more only when its own prices say that
// an unlisted edge could matter, so the result is the proven optimum of the full dense graph.
//
// Duals: u of rows, v <= 0 of columns. At rest every edge has cost - u - v >= 0, matched edges have
// 0, free columns have v = 0, u <= exit and u <= cut_of the list. check_certificate (certificate.h)
// checks this without trusting the engine.
//
// One thread at a time. Costs lie in [0, cost_max]; the caller keeps to that.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "dispatch/search_heap.h"

namespace hezhi::dispatch {

using Cost = std::int64_t;

inline constexpr Cost cost_max = Cost(1) << 61;  // sums of three stay inside 64 bits
inline constexpr Cost no_cut = INT64_MAX;        // the list is complete

struct Edge {
    Cost cost;
    std::uint32_t column;
};

// Where lists get more edges. `listed` are the edges known so far; more() appends the next ones in
// ascending order and returns the new cut, or no_cut if there are no others.
class EdgeSource {
  public:
    virtual ~EdgeSource() = default;
    virtual Cost more(std::uint32_t list, std::span<const Edge> listed,
                      std::vector<Edge>& next) = 0;
};

// What the engine did; for the benchmark and for noticing a hard market.
struct Effort {
    std::int64_t edge_scans = 0;
    std::int64_t bids = 0;
    std::int64_t searches = 0;
    std::int64_t reverse_searches = 0;
    std::int64_t growths = 0;
};

// Thrown out of a run that was told to stop. The assignment is then in no state to be used.
struct AssignmentStopped {};

class Assignment {
  public:
    static constexpr std::int32_t at_exit = -1;  // the row stays empty
    static constexpr std::int32_t waiting = -2;  // not placed yet
    static constexpr std::int32_t removed = -3;  // no longer there
    static constexpr std::int32_t nobody = -1;   // the column is free
    static constexpr std::int32_t gone = -2;     // the person is no longer there

    // `source` outlives the assignment; may be null if every list is complete.
    explicit Assignment(EdgeSource* source = nullptr) : source_(source) {}

    void reserve(std::size_t rows, std::size_t columns, std::size_t edges);

    // Edges ascend by cost and name existing columns, each at most once; unlisted ones cost at
    // least `cut`.
    std::uint32_t add_list(std::span<const Edge> edges, Cost cut);
    // A row that may take any edge of the list, or stay empty at `exit`. Rows of one list are
    // alike: they have the same exit.
    std::uint32_t add_row(std::uint32_t list, Cost exit);
    std::uint32_t add_columns(std::uint32_t count);  // returns the first

    // From now on a search throws AssignmentStopped once the flag is up; null: never. It outlives
    // its use here.
    void stop_when(const std::atomic<bool>* flag) { stop_ = flag; }

    // Places every waiting row and restores optimality. Idempotent.
    void solve();

    // Each of these leaves an optimal assignment behind.
    void place(std::uint32_t row);  // of a row added or removed after solve()
    void remove_row(std::uint32_t row);
    void place_rows(std::span<const std::uint32_t> rows);  // many at once cost less than one by one
    void remove_rows(std::span<const std::uint32_t> rows);  // those removed already are passed over
    void forbid(std::uint32_t list, std::uint32_t column);  // an edge goes
    void remove_column(std::uint32_t column);
    // A new column joins: one edge a list, for lists it is eligible for.
    struct Join {
        std::uint32_t list;
        Cost cost;
    };
    void join_column(std::uint32_t column, std::span<const Join> edges);

    // What everybody together would lose if some row of the list had to take this column at `cost`:
    // exactly the difference between two optima. `cost` may be of an edge that is not listed.
    struct Regret {
        Cost loss = 0;
        // Who moves: each row goes on to the column; at_exit if it would stay empty.
        struct Move {
            std::uint32_t row;
            std::int32_t column;
        };
        std::vector<Move> moves;
    };
    Regret regret(std::uint32_t list, Cost cost, std::uint32_t column);

    std::size_t rows() const { return row_column_.size(); }
    std::size_t columns() const { return v_.size(); }
    std::size_t lists() const { return lists_.size(); }
    std::int32_t column_of(std::uint32_t row) const { return row_column_[row]; }
    std::int32_t row_of(std::uint32_t column) const { return column_row_[column]; }
    std::uint32_t list_of(std::uint32_t row) const { return row_list_[row]; }
    Cost exit_of(std::uint32_t row) const { return exit_[row]; }
    Cost u(std::uint32_t row) const { return u_[row]; }
    Cost v(std::uint32_t column) const { return v_[column]; }
    std::span<const Edge> edges_of(std::uint32_t list) const;
    // Unlisted edges cost more than this.
    Cost cut_of(std::uint32_t list) const { return lists_[list].cut; }
    // no_cut if the edge is not listed.
    Cost cost_of(std::uint32_t list, std::uint32_t column) const;
    const Effort& effort() const { return effort_; }

  private:
    struct List {
        Edge* edges = nullptr;  // in edge_memory_
        std::uint32_t size = 0;
        std::uint32_t room = 0;
        std::uint32_t first_row = none;
        Cost cut = no_cut;
    };
    struct Best {
        Cost first, second;
        std::uint32_t column;
    };
    struct TreeRow {
        std::uint32_t row;
        Cost distance;
    };
    struct Adjacent {  // an edge seen from its column
        Cost cost;
        std::uint32_t list;
        std::uint32_t next;
    };
    struct Sink {
        Cost key;
        std::uint32_t row;
        std::uint32_t column;  // none: the row's exit
    };
    static constexpr std::uint32_t none = UINT32_MAX;

    // assignment.cpp
    void grow(std::uint32_t list);
    Edge* memory_for(std::size_t edges);
    void move_list(List& list, std::uint32_t room);
    void match(std::uint32_t row, std::uint32_t column);
    void leave(std::uint32_t row, std::int32_t state);
    Best best_of(std::uint32_t row);
    void reduce_rows(std::vector<std::uint32_t>& open);

    // assignment_search.cpp
    void search_from_row(std::uint32_t root);
    void explore_from_row(std::uint32_t root);
    void enter_row(std::uint32_t row, Cost distance);
    void scan_row(std::uint32_t row, Cost distance, std::uint32_t from);
    void shift_tree(Cost reached);
    void augment(std::uint32_t root);
    void search_from_column(std::uint32_t root);
    void explore_from_column(std::uint32_t root);
    void visit_column(std::uint32_t column, Cost distance);
    void begin_search();

    // assignment_auction.cpp
    void auction(std::vector<std::uint32_t>& open);
    void bid_rows(std::vector<std::uint32_t>& open, Cost step);
    void bid_columns(Cost step);
    void keep_tight(std::vector<std::uint32_t>& open, Cost slack);
    void settle_columns();

    void ask_whether_to_stop() const {
        if (stop_ && stop_->load(std::memory_order_relaxed)) throw AssignmentStopped();
    }
    void need_adjacency();
    void gather_adjacency();
    bool is_scattered(std::size_t share) const;
    void add_adjacent(std::uint32_t list, const Edge& edge);

    EdgeSource* source_;
    const std::atomic<bool>* stop_ = nullptr;
    std::vector<List> lists_;
    std::vector<std::unique_ptr<Edge[]>> edge_memory_;  // edges stay where they are
    Edge* memory_next_ = nullptr;
    std::size_t memory_left_ = 0;
    std::size_t edge_count_ = 0;
    std::vector<Edge> grown_;

    std::vector<std::uint32_t> row_list_, row_next_;
    std::vector<std::int32_t> row_column_;
    std::vector<Cost> exit_, u_;

    std::vector<std::int32_t> column_row_;
    std::vector<Cost> v_;
    std::vector<std::uint32_t> adjacent_head_;
    std::unique_ptr<Adjacent[]> adjacent_;
    std::size_t adjacent_count_ = 0, adjacent_room_ = 0;
    std::size_t adjacent_together_ = 0;  // of them, laid out by column
    bool has_adjacency_ = false;

    // One search. Columns carry a stamp, so that nothing of their number is ever cleared.
    struct Label {
        Cost distance = 0;
        std::uint32_t parent = 0;
        std::uint32_t stamp = 0;
    };
    std::vector<Label> label_;
    std::vector<Cost> row_distance_;
    std::uint32_t stamp_ = 0;
    std::vector<TreeRow> tree_;
    SearchHeap heap_;
    Sink sink_{};
    Cost beyond_ = 0;  // how far a search looks past the nearest way out
    Effort effort_;
};

}  // namespace hezhi::dispatch
