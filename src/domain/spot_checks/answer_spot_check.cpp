// 登记回访, 决定抽查.
#include "domain/spot_checks/spot_checks.h"

namespace hezhi::spot_checks {
namespace {

struct Checked {
    SpotCheckState check;
    records::RecordState record;
    Place place;
    Subjects subjects;
};

// The check, if the caller may deal with it there and is a third person to the service.
Result<Checked> load_check(journal::Turn& turn, const api::Caller& caller, SpotCheckId id,
                           std::string_view permission) {
    const auto* found = id ? turn.load<SpotCheckFigure>(id) : nullptr;
    if (!found || !caller.may(permission, {.area_path = found->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    Checked checked;
    checked.check = *found;
    checked.record = checked_record(turn, checked.check);
    auto matter = matter_of_check(turn, checked.check);
    HEZHI_ASSERT(matter.has_value());
    if (!is_third_person(turn.db(), caller, *matter, checked.record)) {
        return refuse(refusals::not_a_third_person);
    }
    checked.place = {checked.check.area, checked.check.area_path};
    checked.subjects = {{"spot_check", id.value}, {"person", checked.check.person.value}};
    if (checked.record.id) checked.subjects["record"] = checked.record.id.value;
    if (checked.check.order_id) checked.subjects["order"] = checked.check.order_id.value;
    return checked;
}

// Nothing is held any more: what the record had earned, or earns by an order or an entry that was
// confirmed meanwhile, is entered now, unless it is already.
void earn_now(journal::Turn& turn, const records::RecordState& record) {
    if (!record.id) return;  // duty earns nothing
    if (time_bank::earn_again(turn, record.id, record.ends_at, record.minutes)) return;
    if (record.late && record.minutes > 0) {
        time_bank::judge_earning(
            turn,
            {{record.area, record.area_path},
             record.category,
             records::planned_minutes(*turn.pack()->pack, record.category),
             ServedAs::entered,
             {}},
            {record.id, record.person, record.ends_at, record.minutes, record.time_was});
        return;
    }
    const auto* found = record.order_id ? turn.load<orders::OrderFigure>(record.order_id) : nullptr;
    if (!found || !found->confirmed_at || record.minutes <= 0) return;
    orders::OrderState order = *found;
    time_bank::judge_earning(
        turn,
        {{order.area, order.area_path},
         order.category,
         order.minutes_planned,
         ServedAs::order,
         order.id},
        {record.id, record.person, record.ends_at, record.minutes, record.time_was});
}

}  // namespace

records::RecordState as_record(const DutyServiceState& duty) {
    records::RecordState record;
    record.person = duty.person;
    record.area = duty.area;
    record.area_path = duty.area_path;
    record.order_id = duty.order_id;
    record.ends_at = duty.checked_out_at;
    record.starts_at = duty.checked_out_at - std::chrono::minutes(duty.minutes);
    record.minutes = duty.minutes;
    record.entered_at = duty.noted_at;
    return record;
}

records::RecordState checked_record(journal::Turn& turn, const SpotCheckState& check) {
    if (check.record) return *turn.load<records::RecordFigure>(check.record);
    return as_record(*turn.load<DutyServiceFigure>(duty_key(check.order_id, check.person)));
}

records::RecordState checked_record(const api::Reading& reading, const SpotCheckState& check) {
    if (check.record) return reading.load<records::RecordFigure>(check.record).value();
    return as_record(
        reading.load<DutyServiceFigure>(duty_key(check.order_id, check.person)).value());
}

bool is_third_person(store::Session& db, const api::Caller& caller, const incidents::Matter& matter,
                     const records::RecordState& record) {
    bool entered = !record.order_id && record.entered_by == caller.account;
    return !entered && !incidents::has_part(db, caller, matter);
}

Result<std::int64_t> answer_spot_check(journal::Turn& turn, const api::Caller& caller,
                                       const SpotCheckDesk& desk, SpotCheckId id,
                                       const AnswerSpotCheck& input) {
    auto checked = load_check(turn, caller, id, "spot_check.call");
    if (!checked) return std::unexpected(checked.error());
    if (checked->check.state != SpotCheckStep::open) return refuse(refusals::check_state_forbids);
    bool said = input.said && !input.said->value.empty();
    if (input.outcome == SpotCheckOutcome::differs && !said) {
        return refuse(refusals::words_missing, {"/said", "与记录不符之处", "what differs"});
    }
    std::int32_t attempts_max = turn.pack()->pack->true_hours.attempts_max;
    SpotCheckAnswered answered{input.outcome, true};
    if (input.outcome == SpotCheckOutcome::not_reached) {
        answered.last = checked->check.attempts + 1 >= attempts_max;
    }
    if (said) desk.people.write_text(turn.db(), id.value, text_said, *input.said);
    turn.append(draft(answered, caller.actor("spot_check.call"), checked->place, checked->subjects,
                      turn.now()));
    if (input.outcome == SpotCheckOutcome::confirmed) earn_now(turn, checked->record);
    return id.value;
}

Result<std::int64_t> settle_spot_check(journal::Turn& turn, const api::Caller& caller,
                                       const SpotCheckDesk& desk, SpotCheckId id,
                                       const SettleSpotCheck& input) {
    auto checked = load_check(turn, caller, id, "spot_check.settle");
    if (!checked) return std::unexpected(checked.error());
    auto state = checked->check.state;
    if (state != SpotCheckStep::differs && state != SpotCheckStep::not_reached) {
        return refuse(refusals::check_state_forbids);
    }
    if (called(checked->check, caller.account)) return refuse(refusals::not_a_third_person);
    std::string trigger = turn.pack()->pack->true_hours.fraud_trigger;
    Actor actor = caller.actor("spot_check.settle");
    desk.people.write_text(turn.db(), id.value, text_settled, input.reason);
    turn.append(draft(SpotCheckSettled{input.proven_false}, actor, checked->place,
                      checked->subjects, turn.now()));
    if (!input.proven_false) {
        earn_now(turn, checked->record);
        return id.value;
    }
    if (checked->record.id) {
        auto reversed = records::reverse_record(turn, actor, {desk.people, desk.tree},
                                                checked->record.id, input.reason);
        HEZHI_ASSERT(reversed.has_value());
    } else {
        time_bank::refund_credit(turn, checked->place, checked->check.order_id,
                                 checked->record.minutes);
    }
    // Where dispatch is suspended already, or a minor or somebody on duty is concerned, it stands
    // alone.
    (void)grading::propose_after_fraud(turn, actor, checked->check.person, trigger);
    return id.value;
}

}  // namespace hezhi::spot_checks
