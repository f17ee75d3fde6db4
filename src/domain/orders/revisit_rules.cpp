#include "domain/orders/revisit_rules.h"

#include <algorithm>

namespace hezhi::orders {

bool revisit_due(const rules::AskingRules& asking, PriorityClass priority_class, OrderId order,
                 const std::optional<SampleSeed>& seed) {
    const auto& all = asking.revisit_all;
    if (std::ranges::find(all, label_of(priority_class)) != all.end()) return true;
    if (asking.revisit_percent == 100) return true;
    return seed && is_drawn(*seed, order.value, asking.revisit_percent);
}

}  // namespace hezhi::orders
