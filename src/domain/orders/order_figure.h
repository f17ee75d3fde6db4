// Orders as a figure: one row an order.
#pragma once

#include "facts/order_facts.h"
#include "facts/secrecy_facts.h"
#include "facts/time_bank_facts.h"
#include "journal/figure.h"

namespace hezhi::orders {

struct OrderState {
    OrderId id;
    NeedId need;
    AreaId area;
    std::string area_path;
    OrderStep state = OrderStep::open;
    std::string category;
    DutyBoundary duty_boundary = DutyBoundary::volunteer;
    PriorityClass priority_class = PriorityClass::P3;
    std::int32_t minutes_planned = 0;
    std::int32_t people_needed = 1;
    Instant starts_at;
    Instant ends_at;
    Instant opened_at;
    Instant handle_until;
    Instant escalate_until;
    std::string reach;     // the area kind in which people are looked for
    Instant widen_at;      // when it widens by itself next; never, if not any more
    Instant escalated_at;  // never, while it is still looked for by itself
    AccountId leader;
    PersonId recipient;
    AccountId reporter;
    std::int32_t offers_open = 0;  // asked and not answered
    std::int32_t accepted = 0;     // people who have taken it
    std::int32_t delivered = 0;    // of these, how many have checked out
    Instant accepted_at;           // the last place was taken
    Instant delivered_at;          // the last one checked out
    Instant confirm_until;
    Instant confirmed_at;
    bool unconfirmed = false;  // confirmed by silence
    std::int32_t minutes = 0;  // of all people together
    std::optional<Resolution> resolution;
    std::int32_t satisfaction = 0;
    bool sealed = false;  // the address is secret; the words are for the keeper and who serves
    AccountId keeper;
    Funding funding = Funding::public_service;
    Instant refill_until;  // a place that was taken is to be filled again until then
    NeedId alarm;          // the urgent need, if nobody answered the door; none otherwise
};
BOOST_DESCRIBE_STRUCT(OrderState, (),
                      (id, need, area, area_path, state, category, duty_boundary, priority_class,
                       minutes_planned, people_needed, starts_at, ends_at, opened_at, handle_until,
                       escalate_until, reach, widen_at, escalated_at, leader, recipient, reporter,
                       offers_open, accepted, delivered, accepted_at, delivered_at, confirm_until,
                       confirmed_at, unconfirmed, minutes, resolution, satisfaction, sealed, keeper,
                       funding, refill_until, alarm))

struct OrderFigure {
    using State = OrderState;
    static constexpr std::string_view name = "orders";
    static constexpr int revision = 5;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() {
        return {"area_path, state", "state, handle_until, id", "recipient", "leader", "need",
                "opened_at"};
    }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

// --- one row for each person who was asked ---

enum class OfferStep {
    offered,
    accepted,
    declined,
    lapsed,
    in_service,
    delivered,
    cancelled,  // the order was
    no_show,    // had accepted and did not come
};
BOOST_DESCRIBE_ENUM(OfferStep, offered, accepted, declined, lapsed, in_service, delivered,
                    cancelled, no_show)

struct OfferState {
    std::string id;    // "order-person"
    OrderId order_id;  // "order" is a word of SQL
    PersonId person;
    OfferStep state = OfferStep::offered;
    Instant offered_at;
    Instant until;
    std::int32_t score = 0;
    Instant accepted_at;
    Instant starts_at;  // what the acceptance binds the person to
    Instant ends_at;
    Instant checked_in_at;
    Instant checked_out_at;
    std::int32_t minutes = 0;
    std::int64_t reply = 0;  // her fact review.replied, under which the words stand
    // The facts under which stands why the time lay apart from the planned one; 0 if it did not.
    std::int64_t arrival_apart = 0;
    std::int64_t leaving_apart = 0;
};
BOOST_DESCRIBE_STRUCT(OfferState, (),
                      (id, order_id, person, state, offered_at, until, score, accepted_at,
                       starts_at, ends_at, checked_in_at, checked_out_at, minutes, reply,
                       arrival_apart, leaving_apart))

struct OfferFigure {
    using State = OfferState;
    static constexpr std::string_view name = "offers";
    static constexpr int revision = 4;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() {
        return {"person, state, checked_out_at", "order_id", "state, until"};
    }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

std::string offer_key(OrderId order, PersonId person);

}  // namespace hezhi::orders
