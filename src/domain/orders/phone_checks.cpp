// 电话核实: whoever was not there more often than the pack lets be is called before their next
// order is offered to anybody.
#include <algorithm>

#include "domain/orders/load_order.h"
#include "domain/orders/order_pages.h"
#include "domain/orders/phone_check_figure.h"
#include "domain/orders/queries.h"

namespace hezhi::orders {
namespace {

using api::Reading;
using api::Writing;

// Kept with the order as its reason; read by staff in either language.
constexpr std::string_view not_wanted_any_more = "电话核实：本人不再需要";

bool looks_for_people(const OrderState& order) {
    return order.state == OrderStep::open || order.state == OrderStep::offered ||
           order.state == OrderStep::escalated;
}

Subjects about_recipient(const OrderState& order) {
    Subjects subjects = subjects_of(order);
    subjects["recipient"] = order.recipient.value;
    return subjects;
}

// The other orders of the same recipient about which somebody has to call.
std::vector<OrderId> also_held(journal::Turn& turn, const OrderState& order) {
    std::vector<OrderId> held;
    turn.db().each(queries::phone_checks_of, {{"recipient", order.recipient}, {"id", order.id}},
                   [&](const store::Row& row) { held.push_back(row.id<OrderId>("id")); });
    return held;
}

struct PhoneCheckQuery {
    std::optional<AreaId> area;
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(PhoneCheckQuery, (), (area, cursor, limit))

// Whose service begins first is called first.
Result<OrderList> list_phone_checks(const Reading& reading, const OrderDesk& desk,
                                    const PhoneCheckQuery& query) {
    areas::WorkQuery work{.area = query.area, .cursor = query.cursor};
    work.limit = api::limit_of(query.limit);
    auto params = areas::list_params(reading, desk.tree, work, "phone_check.answer");
    if (!params) return std::unexpected(params.error());
    struct Waiting {
        Instant starts_at;
        OrderId id;
    };
    std::vector<Waiting> rows;
    for (const auto& below : *params) {
        reading.db.each(queries::phone_checks_due, below, [&](const store::Row& row) {
            rows.push_back({row.instant("starts_at"), row.id<OrderId>("id")});
        });
    }
    areas::merge_lists(rows, work.limit + 1, [](const Waiting& a, const Waiting& b) {
        return std::pair(a.starts_at, a.id) < std::pair(b.starts_at, b.id);
    });
    OrderList list;
    for (const auto& [starts_at, id] : rows) {
        if (std::ssize(list.items) == work.limit) {
            const Order& last = list.items.back();
            list.next_cursor = api::to_text({last.starts_at.ms, last.id.value});
            break;
        }
        list.items.push_back(show_order(reading, desk, *order_record(reading, desk, id)));
    }
    return list;
}

}  // namespace

std::vector<std::string_view> AbsenceFigure::kinds() {
    return {AbsenceNoted::kind};
}

journal::Keys AbsenceFigure::keys(const Fact& fact) {
    return {fact.subject("order")};
}

void AbsenceFigure::step(State& absence, const Fact& fact, const rules::Pack&) {
    absence.recipient = PersonId(fact.subject("recipient"));
    absence.noted_at = fact.occurred_at;
}

std::vector<std::string_view> PhoneCheckFigure::kinds() {
    return {PhoneCheckAsked::kind, PhoneCheckAnswered::kind};
}

journal::Keys PhoneCheckFigure::keys(const Fact& fact) {
    return {fact.subject("order")};
}

void PhoneCheckFigure::step(State& check, const Fact& fact, const rules::Pack&) {
    if (fact.is<PhoneCheckAsked>()) {
        const auto& asked = fact.as<PhoneCheckAsked>();
        check.recipient = PersonId(fact.subject("recipient"));
        check.asked_at = fact.occurred_at;
        check.absences = asked.absences;
        check.days = asked.days;
        return;
    }
    auto outcome = fact.as<PhoneCheckAnswered>().outcome;
    ++check.calls;
    check.called_at = fact.occurred_at;
    if (outcome == PhoneCheckOutcome::not_reached) return;  // somebody calls again
    check.state =
        outcome == PhoneCheckOutcome::wanted ? PhoneCheckStep::wanted : PhoneCheckStep::not_wanted;
    check.answered_at = fact.occurred_at;
}

void note_absence(journal::Turn& turn, const Actor& actor, const OrderState& order) {
    if (!order.recipient) return;  // whoever is not registered is not known the next time
    turn.append(draft(AbsenceNoted{}, actor, place_of(order), about_recipient(order), turn.now()));
}

void ask_phone_check(journal::Turn& turn, const OrderState& order) {
    const rules::PublishedPack* pack = turn.pack();
    const rules::AskingRules& asking = pack->pack->asking;
    bool excepted = std::ranges::find(asking.phone_check_except, label_of(order.priority_class)) !=
                    asking.phone_check_except.end();
    if (!order.recipient || excepted || asking.absences_within_days == 0) return;
    Instant since = turn.now() - std::chrono::days(asking.absences_within_days);
    // Whoever was reached since then starts anew: it is the next order that is held, not every one.
    auto absences =
        turn.db()
            .row(queries::absences_since, {{"recipient", order.recipient}, {"since", since}})
            ->integer("absences");
    if (absences < asking.absences_min) return;
    turn.append(draft(PhoneCheckAsked{static_cast<std::int32_t>(absences),
                                      asking.absences_within_days, pack->hash},
                      {}, place_of(order), about_recipient(order), turn.now()));
}

bool phone_check_due(journal::Turn& turn, OrderId id) {
    const auto* check = turn.load<PhoneCheckFigure>(id);
    return check && check->state == PhoneCheckStep::due;
}

Result<std::int64_t> answer_phone_check(journal::Turn& turn, const api::Caller& caller,
                                        const OrderDesk& desk, OrderId id,
                                        const AnswerPhoneCheck& input) {
    const OrderState* found = id ? turn.load<OrderFigure>(id) : nullptr;
    if (!found) return refuse(hezhi::refusals::not_found);
    const OrderState order = *found;
    api::Access access = access_of(order, own_offer(turn, caller, id) != nullptr);
    if (!caller.may("order.read", access)) return refuse(hezhi::refusals::not_found);
    if (!caller.may("phone_check.answer", access)) return refuse(hezhi::refusals::not_permitted);
    if (!looks_for_people(order) || !phone_check_due(turn, id)) {
        return refuse(refusals::order_state_forbids);
    }
    Actor actor = caller.actor("phone_check.answer");
    auto note = [&](const OrderState& about) {
        turn.append(draft(PhoneCheckAnswered{input.outcome}, actor, place_of(about),
                          about_recipient(about), turn.now()));
    };
    note(order);
    // Whoever will be there is not called again for the other orders that wait.
    if (input.outcome == PhoneCheckOutcome::wanted) {
        for (OrderId other : also_held(turn, order)) {
            const OrderState about = *turn.load<OrderFigure>(other);
            if (caller.may("phone_check.answer", access_of(about, false))) note(about);
        }
    }
    if (input.outcome == PhoneCheckOutcome::not_wanted) {
        append_cancellation(turn, desk, actor, order, not_wanted_any_more, false);
    }
    return id.value;
}

api::Routes phone_check_routes(const OrderDesk& desk) {
    using http::Method;
    return {
        api::reads<PhoneCheckQuery, OrderList>(
            {Method::get, "/orders/phone-checks", "list_phone_checks", "phone_check.answer"},
            [&desk](const Reading& r, const PhoneCheckQuery& q) {
                return list_phone_checks(r, desk, q);
            }),
        api::writes<AnswerPhoneCheck, Order>(
            {Method::post, "/orders/{id}/phone-check", "answer_phone_check", "phone_check.answer"},
            [&desk](const Writing& w, const AnswerPhoneCheck& input) {
                return answer_phone_check(w.turn, w.caller, desk, OrderId(w.id()), input);
            },
            [&desk](const Reading& r, std::int64_t id) {
                return order_page(r, desk, OrderId(id));
            }),
    };
}

}  // namespace hezhi::orders
