// 评单: by the requester through the link, or on the phone to somebody who took no part; and what a
// volunteer replies to it.
#include "domain/deputies/deputies.h"
#include "domain/orders/load_order.h"
#include "facts/review_facts.h"

namespace hezhi::orders {
namespace {

// "Not resolved" sends the need back to the social worker in the same turn.
void append_review(journal::Turn& turn, const OrderDesk& desk, const Actor& actor,
                   const OrderState& order, Resolution resolution, std::int32_t satisfaction,
                   const std::optional<Text<0, 300>>& words) {
    if (words) desk.people.write_text(turn.db(), order.id.value, text_words, *words);
    turn.append(draft(OrderReviewed{resolution, satisfaction}, actor, place_of(order),
                      subjects_of(order), turn.now()));
    needs::review_need(turn, actor, order.need, resolution, satisfaction);
    if (resolution == Resolution::not_resolved) {
        needs::reopen_unresolved(turn, actor, order.need, order.id);
    }
}

}  // namespace

bool took_part(store::Session& db, const api::Caller& caller, const OrderState& order,
               const OfferState* own, Instant now) {
    if (own && own->accepted_at) return true;
    return order.leader && (order.leader == caller.account ||
                            deputies::stood_in(db, caller, order.leader, order.opened_at, now));
}

Result<std::int64_t> review_order(journal::Turn& turn, const api::Caller& caller,
                                  const OrderDesk& desk, OrderId id, const ReviewOrder& input) {
    auto order = load_order(turn, caller, id, "review_order");
    if (!order) return std::unexpected(order.error());
    if (input.resolution == Resolution::not_answered) {
        return refuse(hezhi::refusals::invalid_input,
                      {"/resolution", "已解决或未解决", "resolved or not_resolved"});
    }
    append_review(turn, desk, requester(caller), *order, input.resolution,
                  static_cast<std::int32_t>(input.satisfaction.value), input.words);
    if (input.another.value_or(false)) separate_all(turn, requester(caller), *order);
    return id.value;
}

Result<std::int64_t> note_review(journal::Turn& turn, const api::Caller& caller,
                                 const OrderDesk& desk, OrderId id, const NoteReview& input) {
    auto order = load_order(turn, caller, id, "note_review");
    if (!order) return std::unexpected(order.error());
    if (took_part(turn.db(), caller, *order, own_offer(turn, caller, id), turn.now())) {
        return refuse(refusals::caller_took_part);
    }
    bool answered = input.resolution != Resolution::not_answered;
    if (answered && !input.satisfaction) {
        return refuse(hezhi::refusals::invalid_input,
                      {"/satisfaction", "对方说的满意程度", "what the requester said, 1 to 5"});
    }
    // Whoever was not reached gave no mark and said nothing.
    auto satisfaction = answered ? static_cast<std::int32_t>(input.satisfaction->value) : 0;
    append_review(turn, desk, caller.actor("review.note"), *order, input.resolution, satisfaction,
                  answered ? input.words : std::nullopt);
    return id.value;
}

Result<std::int64_t> reply_to_review(journal::Turn& turn, const api::Caller& caller,
                                     const OrderDesk& desk, OrderId id, std::string_view words) {
    auto order = load_order(turn, caller, id, "reply_to_review");
    if (!order) return std::unexpected(order.error());
    const OfferState* offer = own_offer(turn, caller, id);
    if (!offer || offer->state != OfferStep::delivered) return refuse(refusals::offer_missing);
    if (offer->reply > 0) return refuse(refusals::already_replied);
    Subjects subjects = subjects_of(*order);
    subjects["person"] = caller.person.value;
    desk.people.write_text(turn.db(), turn.next_position(), text_reply, words);
    turn.append(draft(ReviewReplied{}, caller.actor("review.reply"), place_of(*order),
                      std::move(subjects), turn.now()));
    return id.value;
}

}  // namespace hezhi::orders
