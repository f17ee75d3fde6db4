// The last time an item changed hands (移交), as a figure: who had it, who has it, and why it
// moved.
#pragma once

#include "facts/deputy_facts.h"
#include "journal/figure.h"

namespace hezhi::queues {

struct HandoverState {
    std::string id;           // "order/15"
    AccountId leader_before;  // none: nobody led it
    AccountId leader_after;   // none: no superior was there to take it
    AccountId handed_by;
    Instant handed_at;
    bool passed_on = false;   // whoever led it had left; nobody chose
    std::int64_t reason = 0;  // the fact under which the reason stands
};
BOOST_DESCRIBE_STRUCT(HandoverState, (),
                      (id, leader_before, leader_after, handed_by, handed_at, passed_on, reason))

struct HandoverFigure {
    using State = HandoverState;
    static constexpr std::string_view name = "handovers";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

std::string handover_key(std::string_view queue, std::int64_t id);

}  // namespace hezhi::queues
