// 签到 and 签退, with the six digits on the recipient's slip.
#include <algorithm>

#include "crypto/typed_code.h"
#include "domain/insurance/insurance.h"
#include "domain/orders/load_order.h"
#include "domain/standing/standing_figure.h"
#include "rules/working_calendar.h"

namespace hezhi::orders {
namespace {

// A try is counted whether it was right or not.
std::optional<Refusal> check_code(const OrderDesk& desk, const api::Caller& caller, OrderId id,
                                  std::string_view code, Instant now) {
    std::string who = std::to_string(caller.person.value);
    if (desk.code_attempts && desk.code_attempts->refused_for(who, now)) {
        return Refusal(refusals::code_attempts_used_up);
    }
    if (crypto::code_matches(code, service_code(desk.suite, id))) return std::nullopt;
    return Refusal(refusals::code_wrong,
                   {{"/code", "单上的六位数字", "the six digits on the slip"}});
}

Subjects own_subjects(const OrderState& order, const api::Caller& caller) {
    Subjects subjects = subjects_of(order);
    subjects["person"] = caller.person.value;
    return subjects;
}

}  // namespace

OrderCheckedOut checked_out(journal::Turn& turn, const OrderState& order, const OfferState& offer,
                            std::int32_t nth) {
    const rules::Pack& pack = *turn.pack()->pack;
    OrderCheckedOut out;
    out.last_out = order.delivered + nth == order.accepted;
    // A minute that was begun is not counted, and none that stands in another record already (a
    // check-out that was forgotten, a shift in between).
    const auto* standing = turn.load<standing::StandingFigure>(offer.person);
    Instant from = offer.checked_in_at;
    if (standing) from = std::max(from, std::min(standing->served_until, turn.now()));
    // More than the pack lets one record hold is not counted either: the last minutes are.
    auto served = std::chrono::floor<std::chrono::minutes>(turn.now() - from).count();
    out.minutes =
        static_cast<std::int32_t>(std::min<std::int64_t>(served, pack.records.minutes_max));
    if (is_duty(turn, order, offer.person)) out.duty = true;
    out.minutes_apart = lasts_apart(order, pack, offer.checked_in_at, turn.now());
    out.confirm_until =
        rules::deadline(turn.now(), pack.order_limits.confirm_within, pack.calendar).at;
    return out;
}

Result<std::int64_t> check_in_order(journal::Turn& turn, const api::Caller& caller,
                                    const OrderDesk& desk, OrderId id, std::string_view code,
                                    std::string_view reason) {
    auto order = load_order(turn, caller, id, "check_in_order");
    if (!order) return std::unexpected(order.error());
    const OfferState* offer = own_offer(turn, caller, id);
    if (!offer || offer->state != OfferStep::accepted) return refuse(refusals::offer_missing);
    if (auto wrong = check_code(desk, caller, id, code, turn.now())) {
        return std::unexpected(*wrong);
    }
    // Asked again at the door: cover may have been ended since the acceptance.
    if (!covered(turn, *order, caller.person, turn.now())) {
        return refuse(insurance::refusals::not_insured);
    }
    OrderCheckedIn in{begins_apart(*order, *turn.pack()->pack, turn.now())};
    if (auto missing = reason_missing(in.minutes_apart, reason)) return std::unexpected(*missing);
    append_timed(turn, desk, reason, in, caller.actor("order.check_in"), place_of(*order),
                 own_subjects(*order, caller), turn.now());
    return id.value;
}

Result<std::int64_t> check_out_order(journal::Turn& turn, const api::Caller& caller,
                                     const OrderDesk& desk, OrderId id, std::string_view code,
                                     std::string_view reason) {
    auto order = load_order(turn, caller, id, "check_out_order");
    if (!order) return std::unexpected(order.error());
    const OfferState* offer = own_offer(turn, caller, id);
    if (!offer || offer->state != OfferStep::in_service) return refuse(refusals::not_checked_in);
    if (auto wrong = check_code(desk, caller, id, code, turn.now())) {
        return std::unexpected(*wrong);
    }
    OrderCheckedOut out = checked_out(turn, *order, *offer, 1);
    if (auto missing = reason_missing(out.minutes_apart, reason)) return std::unexpected(*missing);
    append_timed(turn, desk, reason, out, caller.actor("order.check_out"), place_of(*order),
                 own_subjects(*order, caller), turn.now());
    return id.value;
}

}  // namespace hezhi::orders
