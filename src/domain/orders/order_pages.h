// Orders as pages show them: to staff, to the volunteer, to the holder of the slip.
#pragma once

#include "domain/orders/order_record.h"

namespace hezhi::orders {

struct OfferShown {
    PersonId person_id;
    std::string name;  // masked
    OfferStep state = OfferStep::offered;
    Instant offered_at;
    Instant until;
    std::optional<Instant> checked_in_at;
    std::optional<Instant> checked_out_at;
    std::vector<std::string> time_reasons;  // why that lay apart from the planned time
    bool apart = false;                     // not asked for this recipient any more
    bool excusable = false;                 // by the reader: not come, or given back late
};
BOOST_DESCRIBE_STRUCT(OfferShown, (),
                      (person_id, name, state, offered_at, until, checked_in_at, checked_out_at,
                       time_reasons, apart, excusable))

// Why nobody may be asked yet.
struct PhoneCheckShown {
    std::int32_t absences = 0;
    std::int32_t days = 0;   // within which they were
    std::int32_t calls = 0;  // that reached nobody
};
BOOST_DESCRIBE_STRUCT(PhoneCheckShown, (), (absences, days, calls))

struct Order {
    OrderId id;
    NeedId need_id;
    std::string category;
    std::string category_zh;
    std::string category_en;
    DutyBoundary duty_boundary = DutyBoundary::volunteer;
    std::optional<std::string> risk_level;
    AreaId area_id;
    std::string area_name;
    std::string area_parents;
    OrderStep state = OrderStep::open;
    PriorityClass priority_class = PriorityClass::P3;
    Instant starts_at;
    Instant ends_at;
    Instant opened_at;
    Instant handle_until;
    std::string reach_zh;  // the area kind in which people are looked for
    std::string reach_en;
    std::optional<Instant> widen_at;
    std::optional<Instant> refill_until;  // a place that was taken is to be filled again by then
    std::int32_t minutes_planned = 0;
    std::optional<std::string> brief;
    std::optional<std::string> leader_name;
    std::int32_t people_needed = 1;
    std::int32_t accepted = 0;
    std::vector<OfferShown> offers;
    std::optional<Instant> accepted_at;
    std::optional<Instant> delivered_at;
    std::optional<std::int32_t> minutes;
    std::optional<Instant> confirm_until;
    std::optional<Instant> confirmed_at;
    bool unconfirmed = false;
    std::optional<Resolution> resolution;
    std::optional<std::int32_t> satisfaction;
    std::optional<std::string> review_words;
    std::optional<std::string> cancel_reason;
    bool sealed = false;                         // the address is secret
    std::optional<NeedId> alarm_id;              // the urgent need, if nobody answered the door
    std::optional<PhoneCheckShown> phone_check;  // while somebody has to call first
    Funding funding = Funding::public_service;
    std::string funding_says_zh;  // why
    std::string funding_says_en;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Order, (),
                      (id, need_id, category, category_zh, category_en, duty_boundary, risk_level,
                       area_id, area_name, area_parents, state, priority_class, starts_at, ends_at,
                       opened_at, handle_until, reach_zh, reach_en, widen_at, refill_until,
                       minutes_planned, brief, leader_name, people_needed, accepted, offers,
                       accepted_at, delivered_at, minutes, confirm_until, confirmed_at, unconfirmed,
                       resolution, satisfaction, review_words, cancel_reason, sealed, alarm_id,
                       phone_check, funding, funding_says_zh, funding_says_en, actions))

struct OrderList {
    std::vector<Order> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(OrderList, (), (items, next_cursor))

// What a volunteer sees of an order: a brief, never the case file. The contact and the door word
// are there from the acceptance, and with the brief they go when the pack's time after the order is
// over.
struct MyOrder {
    OrderId order_id;
    OfferStep state = OfferStep::offered;  // her own
    OrderStep order_state = OrderStep::offered;
    std::string category_zh;
    std::string category_en;
    std::string area_name;
    std::string area_parents;
    Instant starts_at;
    Instant ends_at;
    std::optional<Instant> until;
    bool sealed = false;  // the contact is shown by disclose_contact only
    std::optional<std::string> contact;
    std::optional<std::string> brief;
    std::optional<std::string> door_word;
    std::string safety_zh;
    std::string safety_en;
    std::optional<std::string> leader_name;
    std::optional<std::string> desk_phone;  // of the area, or of the nearest above
    std::int32_t people_needed = 1;
    std::int32_t accepted = 0;
    std::optional<std::int32_t> minutes;
    std::optional<std::int32_t> satisfaction;
    std::optional<std::string> review_words;
    std::optional<std::string> reply;
    bool alarm = false;  // it was said that nobody answers
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(MyOrder, (),
                      (order_id, state, order_state, category_zh, category_en, area_name,
                       area_parents, starts_at, ends_at, until, sealed, contact, brief, door_word,
                       safety_zh, safety_en, leader_name, desk_phone, people_needed, accepted,
                       minutes, satisfaction, review_words, reply, alarm, actions))

// An order in which members of one's team serve, for whoever leads the team: who is there, and
// nothing about whom it is for.
struct LedMember {
    PersonId person_id;
    std::string name;  // masked
    OfferStep state = OfferStep::accepted;
    std::optional<std::int32_t> minutes;
};
BOOST_DESCRIBE_STRUCT(LedMember, (), (person_id, name, state, minutes))

struct LedOrder {
    OrderId order_id;
    OrderStep state = OrderStep::accepted;
    std::string category_zh;
    std::string category_en;
    std::string area_name;
    Instant starts_at;
    Instant ends_at;
    std::int32_t people_needed = 1;
    std::vector<LedMember> members;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(LedOrder, (),
                      (order_id, state, category_zh, category_en, area_name, starts_at, ends_at,
                       people_needed, members, actions))

struct LedOrders {
    std::vector<LedOrder> items;
};
BOOST_DESCRIBE_STRUCT(LedOrders, (), (items))

struct MyOrders {
    std::vector<MyOrder> items;
};
BOOST_DESCRIBE_STRUCT(MyOrders, (), (items))

// What a volunteer answered to the review.
struct ReplyShown {
    std::string name;  // the family name
    std::string words;
};
BOOST_DESCRIBE_STRUCT(ReplyShown, (), (name, words))

// What the requester sees through the link.
struct Slip {
    std::string category_zh;
    std::string category_en;
    std::string area_name;
    std::optional<std::string> desk_phone;
    OrderStep state = OrderStep::open;
    Instant starts_at;
    Instant ends_at;
    std::vector<std::string> volunteer_names;
    std::optional<std::int32_t> minutes;
    std::string code;
    std::string door_word;
    std::optional<std::string> reach_zh;  // while nobody is found
    std::optional<std::string> reach_en;
    bool another_comes = false;  // who was to come does not, and another one is looked for
    std::optional<Resolution> resolution;
    std::optional<std::int32_t> satisfaction;
    std::vector<ReplyShown> replies;
    std::optional<Instant> ask_again_until;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Slip, (),
                      (category_zh, category_en, area_name, desk_phone, state, starts_at, ends_at,
                       volunteer_names, minutes, code, door_word, reach_zh, reach_en, another_comes,
                       resolution, satisfaction, replies, ask_again_until, actions))

// A need of one's own, with what became of it.
struct OwnNeed {
    NeedId need_id;
    std::optional<std::string> what;  // absent if somebody else wrote it
    Instant reported_at;
    std::string area_name;
    needs::NeedStep state = needs::NeedStep::reported;
    std::optional<std::string> close_reason;
    std::optional<OrderId> order_id;
    std::optional<Slip> slip;                // of the order that answers it, for whom it is for
    std::optional<OrderStep> order_state;    // of that order, also without its slip
    std::optional<Resolution> resolution;    // what was said of it
    std::optional<std::string> referred_to;  // the office that has it now
    std::optional<std::string> receipt;
    bool told_with_another = false;  // merged: the result is that of the need that stays
};
BOOST_DESCRIBE_STRUCT(OwnNeed, (),
                      (need_id, what, reported_at, area_name, state, close_reason, order_id, slip,
                       order_state, resolution, referred_to, receipt, told_with_another))

struct OwnNeedList {
    std::vector<OwnNeed> items;
};
BOOST_DESCRIBE_STRUCT(OwnNeedList, (), (items))

// A service that time may book, and whether hers does, with the reason.
struct BookingChoice {
    std::string category;
    std::string zh;
    std::string en;
    std::int32_t minutes_planned = 0;  // how long it is
    std::int64_t minutes = 0;          // of her time: of all who go
    bool possible = false;
    std::int64_t from_grant = 0;  // used first
    std::int64_t from_own = 0;
    std::optional<std::string> why_not_zh;
    std::optional<std::string> why_not_en;
};
BOOST_DESCRIBE_STRUCT(BookingChoice, (),
                      (category, zh, en, minutes_planned, minutes, possible, from_grant, from_own,
                       why_not_zh, why_not_en))

// What a member's time may buy and why.
struct BookingPage {
    bool open = false;
    std::string name_zh;  // what the district calls it
    std::string name_en;
    std::string says_zh;  // the clause
    std::string says_en;
    std::int64_t own_minutes = 0;  // with what may be overdrawn
    std::int64_t granted_minutes = 0;
    std::int64_t month_minutes = 0;  // booked this month
    std::int64_t month_minutes_max = 0;
    std::vector<BookingChoice> items;
    std::vector<std::string> days;   // on which a service may begin: "2026-03-06" …
    std::vector<std::string> times;  // … and at which times of them: "09:30"
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(BookingPage, (),
                      (open, name_zh, name_en, says_zh, says_en, own_minutes, granted_minutes,
                       month_minutes, month_minutes_max, items, days, times, actions))

// The caller's own needs, newest first.
Result<OwnNeedList> list_own_needs(const api::Reading&, const OrderDesk&);
Result<BookingPage> booking_page(const api::Reading&, const OrderDesk&);
// Whether she may cancel this order herself now.
bool may_cancel_booking(const OrderState&, const api::Caller&, const rules::Pack&, Instant now);

// One visit of a professional's day.
struct MyVisit {
    OrderId order_id;
    std::string category_zh;
    std::string category_en;
    std::string area_name;
    Instant starts_at;  // of the order
    Instant ends_at;
    std::optional<Instant> leaves_at;  // absent if it cannot be made
    std::optional<Instant> begins_at;
    std::optional<Instant> finishes_at;
};
BOOST_DESCRIBE_STRUCT(MyVisit, (),
                      (order_id, category_zh, category_en, area_name, starts_at, ends_at, leaves_at,
                       begins_at, finishes_at))

struct MyDay {
    std::string day;
    std::vector<MyVisit> visits;    // in the order in which to make them
    std::vector<MyVisit> not_made;  // they do not fit beside the others
    std::optional<Instant> home_at;
};
BOOST_DESCRIBE_STRUCT(MyDay, (), (day, visits, not_made, home_at))

Order show_order(const api::Reading&, const OrderDesk&, const OrderRecord&);
Result<Order> order_page(const api::Reading&, const OrderDesk&, OrderId);
// For the caller's own offer; not_found if there is none.
LedOrders led_orders_page(const api::Reading&, const OrderDesk&);
// `disclosed`: with the contact of a sealed order, which disclose_contact has noted.
Result<MyOrder> my_order_page(const api::Reading&, const OrderDesk&, OrderId,
                              bool disclosed = false);
MyOrders my_orders_page(const api::Reading&, const OrderDesk&);
// The caller's accepted orders of a day in the order that makes most of them and is home earliest.
Result<MyDay> my_day_page(const api::Reading&, const OrderDesk&, Day day);
Result<Slip> slip_page(const api::Reading&, const OrderDesk&, OrderId);

// Routes of the slips, the volunteer's own orders and the "why", beside those of orders.h.
api::Routes slip_routes(const OrderDesk& desk);
api::Routes my_order_routes(const OrderDesk& desk);
api::Routes own_need_routes(const OrderDesk& desk);
api::Routes booking_routes(const OrderDesk& desk);
api::Routes pair_routes(const OrderDesk& desk);
api::Routes candidate_routes(const OrderDesk& desk);
api::Routes review_routes(const OrderDesk& desk);
api::Routes phone_check_routes(const OrderDesk& desk);
api::Routes led_order_routes(const OrderDesk& desk);
api::Routes my_day_routes(const OrderDesk& desk);

}  // namespace hezhi::orders
