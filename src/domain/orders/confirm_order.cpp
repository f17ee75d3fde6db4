// 确认服务 and 评单: the requester's word, through the link on the slip, through
// her own account, or by silence.
#include "domain/orders/load_order.h"

namespace hezhi::orders {

Result<std::int64_t> confirm_order(journal::Turn& turn, const api::Caller& caller, OrderId id,
                                   std::optional<Instant> due_at) {
    auto order = load_order(turn, caller, id, "confirm_order");
    if (!order) return std::unexpected(order.error());
    Actor actor = requester(caller);
    turn.append(draft(OrderConfirmed{due_at.has_value(), due_at}, actor, place_of(*order),
                      subjects_of(*order), turn.now()));
    needs::close_served_need(turn, actor, order->need);
    return id.value;
}

Result<std::int64_t> review_order(journal::Turn& turn, const api::Caller& caller,
                                  const OrderDesk& desk, OrderId id, const ReviewOrder& input) {
    auto order = load_order(turn, caller, id, "review_order");
    if (!order) return std::unexpected(order.error());
    if (input.resolution == Resolution::not_answered) {
        return refuse(hezhi::refusals::invalid_input,
                      {"/resolution", "已解决或未解决", "resolved or not_resolved"});
    }
    auto satisfaction = static_cast<std::int32_t>(input.satisfaction.value);
    Actor actor = requester(caller);
    if (input.words) desk.people.write_text(turn.db(), id.value, text_words, *input.words);
    turn.append(draft(OrderReviewed{input.resolution, satisfaction}, actor, place_of(*order),
                      subjects_of(*order), turn.now()));
    needs::review_need(turn, actor, order->need, input.resolution, satisfaction);
    return id.value;
}

}  // namespace hezhi::orders
