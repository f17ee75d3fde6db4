// Facts about work orders of the 12345 hotline (热线工单), as the hotline's own file tells them.
#pragma once

#include "facts/need_facts.h"

namespace hezhi {

using HotlineOrderId = Id<struct HotlineOrderTag>;

// What the hotline says became of its work order when the file was made.
enum class HotlineOutcome {
    open,         // 待办: it becomes a need
    closed,       // 已办结: history
    transferred,  // 已转办 elsewhere
    duplicate,    // 重复: another work order tells the same
};
BOOST_DESCRIBE_ENUM(HotlineOutcome, open, closed, transferred, duplicate)

// It occurred when the hotline received the call. Subject "need" if the order was still open: then
// its clock runs in the need. A closed one starts none.
struct HotlineOrderImported {
    static constexpr std::string_view kind = "hotline_order.imported";
    static constexpr int version = 1;
    std::string external_number;  // the hotline's own
    HotlineOutcome outcome = HotlineOutcome::open;
    Instant due_at;     // the official limit; never, if the file has none
    Instant closed_at;  // never, if the file has none
};
BOOST_DESCRIBE_STRUCT(HotlineOrderImported, (), (external_number, outcome, due_at, closed_at))

// Given back to the hotline (退回); the reason stands in the register of texts.
struct HotlineOrderReturned {
    static constexpr std::string_view kind = "hotline_order.returned";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(HotlineOrderReturned, (), ())

// A later file says that the hotline has closed what was open here. It occurred when the hotline
// says, or when the file was read if it does not.
struct HotlineOrderClosed {
    static constexpr std::string_view kind = "hotline_order.closed";
    static constexpr int version = 1;
    HotlineOutcome outcome = HotlineOutcome::closed;
    Instant closed_at;  // never, if the file has none
};
BOOST_DESCRIBE_STRUCT(HotlineOrderClosed, (), (outcome, closed_at))

// What the hotline's own revisit heard (官方回访). Ours is need.reviewed; the two are never mixed.
struct HotlineOrderRevisited {
    static constexpr std::string_view kind = "hotline_order.revisited";
    static constexpr int version = 1;
    Resolution resolution = Resolution::not_answered;
    std::int32_t satisfaction = 0;  // 1–5; 0 if no mark was given
};
BOOST_DESCRIBE_STRUCT(HotlineOrderRevisited, (), (resolution, satisfaction))

}  // namespace hezhi
