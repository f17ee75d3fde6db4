// The hard rules with their tests. Internal to dispatch.
#pragma once

#include <optional>

#include "dispatch/dispatch.h"

namespace hezhi::dispatch {

// The first rule that forbids this person to take this order, or null.
const HardRule* first_rule_against(const Order& order, const Person& person,
                                   const Weights& weights);
// The same with its values, in words.
std::optional<Forbidden> first_forbidding(const Order& order, const Person& person,
                                          const Weights& weights);

// What the person scores on the order, whatever forbids it.
Score score_of(const Order& order, const Person& person, const Weights& weights);

// How many of the two areas' ids agree from the top: "/1/5/9/" and "/1/5/7/" share 2.
std::int32_t shared_depth(std::string_view path_a, std::string_view path_b);

// The number of areas on a path: 3 for "/1/5/9/".
std::int32_t depth_of(std::string_view path);

}  // namespace hezhi::dispatch
