// Teams: all or nothing, and never without the leader who is required. Neither is a flow, so the
// flow's optimum is settled by a fixed rule. In each round the orders that got a part of what they
// need are ranked: least dear to leave empty first, then those that lack most, then the latest ids.
// The first half is left out and the optimum of the others found again, until nobody is incomplete.
// Then the dearest of those left out are tried once more and stay in if that breaks no other team.
#include <algorithm>
#include <tuple>

#include "base/assert.h"
#include "dispatch/batch.h"

namespace hezhi::dispatch {

namespace {

// Each costs two changes of the optimum and seldom succeeds below the dearest.
constexpr std::size_t second_tries_max = 32;

}  // namespace

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

void Batch::take_out(std::span<const std::uint32_t> orders) {
    std::vector<std::uint32_t> rows;
    for (auto order : orders) {
        rows.insert(rows.end(), places_[order].rows.begin(), places_[order].rows.end());
    }
    assignment_.remove_rows(rows);
}

void Batch::put_back(std::span<const std::uint32_t> orders) {
    std::vector<std::uint32_t> rows;
    for (auto order : orders) {
        rows.insert(rows.end(), places_[order].rows.begin(), places_[order].rows.end());
    }
    assignment_.place_rows(rows);
}

std::vector<std::uint32_t> Batch::incomplete_orders() const {
    std::vector<std::uint32_t> out;
    for (std::uint32_t order = 0; order < places_.size(); ++order) {
        if (places_[order].there && is_incomplete(places_[order])) out.push_back(order);
    }
    return out;
}

// Returns the orders left out. The assignment is then the optimum of the others.
std::vector<std::uint32_t> Batch::settle_teams() {
    std::vector<std::uint32_t> left;
    auto exit = [&](std::uint32_t order) {
        return empty_units(index_.rules(), places_[order].order);
    };
    for (auto incomplete = incomplete_orders(); !incomplete.empty();
         incomplete = incomplete_orders()) {
        std::ranges::sort(incomplete, {}, [&](std::uint32_t order) {
            auto& its = places_[order];
            return std::tuple(exit(order), filled(its) - its.order.people, -its.order.id);
        });
        incomplete.resize((incomplete.size() + 1) / 2);
        take_out(incomplete);
        left.insert(left.end(), incomplete.begin(), incomplete.end());
    }
    std::ranges::sort(left, std::ranges::greater{}, [&](std::uint32_t order) {
        return std::tuple(exit(order), -places_[order].order.id);
    });
    std::size_t tries = 0;
    std::erase_if(left, [&](std::uint32_t order) {
        if (++tries > second_tries_max) return false;
        std::span one(&order, 1);
        put_back(one);
        if (incomplete_orders().empty()) return true;
        take_out(one);
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
    put_back(left);
    return out;
}

}  // namespace hezhi::dispatch
