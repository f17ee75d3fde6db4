// 转为订单 (点单)
#include <algorithm>

#include "domain/deputies/deputies.h"
#include "domain/needs/need_lead_figure.h"
#include "domain/orders/load_order.h"
#include "domain/orders/queries.h"
#include "domain/time_bank/time_bank.h"
#include "rules/working_calendar.h"

namespace hezhi::orders {
namespace {

// The share of the time left after which nobody is looked for any more and the order goes back to
// the social worker: the pack's last widening step.
Instant escalate_until(const rules::Pack& pack, Instant now, Instant handle_until) {
    std::int64_t percent = 100;
    for (const auto& step : pack.dispatch.widening) {
        if (step.reach == "staff") percent = step.at_percent;
    }
    std::int64_t left = std::max<std::int64_t>(0, handle_until.ms - now.ms);
    return {now.ms + left * percent / 100};
}

// What the recipient's time has to bear, if the order is to be booked with it.
Result<time_bank::BookingPlan> plan_time(journal::Turn& turn, const OrderDesk& desk,
                                         const needs::NeedState& need,
                                         const rules::Category& category, const OpenOrder& input) {
    bool first_visit = !visited_before(turn.db(), need.recipient, category);
    std::int32_t people =
        people_for(*turn.pack()->pack, category, first_visit, input.starts_at, input.ends_at);
    time_bank::Booking booking{need.recipient, category.key,
                               std::int64_t{category.minutes_planned} * people,
                               need.assessed_at > Instant()};
    return time_bank::plan_booking(turn, desk.people, booking);
}

}  // namespace

bool visited_before(store::Session& db, PersonId recipient, const rules::Category& category) {
    return recipient &&
           db.row(queries::visits_before, {{"recipient", recipient}, {"category", category.key}})
                   ->integer("visits") > 0;
}

Result<const rules::Category*> check_window(journal::Turn& turn, const OpenOrder& input,
                                            PriorityClass priority_class) {
    const rules::Category* category = turn.pack()->pack->category(input.category);
    if (!category) {
        return refuse(refusals::category_unknown,
                      {"/category", "目录中的服务事项", "a category of the catalogue"});
    }
    if (input.ends_at <= input.starts_at || input.ends_at <= turn.now()) {
        return refuse(refusals::window_invalid,
                      {"/ends_at", "晚于开始时间和现在", "later than the start and than now"});
    }
    const rules::Pack& pack = *turn.pack()->pack;
    if (!night_allows(pack, priority_class, input.starts_at, input.ends_at)) {
        return refuse(refusals::night_not_urgent,
                      {"/starts_at", "白天的时间", "a time of the day"});
    }
    return category;
}

std::int32_t people_for(const rules::Pack& pack, const rules::Category& category, bool first_visit,
                        Instant starts_at, Instant ends_at) {
    std::int32_t people = category.people(first_visit);
    bool night = rules::touches(pack.dispatch.two_people.night, starts_at, ends_at);
    return night ? std::max(people, 2) : people;
}

bool night_allows(const rules::Pack& pack, PriorityClass priority_class, Instant starts_at,
                  Instant ends_at) {
    const rules::NightRules& night = pack.dispatch.night;
    if (!rules::touches(night.hours, starts_at, ends_at)) return true;
    return std::ranges::find(night.only_classes, label_of(priority_class)) !=
           night.only_classes.end();
}

OrderId append_order(journal::Turn& turn, const Actor& actor, AccountId leader,
                     const people::Register& people, NeedId need_id, const OpenOrder& input) {
    const needs::NeedState need = *turn.load<needs::NeedFigure>(need_id);
    const rules::PublishedPack* pack = turn.pack();
    const rules::Category* category = pack->pack->category(input.category);
    HEZHI_ASSERT(category != nullptr);
    bool first_visit = !visited_before(turn.db(), need.recipient, *category);

    OrderOpened opened;
    opened.category = category->key;
    opened.duty_boundary = category->boundary(first_visit);
    opened.priority_class = need.priority_class;
    opened.minutes_planned = category->minutes_planned;
    opened.people_needed =
        people_for(*pack->pack, *category, first_visit, input.starts_at, input.ends_at);
    opened.starts_at = input.starts_at;
    opened.ends_at = input.ends_at;
    opened.handle_until = need.handle_until;
    opened.escalate_until = escalate_until(*pack->pack, turn.now(), opened.handle_until);
    opened.leader = leader;
    opened.recipient = need.recipient;
    opened.reporter = need.reporter;
    opened.pack = pack->hash;

    if (input.contacted) needs::note_contact(turn, actor, need_id);
    Subjects subjects =
        deputies::in_place(turn, actor, leader, {{"need", need_id.value}, {"order", self}});
    OrderId id(turn.append(
        draft(opened, actor, Place{need.area, need.area_path}, std::move(subjects), turn.now())));
    needs::plan_need(turn, actor, need_id, id);
    if (input.brief) people.write_text(turn.db(), id.value, text_brief, *input.brief);
    if (category->address_secret) needs::keep_secret(turn, actor, need_id, leader);
    // What is sealed with its need is found in the tables, where this order does not stand yet.
    const needs::NeedState planned = *turn.load<needs::NeedFigure>(need_id);
    if (planned.sealed && !turn.load<OrderFigure>(id)->sealed) {
        turn.append(draft(OrderSealed{planned.keeper}, actor,
                          Place{planned.area, planned.area_path},
                          {{"need", need_id.value}, {"order", id.value}}, turn.now()));
    }
    ask_phone_check(turn, OrderState(*turn.load<OrderFigure>(id)));
    return id;
}

Result<std::int64_t> open_order(journal::Turn& turn, const api::Caller& caller,
                                const OrderDesk& desk, NeedId need_id, const OpenOrder& input) {
    auto need = needs::load_need(turn, caller, need_id, "order.open");
    if (!need) return std::unexpected(need.error());
    if (!needs::allows("open_order", (*need)->state)) {
        return refuse(needs::refusals::need_not_open);
    }
    auto category = check_window(turn, input, (*need)->priority_class);
    if (!category) return std::unexpected(category.error());
    // Who opens it answers for it; a deputy opens it for whoever is away.
    Actor actor = caller.actor("order.open");
    const auto* lead = turn.load<needs::NeedLeadFigure>(need_id);
    AccountId leader = lead ? lead->leader : AccountId();
    if (!deputies::stands_in(turn.db(), caller, leader, turn.now())) leader = caller.account;
    if (!input.with_time.value_or(false)) {
        return append_order(turn, actor, leader, desk.people, need_id, input).value;
    }
    const needs::NeedState booked = *turn.load<needs::NeedFigure>(need_id);
    auto plan = plan_time(turn, desk, booked, **category, input);
    if (!plan) return std::unexpected(plan.error());
    OrderId id = append_order(turn, actor, leader, desk.people, need_id, input);
    time_bank::hold_credit(turn, actor, needs::place_of(booked), id, *plan);
    return id.value;
}

Result<std::int64_t> open_called_order(journal::Turn& turn, const api::Caller& caller,
                                       const OrderDesk& desk, const needs::TakeCall& call) {
    auto plan = needs::plan_call(turn, caller, desk.people, call, "call.order");
    if (!plan) return std::unexpected(plan.error());
    OpenOrder input;
    input.category.value = plan->entry.category.value_or("");
    input.starts_at = call.wished_at.value_or(Instant());
    input.contacted = true;  // whoever asks is here or on the line
    const rules::Category* known = turn.pack()->pack->category(input.category);
    if (known) input.ends_at = input.starts_at + std::chrono::minutes(known->minutes_planned);
    auto category = check_window(turn, input, plan->entry.priority_class);
    if (!category) return std::unexpected(category.error());
    bool first_visit = !visited_before(turn.db(), plan->entry.recipient, **category);
    DutyBoundary boundary = (*category)->boundary(first_visit);
    bool leads = caller.may("order.open", {.area_path = plan->place.path});
    bool simple = boundary == DutyBoundary::volunteer ||
                  (boundary == DutyBoundary::volunteer_supervised && leads);
    bool ordinary = plan->entry.priority_class == PriorityClass::P3 ||
                    plan->entry.priority_class == PriorityClass::P4;
    if (!simple || !ordinary || !plan->entry.consent) return refuse(refusals::not_simple);
    Actor actor = caller.actor("call.order");
    NeedId need = needs::write_call(turn, actor, desk.people, std::move(*plan));
    return append_order(turn, actor, caller.account, desk.people, need, input).value;
}

}  // namespace hezhi::orders
