#include "dispatch/certificate.h"

#include <vector>

namespace hezhi::dispatch {

namespace {

void check_row(const Assignment& a, std::uint32_t row, Certificate& out) {
    auto held = a.column_of(row);
    auto list = a.list_of(row);
    Cost u = a.u(row);
    Cost paid = a.exit_of(row);
    if (held == Assignment::waiting) ++out.violations;
    if (u > a.exit_of(row) || u > a.cut_of(list)) ++out.violations;
    bool listed = held < 0;
    Cost before = INT64_MIN;
    for (const Edge& edge : a.edges_of(list)) {
        ++out.edges;
        if (edge.cost < before) ++out.violations;  // the list must ascend
        before = edge.cost;
        if (a.row_of(edge.column) == Assignment::gone) continue;
        Cost slack = edge.cost - u - a.v(edge.column);
        if (slack < 0) ++out.violations;
        if (held >= 0 && edge.column == static_cast<std::uint32_t>(held)) {
            listed = true;
            paid = edge.cost;
            if (slack != 0) ++out.violations;
        }
    }
    if (!listed) ++out.violations;
    if (held == Assignment::at_exit && u != a.exit_of(row)) ++out.violations;
    out.cost += paid;
    out.bound += u;
    ++out.rows;
}

}  // namespace

Certificate check_certificate(const Assignment& a) {
    Certificate out;
    for (std::uint32_t row = 0; row < a.rows(); ++row) {
        auto held = a.column_of(row);
        if (held == Assignment::removed) continue;
        check_row(a, row, out);
        if (held >= 0 &&
            a.row_of(static_cast<std::uint32_t>(held)) != static_cast<std::int64_t>(row)) {
            ++out.violations;
        }
    }
    for (std::uint32_t column = 0; column < a.columns(); ++column) {
        auto holder = a.row_of(column);
        if (holder == Assignment::gone) continue;
        if (a.v(column) > 0 || (holder == Assignment::nobody && a.v(column) != 0)) ++out.violations;
        if (holder >= 0 &&
            a.column_of(static_cast<std::uint32_t>(holder)) != static_cast<std::int64_t>(column)) {
            ++out.violations;
        }
        out.bound += a.v(column);
    }
    return out;
}

namespace {

// Another optimum exists exactly if the edges without slack close a cycle of moves. The nodes are
// the lists (their rows are alike) and the outside, where free people and exits are.
class ZeroMoves {
  public:
    explicit ZeroMoves(const Assignment& a) : a_(a), states_(a.lists()) {
        for (std::uint32_t row = 0; row < a.rows(); ++row) {
            auto& state = states_[a.list_of(row)];
            auto held = a.column_of(row);
            if (held == Assignment::at_exit) state.empty = true;
            if (held >= 0) state.held = true;
            if (held == Assignment::removed) continue;
            state.u = a.u(row);
            state.exit = a.exit_of(row);
        }
    }

    bool closes_cycle() {
        for (std::uint32_t list = 0; list < states_.size(); ++list) {
            auto& state = states_[list];
            if (!state.empty && !state.held) continue;  // removed
            bool may_leave = state.held && state.u == state.exit;
            if (may_leave && !state.empty && !add(list, outside)) return true;
            if (state.empty && !state.held && !add(outside, list)) return true;
            if (!add_edges(list)) return true;
        }
        for (std::uint32_t column = 0; column < a_.columns(); ++column) {
            auto holder = a_.row_of(column);
            if (holder < 0 || a_.v(column) != 0) continue;
            if (!add(outside, a_.list_of(static_cast<std::uint32_t>(holder)))) return true;
        }
        return has_cycle();
    }

  private:
    static constexpr std::uint32_t outside = UINT32_MAX;
    struct State {
        bool empty = false, held = false;
        Cost u = 0, exit = 0;
    };

    // A list with both held and empty places moves to and from the outside for nothing, which
    // changes nobody's place: it is the outside.
    std::uint32_t node(std::uint32_t list) const {
        return list != outside && states_[list].empty && states_[list].held ? outside : list;
    }

    // False if this move alone already gives another optimum.
    bool add(std::uint32_t from, std::uint32_t to) {
        if (node(from) == node(to)) return false;
        moves_.push_back({node(from), node(to)});
        return true;
    }

    bool add_edges(std::uint32_t list) {
        auto u = states_[list].u;
        for (const Edge& edge : a_.edges_of(list)) {
            if (edge.cost > u) break;  // v <= 0
            auto holder = a_.row_of(edge.column);
            if (holder == Assignment::gone || edge.cost - a_.v(edge.column) != u) continue;
            auto to = holder < 0 ? outside : a_.list_of(static_cast<std::uint32_t>(holder));
            if (to != list && !add(list, to)) return false;
        }
        return true;  // unlisted edges cost more than u
    }

    bool has_cycle() {
        auto number = [&](std::uint32_t n) { return n == outside ? states_.size() : n; };
        std::vector<std::uint32_t> first(states_.size() + 2, 0), incoming(states_.size() + 1, 0);
        for (auto [from, to] : moves_) {
            ++first[number(from) + 1];
            ++incoming[number(to)];
        }
        for (std::size_t at = 1; at < first.size(); ++at) first[at] += first[at - 1];
        std::vector<std::size_t> next(moves_.size());
        auto place = first;
        for (auto [from, to] : moves_) next[place[number(from)]++] = number(to);
        std::vector<std::size_t> ready;
        for (std::size_t at = 0; at < incoming.size(); ++at) {
            if (incoming[at] == 0) ready.push_back(at);
        }
        std::size_t removed = 0;
        for (; !ready.empty(); ++removed) {
            auto at = ready.back();
            ready.pop_back();
            for (auto move = first[at]; move < first[at + 1]; ++move) {
                if (--incoming[next[move]] == 0) ready.push_back(next[move]);
            }
        }
        return removed < incoming.size();
    }

    const Assignment& a_;
    std::vector<State> states_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> moves_;
};

}  // namespace

bool is_unique(const Assignment& assignment) {
    return !ZeroMoves(assignment).closes_cycle();
}

}  // namespace hezhi::dispatch
