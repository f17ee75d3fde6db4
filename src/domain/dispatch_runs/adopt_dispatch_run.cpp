// 采纳派单建议
#include <algorithm>
#include <set>

#include "domain/dispatch_runs/run_of.h"

namespace hezhi::dispatch_runs {
namespace {

// The code of the hard rule that forbids one of them now; none if none does.
std::optional<std::string> rule_against(journal::Turn& turn, const DispatchDesk& desk,
                                        const orders::OrderState& order,
                                        const std::vector<PersonId>& people) {
    auto areas = desk.orders.tree.now();
    for (PersonId person : people) {
        auto verdict = orders::consider_person(turn.db(), turn.tables(), order, person, *areas,
                                               *turn.pack()->pack, turn.now());
        auto* forbidden = verdict ? std::get_if<dispatch::Forbidden>(&*verdict) : nullptr;
        if (forbidden) return std::string(forbidden->rule->code);
    }
    return std::nullopt;
}

// Offers the order to whom the run proposed; nullopt if that was done.
std::optional<StaleProposal> offer_one(journal::Turn& turn, const api::Caller& caller,
                                       const DispatchDesk& desk, const ProposedOrder& proposed) {
    std::vector<PersonId> people;
    for (const auto& one : proposed.people) people.push_back(one.person);
    const auto* found = turn.load<orders::OrderFigure>(proposed.order);
    HEZHI_ASSERT(found != nullptr);
    const orders::OrderState order = *found;
    auto places = order.people_needed - order.accepted - order.offers_open;
    bool looks = order.state == OrderStep::open || order.state == OrderStep::offered ||
                 order.state == OrderStep::escalated;
    if (looks && std::ssize(people) > places) {
        return StaleProposal{proposed.order, std::string(refusals::places_asked.code), {}};
    }
    auto offered = orders::offer_to(turn, caller, desk.orders, proposed.order, people);
    if (offered) return std::nullopt;
    StaleProposal stale{proposed.order, std::string(offered.error().row->code), {}};
    if (offered.error().is(orders::refusals::person_may_not_take)) {
        stale.rule = rule_against(turn, desk, order, people);
    }
    return stale;
}

// What the caller chose, or the next ones that nothing was decided about.
Result<std::vector<const ProposedOrder*>> chosen(const RunFacts& run,
                                                 const AdoptDispatchRun& input) {
    std::set<OrderId> decided = run.decided();
    std::vector<const ProposedOrder*> out;
    if (!input.order_ids) {
        for (const auto& order : run.made.orders) {
            if (out.size() == adopt_at_a_time) break;
            if (!order.people.empty() && !decided.contains(order.order)) out.push_back(&order);
        }
        return out;
    }
    if (input.order_ids->size() > adopt_at_a_time) {
        auto n = std::to_string(adopt_at_a_time);
        return refuse(hezhi::refusals::invalid_input,
                      {"/order_ids", "一次至多 " + n + " 单", "at most " + n + " orders at once"});
    }
    for (std::size_t i = 0; i < input.order_ids->size(); ++i) {
        OrderId id = (*input.order_ids)[i];
        const auto* order = run.proposed(id);
        bool twice = std::ranges::count(*input.order_ids, id) > 1;
        if (!order || order->people.empty() || twice) {
            return refuse(refusals::proposal_missing,
                          {"/order_ids/" + std::to_string(i), "该批次提出了人选的订单",
                           "an order for which the run proposes somebody"});
        }
        // Decided before, by this request repeated or by somebody else: as it stands.
        if (!decided.contains(id)) out.push_back(order);
    }
    return out;
}

}  // namespace

Result<std::int64_t> adopt_dispatch_run(journal::Turn& turn, const api::Caller& caller,
                                        const DispatchDesk& desk, DispatchRunId id,
                                        const AdoptDispatchRun& input) {
    const auto* found = id ? turn.load<DispatchRunFigure>(id) : nullptr;
    if (!found || !caller.may("dispatch_run.read", {.area_path = found->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    if (!caller.may("dispatch_run.adopt", {.area_path = found->area_path})) {
        return refuse(hezhi::refusals::not_permitted);
    }
    const DispatchRunState state = *found;
    RunFacts run = run_of(turn.db(), id);
    auto orders = chosen(run, input);
    if (!orders) return std::unexpected(orders.error());
    bool put_aside = input.order_ids && input.order_ids->empty();
    if (orders->empty() && (!put_aside || state.state == DispatchRunStep::decided)) {
        return id.value;  // nothing is left to decide
    }
    DispatchRunAdopted adopted;
    for (const auto* order : *orders) {
        if (auto stale = offer_one(turn, caller, desk, *order)) {
            adopted.stale.push_back(std::move(*stale));
        } else {
            adopted.adopted.push_back(order->order);
        }
    }
    turn.append(draft(adopted, caller.actor("dispatch_run.adopt"), {state.area, state.area_path},
                      {{"dispatch_run", id.value}}, turn.now()));
    return id.value;
}

}  // namespace hezhi::dispatch_runs
