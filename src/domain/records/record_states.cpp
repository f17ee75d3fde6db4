#include "domain/records/record_states.h"

namespace hezhi::records {

const RecordTransition* record_transition(std::string_view action) {
    for (const auto& row : record_transitions) {
        if (row.action == action) return &row;
    }
    return nullptr;
}

bool allows(std::string_view action, RecordStep state) {
    const RecordTransition* row = record_transition(action);
    return row && row->from[static_cast<std::size_t>(state)];
}

}  // namespace hezhi::records
