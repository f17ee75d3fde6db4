// 制定, 暂停, 恢复, 结束, and what the timer does.
#include "domain/cases/cases.h"
#include "domain/deputies/deputies.h"
#include "rules/working_calendar.h"

namespace hezhi::cases {
namespace {

struct Turns {
    Instant next_at;
    Instant make_at;
};

// The service after `after`, and when its order is to be made.
Turns turns_after(const rules::Pack& pack, std::int32_t weekdays, std::int32_t at_minute,
                  Instant after) {
    Instant next = next_service(weekdays, at_minute, after);
    Millis ahead = rules::deadline(next, pack.asking.make_ahead, pack.calendar).at - next;
    return {next, next - ahead};
}

bool is_holiday(const rules::Calendar& calendar, Instant at) {
    Day day = day_of(at);
    auto year = calendar.years.find(day.year());
    return year != calendar.years.end() && year->second.holidays.contains(day);
}

Place place_of(const PlanState& plan) {
    return {plan.area, plan.area_path};
}

Subjects subjects_of(const PlanState& plan) {
    return {{"plan", plan.id.value}, {"person", plan.recipient.value}};
}

Result<PlanState> load_plan(journal::Turn& turn, const api::Caller& caller, PlanId id,
                            std::initializer_list<PlanStep> from) {
    const PlanState* plan = id ? turn.load<PlanFigure>(id) : nullptr;
    if (!plan || !caller.may("plan.read", {.area_path = plan->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    if (!caller.may("plan.make", {.area_path = plan->area_path})) {
        return refuse(hezhi::refusals::not_permitted);
    }
    if (std::find(from.begin(), from.end(), plan->state) == from.end()) {
        return refuse(refusals::plan_state_forbids);
    }
    return *plan;
}

template <class P>
std::int64_t append_about(journal::Turn& turn, const Actor& actor, const PlanState& plan,
                          const P& payload) {
    Subjects subjects = deputies::in_place(turn, actor, plan.leader, subjects_of(plan));
    turn.append(draft(payload, actor, place_of(plan), std::move(subjects), turn.now()));
    return plan.id.value;
}

}  // namespace

Instant next_service(std::int32_t weekdays, std::int32_t at_minute, Instant after) {
    HEZHI_ASSERT((weekdays & 127) != 0);
    for (Day day = day_of(after);; day = day + 1) {
        Instant at = at_wall(day, std::chrono::minutes(at_minute));
        if ((weekdays & (1 << day.weekday())) != 0 && at > after) return at;
    }
}

Result<std::int64_t> make_plan(journal::Turn& turn, const api::Caller& caller,
                               const MakePlan& input) {
    auto person = people::load_person(turn, caller, input.person_id, "plan.make");
    if (!person) return std::unexpected(person.error());
    Place place{(*person)->area, (*person)->area_path};
    const rules::PublishedPack* pack = turn.pack();
    const rules::Pack& rules = *pack->pack;
    const rules::Category* category = rules.category(input.category);
    if (!category) {
        return refuse(orders::refusals::category_unknown,
                      {"/category", "目录中的服务事项", "a category of the catalogue"});
    }
    Instant first = at_wall(day_of(turn.now()), std::chrono::minutes(input.at_minute.value));
    if (!orders::night_allows(rules, *from_label<PriorityClass>(category->default_class), first,
                              first + std::chrono::minutes(category->minutes_planned))) {
        return refuse(orders::refusals::night_not_urgent,
                      {"/at_minute", "白天的时间", "a time of the day"});
    }
    if (input.preferred_id) {
        auto preferred = people::load_person(turn, caller, *input.preferred_id, "person.read");
        if (!preferred) {
            return refuse(hezhi::refusals::invalid_input,
                          {"/preferred_id", "在册人员", "a person of the register"});
        }
    }
    PlanMade made;
    made.category = input.category.value;
    made.weekdays = static_cast<std::int32_t>(input.weekdays.value);
    made.at_minute = static_cast<std::int32_t>(input.at_minute.value);
    made.preferred = input.preferred_id.value_or(PersonId());
    made.on_holidays = input.on_holidays;
    Turns turns = turns_after(rules, made.weekdays, made.at_minute, turn.now());
    made.next_at = turns.next_at;
    made.make_at = turns.make_at;
    // The whole of its last day belongs to it.
    made.until = start_of(day_of(input.until) + 1) - Millis(1);
    Instant longest = turn.now() + std::chrono::days(rules.asking.plan_days_max);
    if (made.until < made.next_at || made.until > longest) {
        return refuse(refusals::plan_invalid, {"/until", "首次服务之后、规则包规定的最长期限以内",
                                               "after the first service, within the pack's limit"});
    }
    made.pack = pack->hash;
    return turn.append(draft(made, caller.actor("plan.make"), place,
                             {{"plan", self}, {"person", input.person_id.value}}, turn.now()));
}

Result<std::int64_t> pause_plan(journal::Turn& turn, const api::Caller& caller, PlanId id) {
    auto plan = load_plan(turn, caller, id, {PlanStep::active});
    if (!plan) return std::unexpected(plan.error());
    return append_about(turn, caller.actor("plan.make"), *plan, PlanPaused{});
}

Result<std::int64_t> resume_plan(journal::Turn& turn, const api::Caller& caller, PlanId id) {
    auto plan = load_plan(turn, caller, id, {PlanStep::paused});
    if (!plan) return std::unexpected(plan.error());
    // Never a service whose order was made before the pause.
    Instant after = std::max(turn.now(), plan->next_at - Millis(1));
    Turns turns = turns_after(*turn.pack()->pack, plan->weekdays, plan->at_minute, after);
    return append_about(turn, caller.actor("plan.make"), *plan,
                        PlanResumed{turns.next_at, turns.make_at});
}

Result<std::int64_t> end_plan(journal::Turn& turn, const api::Caller& caller, PlanId id) {
    auto plan = load_plan(turn, caller, id, {PlanStep::active, PlanStep::paused});
    if (!plan) return std::unexpected(plan.error());
    return append_about(turn, caller.actor("plan.make"), *plan, PlanEnded{});
}

Result<std::int64_t> run_plan(journal::Turn& turn, const orders::OrderDesk& desk, PlanId id,
                              Instant due_at) {
    const PlanState* found = turn.load<PlanFigure>(id);
    if (!found || found->state != PlanStep::active || found->make_at > turn.now()) {
        return refuse(refusals::plan_state_forbids);  // paused, ended or run since
    }
    const PlanState plan = *found;
    const rules::Pack& pack = *turn.pack()->pack;
    const Actor system;
    const rules::Category* category = pack.category(plan.category);
    // A category that a later pack has dropped ends its plans.
    if (plan.next_at > plan.until_at || !category) {
        return append_about(turn, system, plan, PlanEnded{due_at});
    }
    // After a long silence of the program, days that have gone are not made up.
    Instant after = std::max(plan.next_at, turn.now());
    Turns turns = turns_after(pack, plan.weekdays, plan.at_minute, after);
    PlanRan ran{due_at, false, turns.next_at, turns.make_at};
    bool holiday = plan.on_holidays == OnHolidays::skip && is_holiday(pack.calendar, plan.next_at);
    Instant ends_at = plan.next_at + std::chrono::minutes(category->minutes_planned);
    if (holiday || ends_at <= turn.now()) {
        ran.skipped = true;
        return append_about(turn, system, plan, ran);
    }
    needs::NeedEntry entry;
    entry.channel = Channel::plan;
    entry.priority_class = *from_label<PriorityClass>(category->default_class);
    entry.what = pack.written(category->name);
    entry.consent = true;
    entry.recipient = plan.recipient;
    entry.limits_from = plan.next_at;  // made days ahead, it is not late before its day
    NeedId need = needs::enter_need(turn, system, desk.people, place_of(plan), entry);
    orders::OpenOrder input;
    input.category.value = plan.category;
    input.starts_at = plan.next_at;
    input.ends_at = ends_at;
    input.contacted = true;  // the plan was agreed with the recipient
    OrderId order = orders::append_order(turn, system, plan.leader, desk.people, need, input);
    if (plan.preferred) orders::offer_if_fit(turn, system, desk, order, plan.preferred);
    Subjects subjects = subjects_of(plan);
    subjects["need"] = need.value;
    subjects["order"] = order.value;
    turn.append(draft(ran, system, place_of(plan), std::move(subjects), turn.now()));
    return id.value;
}

}  // namespace hezhi::cases
