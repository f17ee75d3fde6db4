// In each round the teams that got a part of what they need are ranked: least dear to leave empty
// first, then those that lack most, then the latest ids. The first half is left out and the optimum
// of the others found again, until nobody is incomplete. Then the dearest of those left out are
// tried once more and stay in if that breaks no other team.
#include "dispatch/teams.h"

#include <algorithm>
#include <tuple>

namespace hezhi::dispatch {

namespace {

// Each costs two changes of the optimum and seldom succeeds below the dearest.
constexpr std::size_t second_tries_max = 32;

std::int32_t filled(const Assignment& assignment, const Team& team) {
    return static_cast<std::int32_t>(std::ranges::count_if(
        team.rows, [&](std::uint32_t row) { return assignment.column_of(row) >= 0; }));
}

bool is_incomplete(const Assignment& assignment, const Team& team) {
    auto have = filled(assignment, team);
    if (have == 0 || have == std::ssize(team.rows)) return false;
    if (team.all_or_nothing) return true;
    return team.has_leader && assignment.column_of(team.rows.front()) < 0;
}

std::vector<std::uint32_t> rows_of(std::span<const Team> teams,
                                   std::span<const std::uint32_t> numbers) {
    std::vector<std::uint32_t> rows;
    for (auto number : numbers) {
        rows.insert(rows.end(), teams[number].rows.begin(), teams[number].rows.end());
    }
    return rows;
}

std::vector<std::uint32_t> incomplete(const Assignment& assignment, std::span<const Team> teams) {
    std::vector<std::uint32_t> out;
    for (std::uint32_t number = 0; number < teams.size(); ++number) {
        if (teams[number].there && is_incomplete(assignment, teams[number])) out.push_back(number);
    }
    return out;
}

}  // namespace

void place_teams(Assignment& assignment, std::span<const Team> teams,
                 std::span<const std::uint32_t> numbers) {
    assignment.place_rows(rows_of(teams, numbers));
}

std::vector<std::uint32_t> settle_teams(Assignment& assignment, std::span<const Team> teams) {
    auto take_out = [&](std::span<const std::uint32_t> numbers) {
        assignment.remove_rows(rows_of(teams, numbers));
    };
    std::vector<std::uint32_t> left;
    for (auto parts = incomplete(assignment, teams); !parts.empty();
         parts = incomplete(assignment, teams)) {
        std::ranges::sort(parts, {}, [&](std::uint32_t number) {
            auto& team = teams[number];
            return std::tuple(team.empty_units, filled(assignment, team) - std::ssize(team.rows),
                              -team.id);
        });
        parts.resize((parts.size() + 1) / 2);
        take_out(parts);
        left.insert(left.end(), parts.begin(), parts.end());
    }
    std::ranges::sort(left, std::ranges::greater{}, [&](std::uint32_t number) {
        return std::tuple(teams[number].empty_units, -teams[number].id);
    });
    std::size_t tries = 0;
    std::erase_if(left, [&](std::uint32_t number) {
        if (++tries > second_tries_max) return false;
        std::span one(&number, 1);
        place_teams(assignment, teams, one);
        if (incomplete(assignment, teams).empty()) return true;
        take_out(one);
        return false;
    });
    return left;
}

}  // namespace hezhi::dispatch
