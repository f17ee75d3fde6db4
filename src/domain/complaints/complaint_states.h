// The life of a complaint, as data: what may happen to it in which state.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "base/assert.h"
#include "domain/complaints/complaint_figure.h"

namespace hezhi::complaints {

struct ComplaintTransition {
    std::string_view action;
    std::array<bool, 6> from;     // filed, acknowledged, decided, review_asked, reviewed, withdrawn
    std::string_view permission;  // empty: the holder of the complaint's link, or the system
};

//  action                  filed  ackn.  decided asked  reviewed withdrawn  permission
inline constexpr ComplaintTransition complaint_transitions[] = {
    {"acknowledge_complaint", {true, false, false, false, false, false}, "complaint.decide"},
    {"decide_complaint", {true, true, false, false, false, false}, "complaint.decide"},
    {"read_complainant", {true, true, true, true, true, false}, "complaint.decide"},
    {"ask_complaint_review", {false, false, true, false, false, false}, ""},
    {"review_complaint", {false, false, false, true, false, false}, "complaint.decide"},
    {"withdraw_complaint", {true, true, false, true, false, false}, ""},
};

inline bool allows(std::string_view action, ComplaintStep state) {
    auto row = std::ranges::find(complaint_transitions, action, &ComplaintTransition::action);
    HEZHI_ASSERT(row != std::end(complaint_transitions));
    return row->from[static_cast<std::size_t>(state)];
}

}  // namespace hezhi::complaints
