// Which requesters are called back after a service (回访). Pure.
#pragma once

#include <optional>

#include "domain/orders/sample_seed_figure.h"
#include "facts/ids.h"
#include "facts/need_facts.h"
#include "rules/pack.h"

namespace hezhi::orders {

// Whether somebody is to call about this order. `seed`: of the month in which it was confirmed; of
// a class that is only sampled nobody is drawn before the seed is known.
bool revisit_due(const rules::AskingRules&, PriorityClass, OrderId,
                 const std::optional<SampleSeed>& seed);

}  // namespace hezhi::orders
