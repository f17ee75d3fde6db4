// Finding an order for an action: inside the caller's scope, and in a state that allows it.
#pragma once

#include <map>

#include "domain/orders/orders.h"
#include "domain/time_bank/time_bank.h"

namespace hezhi::orders {

// The order if `caller` may see it and the transition table allows `action` on it; not_found,
// not_permitted or order_state_forbids otherwise. A copy, so that appends do not move it.
Result<OrderState> load_order(journal::Turn& turn, const api::Caller& caller, OrderId id,
                              std::string_view action);

// How the order stands to whoever receives the service: hers if it is for her, or if she reported
// the need herself.
api::Access access_of_recipient(const OrderState& order, const api::Caller& caller);
// The actor of the requester's word: her account, or the link.
Actor requester(const api::Caller& caller);

Place place_of(const OrderState& order);
Subjects subjects_of(const OrderState& order);
// The same for what `actor` does in the place of the leader, if it is so: with the deputy's record.
Subjects acting_on(journal::Turn& turn, const Actor& actor, const OrderState& order);
// The same, and the person whom the fact is about.
Subjects with_person(const OrderState& order, PersonId person);
Subjects with_person(Subjects subjects, PersonId person);

// Whether this person was served in this category before.
bool visited_before(store::Session&, PersonId recipient, const rules::Category&);
// The category, if it exists and the window may be served; says which field is wrong.
Result<const rules::Category*> check_window(journal::Turn&, const OpenOrder&, PriorityClass);

// 取消: whoever was asked or comes is told, what was held comes back, the need waits again.
void append_cancellation(journal::Turn& turn, const OrderDesk& desk, const Actor& actor,
                         const OrderState& order, std::string_view reason, bool absent);

// In the turn of a cancellation: whoever was to be served was not there.
void note_absence(journal::Turn& turn, const Actor& actor, const OrderState& order);
// In the turn that opens an order: holds it back until somebody has called, if its recipient was
// absent as often as the pack says.
void ask_phone_check(journal::Turn& turn, const OrderState& order);
bool phone_check_due(journal::Turn& turn, OrderId id);
// How a place that somebody who has accepted gives up, or that is taken back, leaves the order.
OrderLeft leaving(journal::Turn& turn, const OrderState& order);
// Whether the person's certification, as it stands now, does not allow this order.
bool certification_forbids(journal::Turn& turn, const OrderState& order, PersonId person);

// Whether this order is the person's work: of a professional, or of somebody who is no registered
// volunteer. Duty time makes no service record.
bool is_duty(journal::Turn& turn, const OrderState& order, PersonId person);

// What is known when `offer` is checked out as the `nth` (from 1) of this action: whole minutes
// that were served, without those that stand in another record already.
OrderCheckedOut checked_out(journal::Turn& turn, const OrderState& order, const OfferState& offer,
                            std::int32_t nth);

// By how many minutes a beginning at `at`, or a service from `from` until `until`, lies apart from
// what was planned; none within the pack's tolerance. Any time of the order's window is planned.
std::optional<std::int32_t> begins_apart(const OrderState& order, const rules::Pack& pack,
                                         Instant at);
std::optional<std::int32_t> lasts_apart(const OrderState& order, const rules::Pack& pack,
                                        Instant from, Instant until);
// time_reason_missing, if something lies apart and no reason is given.
std::optional<Refusal> reason_missing(std::optional<std::int32_t> apart, std::string_view reason);
// Appends `payload`, with the reason in the register where its minutes lie apart.
template <class P>
std::int64_t append_timed(journal::Turn& turn, const OrderDesk& desk, std::string_view reason,
                          const P& payload, const Actor& actor, Place place, Subjects subjects,
                          Instant at) {
    if (payload.minutes_apart) {
        desk.people.write_text(turn.db(), turn.next_position(), people::text_reason, reason);
    }
    return turn.append(draft(payload, actor, std::move(place), std::move(subjects), at));
}
// Whether the person's cover, where the category asks for one, holds from `at` until the order
// ends.
bool covered(journal::Turn& turn, const OrderState& order, PersonId person, Instant at);

// Whether the order is for a minor, or of a category that brings people close to minors: its
// contact is shown with a reason, which is recorded (未成年人网络保护条例 36).
bool about_minor(const OrderState& order, const rules::Pack& pack,
                 const people::PersonState* recipient);
// The recipient said that somebody else should come the next time: of everybody who served.
void separate_all(journal::Turn& turn, const Actor& actor, const OrderState& order);
// Whether this recipient and this person are not matched any more, and with whom nobody is.
bool are_apart(journal::Turn& turn, PersonId recipient, PersonId volunteer);
std::vector<std::int64_t> apart_from(store::Session&, PersonId recipient);
// Of all recipients at once.
std::map<std::int64_t, std::vector<std::int64_t>> all_apart(store::Session&);
// What the time bank is told of a service.
time_bank::ServiceDone service_of(const OrderState& order);

// The caller's own offer on the order; null if there is none.
const OfferState* own_offer(journal::Turn& turn, const api::Caller& caller, OrderId id);

// Whether the caller led the order, stood in for its leader since it was opened, or took it, and so
// may not ask how it went.
bool took_part(store::Session& db, const api::Caller& caller, const OrderState& order,
               const OfferState* own, Instant now);

}  // namespace hezhi::orders
