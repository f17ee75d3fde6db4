// Teams: all or nothing, and never without the leader who is required. Neither is a flow, so the
// flow's optimum is settled by a fixed rule (teams.cpp), the same for every market.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "dispatch/assignment.h"

namespace hezhi::dispatch {

struct Team {
    std::int64_t id = 0;
    std::span<const std::uint32_t> rows;  // its places; the leader's first
    std::int64_t empty_units = 0;         // of one place
    bool all_or_nothing = false;
    bool has_leader = false;
    bool there = true;
};

// Returns the numbers of the teams left out, dearest first. The assignment is then the optimum of
// the others.
std::vector<std::uint32_t> settle_teams(Assignment& assignment, std::span<const Team> teams);
// Takes the settling back.
void place_teams(Assignment& assignment, std::span<const Team> teams,
                 std::span<const std::uint32_t> numbers);

}  // namespace hezhi::dispatch
