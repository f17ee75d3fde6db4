// What a batch proposes, its teams settled (teams.h).
#include <algorithm>

#include "dispatch/batch.h"
#include "dispatch/teams.h"

namespace hezhi::dispatch {

void Batch::take_out(std::span<const std::uint32_t> orders) {
    std::vector<std::uint32_t> rows;
    for (auto order : orders) {
        rows.insert(rows.end(), places_[order].rows.begin(), places_[order].rows.end());
    }
    assignment_.remove_rows(rows);
}

std::vector<Team> Batch::teams() const {
    std::vector<Team> out;
    out.reserve(places_.size());
    for (auto& its : places_) {
        out.push_back({its.order.id, its.rows, empty_units(index_.rules(), its.order),
                       its.order.all_or_nothing, its.has_leader, its.there});
    }
    return out;
}

BatchResult Batch::result() {
    BatchResult out;
    out.certificate = check_certificate(assignment_);
    out.unique = is_unique(assignment_);
    // Tie-breaks together stay below one unit, so the total's units are the sum of the units.
    out.bound_units = static_cast<std::int64_t>(out.certificate.bound >> tie_bits);
    auto its_teams = teams();
    auto left = settle_teams(assignment_, its_teams);
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
    place_teams(assignment_, its_teams, left);
    return out;
}

}  // namespace hezhi::dispatch
