// Finding an order for an action: inside the caller's scope, and in a state that allows it.
#pragma once

#include "domain/orders/orders.h"

namespace hezhi::orders {

// The order if `caller` may see it and the transition table allows `action` on it; not_found,
// not_permitted or order_state_forbids otherwise. A copy, so that appends do not move it.
Result<OrderState> load_order(journal::Turn& turn, const api::Caller& caller, OrderId id,
                              std::string_view action);

// How the order stands to whoever receives the service: hers if it is for her, or if she reported
// the need herself.
api::Access access_of_recipient(const OrderState& order, const api::Caller& caller);
// The actor of the requester's word: her account, or the link.
Actor requester(const api::Caller& caller);

Place place_of(const OrderState& order);
Subjects subjects_of(const OrderState& order);

// Whether this order is the person's work: of a professional, or of somebody who is no registered
// volunteer. Duty time makes no service record.
bool is_duty(journal::Turn& turn, const OrderState& order, PersonId person);

// The caller's own offer on the order; null if there is none.
const OfferState* own_offer(journal::Turn& turn, const api::Caller& caller, OrderId id);

// Whether the caller led the order or took it, and so may not ask how it went.
bool took_part(const api::Caller& caller, const OrderState& order, const OfferState* own);

}  // namespace hezhi::orders
