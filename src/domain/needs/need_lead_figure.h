// Who leads a need (主责人) as a figure of its own: whoever first contacted, assessed or referred
// it, or made its order, until it is handed on.
#pragma once

#include "domain/needs/need_figure.h"
#include "facts/deputy_facts.h"

namespace hezhi::needs {

struct NeedLeadState {
    NeedId id;
    AccountId leader;  // none until somebody has taken it up
};
BOOST_DESCRIBE_STRUCT(NeedLeadState, (), (id, leader))

struct NeedLeadFigure {
    using State = NeedLeadState;
    static constexpr std::string_view name = "need_leads";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"leader"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::needs
