// Teams: all or nothing, and never without the leader who is required. Neither is a flow, so the
// flow's optimum is settled by a fixed rule: of the orders that got a part of what they need, the
// one that is least dear to leave empty goes first, then the one that lacks most, then the latest
// id; after each the optimum is found again. At the end the orders that were left out are tried
// once more, dearest first, and stay in if that leaves nobody incomplete.
#include <algorithm>
#include <set>
#include <tuple>

#include "base/assert.h"
#include "dispatch/batch.h"

namespace hezhi::dispatch {

std::int32_t Batch::filled(const Places& places) const {
    return static_cast<std::int32_t>(std::ranges::count_if(
        places.rows, [&](std::uint32_t row) { return assignment_.column_of(row) >= 0; }));
}

bool Batch::is_incomplete(const Places& places) const {
    auto have = filled(places);
    if (have == 0 || have == places.order.people) return false;
    if (places.order.all_or_nothing) return true;
    return places.has_leader && assignment_.column_of(places.rows.front()) < 0;
}

void Batch::take_out(std::uint32_t order) {
    for (auto row : places_[order].rows) {
        if (assignment_.column_of(row) != Assignment::removed) assignment_.remove_row(row);
    }
}

void Batch::put_back(std::uint32_t order) {
    for (auto row : places_[order].rows) assignment_.place(row);
}

// Returns the orders left out. The assignment is then the optimum of the others.
std::vector<std::uint32_t> Batch::settle_teams() {
    auto rank = [&](std::uint32_t order) {
        auto& its = places_[order];
        return std::tuple(empty_units(index_.rules(), its.order), filled(its) - its.order.people,
                          -its.order.id);
    };
    using Ranked = std::pair<decltype(rank(0)), std::uint32_t>;
    std::set<Ranked> incomplete;
    std::vector<Ranked> known(places_.size());
    std::vector<char> listed(places_.size(), 0);
    auto review = [&](std::uint32_t order) {
        if (listed[order]) incomplete.erase(known[order]);
        listed[order] = places_[order].there && is_incomplete(places_[order]);
        if (listed[order]) incomplete.insert(known[order] = {rank(order), order});
    };
    auto review_moved = [&] {
        for (auto row : assignment_.take_moved()) review(row_order_[row]);
    };
    assignment_.take_moved();
    for (std::uint32_t order = 0; order < places_.size(); ++order) {
        if (places_[order].order.people > 1) review(order);
    }
    std::vector<std::uint32_t> left;
    while (!incomplete.empty()) {
        auto order = incomplete.begin()->second;
        take_out(order);
        left.push_back(order);
        review_moved();
    }
    std::ranges::sort(left, std::ranges::greater{}, [&](std::uint32_t order) {
        return std::tuple(empty_units(index_.rules(), places_[order].order),
                          -places_[order].order.id);
    });
    std::erase_if(left, [&](std::uint32_t order) {
        put_back(order);
        review_moved();
        if (incomplete.empty()) return true;
        take_out(order);
        review_moved();
        HEZHI_ASSERT(incomplete.empty());
        return false;
    });
    return left;
}

BatchResult Batch::result() {
    BatchResult out;
    out.certificate = check_certificate(assignment_);
    out.unique = is_unique(assignment_);
    // Tie-breaks together stay below one unit, so the total's units are the sum of the units.
    out.bound_units = static_cast<std::int64_t>(out.certificate.bound >> tie_bits);
    auto left = settle_teams();
    std::vector<char> is_left(places_.size(), 0);
    for (auto order : left) is_left[order] = 1;
    for (std::uint32_t number = 0; number < places_.size(); ++number) {
        auto& places = places_[number];
        if (!places.there) continue;
        OrderProposal proposal;
        proposal.order = places.order.id;
        proposal.left_for_team = is_left[number] != 0;
        for (auto row : places.rows) {
            auto column = assignment_.column_of(row);
            if (column < 0) {
                out.units += units_of(assignment_.exit_of(row));
                ++proposal.missing;
                continue;
            }
            auto c = static_cast<std::uint32_t>(column);
            out.units += units_of(assignment_.cost_of(assignment_.list_of(row), c));
            proposal.people.push_back(index_.id_of(person_of_column_[c]));
        }
        bool led = places.has_leader && !proposal.people.empty();
        std::sort(proposal.people.begin() + (led ? 1 : 0), proposal.people.end());
        out.empty_places += proposal.missing;
        out.proposals.push_back(std::move(proposal));
    }
    std::ranges::sort(out.proposals, {}, &OrderProposal::order);
    for (auto order : left) put_back(order);
    assignment_.take_moved();
    return out;
}

}  // namespace hezhi::dispatch
