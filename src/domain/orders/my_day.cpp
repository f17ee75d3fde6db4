// A professional's day (上门日程): in which order to make the visits of a day, so that as many as
// possible are made and home is reached earliest. Exact (dispatch/day_plan.h).
#include <algorithm>

#include "dispatch/day_plan.h"
#include "dispatch/hard_rules.h"
#include "domain/orders/describe.h"
#include "domain/orders/order_pages.h"
#include "domain/orders/queries.h"

namespace hezhi::orders {
namespace {

using std::chrono::minutes;

struct DayQuery {
    std::optional<std::string> day;  // today if absent
};
BOOST_DESCRIBE_STRUCT(DayQuery, (), (day))

std::int32_t minute_of(Instant at, Day day) {
    return static_cast<std::int32_t>(((day_of(at) - day) * std::chrono::days(1) + wall_time(at)) /
                                     minutes(1));
}

// By how many areas up one must go from one community to reach one that both share.
std::int32_t way(const rules::DispatchRules& rules, const std::string& from,
                 const std::string& to) {
    auto up = std::max(0, dispatch::depth_of(from) - dispatch::shared_depth(from, to));
    auto at = std::min(static_cast<std::size_t>(up), rules.travel_minutes.size() - 1);
    return rules.travel_minutes[at];
}

std::vector<OrderState> orders_of_day(const api::Reading& reading, Day day) {
    return reading.rows<OrderFigure>(
        queries::accepted_on, {{"person", reading.caller.person},
                               {"from", start_of(day)},
                               {"until", start_of(day + 1)},
                               {"limit", static_cast<std::int64_t>(dispatch::day_visits_max) + 1}});
}

MyVisit show_visit(const api::Reading& reading, const areas::Areas& areas,
                   const OrderState& order) {
    MyVisit shown{
        .order_id = order.id, .category_zh = order.category, .category_en = order.category};
    if (const auto* category = reading.pack()->pack->category(order.category)) {
        shown.category_zh = category->name.zh;
        shown.category_en = category->name.en;
    }
    if (const auto* area = areas.find(order.area)) shown.area_name = area->name;
    shown.starts_at = order.starts_at;
    shown.ends_at = order.ends_at;
    return shown;
}

}  // namespace

Result<MyDay> my_day_page(const api::Reading& reading, const OrderDesk& desk, Day day) {
    const rules::Pack& pack = *reading.pack()->pack;
    auto areas = desk.tree.now();
    MyDay page{to_string(day), {}, {}, {}};
    auto standing = reading.load<standing::StandingFigure>(reading.caller.person);
    // Who serves a whole subdistrict begins somewhere in it.
    std::string home = standing ? standing->area_path : "";
    auto orders = orders_of_day(reading, day);
    std::map<std::int64_t, const OrderState*> by_id;
    std::map<std::int64_t, std::string> community;
    dispatch::DayFrame frame;
    frame.from_minute = pack.calendar.working_hours.front().from_minute;
    std::vector<dispatch::Visit> visits;
    for (const auto& order : orders) {
        by_id[order.id.value] = &order;
        community[order.id.value] = path_at_kind(order, *areas, "community");
        auto from = minute_of(order.starts_at, day), to = minute_of(order.ends_at, day);
        auto latest = std::max(from, to - order.minutes_planned);
        visits.push_back({order.id.value, 0, 0, from, latest, order.minutes_planned});
        auto leaves = from - way(pack.dispatch, community[order.id.value], home);
        frame.from_minute = std::min(frame.from_minute, std::max(0, leaves));
    }
    auto plan = dispatch::plan_day(
        frame, std::move(visits), [&](const dispatch::Visit* from, const dispatch::Visit& to) {
            return way(pack.dispatch, community[to.id], from ? community[from->id] : home);
        });
    if (!plan) return std::unexpected(plan.error());
    auto at = [&](std::int32_t minute) { return at_wall(day, minutes(minute)); };
    for (const auto& visit : plan->visits) {
        auto shown = show_visit(reading, *areas, *by_id[visit.id]);
        shown.leaves_at = at(visit.leaves_minute);
        shown.begins_at = at(visit.begins_minute);
        shown.finishes_at = at(visit.ends_minute);
        page.visits.push_back(std::move(shown));
    }
    for (auto id : plan->not_made) page.not_made.push_back(show_visit(reading, *areas, *by_id[id]));
    if (!page.visits.empty()) page.home_at = at(plan->home_minute);
    return page;
}

api::Routes my_day_routes(const OrderDesk& desk) {
    return {api::reads<DayQuery, MyDay>(
        {http::Method::get, "/my-day", "show_my_day", "order.accept", api::Audience::everyone},
        [&desk](const api::Reading& r, const DayQuery& q) -> Result<MyDay> {
            auto day = q.day ? parse_day(*q.day) : day_of(r.now);
            if (!day) {
                return refuse(hezhi::refusals::invalid_input,
                              {"/day", "日期，如 2026-03-05", "a day such as 2026-03-05"});
            }
            return my_day_page(r, desk, *day);
        })};
}

}  // namespace hezhi::orders
