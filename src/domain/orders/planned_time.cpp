// What is asked when a service begins or ends: the planned time, and that insurance holds.
#include <algorithm>

#include "domain/insurance/insurance.h"
#include "domain/orders/candidates.h"
#include "domain/orders/load_order.h"

namespace hezhi::orders {
namespace {

std::optional<std::int32_t> beyond(const rules::Pack& pack, Millis apart) {
    auto whole = std::chrono::duration_cast<std::chrono::minutes>(apart).count();
    if (std::abs(whole) <= pack.attendance.apart_minutes_max) return std::nullopt;
    return static_cast<std::int32_t>(whole);
}

Millis planned(const OrderState& order) {
    return std::chrono::minutes(order.minutes_planned);
}

}  // namespace

std::optional<std::int32_t> begins_apart(const OrderState& order, const rules::Pack& pack,
                                         Instant at) {
    Instant latest = std::max(order.starts_at, order.ends_at - planned(order));
    if (at < order.starts_at) return beyond(pack, at - order.starts_at);
    return beyond(pack, std::max(Millis(0), at - latest));
}

std::optional<std::int32_t> lasts_apart(const OrderState& order, const rules::Pack& pack,
                                        Instant from, Instant until) {
    Millis window = order.ends_at - order.starts_at, lasted = until - from;
    Millis least = std::min(window, planned(order)), most = std::max(window, planned(order));
    if (lasted < least) return beyond(pack, lasted - least);
    return beyond(pack, std::max(Millis(0), lasted - most));
}

std::optional<Refusal> reason_missing(std::optional<std::int32_t> apart, std::string_view reason) {
    if (!apart || !reason.empty()) return std::nullopt;
    std::string n = std::to_string(std::abs(*apart));
    return Refusal(refusals::time_reason_missing,
                   {{"/reason", "相差 " + n + " 分钟的原因", "why it is " + n + " minutes apart"}});
}

bool covered(journal::Turn& turn, const OrderState& order, PersonId person, Instant at) {
    if (!needs_insurance(order, *turn.pack()->pack)) return true;
    Instant until = insurance::insured_until(turn.db(), person, at);
    return until > at && until >= order.ends_at;
}

}  // namespace hezhi::orders
