// Dispatch runs as the dispatcher sees them.
#pragma once

#include "domain/dispatch_runs/run_of.h"

namespace hezhi::dispatch_runs {

// What became of a proposal.
enum class ProposalStep {
    waiting,  // 待采纳
    adopted,  // 已派单
    stale,    // 已失效
    empty,    // 无人可派
};
BOOST_DESCRIBE_ENUM(ProposalStep, waiting, adopted, stale, empty)

struct ProposedPersonShown {
    PersonId person_id;
    std::string name;  // masked
    std::int32_t points = 0;
    std::int64_t recent_minutes = 0;
    bool as_before = false;  // the run before proposed the same
};
BOOST_DESCRIBE_STRUCT(ProposedPersonShown, (), (person_id, name, points, recent_minutes, as_before))

struct ProposalShown {
    OrderId order_id;
    std::string category_zh;
    std::string category_en;
    PriorityClass priority_class = PriorityClass::P3;
    std::string area_name;
    Instant starts_at;
    Instant ends_at;
    std::int32_t minutes_planned = 0;
    OrderStep order_state = OrderStep::open;  // as it is now
    std::vector<ProposedPersonShown> people;
    std::int32_t missing = 0;
    ProposalStep state = ProposalStep::waiting;
    std::optional<std::string> stale_zh;
    std::optional<std::string> stale_en;
};
BOOST_DESCRIBE_STRUCT(ProposalShown, (),
                      (order_id, category_zh, category_en, priority_class, area_name, starts_at,
                       ends_at, minutes_planned, order_state, people, missing, state, stale_zh,
                       stale_en))

// What is scarce: the same service in the same area at the same part of the day.
enum class DayPart { morning, afternoon, evening };
BOOST_DESCRIBE_ENUM(DayPart, morning, afternoon, evening)

struct ShortageShown {
    std::string needs_zh;  // who would be needed
    std::string needs_en;
    std::string area_name;
    bool weekend = false;
    DayPart part = DayPart::morning;
    std::int64_t places = 0;
    std::int64_t points = 0;  // what one more of them each would be worth to all
};
BOOST_DESCRIBE_STRUCT(ShortageShown, (),
                      (needs_zh, needs_en, area_name, weekend, part, places, points))

struct DispatchRun {
    DispatchRunId id;
    DispatchRunStep state = DispatchRunStep::proposed;
    AreaId area_id;
    std::string area_name;
    std::string area_parents;
    Instant made_at;
    std::int64_t people = 0;
    std::int64_t orders = 0;
    std::int64_t places = 0;
    std::int64_t empty_places = 0;
    std::int64_t points = 0;
    std::int64_t bound_points = 0;
    bool proven = false;
    bool unique = false;
    std::int64_t edges = 0;
    std::string input_hash;
    std::int64_t waiting = 0;
    std::int64_t adopted = 0;
    std::int64_t stale = 0;
    std::vector<ProposalShown> items;  // unfilled ones first, then by deadline; a page of them
    std::optional<std::string> next_cursor;
    std::vector<ShortageShown> shortages;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(DispatchRun, (),
                      (id, state, area_id, area_name, area_parents, made_at, people, orders, places,
                       empty_places, points, bound_points, proven, unique, edges, input_hash,
                       waiting, adopted, stale, items, next_cursor, shortages, actions))

struct DispatchRunRow {
    DispatchRunId id;
    DispatchRunStep state = DispatchRunStep::proposed;
    std::string area_name;
    Instant made_at;
    std::int64_t orders = 0;
    std::int64_t places = 0;
    std::int64_t empty_places = 0;
    std::int64_t adopted = 0;
    std::int64_t stale = 0;
};
BOOST_DESCRIBE_STRUCT(DispatchRunRow, (),
                      (id, state, area_name, made_at, orders, places, empty_places, adopted, stale))

struct DispatchRunList {
    std::vector<DispatchRunRow> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(DispatchRunList, (), (items, next_cursor))

// Why the batch does not send this person to this order. Other people appear as orders only.
enum class SwapTo { person_asked, other_person, nobody };
BOOST_DESCRIBE_ENUM(SwapTo, person_asked, other_person, nobody)

struct SwapShown {
    OrderId order_id;
    std::string category_zh;
    std::string category_en;
    SwapTo to = SwapTo::nobody;
};
BOOST_DESCRIBE_STRUCT(SwapShown, (), (order_id, category_zh, category_en, to))

struct WhyNotShown {
    OrderId order_id;
    PersonId person_id;
    std::string name;  // masked
    std::optional<std::string> rule;
    std::optional<std::string> zh;
    std::optional<std::string> en;
    std::optional<std::string> needed;
    std::optional<std::string> found;
    std::optional<std::int32_t> points;
    bool chosen = false;
    std::optional<std::int64_t> loss_points;
    std::vector<SwapShown> swaps;
};
BOOST_DESCRIBE_STRUCT(WhyNotShown, (),
                      (order_id, person_id, name, rule, zh, en, needed, found, points, chosen,
                       loss_points, swaps))

// `offset`: how many of the items were read before.
Result<DispatchRun> run_page(const api::Reading&, const DispatchDesk&, DispatchRunId,
                             std::int64_t offset);
Result<WhyNotShown> why_not_page(const api::Reading&, const DispatchDesk&, DispatchRunId, OrderId,
                                 PersonId);
std::vector<ShortageShown> shortages_of(const api::Reading&, const DispatchDesk&,
                                        const RunFacts& run);

}  // namespace hezhi::dispatch_runs
