// Who came, noted by the leader's list or by the desk: attendance, 未到, and 电话确认完成.
#include <algorithm>
#include <map>

#include "domain/orders/load_order.h"
#include "domain/standing/standing_figure.h"
#include "domain/time_bank/time_bank.h"
#include "rules/working_calendar.h"

namespace hezhi::orders {
namespace {

bool listed(const std::vector<PersonId>& people, PersonId person) {
    return std::ranges::find(people, person) != people.end();
}

std::int64_t count(const std::vector<OfferState>& offers, OfferStep step) {
    return std::ranges::count(offers, step, &OfferState::state);
}

// Each of `people` once, and each in one of the steps `expected`.
std::optional<Refusal> check_list(const std::vector<PersonId>& people,
                                  const std::vector<OfferState>& offers,
                                  std::initializer_list<OfferStep> expected, std::string field) {
    if (people.empty()) {
        return Refusal(hezhi::refusals::invalid_input, {{field, "至少一人", "at least one"}});
    }
    for (std::size_t i = 0; i < people.size(); ++i) {
        auto offer = std::ranges::find(offers, people[i], &OfferState::person);
        bool there =
            offer != offers.end() && std::ranges::find(expected, offer->state) != expected.end();
        if (!there || std::ranges::count(people, people[i]) > 1) {
            return Refusal(refusals::not_expected,
                           {{field + "/" + std::to_string(i), "已接单而未到场的人员",
                             "somebody who accepted and is still expected"}});
        }
    }
    return std::nullopt;
}

Instant confirm_until(journal::Turn& turn) {
    const rules::Pack& pack = *turn.pack()->pack;
    return rules::deadline(turn.now(), pack.order_limits.confirm_within, pack.calendar).at;
}

// Nobody on the list begins, or began at `at`, without the cover that the order asks for.
std::optional<Refusal> check_cover(journal::Turn& turn, const OrderState& order,
                                   const std::vector<PersonId>& people, Instant at,
                                   const std::string& field) {
    for (std::size_t i = 0; i < people.size(); ++i) {
        if (covered(turn, order, people[i], at)) continue;
        return Refusal(
            refusals::person_not_insured,
            {{field + "/" + std::to_string(i), "保险有效的人员", "somebody who is insured"}});
    }
    return std::nullopt;
}

struct ServedTime {
    Instant began;
    Instant ended;
    std::int32_t minutes = 0;
};

// What a call says in the evening was served in the morning: from the check-in, or the order's
// start, for so many minutes, and not past now. A minute of an earlier record is not counted again.
ServedTime time_of_service(journal::Turn& turn, const OrderState& order, const OfferState& offer,
                           std::int32_t minutes) {
    Instant began = offer.checked_in_at ? offer.checked_in_at : order.starts_at;
    Instant ended = std::min(began + std::chrono::minutes(minutes), turn.now());
    const auto* standing = turn.load<standing::StandingFigure>(offer.person);
    if (standing && began < standing->served_until && standing->served_until <= ended) {
        auto left =
            std::chrono::floor<std::chrono::minutes>(ended - standing->served_until).count();
        minutes = std::min(minutes, static_cast<std::int32_t>(left));
    }
    return {began, ended, minutes};
}

}  // namespace

Result<std::int64_t> note_attendance(journal::Turn& turn, const api::Caller& caller,
                                     const OrderDesk& desk, OrderId id,
                                     const NoteAttendance& input) {
    auto order = load_order(turn, caller, id, "note_attendance");
    if (!order) return std::unexpected(order.error());
    auto offers = offers_of(turn.db(), turn.tables(), id);
    if (auto wrong = check_list(input.person_ids, offers, {OfferStep::accepted}, "/person_ids")) {
        return std::unexpected(*wrong);
    }
    // Two go together, unless it was noted that the other one did not come.
    std::int64_t there = count(offers, OfferStep::in_service) +
                         count(offers, OfferStep::delivered) + std::ssize(input.person_ids);
    if (there < std::min(2, order->accepted)) return refuse(refusals::two_needed);
    if (auto open = check_cover(turn, *order, input.person_ids, turn.now(), "/person_ids")) {
        return std::unexpected(*open);
    }
    OrderCheckedIn in{begins_apart(*order, *turn.pack()->pack, turn.now())};
    std::string_view reason = people::text_of(input.reason);
    if (auto missing = reason_missing(in.minutes_apart, reason)) return std::unexpected(*missing);
    Actor actor = caller.actor("order.attend");
    Subjects subjects = acting_on(turn, actor, *order);
    for (PersonId person : input.person_ids) {
        append_timed(turn, desk, reason, in, actor, place_of(*order), with_person(subjects, person),
                     turn.now());
    }
    return id.value;
}

Result<std::int64_t> note_no_show(journal::Turn& turn, const api::Caller& caller, OrderId id,
                                  PersonId person) {
    auto order = load_order(turn, caller, id, "note_no_show");
    if (!order) return std::unexpected(order.error());
    if (turn.now() < order->starts_at) return refuse(refusals::not_begun);
    auto offers = offers_of(turn.db(), turn.tables(), id);
    if (auto wrong = check_list({person}, offers, {OfferStep::accepted}, "/person_id")) {
        return refuse(*wrong->row);
    }
    NoShowNoted missed;
    missed.reopened = order->state == OrderStep::accepted;
    missed.last_out = !missed.reopened && order->delivered == order->accepted - 1;
    if (missed.last_out) missed.confirm_until = confirm_until(turn);
    Actor actor = caller.actor("order.attend");
    turn.append(draft(missed, actor, place_of(*order),
                      with_person(acting_on(turn, actor, *order), person), turn.now()));
    return id.value;
}

Result<std::int64_t> finish_order(journal::Turn& turn, const api::Caller& caller,
                                  const OrderDesk& desk, OrderId id, const FinishOrder& input) {
    auto order = load_order(turn, caller, id, "finish_order");
    if (!order) return std::unexpected(order.error());
    if (turn.now() < order->starts_at) return refuse(refusals::not_begun);
    auto offers = offers_of(turn.db(), turn.tables(), id);
    if (auto wrong =
            check_list(input.came, offers, {OfferStep::accepted, OfferStep::in_service}, "/came")) {
        return std::unexpected(*wrong);
    }
    // Whoever has checked in has come, whatever the list says.
    for (const auto& offer : offers) {
        if (offer.state == OfferStep::in_service && !listed(input.came, offer.person)) {
            return refuse(hezhi::refusals::invalid_input,
                          {"/came", "包括已签到的人员", "with everybody who has checked in"});
        }
    }
    if (auto open = check_cover(turn, *order, input.came, order->starts_at, "/came")) {
        return std::unexpected(*open);
    }
    std::int64_t most = turn.pack()->pack->records.minutes_max;
    if (input.minutes.value > most) {
        return refuse(hezhi::refusals::invalid_input,
                      {"/minutes", "单次不超过 " + std::to_string(most) + " 分钟",
                       "no more than " + std::to_string(most) + " minutes"});
    }
    auto told = std::chrono::minutes(input.minutes.value);
    auto apart = lasts_apart(*order, *turn.pack()->pack, order->starts_at, order->starts_at + told);
    std::string_view reason = people::text_of(input.reason);
    if (auto missing = reason_missing(apart, reason)) return std::unexpected(*missing);
    Actor actor = caller.actor("order.finish");
    Subjects subjects = acting_on(turn, actor, *order);
    auto append = [&](const auto& payload, PersonId person, Instant at) {
        return turn.append(
            draft(payload, actor, place_of(*order), with_person(subjects, person), at));
    };
    std::vector<time_bank::TimeOfPerson> recorded;
    std::map<PersonId, ServedTime> served;
    for (const auto& offer : offers) {
        if (!listed(input.came, offer.person)) {
            if (offer.state == OfferStep::accepted) {
                append(NoShowNoted{}, offer.person, turn.now());
            }
            continue;
        }
        ServedTime time =
            time_of_service(turn, *order, offer, static_cast<std::int32_t>(input.minutes.value));
        if (offer.state == OfferStep::accepted) append(OrderCheckedIn{}, offer.person, time.began);
        served.emplace(offer.person, time);
    }
    OrderCheckedOut checked_out;
    checked_out.confirm_until = confirm_until(turn);
    checked_out.minutes_apart = apart;
    for (PersonId person : input.came) {
        const ServedTime& time = served.at(person);
        checked_out.minutes = time.minutes;
        checked_out.last_out = person == input.came.back();
        checked_out.duty.reset();
        if (is_duty(turn, *order, person)) checked_out.duty = true;
        std::int64_t record = append_timed(turn, desk, reason, checked_out, actor, place_of(*order),
                                           with_person(subjects, person), time.ended);
        if (checked_out.duty) continue;
        recorded.push_back({RecordId(record), person, time.ended, time.minutes});
    }
    turn.append(draft(OrderConfirmed{}, actor, place_of(*order), subjects, turn.now()));
    std::int64_t served_minutes = 0;
    for (const auto& [person, time] : served) served_minutes += time.minutes;
    for (const auto& time : recorded) time_bank::judge_earning(turn, service_of(*order), time);
    time_bank::settle_credit(turn, place_of(*order), id, served_minutes);
    needs::close_served_need(turn, actor, order->need);
    return id.value;
}

}  // namespace hezhi::orders
