#include "domain/hotline/hotline.h"

namespace hezhi::hotline {

Result<std::int64_t> return_hotline_order(journal::Turn& turn, const api::Caller& caller,
                                          const HotlineDesk& desk, HotlineOrderId id,
                                          std::string_view reason) {
    const HotlineOrderState* found = id ? turn.load<HotlineOrderFigure>(id) : nullptr;
    if (!found || !caller.may("hotline_order.read", {.area_path = found->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    if (!caller.may("hotline_order.return", {.area_path = found->area_path})) {
        return refuse(hezhi::refusals::not_permitted);
    }
    HotlineOrderState order = *found;
    bool open = order.need && order.outcome == HotlineOutcome::open && !order.returned_at;
    if (!open) return refuse(refusals::hotline_order_not_open);
    Actor actor = caller.actor("hotline_order.return");
    if (!needs::hand_back_need(turn, actor, desk.people, order.need, reason)) {
        return refuse(refusals::hotline_order_not_open);
    }
    turn.append(draft(HotlineOrderReturned{}, actor, {order.area, order.area_path},
                      {{"hotline_order", id.value}, {"need", order.need.value}}, turn.now()));
    return id.value;
}

}  // namespace hezhi::hotline
