// The life of a need, as data: what may happen to it in which state.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "domain/needs/need_figure.h"

namespace hezhi::needs {

struct NeedTransition {
    std::string_view action;
    std::array<bool, 3> from;  // reported, planned, closed
    NeedStep to;               // where it leads from `reported`
    std::string_view permission;
};

//  action        reported planned closed    leads to            permission
inline constexpr NeedTransition need_transitions[] = {
    {"contact_need", {true, true, false}, NeedStep::reported, "need.contact"},
    {"open_order", {true, false, false}, NeedStep::planned, "order.open"},
    {"close_need", {true, false, false}, NeedStep::closed, "need.close"},
    {"read_contact", {true, true, true}, NeedStep::reported, "contact.read"},
};

// Null if the table has no such action.
const NeedTransition* need_transition(std::string_view action);

}  // namespace hezhi::needs
