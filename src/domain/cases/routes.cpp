#include "domain/cases/cases.h"
#include "domain/cases/queries.h"

namespace hezhi::cases {
namespace {

using api::Reading;
using api::Writing;

// An export holds a community's plans many times over.
constexpr std::int64_t export_rows_max = 10000;

struct PlanQuery {
    std::optional<AreaId> area;
    std::optional<PlanStep> state;
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(PlanQuery, (), (area, state, cursor, limit))

struct PlanList {
    std::vector<Plan> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(PlanList, (), (items, next_cursor))

struct MonthQuery {
    std::optional<Text<7, 7>> month;  // "2026-03"; absent: this month
    std::optional<AreaId> area;
};
BOOST_DESCRIBE_STRUCT(MonthQuery, (), (month, area))

struct Unvisited {
    std::string month;
    std::vector<Plan> items;
    std::string csv;  // the same as a file for table programs, with a byte order mark
};
BOOST_DESCRIBE_STRUCT(Unvisited, (), (month, items, csv))

// Where the recipient is now, as far as it may be told; that is where the plan is seen.
std::string path_of(const Reading& reading, const PlanState& plan) {
    auto person = reading.load<people::PersonFigure>(plan.recipient);
    return person && person->address_sealed ? person->area_path : plan.area_path;
}

Result<Plan> one_plan(const Reading& reading, const orders::OrderDesk& desk, PlanId id) {
    auto plan = id ? reading.load<PlanFigure>(id) : std::nullopt;
    if (!plan || !reading.caller.may("plan.read", {.area_path = path_of(reading, *plan)})) {
        return refuse(hezhi::refusals::not_found);
    }
    return show_plan(reading, desk, *plan);
}

std::vector<PlanState> rows_of(const Reading& reading, const store::Query& query,
                               store::Params params) {
    auto rows = reading.rows<PlanFigure>(query, params);
    return rows;
}

Result<PlanList> list_plans(const Reading& reading, const orders::OrderDesk& desk,
                            const PlanQuery& query) {
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    auto path = areas::list_path(reading, desk.tree, query.area, "plan.read");
    if (!path) return std::unexpected(path.error());
    std::int64_t limit = api::limit_of(query.limit);
    std::optional<std::string> state;
    if (query.state) state = std::string(label_of(*query.state));
    PlanList list;
    for (const auto& plan : rows_of(reading, queries::newest_plans,
                                    {{"path", *path},
                                     {"path_end", areas::path_end(*path)},
                                     {"state", state},
                                     {"before_id", cursor->value_or(api::Cursor{0, INT64_MAX}).id},
                                     {"limit", limit + 1}})) {
        if (std::ssize(list.items) == limit) {
            list.next_cursor = api::to_text({0, list.items.back().id.value});
            break;
        }
        if (!reading.caller.may("plan.read", {.area_path = path_of(reading, plan)})) continue;
        list.items.push_back(show_plan(reading, desk, plan));
    }
    return list;
}

const rules::Words unvisited_heads{"编号,服务对象,区域,服务事项,计划止于",
                                   "number,recipient,area,service,plan ends on"};

// The first days of the month asked for and of the next one.
Result<std::pair<Day, Day>> month_of(const Reading& reading, const MonthQuery& query) {
    std::string month =
        query.month ? query.month->value : to_string(day_of(reading.now)).substr(0, 7);
    auto first = parse_day(month + "-01");
    if (!first) {
        return refuse(hezhi::refusals::invalid_input, {"/month", "2026-03", "2026-03"});
    }
    Day next = *first + 28;
    while (to_string(next).substr(0, 7) == month) next = next + 1;
    return std::pair(*first, next);
}

Result<Unvisited> list_unvisited(const Reading& reading, const orders::OrderDesk& desk,
                                 const MonthQuery& query) {
    auto month = month_of(reading, query);
    if (!month) return std::unexpected(month.error());
    auto path = areas::list_path(reading, desk.tree, query.area, "plan.read");
    if (!path) return std::unexpected(path.error());
    Unvisited list;
    list.month = to_string(month->first).substr(0, 7);
    const rules::Pack& pack = *reading.pack()->pack;
    list.csv = "\xEF\xBB\xBF" + pack.written(unvisited_heads) + "\r\n";
    for (const auto& plan : rows_of(reading, queries::unvisited,
                                    {{"path", *path},
                                     {"path_end", areas::path_end(*path)},
                                     {"from", start_of(month->first)},
                                     {"to", start_of(month->second)},
                                     {"before_id", INT64_MAX},
                                     {"limit", export_rows_max}})) {
        if (!reading.caller.may("plan.read", {.area_path = path_of(reading, plan)})) continue;
        Plan shown = show_plan(reading, desk, plan);
        list.csv += std::to_string(shown.id.value) + "," + csv_field(shown.recipient) + "," +
                    csv_field(shown.area_name) + "," +
                    csv_field(pack.written({shown.category_zh, shown.category_en})) + "," +
                    to_string(day_of(shown.until)) + "\r\n";
        list.items.push_back(std::move(shown));
    }
    return list;
}

}  // namespace

Plan show_plan(const Reading& reading, const orders::OrderDesk& desk, const PlanState& plan) {
    const rules::Category* category = reading.pack()->pack->category(plan.category);
    Plan shown;
    shown.id = plan.id;
    shown.state = plan.state;
    shown.recipient_id = plan.recipient;
    shown.recipient = desk.people.masked_name(reading.db, plan.recipient);
    shown.area_name = people::area_name_of(reading, desk.tree, plan.recipient);
    shown.category = plan.category;
    shown.category_zh = category ? category->name.zh : plan.category;
    shown.category_en = category ? category->name.en : plan.category;
    shown.weekdays = plan.weekdays;
    shown.at_minute = plan.at_minute;
    if (plan.preferred) shown.preferred = desk.people.masked_name(reading.db, plan.preferred);
    shown.on_holidays = plan.on_holidays;
    if (plan.state == PlanStep::active) shown.next_at = plan.next_at;
    shown.until = plan.until_at;
    shown.orders_made = plan.orders_made;
    shown.days_skipped = plan.days_skipped;
    if (reading.caller.may("plan.make", {.area_path = plan.area_path})) {
        if (plan.state == PlanStep::active) shown.actions.emplace_back("pause_plan");
        if (plan.state == PlanStep::paused) shown.actions.emplace_back("resume_plan");
        if (plan.state != PlanStep::ended) shown.actions.emplace_back("end_plan");
    }
    return shown;
}

std::vector<jobs::Timer> timers(const orders::OrderDesk& desk) {
    return {
        {"run_plan",
         [](store::Session& db, Instant now, std::int64_t limit) {
             std::vector<jobs::Due> due;
             db.each(queries::due_plans, {{"now", now}, {"limit", limit}},
                     [&](const store::Row& row) {
                         due.push_back({row.integer("id"), 0, row.instant("make_at")});
                     });
             return due;
         },
         [&desk](journal::Turn& turn, const jobs::Due& due) {
             return run_plan(turn, desk, PlanId(due.id), due.due_at);
         }},
        project_timer(),
    };
}

api::Routes routes(const orders::OrderDesk& desk) {
    using http::Method;
    auto render = [&desk](const Reading& r, std::int64_t id) {
        return one_plan(r, desk, PlanId(id));
    };
    api::Routes all{
        api::reads<PlanQuery, PlanList>(
            {Method::get, "/plans", "list_plans", "plan.read"},
            [&desk](const Reading& r, const PlanQuery& q) { return list_plans(r, desk, q); }),
        api::reads<MonthQuery, Unvisited>(
            {Method::get, "/unvisited", "list_unvisited", "plan.read"},
            [&desk](const Reading& r, const MonthQuery& q) { return list_unvisited(r, desk, q); }),
        api::reads<api::Nothing, Plan>({Method::get, "/plans/{id}", "show_plan", "plan.read"},
                                       [&desk](const Reading& r, const api::Nothing&) {
                                           return one_plan(r, desk, PlanId(r.id()));
                                       }),
        api::writes<MakePlan, Plan>(
            {Method::post, "/plans", "make_plan", "plan.make"},
            [](const Writing& w, const MakePlan& input) {
                return make_plan(w.turn, w.caller, input);
            },
            render),
        api::writes<api::Nothing, Plan>(
            {Method::post, "/plans/{id}/interruption", "pause_plan", "plan.make"},
            [](const Writing& w, const api::Nothing&) {
                return pause_plan(w.turn, w.caller, PlanId(w.id()));
            },
            render),
        api::writes<api::Nothing, Plan>(
            {Method::post, "/plans/{id}/continuation", "resume_plan", "plan.make"},
            [](const Writing& w, const api::Nothing&) {
                return resume_plan(w.turn, w.caller, PlanId(w.id()));
            },
            render),
        api::writes<api::Nothing, Plan>(
            {Method::post, "/plans/{id}/closure", "end_plan", "plan.make"},
            [](const Writing& w, const api::Nothing&) {
                return end_plan(w.turn, w.caller, PlanId(w.id()));
            },
            render),
    };
    for (auto part : {protection_routes, project_routes}) {
        for (auto& route : part(desk)) all.push_back(std::move(route));
    }
    return all;
}

api::ActionRows actions() {
    return {
        {"make_plan", "plan.make", "plan.made", "POST /plans", "制定服务计划", "make a plan",
         "制定了服务计划", "a recipient's plan was made"},
        {"pause_plan", "plan.make", "plan.paused", "POST /plans/{id}/interruption", "暂停计划",
         "pause the plan", "计划暂停", "the plan was paused"},
        {"resume_plan", "plan.make", "plan.resumed", "POST /plans/{id}/continuation", "恢复计划",
         "resume the plan", "计划恢复", "the plan was resumed"},
        {"end_plan", "plan.make", "plan.ended", "POST /plans/{id}/closure", "结束计划",
         "end the plan", "计划结束", "the plan was ended"},
        {"run_plan", "", "plan.ran", "", "按计划生成订单", "make the plan's next order",
         "按计划生成订单", "the plan made its next order"},
        {"report_protection", "protection.report", "protection.reported", "POST /protections",
         "强制报告", "mandatory report", "强制报告", "a mandatory report"},
        {"answer_protection", "protection.answer", "protection.answered",
         "POST /protections/{id}/outcome", "处置强制报告", "answer the mandatory report",
         "强制报告已处置", "the mandatory report was answered"},
        {"propose_project_need", "", "project_need.proposed", "", "提示立项", "propose a project",
         "同类需求多次出现，提示立项", "the same need again and again proposed a project"},
        {"adopt_project_need", "project_need.adopt", "project_need.adopted",
         "POST /project-needs/{id}/adoption", "立为项目需求", "make it a need for a project",
         "立为项目需求", "it became a need for a project"},
        {"dismiss_project_need", "project_need.dismiss", "project_need.dismissed",
         "POST /project-needs/{id}/dismissal", "不立项", "do not make a project", "不立项",
         "no project was made of it"},
    };
}

api::StateRows states() {
    return {
        {"plan", "active", "进行中", "active"},
        {"plan", "paused", "已暂停", "paused"},
        {"plan", "ended", "已结束", "ended"},
        {"project_need", "proposed", "待研究", "to be decided"},
        {"project_need", "adopted", "已立为项目需求", "a need for a project"},
        {"project_need", "dismissed", "不立项", "no project"},
        {"protection", "reported", "待处置", "to be answered"},
        {"protection", "answered", "已处置", "answered"},
    };
}

}  // namespace hezhi::cases
