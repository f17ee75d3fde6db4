// What the matrices of states, actions, roles and standing share: tables as they are read, whether
// a role holds a permission in a standing, and an action tried and undone.
#pragma once

#include <map>
#include <sstream>
#include <string>

#include "base/shape.h"
#include "support/world.h"

namespace hezhi::testing {

using Table = std::map<std::string, std::map<std::string, bool>>;  // action → state → allowed

inline Table read_table(std::string_view text) {
    Table table;
    std::istringstream lines{std::string(text)};
    std::vector<std::string> states;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string action, word;
        if (!(words >> action)) continue;
        for (std::size_t i = 0; words >> word; ++i) {
            if (action == "action") {
                states.push_back(word);
            } else {
                table[action][states.at(i)] = word == "+";
            }
        }
    }
    return table;
}

// How a caller stands to the record.
enum class Standing { inside, outside, own, assigned, leads };
inline constexpr Standing in_or_out[] = {Standing::inside, Standing::outside};
BOOST_DESCRIBE_ENUM(Standing, inside, outside, own, assigned, leads)
inline constexpr Standing standings[] = {Standing::inside, Standing::outside, Standing::own,
                                         Standing::assigned, Standing::leads};

inline bool holds(std::string_view role, std::string_view permission, Standing standing) {
    for (const auto& row : accounts::permissions()) {
        if (row.role != role || row.permission != permission) continue;
        if (row.scope == api::Scope::area && standing == Standing::inside) return true;
        if (row.scope == api::Scope::own && standing == Standing::own) return true;
        if (row.scope == api::Scope::assigned && standing == Standing::assigned) return true;
        if (row.scope == api::Scope::supervises && standing == Standing::leads) return true;
    }
    return false;
}

class MatrixWorld : public World {
  protected:
    struct RolledBack {};

    // The refusal's code, or "done"; whatever was done is undone.
    template <class Action>
    std::string outcome_of(Action action) {
        std::string outcome;
        try {
            (void)act([&](journal::Turn& turn) -> Result<std::int64_t> {
                auto result = action(turn);
                outcome = result ? "done" : std::string(result.error().row->code);
                throw RolledBack{};
            });
        } catch (const RolledBack&) {
        }
        return outcome;
    }
};

}  // namespace hezhi::testing
