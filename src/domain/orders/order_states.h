// The life of an order (点单—派单—接单—评单), as data: what may happen in which state.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "facts/order_facts.h"

namespace hezhi::orders {

struct OrderTransition {
    std::string_view action;
    std::vector<OrderStep> from;
    OrderStep to;                 // where it leads; see `note` where that depends
    std::string_view permission;  // empty: the holder of the order's link, or the system
    std::string_view note = "";
};

// Every action on an existing order. What is not in a row's `from` is refused.
const std::vector<OrderTransition>& order_transitions();

const OrderTransition& order_transition(std::string_view action);
bool allows(std::string_view action, OrderStep state);

}  // namespace hezhi::orders
