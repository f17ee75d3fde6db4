#include "domain/orders/load_order.h"

#include "domain/deputies/deputies.h"
#include "domain/orders/order_states.h"
#include "domain/standing/standing_figure.h"

namespace hezhi::orders {

api::Access access_of(const OrderState& order, bool assigned) {
    return {.area_path = order.area_path,
            .owner = order.reporter,
            .leader = order.leader,
            .assigned = assigned};
}

Place place_of(const OrderState& order) {
    return {order.area, order.area_path};
}

Subjects with_person(const OrderState& order, PersonId person) {
    return with_person(subjects_of(order), person);
}

Subjects with_person(Subjects subjects, PersonId person) {
    subjects["person"] = person.value;
    return subjects;
}

Subjects acting_on(journal::Turn& turn, const Actor& actor, const OrderState& order) {
    return deputies::in_place(turn, actor, order.leader, subjects_of(order));
}

time_bank::ServiceDone service_of(const OrderState& order) {
    return {place_of(order), order.category, order.minutes_planned, ServedAs::order, order.id};
}

Subjects subjects_of(const OrderState& order) {
    return {{"need", order.need.value}, {"order", order.id.value}};
}

bool about_minor(const OrderState& order, const rules::Pack& pack,
                 const people::PersonState* recipient) {
    const auto* category = pack.category(order.category);
    return (category && category->minor_contact) ||
           (recipient && people::is_minor(pack, *recipient));
}

const OfferState* own_offer(journal::Turn& turn, const api::Caller& caller, OrderId id) {
    return caller.person ? turn.load<OfferFigure>(offer_key(id, caller.person)) : nullptr;
}

api::Access access_of_recipient(const OrderState& order, const api::Caller& caller) {
    bool hers = (order.recipient && order.recipient == caller.person) ||
                (order.reporter && order.reporter == caller.account);
    return {.owner = hers ? caller.account : AccountId()};
}

Actor requester(const api::Caller& caller) {
    if (caller.via != Via::account) return caller.actor("");
    return caller.actor(caller.may_somewhere("order.receive") ? "order.receive" : "order.book");
}

bool is_duty(journal::Turn& turn, const OrderState& order, PersonId person) {
    const auto* standing = turn.load<standing::StandingFigure>(person);
    bool volunteers =
        standing && standing->volunteer && order.duty_boundary != DutyBoundary::professional_only;
    return !volunteers;
}

Result<OrderState> load_order(journal::Turn& turn, const api::Caller& caller, OrderId id,
                              std::string_view action) {
    const OrderState* order = id ? turn.load<OrderFigure>(id) : nullptr;
    if (!order) return refuse(hezhi::refusals::not_found);
    OrderState found = *order;
    const OrderTransition& row = order_transition(action);
    if (!row.permission.empty()) {
        api::Access access = access_of(found, own_offer(turn, caller, id) != nullptr);
        if (!caller.may("order.read", access)) return refuse(hezhi::refusals::not_found);
        if (!caller.may(row.permission, access)) return refuse(hezhi::refusals::not_permitted);
    } else if (caller.via == Via::account) {
        // The requester's word, through her own account in place of the link. Who books with her
        // time says it only of what is for herself.
        bool for_herself = caller.person && found.recipient == caller.person &&
                           caller.may("order.book", {.owner = caller.account});
        if (!for_herself && !caller.may("order.receive", access_of_recipient(found, caller))) {
            return refuse(hezhi::refusals::not_found);
        }
    }
    if (!allows(action, found.state)) return refuse(refusals::order_state_forbids);
    return found;
}

}  // namespace hezhi::orders
