#include "domain/dispatch_runs/dispatch_run_pages.h"
#include "domain/dispatch_runs/queries.h"

namespace hezhi::dispatch_runs {
namespace {

using api::Reading;
using api::Writing;
using http::Method;

struct RunsQuery {
    std::optional<AreaId> area;
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(RunsQuery, (), (area, cursor, limit))

struct RunQuery {
    std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(RunQuery, (), (cursor))

// Without both there is nothing to be found.
struct WhyNotQuery {
    std::optional<OrderId> order;
    std::optional<PersonId> person;
};
BOOST_DESCRIBE_STRUCT(WhyNotQuery, (), (order, person))

// What is computed beside the writer, and for which area.
struct PreparedRun {
    Place place;
    DispatchRunMade made;
};

Result<DispatchRunList> list_runs(const Reading& reading, const DispatchDesk& desk,
                                  const RunsQuery& query) {
    auto page = areas::newest_page(reading, desk.orders.tree, query.area, "dispatch_run.read",
                                   query.cursor, query.limit);
    if (!page) return std::unexpected(page.error());
    auto areas = desk.orders.tree.now();
    auto rows = reading.rows<DispatchRunFigure>(queries::newest_runs, page->params);
    return api::page_of<DispatchRunList>(rows, page->limit, [&](const DispatchRunState& run) {
        const auto* area = areas->find(run.area);
        return DispatchRunRow{run.id,           run.state,   area ? area->name : "",
                              run.made_at,      run.orders,  run.places,
                              run.empty_places, run.adopted, run.stale};
    });
}

Result<PreparedRun> prepare(const Reading& reading, const DispatchDesk& desk,
                            const MakeDispatchRun& input) {
    auto path = areas::list_path(reading, desk.orders.tree, input.area, "dispatch_run.make");
    if (!path) return std::unexpected(path.error());
    auto made = compute_run(reading, desk, *path);
    if (!made) return std::unexpected(made.error());
    auto end = path->find_last_of('/', path->size() - 2);
    AreaId area(std::stoll(path->substr(end + 1)));
    return PreparedRun{{area, *path}, std::move(*made)};
}

}  // namespace

api::Routes routes(const DispatchDesk& desk) {
    auto render = [desk](const Reading& r, std::int64_t id) {
        return run_page(r, desk, DispatchRunId(id), 0);
    };
    return {
        api::prepared_writes<MakeDispatchRun, PreparedRun, DispatchRun>(
            {Method::post, "/dispatch-runs", "make_dispatch_run", "dispatch_run.make"},
            [desk](const Reading& r, const MakeDispatchRun& input) {
                return prepare(r, desk, input);
            },
            [](const Writing& w, const MakeDispatchRun&, const PreparedRun& prepared) {
                return make_dispatch_run(w.turn, w.caller, prepared.place, prepared.made);
            },
            render),
        api::writes<AdoptDispatchRun, DispatchRun>(
            {Method::post, "/dispatch-runs/{id}/adoption", "adopt_dispatch_run",
             "dispatch_run.adopt"},
            [desk](const Writing& w, const AdoptDispatchRun& input) {
                return adopt_dispatch_run(w.turn, w.caller, desk, DispatchRunId(w.id()), input);
            },
            render),
        api::reads<RunsQuery, DispatchRunList>(
            {Method::get, "/dispatch-runs", "list_dispatch_runs", "dispatch_run.read"},
            [desk](const Reading& r, const RunsQuery& q) { return list_runs(r, desk, q); }),
        api::reads<RunQuery, DispatchRun>(
            {Method::get, "/dispatch-runs/{id}", "show_dispatch_run", "dispatch_run.read"},
            [desk](const Reading& r, const RunQuery& q) -> Result<DispatchRun> {
                auto cursor = api::cursor_of(q.cursor);
                if (!cursor) return std::unexpected(cursor.error());
                return run_page(r, desk, DispatchRunId(r.id()), *cursor ? (*cursor)->id : 0);
            }),
        api::reads<WhyNotQuery, WhyNotShown>(
            {Method::get, "/dispatch-runs/{id}/why-not", "show_why_not", "dispatch_run.read"},
            [desk](const Reading& r, const WhyNotQuery& q) {
                return why_not_page(r, desk, DispatchRunId(r.id()), q.order.value_or(OrderId{}),
                                    q.person.value_or(PersonId{}));
            }),
    };
}

api::ActionRows actions() {
    return {
        {"make_dispatch_run", "dispatch_run.make", "dispatch_run.made", "POST /dispatch-runs",
         "全部派单", "assign all open orders", "生成派单建议", "all open orders were assigned"},
        {"adopt_dispatch_run", "dispatch_run.adopt", "dispatch_run.adopted",
         "POST /dispatch-runs/{id}/adoption", "采纳派单建议", "adopt", "采纳派单建议",
         "proposals were adopted"},
    };
}

api::StateRows states() {
    return {
        {"dispatch_run", "proposed", "待采纳", "to be decided"},
        {"dispatch_run", "decided", "已处理", "decided"},
        {"proposal", "waiting", "待采纳", "to be decided"},
        {"proposal", "adopted", "已派单", "offered"},
        {"proposal", "stale", "已失效", "no longer possible"},
        {"proposal", "empty", "无人可派", "nobody found"},
    };
}

}  // namespace hezhi::dispatch_runs
