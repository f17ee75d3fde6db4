// 队员签到, 队员签退: the list of whoever leads the team to which they belong.
#include <algorithm>

#include "domain/orders/load_order.h"
#include "domain/orders/order_pages.h"
#include "domain/orders/order_states.h"
#include "domain/orders/queries.h"

namespace hezhi::orders {
namespace {

using api::Reading;
using api::Writing;

constexpr std::int64_t led_orders_max = 100;

// Nobody ticks themselves: the lead has the code at the door, as everybody has.
bool leads_member(store::Session& db, PersonId lead, PersonId person) {
    if (!lead || lead == person) return false;
    return db.row(queries::leads_member, {{"person", person}, {"lead", lead}})->integer("teams") >
           0;
}

bool serves(const OfferState& offer) {
    return offer.state == OfferStep::accepted || offer.state == OfferStep::in_service ||
           offer.state == OfferStep::delivered;
}

// Those who serve in the order and whom `lead` leads.
std::vector<OfferState> led_offers(store::Session& db, const journal::FigureTables& tables,
                                   OrderId id, PersonId lead) {
    auto offers = offers_of(db, tables, id);
    std::erase_if(offers, [&](const OfferState& offer) {
        return !serves(offer) || !leads_member(db, lead, offer.person);
    });
    return offers;
}

struct LedService {
    OrderState order;
    std::vector<OfferState> led;
};

// The order and its led members, in a state that allows the action.
Result<LedService> load_led(journal::Turn& turn, const api::Caller& caller, OrderId id,
                            std::string_view action) {
    const OrderState* found = id ? turn.load<OrderFigure>(id) : nullptr;
    // Where an address is secret nobody beside those who go learns of it.
    if (!found || found->sealed) return refuse(hezhi::refusals::not_found);
    LedService service{*found, led_offers(turn.db(), turn.tables(), id, caller.person)};
    api::Access access{.leader = service.led.empty() ? AccountId() : caller.account};
    if (!caller.may("member.attend", access)) return refuse(hezhi::refusals::not_found);
    if (!allows(action, service.order.state)) return refuse(refusals::order_state_forbids);
    return service;
}

// The offers of `people`, each once and each in `step`.
Result<std::vector<OfferState>> listed_in(const std::vector<PersonId>& people,
                                          const std::vector<OfferState>& led, OfferStep step) {
    if (people.empty()) {
        return refuse(hezhi::refusals::invalid_input, {"/person_ids", "至少一人", "at least one"});
    }
    std::vector<OfferState> listed;
    for (std::size_t i = 0; i < people.size(); ++i) {
        auto offer = std::ranges::find(led, people[i], &OfferState::person);
        if (offer == led.end() || offer->state != step ||
            std::ranges::count(people, people[i]) > 1) {
            return refuse(refusals::not_expected,
                          {"/person_ids/" + std::to_string(i), "本队队员", "a member of the team"});
        }
        listed.push_back(*offer);
    }
    return listed;
}

std::optional<LedOrder> show_led(const Reading& reading, const OrderDesk& desk, OrderId id) {
    auto order = id ? reading.load<OrderFigure>(id) : std::nullopt;
    if (!order || order->sealed) return std::nullopt;
    auto led = led_offers(reading.db, reading.tables, id, reading.caller.person);
    if (led.empty()) return std::nullopt;
    LedOrder shown;
    shown.order_id = id;
    shown.state = order->state;
    shown.category_zh = shown.category_en = order->category;
    if (const auto* category = reading.pack()->pack->category(order->category)) {
        shown.category_zh = category->name.zh;
        shown.category_en = category->name.en;
    }
    auto areas = desk.tree.now();
    if (const auto* area = areas->find(order->area)) shown.area_name = area->name;
    shown.starts_at = order->starts_at;
    shown.ends_at = order->ends_at;
    shown.people_needed = order->people_needed;
    bool arrives = false, leaves = false;
    for (const auto& offer : led) {
        LedMember member{offer.person, desk.people.masked_name(reading.db, offer.person),
                         offer.state, std::nullopt};
        if (offer.state == OfferStep::delivered) member.minutes = offer.minutes;
        arrives = arrives || offer.state == OfferStep::accepted;
        leaves = leaves || offer.state == OfferStep::in_service;
        shown.members.push_back(std::move(member));
    }
    bool day_came = reading.now >= start_of(day_of(order->starts_at));
    if (arrives && day_came && allows("check_in_members", order->state)) {
        shown.actions.emplace_back("check_in_members");
    }
    if (leaves && allows("check_out_members", order->state)) {
        shown.actions.emplace_back("check_out_members");
    }
    return shown;
}

}  // namespace

LedOrders led_orders_page(const api::Reading& reading, const OrderDesk& desk) {
    std::vector<OrderId> ids;
    LedOrders page;
    if (!reading.caller.person) return page;
    reading.db.each(queries::led_orders,
                    {{"lead", reading.caller.person}, {"limit", led_orders_max}},
                    [&](const store::Row& row) { ids.push_back(row.id<OrderId>("order_id")); });
    for (OrderId id : ids) {
        if (auto shown = show_led(reading, desk, id)) page.items.push_back(std::move(*shown));
    }
    return page;
}

Result<std::int64_t> check_in_members(journal::Turn& turn, const api::Caller& caller,
                                      const OrderDesk& desk, OrderId id,
                                      const NoteAttendance& input) {
    auto service = load_led(turn, caller, id, "check_in_members");
    if (!service) return std::unexpected(service.error());
    const OrderState& order = service->order;
    auto listed = listed_in(input.person_ids, service->led, OfferStep::accepted);
    if (!listed) return std::unexpected(listed.error());
    if (turn.now() < start_of(day_of(order.starts_at))) return refuse(refusals::not_begun);
    // Two go together, unless it was noted that the other one did not come.
    auto offers = offers_of(turn.db(), turn.tables(), id);
    auto there = std::ranges::count(offers, OfferStep::in_service, &OfferState::state) +
                 std::ranges::count(offers, OfferStep::delivered, &OfferState::state) +
                 std::ssize(*listed);
    if (there < std::min(2, order.accepted)) return refuse(refusals::two_needed);
    for (const auto& offer : *listed) {
        if (covered(turn, order, offer.person, turn.now())) continue;
        return refuse(refusals::person_not_insured,
                      {"/person_ids", "保险有效的队员", "members who are insured"});
    }
    OrderCheckedIn in{begins_apart(order, *turn.pack()->pack, turn.now())};
    std::string_view reason = people::text_of(input.reason);
    if (auto missing = reason_missing(in.minutes_apart, reason)) return std::unexpected(*missing);
    for (const auto& offer : *listed) {
        append_timed(turn, desk, reason, in, caller.actor("member.attend"), place_of(order),
                     with_person(order, offer.person), turn.now());
    }
    return id.value;
}

Result<std::int64_t> check_out_members(journal::Turn& turn, const api::Caller& caller,
                                       const OrderDesk& desk, OrderId id,
                                       const NoteAttendance& input) {
    auto service = load_led(turn, caller, id, "check_out_members");
    if (!service) return std::unexpected(service.error());
    const OrderState& order = service->order;
    auto listed = listed_in(input.person_ids, service->led, OfferStep::in_service);
    if (!listed) return std::unexpected(listed.error());
    const rules::Pack& pack = *turn.pack()->pack;
    std::string_view reason = people::text_of(input.reason);
    for (const auto& offer : *listed) {
        auto apart = lasts_apart(order, pack, offer.checked_in_at, turn.now());
        if (auto missing = reason_missing(apart, reason)) return std::unexpected(*missing);
    }
    std::int32_t nth = 0;
    for (const auto& offer : *listed) {
        append_timed(turn, desk, reason, checked_out(turn, order, offer, ++nth),
                     caller.actor("member.attend"), place_of(order),
                     with_person(order, offer.person), turn.now());
    }
    return id.value;
}

api::Routes led_order_routes(const OrderDesk& desk) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto render = [&desk](const Reading& r, std::int64_t id) -> Result<LedOrder> {
        auto shown = show_led(r, desk, OrderId(id));
        if (!shown) return refuse(hezhi::refusals::not_found);
        return *shown;
    };
    return {
        api::reads<api::Nothing, LedOrders>(
            {Method::get, "/orders/led", "list_led_orders", "member.attend", everyone},
            [&desk](const Reading& r, const api::Nothing&) -> Result<LedOrders> {
                return led_orders_page(r, desk);
            }),
        api::writes<NoteAttendance, LedOrder>(
            {Method::post, "/orders/{id}/member-arrivals", "check_in_members", "member.attend",
             everyone},
            [&desk](const Writing& w, const NoteAttendance& input) {
                return check_in_members(w.turn, w.caller, desk, OrderId(w.id()), input);
            },
            render),
        api::writes<NoteAttendance, LedOrder>(
            {Method::post, "/orders/{id}/member-departures", "check_out_members", "member.attend",
             everyone},
            [&desk](const Writing& w, const NoteAttendance& input) {
                return check_out_members(w.turn, w.caller, desk, OrderId(w.id()), input);
            },
            render),
    };
}

}  // namespace hezhi::orders
