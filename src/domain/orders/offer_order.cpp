// 派单
#include <algorithm>

#include "domain/orders/candidates.h"
#include "domain/orders/load_order.h"
#include "rules/working_calendar.h"

namespace hezhi::orders {
namespace {

std::unexpected<Refusal> wrong_person(const RefusalRow& row, std::size_t index, std::string zh,
                                      std::string en) {
    return refuse(row, {"/person_ids/" + std::to_string(index), std::move(zh), std::move(en)});
}

}  // namespace

Result<std::int64_t> offer_order(journal::Turn& turn, const api::Caller& caller,
                                 const OrderDesk& desk, OrderId id, const OfferOrder& input) {
    auto order = load_order(turn, caller, id, "offer_order");
    if (!order) return std::unexpected(order.error());
    auto at_a_time = static_cast<std::size_t>(turn.pack()->pack->dispatch.offers_at_a_time);
    if (input.person_ids.empty() || input.person_ids.size() > at_a_time) {
        std::string n = std::to_string(at_a_time);
        return refuse(hezhi::refusals::invalid_input,
                      {"/person_ids", "选择 1–" + n + " 人", "1–" + n + " people"});
    }
    return offer_to(turn, caller, desk, id, input.person_ids);
}

Result<std::int64_t> offer_to(journal::Turn& turn, const api::Caller& caller, const OrderDesk& desk,
                              OrderId id, const std::vector<PersonId>& people) {
    auto order = load_order(turn, caller, id, "offer_order");
    if (!order) return std::unexpected(order.error());
    const rules::Pack& pack = *turn.pack()->pack;
    if (turn.now() >= order->ends_at) return refuse(refusals::window_over);
    if (phone_check_due(turn, id)) return refuse(refusals::phone_check_needed);
    // Decide for all before anything is written: a list with one mistake asks nobody.
    auto areas = desk.tree.now();
    std::vector<std::int32_t> scores;
    for (std::size_t i = 0; i < people.size(); ++i) {
        PersonId person = people[i];
        const OfferState* before = turn.load<OfferFigure>(offer_key(id, person));
        bool twice = std::count(people.begin(), people.end(), person) > 1;
        if (twice || (before && (before->state == OfferStep::offered ||
                                 before->state == OfferStep::accepted ||
                                 before->state == OfferStep::in_service))) {
            return wrong_person(refusals::already_offered, i, "尚未派给的人员",
                                "somebody who was not asked yet");
        }
        auto verdict =
            consider_person(turn.db(), turn.tables(), *order, person, *areas, pack, turn.now());
        if (!verdict) return wrong_person(refusals::person_may_not_take, i, "在册人员", "a person");
        if (auto* forbidden = std::get_if<dispatch::Forbidden>(&*verdict)) {
            return wrong_person(refusals::person_may_not_take, i, std::string(forbidden->rule->zh),
                                std::string(forbidden->rule->en));
        }
        scores.push_back(std::get<dispatch::Score>(*verdict).total);
    }
    const auto* limits = pack.limit_class(label_of(order->priority_class));
    OrderOffered offered;
    offered.until = rules::deadline(turn.now(), limits->offer_open, pack.calendar).at;
    for (std::size_t i = 0; i < people.size(); ++i) {
        offered.score = scores[i];
        Actor actor = caller.actor("order.offer");
        turn.append(draft(offered, actor, place_of(*order),
                          with_person(acting_on(turn, actor, *order), people[i]), turn.now()));
    }
    return id.value;
}

bool offer_if_fit(journal::Turn& turn, const Actor& actor, const OrderDesk& desk, OrderId id,
                  PersonId person) {
    if (phone_check_due(turn, id)) return false;
    const OrderState order = *turn.load<OrderFigure>(id);
    const rules::Pack& pack = *turn.pack()->pack;
    auto areas = desk.tree.now();
    auto verdict =
        consider_person(turn.db(), turn.tables(), order, person, *areas, pack, turn.now());
    if (!verdict || !std::holds_alternative<dispatch::Score>(*verdict)) return false;
    const auto* limits = pack.limit_class(label_of(order.priority_class));
    OrderOffered offered;
    offered.until = rules::deadline(turn.now(), limits->offer_open, pack.calendar).at;
    offered.score = std::get<dispatch::Score>(*verdict).total;
    Subjects subjects = subjects_of(order);
    subjects["person"] = person.value;
    turn.append(draft(offered, actor, place_of(order), std::move(subjects), turn.now()));
    return true;
}

}  // namespace hezhi::orders
