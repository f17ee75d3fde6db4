#include "domain/needs/need_states.h"

#include "domain/needs/needs.h"

namespace hezhi::needs {

const NeedTransition* need_transition(std::string_view action) {
    for (const auto& row : need_transitions) {
        if (row.action == action) return &row;
    }
    return nullptr;
}

bool allows(std::string_view action, NeedStep state) {
    const NeedTransition* row = need_transition(action);
    return row && row->from[static_cast<std::size_t>(state)];
}

}  // namespace hezhi::needs
