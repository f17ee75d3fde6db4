// The life of a service record, as data: what may happen to it in which state.
#pragma once

#include <array>
#include <string_view>

#include "domain/records/record_figure.h"

namespace hezhi::records {

struct RecordTransition {
    std::string_view action;
    std::array<bool, 4> from;  // entered, waiting, disputed, rejected
    std::string_view permission;
};

//  action            entered waiting disputed rejected  permission
inline constexpr RecordTransition record_transitions[] = {
    {"correct_record", {true, false, true, false}, "record.correct"},
    {"confirm_record", {false, true, false, false}, "record.confirm"},
    {"reject_record", {false, true, true, false}, "record.reject"},
    {"dispute_record", {true, false, false, false}, "record.dispute"},
};

// Null if the table has no such action.
const RecordTransition* record_transition(std::string_view action);
bool allows(std::string_view action, RecordStep state);

}  // namespace hezhi::records
