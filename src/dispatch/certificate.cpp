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
    if (a.cut_of(list) < before) ++out.violations;
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

bool is_unique_for_certain(const Assignment& a) {
    for (std::uint32_t row = 0; row < a.rows(); ++row) {
        auto held = a.column_of(row);
        if (held == Assignment::removed) continue;
        auto list = a.list_of(row);
        if (held >= 0 && a.u(row) == a.exit_of(row)) return false;
        if (a.u(row) == a.cut_of(list)) return false;
        for (const Edge& edge : a.edges_of(list)) {
            if (edge.cost > a.u(row)) break;
            auto holder = a.row_of(edge.column);
            if (holder == Assignment::gone || static_cast<std::int64_t>(edge.column) == held)
                continue;
            // Places of one list are interchangeable: who sits on which is no difference.
            if (holder >= 0 && a.list_of(static_cast<std::uint32_t>(holder)) == list) continue;
            if (edge.cost - a.v(edge.column) == a.u(row)) return false;
        }
    }
    return true;
}

}  // namespace hezhi::dispatch
