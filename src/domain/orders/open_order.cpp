// 转为订单 (点单)
#include <algorithm>

#include "domain/orders/load_order.h"
#include "domain/orders/queries.h"

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

}  // namespace

Result<std::int64_t> open_order(journal::Turn& turn, const api::Caller& caller,
                                const OrderDesk& desk, NeedId need_id, const OpenOrder& input) {
    auto need = needs::load_need(turn, caller, need_id, "order.open");
    if (!need) return std::unexpected(need.error());
    if (!needs::allows("open_order", (*need)->state)) {
        return refuse(needs::refusals::need_not_open);
    }
    const rules::PublishedPack* pack = turn.pack();
    HEZHI_ASSERT(pack != nullptr);
    const rules::Category* category = pack->pack->category(input.category);
    if (!category) {
        return refuse(refusals::category_unknown,
                      {"/category", "目录中的服务事项", "a category of the catalogue"});
    }
    if (input.ends_at <= input.starts_at || input.ends_at <= turn.now()) {
        return refuse(refusals::window_invalid,
                      {"/ends_at", "晚于开始时间和现在", "later than the start and than now"});
    }
    PersonId recipient = (*need)->recipient;
    bool first_visit =
        !recipient || turn.db()
                              .row(queries::visits_before,
                                   {{"recipient", recipient}, {"category", category->key}})
                              ->integer("visits") == 0;

    OrderOpened opened;
    opened.category = category->key;
    opened.duty_boundary = category->boundary(first_visit);
    opened.priority_class = (*need)->priority_class;
    opened.minutes_planned = category->minutes_planned;
    opened.people_needed = category->people(first_visit);
    opened.starts_at = input.starts_at;
    opened.ends_at = input.ends_at;
    opened.handle_until = (*need)->handle_until;
    opened.escalate_until = escalate_until(*pack->pack, turn.now(), opened.handle_until);
    opened.leader = caller.account;  // who opens it answers for it
    opened.recipient = recipient;
    opened.reporter = (*need)->reporter;
    opened.pack = pack->hash;
    Place place{(*need)->area, (*need)->area_path};
    Actor actor = caller.actor("order.open");

    if (input.contacted) needs::note_contact(turn, actor, need_id);
    OrderId id(turn.append(
        draft(opened, actor, place, {{"need", need_id.value}, {"order", self}}, turn.now())));
    needs::plan_need(turn, actor, need_id, id);
    if (input.brief) desk.people.write_text(turn.db(), id.value, text_brief, *input.brief);
    return id.value;
}

}  // namespace hezhi::orders
