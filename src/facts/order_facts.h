// Facts about orders (服务订单): 点单 — 派单 — 接单 — 评单.
#pragma once

#include <optional>

#include "facts/duty_boundary.h"
#include "facts/need_facts.h"

namespace hezhi {

// Where an order stands. Folded by the orders themselves and by the needs that they answer.
enum class OrderStep {
    open,        // 待派单
    offered,     // 派单中
    accepted,    // 已接单
    in_service,  // 服务中
    delivered,   // 待确认
    confirmed,   // 已确认
    reviewed,    // 已评单
    escalated,   // 转社工处理
    cancelled,   // 已取消
};
BOOST_DESCRIBE_ENUM(OrderStep, open, offered, accepted, in_service, delivered, confirmed, reviewed,
                    escalated, cancelled)

// An order carries what was judged when it was made: category, boundary, limits, as values.
struct OrderOpened {
    static constexpr std::string_view kind = "order.opened";
    static constexpr int version = 1;
    std::string category;
    DutyBoundary duty_boundary = DutyBoundary::volunteer;
    PriorityClass priority_class = PriorityClass::P3;
    std::int32_t minutes_planned = 0;
    std::int32_t people_needed = 1;
    Instant starts_at;
    Instant ends_at;
    Instant handle_until;
    Instant escalate_until;  // nobody found by then: it goes back to the social worker
    AccountId leader;        // the leading social worker; none for volunteer boundary
    PersonId recipient;      // none if not known
    AccountId reporter;      // who reported the need and hears the result
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(OrderOpened, (),
                      (category, duty_boundary, priority_class, minutes_planned, people_needed,
                       starts_at, ends_at, handle_until, escalate_until, leader, recipient,
                       reporter, pack))

// Subject "person" of the following facts is the one asked.
struct OrderOffered {
    static constexpr std::string_view kind = "order.offered";
    static constexpr int version = 1;
    Instant until;
    std::int32_t score = 0;  // the total that the dispatcher saw
};
BOOST_DESCRIBE_STRUCT(OrderOffered, (), (until, score))

struct OrderAccepted {
    static constexpr std::string_view kind = "order.accepted";
    static constexpr int version = 1;
    Instant starts_at;  // what the acceptance binds the person to
    Instant ends_at;
    bool last_place = false;  // with it the order has all its people
};
BOOST_DESCRIBE_STRUCT(OrderAccepted, (), (starts_at, ends_at, last_place))

// Declining needs no reason and has no consequence (志愿服务条例 25).
struct OrderDeclined {
    static constexpr std::string_view kind = "order.declined";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(OrderDeclined, (), ())

// Nobody answered in time; `due_at` is when the offer ran out.
struct OfferLapsed {
    static constexpr std::string_view kind = "offer.lapsed";
    static constexpr int version = 1;
    Instant due_at;
};
BOOST_DESCRIBE_STRUCT(OfferLapsed, (), (due_at))

// The order went back to the social worker, because nobody took it before `due_at`.
struct OrderEscalated {
    static constexpr std::string_view kind = "order.escalated";
    static constexpr int version = 1;
    Instant due_at;
};
BOOST_DESCRIBE_STRUCT(OrderEscalated, (), (due_at))

// Nobody was found near, so people are looked for in a wider area: `reach` is an area kind.
struct OrderWidened {
    static constexpr std::string_view kind = "order.widened";
    static constexpr int version = 1;
    std::string reach;
    Instant due_at;
};
BOOST_DESCRIBE_STRUCT(OrderWidened, (), (reach, due_at))

struct OrderCheckedIn {
    static constexpr std::string_view kind = "order.checked_in";
    static constexpr int version = 1;
    // Minutes before (negative) or after the planned time, beyond the pack's tolerance; the reason
    // stands in the register under this fact.
    std::optional<std::int32_t> minutes_apart;
};
BOOST_DESCRIBE_STRUCT(OrderCheckedIn, (), (minutes_apart))

struct OrderCheckedOut {
    static constexpr std::string_view kind = "order.checked_out";
    static constexpr int version = 1;
    std::int32_t minutes = 0;  // service minutes, travel excluded
    Instant confirm_until;     // silence until then confirms
    bool last_out = false;     // with it the service is delivered
    // Set when it was the person's work: duty time makes no service record (民政部令第67号).
    std::optional<bool> duty;
    // Minutes less (negative) or more than planned, beyond the pack's tolerance; with a reason as
    // at the check-in.
    std::optional<std::int32_t> minutes_apart;
};
BOOST_DESCRIBE_STRUCT(OrderCheckedOut, (), (minutes, confirm_until, last_out, duty, minutes_apart))

// Somebody who had accepted did not come (未到). No penalty follows from it.
struct NoShowNoted {
    static constexpr std::string_view kind = "order.no_show";
    static constexpr int version = 1;
    bool reopened = false;  // nobody has begun: the place is to be filled again
    bool last_out = false;  // everybody who came had checked out: the service is delivered
    Instant confirm_until;  // with last_out
};
BOOST_DESCRIBE_STRUCT(NoShowNoted, (), (reopened, last_out, confirm_until))

// Somebody who had accepted does not come and said so before, or a guardian withdrew. The place is
// open again, as after a no-show; nothing else follows from it.
struct OrderLeft {
    static constexpr std::string_view kind = "order.left";
    static constexpr int version = 1;
    bool reopened = false;  // nobody has begun: the place is to be filled again
    bool last_out = false;  // everybody who came had checked out: the service is delivered
    Instant confirm_until;  // with last_out
};
BOOST_DESCRIBE_STRUCT(OrderLeft, (), (reopened, last_out, confirm_until))

// Dispatch to somebody who had accepted is suspended (暂停派单), or their certification was lowered
// below what the order asks for, so that somebody else is looked for until `refill_until`; then the
// order is the social worker's. Whose place it was is not to blame in any score.
struct OrderReassigned {
    static constexpr std::string_view kind = "order.reassigned";
    static constexpr int version = 1;
    bool reopened = false;  // nobody has begun: the place is to be filled again
    bool last_out = false;  // everybody who came had checked out: the service is delivered
    Instant confirm_until;  // with last_out
    Instant refill_until;   // with reopened
};
BOOST_DESCRIBE_STRUCT(OrderReassigned, (), (reopened, last_out, confirm_until, refill_until))

// After a certification was lowered or suspended, what the person had accepted was looked through.
// Subject "person".
struct AcceptancesRechecked {
    static constexpr std::string_view kind = "acceptances.rechecked";
    static constexpr int version = 1;
    std::int64_t taken = 0;       // accepted and not begun
    std::int64_t reassigned = 0;  // of these, to others
    Instant due_at;               // since the lowering holds
};
BOOST_DESCRIBE_STRUCT(AcceptancesRechecked, (), (taken, reassigned, due_at))

// At the agreed time nobody answers the door, the call or the greeting (无人应答). Whoever was to
// serve said so, and an urgent need stands since.
struct OrderUnanswered {
    static constexpr std::string_view kind = "order.unanswered";
    static constexpr int version = 1;
    NeedId alarm;  // the urgent need
};
BOOST_DESCRIBE_STRUCT(OrderUnanswered, (), (alarm))

// `silent`: the requester said nothing for 48 h; the record carries the mark "unconfirmed".
struct OrderConfirmed {
    static constexpr std::string_view kind = "order.confirmed";
    static constexpr int version = 1;
    bool silent = false;
    std::optional<Instant> due_at;  // of the timer, when silent
};
BOOST_DESCRIBE_STRUCT(OrderConfirmed, (), (silent, due_at))

struct OrderReviewed {
    static constexpr std::string_view kind = "order.reviewed";
    static constexpr int version = 1;
    Resolution resolution = Resolution::not_answered;
    std::int32_t satisfaction = 0;  // 1–5
};
BOOST_DESCRIBE_STRUCT(OrderReviewed, (), (resolution, satisfaction))

// One person's offer or acceptance ends with the order.
struct OfferWithdrawn {
    static constexpr std::string_view kind = "offer.withdrawn";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(OfferWithdrawn, (), ())

struct OrderCancelled {
    static constexpr std::string_view kind = "order.cancelled";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(OrderCancelled, (), ())

}  // namespace hezhi
