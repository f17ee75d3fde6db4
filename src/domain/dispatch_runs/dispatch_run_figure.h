// Dispatch runs as a figure: one row a run.
#pragma once

#include "facts/dispatch_run_facts.h"
#include "journal/figure.h"

namespace hezhi::dispatch_runs {

enum class DispatchRunStep {
    proposed,  // 待采纳
    decided,   // 已处理: something of it was taken, or it was put aside
};
BOOST_DESCRIBE_ENUM(DispatchRunStep, proposed, decided)

// What it proposed stands in its fact, whose position is its id.
struct DispatchRunState {
    DispatchRunId id;
    AreaId area;
    std::string area_path;
    DispatchRunStep state = DispatchRunStep::proposed;
    Instant made_at;
    AccountId made_by;
    std::int64_t orders = 0;
    std::int64_t places = 0;
    std::int64_t empty_places = 0;
    std::int64_t adopted = 0;  // orders
    std::int64_t stale = 0;    // orders that could not be offered any more
};
BOOST_DESCRIBE_STRUCT(DispatchRunState, (),
                      (id, area, area_path, state, made_at, made_by, orders, places, empty_places,
                       adopted, stale))

struct DispatchRunFigure {
    using State = DispatchRunState;
    static constexpr std::string_view name = "dispatch_runs";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"area_path, id"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::dispatch_runs
