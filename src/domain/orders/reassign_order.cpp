// 改派订单, 复查已接任务: what somebody has accepted goes to others once dispatch to them is
// suspended, or once their certification does not allow it any more.
#include <algorithm>

#include "domain/orders/describe.h"
#include "domain/orders/load_order.h"
#include "domain/orders/queries.h"
#include "rules/working_calendar.h"

namespace hezhi::orders {
namespace {

// The place is open again until `limit`, or the beginning if that is earlier.
void give_to_others(journal::Turn& turn, OrderId id, PersonId person, Instant limit) {
    OrderState order = *turn.load<OrderFigure>(id);
    OrderLeft left = leaving(turn, order);
    OrderReassigned reassigned{left.reopened, left.last_out, left.confirm_until, {}};
    if (left.reopened) reassigned.refill_until = std::min(limit, order.starts_at);
    turn.append(draft(reassigned, {}, place_of(order), with_person(order, person), turn.now()));
}

// By the rules of dispatch, so that nothing is taken back that would be offered again.
bool forbids(journal::Turn& turn, const OrderState& order,
             const standing::StandingState& standing) {
    const rules::Pack& pack = *turn.pack()->pack;
    dispatch::Order asked = describe_order(order, true, {}, pack, turn.now());
    return dispatch::certification_rule_against(asked, describe_person(standing, pack, {}),
                                                weights_of(pack.dispatch)) != nullptr;
}

}  // namespace

bool certification_forbids(journal::Turn& turn, const OrderState& order, PersonId person) {
    const auto* standing = turn.load<standing::StandingFigure>(person);
    return standing && forbids(turn, order, *standing);
}

Result<std::int64_t> reassign_order(journal::Turn& turn, OrderId id, PersonId person) {
    const OfferState* offer = turn.load<OfferFigure>(offer_key(id, person));
    const auto* standing = turn.load<standing::StandingFigure>(person);
    const rules::Pack& pack = *turn.pack()->pack;
    bool taken = offer && offer->state == OfferStep::accepted && offer->ends_at > turn.now();
    if (!taken || !standing || !standing->reassign_from) {
        return refuse(refusals::order_state_forbids);  // begun, given up or lifted since
    }
    const auto& within = pack.color_grades.effect(standing->grade).reassign_within;
    if (!within) return refuse(refusals::order_state_forbids);
    give_to_others(turn, id, person,
                   rules::deadline(standing->reassign_from, *within, pack.calendar).at);
    return id.value;
}

Result<std::int64_t> recheck_acceptances(journal::Turn& turn, PersonId person) {
    const auto* found = turn.load<standing::StandingFigure>(person);
    if (!found || !found->recheck_from) return refuse(refusals::order_state_forbids);
    const standing::StandingState standing = *found;
    const rules::Pack& pack = *turn.pack()->pack;
    const auto& within = pack.certification.lowering_reassign_within;
    std::vector<OrderId> taken;
    turn.db().each(queries::offers_of_person, {{"person", person}, {"limit", INT64_MAX}},
                   [&](const store::Row& row) {
                       auto offer = journal::read_state<OfferFigure>(turn.tables(), row);
                       bool ahead =
                           offer.state == OfferStep::accepted && offer.ends_at > turn.now();
                       if (ahead) taken.push_back(offer.order_id);
                   });
    AcceptancesRechecked rechecked{std::ssize(taken), 0, standing.recheck_from};
    for (OrderId id : taken) {
        const OrderState order = *turn.load<OrderFigure>(id);
        // What begins after a suspension is served by who is certified again by then.
        standing::StandingState then = standing;
        if (then.certification_suspended_until <= order.starts_at) {
            then.certification_suspended_until = {};
        }
        if (!within || !forbids(turn, order, then)) continue;
        give_to_others(turn, id, person,
                       rules::deadline(standing.recheck_from, *within, pack.calendar).at);
        ++rechecked.reassigned;
    }
    turn.append(draft(rechecked, {}, {standing.area, standing.area_path},
                      {{"person", person.value}}, turn.now()));
    return rechecked.reassigned;
}

}  // namespace hezhi::orders
