#include "domain/hotline/hotline_order_figure.h"

namespace hezhi::hotline {

std::vector<std::string_view> HotlineOrderFigure::kinds() {
    return {HotlineOrderImported::kind, HotlineOrderClosed::kind, HotlineOrderReturned::kind,
            HotlineOrderRevisited::kind};
}

journal::Keys HotlineOrderFigure::keys(const Fact& fact) {
    return {fact.subject("hotline_order")};
}

void HotlineOrderFigure::step(State& order, const Fact& fact, const rules::Pack&) {
    if (fact.is<HotlineOrderImported>()) {
        const auto& imported = fact.as<HotlineOrderImported>();
        order.area = fact.place.area;
        order.area_path = fact.place.path;
        order.external_number = imported.external_number;
        order.outcome = imported.outcome;
        order.received_at = fact.occurred_at;
        order.due_at = imported.due_at;
        order.closed_at = imported.closed_at;
        order.need = NeedId(fact.subject("need"));
    } else if (fact.is<HotlineOrderClosed>()) {
        order.outcome = fact.as<HotlineOrderClosed>().outcome;
        order.closed_at = fact.as<HotlineOrderClosed>().closed_at;
    } else if (fact.is<HotlineOrderReturned>()) {
        order.returned_at = fact.occurred_at;
    } else if (fact.is<HotlineOrderRevisited>()) {
        const auto& revisited = fact.as<HotlineOrderRevisited>();
        order.revisited_at = fact.occurred_at;
        order.revisit_resolution = revisited.resolution;
        order.revisit_satisfaction = revisited.satisfaction;
    }
}

}  // namespace hezhi::hotline
