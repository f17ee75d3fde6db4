// The life of a need, as data: what may happen to it in which state.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "domain/needs/need_figure.h"

namespace hezhi::needs {

struct NeedTransition {
    std::string_view action;
    std::array<bool, 8> from;  // by the number of the state
    NeedStep to;               // where it leads from the first state that allows it
    std::string_view permission;
};

template <class... Steps>
constexpr std::array<bool, 8> in(Steps... steps) {
    std::array<bool, 8> from{};
    ((from[static_cast<std::size_t>(steps)] = true), ...);
    return from;
}

// What is not in a row's `from` is refused.
inline constexpr auto need_transitions = [] {
    using enum NeedStep;
    return std::to_array<NeedTransition>({
        {"contact_need", in(reported, planned, assessing, assessed, referred, meeting), reported,
         "need.contact"},
        {"triage_need", in(reported, assessing), assessing, "need.triage"},
        {"assess_need", in(assessing), assessed, "need.assess"},
        {"open_order", in(reported, assessed), planned, "order.open"},
        {"refer_need", in(reported, assessed), referred, "need.refer"},
        {"note_receipt", in(referred), closed, "need.refer"},
        {"merge_need", in(reported, assessing, assessed), merged, "need.merge"},
        {"unmerge_need", in(merged), reported, "need.merge"},
        {"close_need", in(reported, assessed), closed, "need.close"},
        {"read_contact",
         in(reported, planned, closed, assessing, assessed, referred, merged, meeting), reported,
         "contact.read"},
        {"reopen_need", in(closed), reported, "need.reopen"},
        {"note_meeting", in(meeting), reported, "meeting.note"},
    });
}();

// Null if the table has no such action.
const NeedTransition* need_transition(std::string_view action);

}  // namespace hezhi::needs
