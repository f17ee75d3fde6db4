// The life of a need, as data: what may happen to it in which state.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "domain/needs/need_figure.h"

namespace hezhi::needs {

struct NeedTransition {
    std::string_view action;
    std::array<bool, 4> from;  // reported, planned, closed, meeting
    NeedStep to;               // where it leads from `reported`
    std::string_view permission;
};

//  action        reported planned closed meeting       leads to            permission
inline constexpr NeedTransition need_transitions[] = {
    {"contact_need", {true, true, false, true}, NeedStep::reported, "need.contact"},
    {"open_order", {true, false, false, false}, NeedStep::planned, "order.open"},
    {"close_need", {true, false, false, false}, NeedStep::closed, "need.close"},
    {"read_contact", {true, true, true, true}, NeedStep::reported, "contact.read"},
    {"reopen_need", {false, false, true, false}, NeedStep::reported, "need.reopen"},
    {"note_meeting", {false, false, false, true}, NeedStep::reported, "meeting.note"},
};

// Null if the table has no such action.
const NeedTransition* need_transition(std::string_view action);

}  // namespace hezhi::needs
