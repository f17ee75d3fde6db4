// Work orders of the hotline as a figure: one row a work order, as the hotline tells it. What we
// did about an open one stands in its need, and is joined where it is asked for: a copy here could
// disagree with it.
#pragma once

#include "facts/hotline_facts.h"
#include "journal/figure.h"

namespace hezhi::hotline {

struct HotlineOrderState {
    HotlineOrderId id;
    AreaId area;
    std::string area_path;
    std::string external_number;
    HotlineOutcome outcome = HotlineOutcome::open;
    Instant received_at;
    Instant due_at;       // never, if the hotline set no limit
    Instant closed_at;    // by the hotline's file; never, while it is open or if the file has none
    NeedId need;          // none for history
    Instant returned_at;  // never, if it was not given back
    Instant revisited_at;
    std::optional<Resolution> revisit_resolution;
    std::int32_t revisit_satisfaction = 0;
};
BOOST_DESCRIBE_STRUCT(HotlineOrderState, (),
                      (id, area, area_path, external_number, outcome, received_at, due_at,
                       closed_at, need, returned_at, revisited_at, revisit_resolution,
                       revisit_satisfaction))

struct HotlineOrderFigure {
    using State = HotlineOrderState;
    static constexpr std::string_view name = "hotline_orders";
    static constexpr int revision = 2;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"external_number", "area_path, id"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::hotline
