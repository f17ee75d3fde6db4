// Who may take an order (派单建议): the figures gathered, the pure ranking asked.
#pragma once

#include "dispatch/dispatch.h"
#include "domain/orders/orders.h"

namespace hezhi::orders {

// The area in which people are looked for at `now`: the community first, then wider by the shares
// of the time that the pack names. A path.
std::string reach_at(const OrderState& order, const areas::Areas& areas, const rules::Pack& pack,
                     Instant now);

// Whether whoever takes the order must be insured until its end.
bool needs_insurance(const OrderState& order, const rules::Pack& pack);

// Whom a ranking looks at. The candidates are the same; whoever serves outside today's reach is
// excluded with that reason, or not looked at.
enum class Looked { subdistrict, reach };

// Ranks everybody who serves there.
dispatch::Ranking rank_candidates(store::Session& db, const journal::FigureTables& tables,
                                  const OrderState& order, const areas::Areas& areas,
                                  const rules::Pack& pack, Instant now,
                                  Looked looked = Looked::subdistrict);

}  // namespace hezhi::orders
