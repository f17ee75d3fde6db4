// 确认服务: the requester's word, through the link on the slip, through her own account, or by
// silence.
#include "domain/orders/load_order.h"
#include "domain/time_bank/time_bank.h"

namespace hezhi::orders {

Result<std::int64_t> confirm_order(journal::Turn& turn, const api::Caller& caller, OrderId id,
                                   std::optional<Instant> due_at) {
    auto order = load_order(turn, caller, id, "confirm_order");
    if (!order) return std::unexpected(order.error());
    Actor actor = requester(caller);
    turn.append(draft(OrderConfirmed{due_at.has_value(), due_at}, actor, place_of(*order),
                      subjects_of(*order), turn.now()));
    time_bank::earn_from_order(turn, service_of(*order));
    time_bank::settle_credit(turn, place_of(*order), id);
    needs::close_served_need(turn, actor, order->need);
    return id.value;
}

}  // namespace hezhi::orders
