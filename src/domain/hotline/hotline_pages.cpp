#include "domain/hotline/hotline.h"

namespace hezhi::hotline {
namespace {

std::optional<Instant> known(Instant at) {
    return at ? std::optional(at) : std::nullopt;
}

// What our side of an open work order says: its need.
void show_need(const api::Reading& reading, const HotlineOrderState& order, HotlineOrder& shown) {
    auto need = order.need ? reading.load<needs::NeedFigure>(order.need) : std::nullopt;
    if (!need) return;
    shown.need_id = order.need;
    shown.need_state = need->state;
    shown.first_contacted_at = known(need->first_contacted_at);
    // The hotline's own word stands before ours.
    if (!order.returned_at && !shown.answered_at) shown.answered_at = known(need->closed_at);
    bool open = order.outcome == HotlineOutcome::open;
    shown.running = open && !order.returned_at && !need->closed_at;
    shown.own_resolution = need->resolution;
    if (need->satisfaction > 0) shown.own_satisfaction = need->satisfaction;
    bool may_return = reading.caller.may("hotline_order.return", {.area_path = order.area_path});
    if (may_return && shown.running && needs::allows("close_need", need->state)) {
        shown.actions.emplace_back("return_hotline_order");
    }
}

}  // namespace

HotlineOrder show(const api::Reading& reading, const HotlineDesk& desk,
                  const HotlineOrderState& order) {
    HotlineOrder shown;
    shown.id = order.id;
    shown.external_number = order.external_number;
    shown.area_id = order.area;
    const auto areas = desk.tree.now();
    const areas::AreaState* area = areas->find(order.area);
    if (area) shown.area_name = area->name;
    shown.outcome = order.outcome;
    auto need = order.need ? reading.load<needs::NeedFigure>(order.need) : std::nullopt;
    bool hidden = need && need->sealed && !people::sees_sealed(reading.caller, need->keeper);
    if (hidden) {
        shown.area_id = need->area;
        const areas::AreaState* coarse = areas->find(need->area);
        shown.area_name = coarse ? coarse->name : "";
    }
    std::int64_t owner = order.need ? order.need.value : order.id.value;
    if (!hidden) shown.what = desk.people.read_text(reading.db, owner, text_what).value_or("");
    shown.received_at = order.received_at;
    shown.due_at = known(order.due_at);
    shown.answered_at = known(order.closed_at);
    shown.returned_at = known(order.returned_at);
    if (order.returned_at && !hidden) {
        shown.return_reason =
            desk.people.read_text(reading.db, order.need.value, needs::text_close_reason);
    }
    show_need(reading, order, shown);
    if (order.due_at) {
        shown.late = shown.answered_at ? *shown.answered_at > order.due_at
                                       : shown.running && order.due_at <= reading.now;
    }
    shown.official_revisited_at = known(order.revisited_at);
    shown.official_resolution = order.revisit_resolution;
    if (order.revisit_satisfaction > 0) shown.official_satisfaction = order.revisit_satisfaction;
    return shown;
}

}  // namespace hezhi::hotline
