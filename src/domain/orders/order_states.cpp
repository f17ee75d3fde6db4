#include "domain/orders/order_states.h"

#include <algorithm>

#include "base/assert.h"

namespace hezhi::orders {

const std::vector<OrderTransition>& order_transitions() {
    using enum OrderStep;
    static const std::vector<OrderTransition> rows{
        // action          from                                 to          permission
        {"offer_order", {open, offered, escalated}, offered, "order.offer"},
        {"accept_order",
         {offered, escalated},
         accepted,
         "order.accept",
         "stays as it is until every place is taken"},
        {"decline_offer",
         {offered, escalated},
         open,
         "order.decline",
         "stays as it is while others may answer"},
        {"leave_order",
         {open, offered, accepted, in_service, escalated},
         open,
         "order.leave",
         "stays as it is while others may answer, or goes on with those who began"},
        {"lapse_offer", {offered, escalated}, open, "", "stays as it is while others may answer"},
        {"widen_order", {open, offered}, open, "", "stays as it is; more people may be asked"},
        {"escalate_order", {open, offered}, escalated, ""},
        {"note_no_show",
         {accepted, in_service},
         open,
         "order.attend",
         "open again if nobody has begun; else it goes on with those who came"},
        {"note_attendance", {accepted, in_service}, in_service, "order.attend"},
        {"check_in_members", {accepted, in_service}, in_service, "member.attend"},
        {"check_out_members",
         {in_service},
         delivered,
         "member.attend",
         "stays in service until everybody has checked out"},
        {"finish_order", {accepted, in_service}, confirmed, "order.finish"},
        {"raise_alarm",
         {accepted, in_service},
         accepted,
         "alarm.raise",
         "stays as it is; an urgent need stands beside it"},
        {"check_in_order", {accepted, in_service}, in_service, "order.check_in"},
        {"check_out_order",
         {in_service},
         delivered,
         "order.check_out",
         "stays in service until everybody has checked out"},
        {"confirm_order", {delivered}, confirmed, ""},
        {"review_order", {confirmed}, reviewed, ""},
        {"note_review", {confirmed}, reviewed, "review.note"},
        {"reply_to_review", {reviewed}, reviewed, "review.reply"},
        {"cancel_order",
         {open, offered, accepted, in_service, escalated},
         cancelled,
         "order.cancel"},
    };
    return rows;
}

const OrderTransition& order_transition(std::string_view action) {
    for (const auto& row : order_transitions()) {
        if (row.action == action) return row;
    }
    broken_invariant("an action of the transition table", __FILE__, __LINE__);
}

bool allows(std::string_view action, OrderStep state) {
    const auto& from = order_transition(action).from;
    return std::find(from.begin(), from.end(), state) != from.end();
}

}  // namespace hezhi::orders
