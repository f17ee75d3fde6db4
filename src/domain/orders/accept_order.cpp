// 接单
#include "domain/insurance/insurance.h"
#include "domain/orders/candidates.h"
#include "domain/orders/load_order.h"
#include "domain/orders/queries.h"
#include "domain/standing/standing_figure.h"

namespace hezhi::orders {
namespace {

// The last place is taken: whoever was asked beside gets to know at once.
void lapse_other_offers(journal::Turn& turn, const OrderState& order,
                        const std::vector<OfferState>& offers, PersonId taker) {
    for (const auto& offer : offers) {
        if (offer.state != OfferStep::offered || offer.person == taker) continue;
        Subjects subjects = subjects_of(order);
        subjects["person"] = offer.person.value;
        turn.append(
            draft(OfferLapsed{turn.now()}, {}, place_of(order), std::move(subjects), turn.now()));
    }
}

// What the grade of whoever accepts asks for (四色分级): nothing while paused, and beside somebody
// whose state is normal while 结对. Asked again here: both may have changed since the offer.
std::optional<Refusal> grade_forbids(journal::Turn& turn, const OrderState& order,
                                     PersonId person) {
    const rules::ColorGradeRules& rules = turn.pack()->pack->color_grades;
    const auto* standing = turn.load<standing::StandingFigure>(person);
    if (!standing) return std::nullopt;
    const auto& effect = rules.effect(standing->grade);
    if (effect.paused) return Refusal(refusals::dispatch_paused);
    bool others_may_come = order.accepted + 1 < order.people_needed;
    if (!effect.paired || others_may_come) return std::nullopt;
    bool partner = false;
    turn.db().each(queries::grades_on_order, {{"order_id", order.id}}, [&](const store::Row& row) {
        auto grade = from_label<GradeColor>(row.text("grade")).value();
        partner = partner || !rules.effect(grade).paired;
    });
    return partner ? std::nullopt : std::optional(Refusal(refusals::partner_missing));
}

}  // namespace

Result<std::int64_t> accept_order(journal::Turn& turn, const api::Caller& caller, OrderId id) {
    const OfferState* offer = own_offer(turn, caller, id);
    if (offer && offer->state == OfferStep::accepted) return id.value;  // accepted before: as it is
    auto order = load_order(turn, caller, id, "accept_order");
    if (!order) {
        // To somebody who was asked and came late it is said why.
        bool late = offer && order.error().is(refusals::order_state_forbids) &&
                    (offer->state == OfferStep::offered || offer->state == OfferStep::lapsed ||
                     offer->state == OfferStep::declined);
        bool taken = late && turn.load<OrderFigure>(id)->accepted_at;
        return taken ? refuse(refusals::order_already_taken) : std::unexpected(order.error());
    }
    offer = own_offer(turn, caller, id);
    if (!offer || offer->state != OfferStep::offered || offer->until < turn.now()) {
        return refuse(refusals::offer_missing);
    }
    auto overlapping = turn.db().row(queries::overlapping_acceptance, {{"person", caller.person},
                                                                       {"from", order->starts_at},
                                                                       {"to", order->ends_at},
                                                                       {"order_id", id}});
    if (overlapping->integer("bound") > 0) return refuse(refusals::time_conflict);
    if (are_apart(turn, order->recipient, caller.person)) return refuse(refusals::offer_missing);
    // Asked again here: cover may have been ended since the offer.
    if (needs_insurance(*order, *turn.pack()->pack) &&
        insurance::insured_until(turn.db(), caller.person, order->starts_at) < order->ends_at) {
        return refuse(insurance::refusals::not_insured);
    }
    if (auto refused = grade_forbids(turn, *order, caller.person)) {
        return std::unexpected(*refused);
    }
    // Lowered, suspended or lapsed since the offer.
    if (certification_forbids(turn, *order, caller.person)) {
        return refuse(refusals::certification_forbids);
    }
    bool last_place = order->accepted + 1 == order->people_needed;
    std::vector<OfferState> others;
    if (last_place && order->offers_open > 1) others = offers_of(turn.db(), turn.tables(), id);

    Subjects subjects = subjects_of(*order);
    subjects["person"] = caller.person.value;
    turn.append(draft(OrderAccepted{order->starts_at, order->ends_at, last_place},
                      caller.actor("order.accept"), place_of(*order), std::move(subjects),
                      turn.now()));
    lapse_other_offers(turn, *order, others, caller.person);
    return id.value;
}

}  // namespace hezhi::orders
