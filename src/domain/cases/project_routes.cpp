// Proposals of projects for whoever decides about them.
#include "domain/cases/cases.h"
#include "domain/cases/queries.h"

namespace hezhi::cases {
namespace {

using api::Reading;
using api::Writing;

// Enough to look into; the number says how many there are.
constexpr std::int64_t causes_shown_max = 100;

struct DismissProjectNeed {
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(DismissProjectNeed, (), (reason))

// One of the needs that it is made of, without a word of what was said.
struct ProjectCause {
    NeedId need_id;
    needs::NeedStep state = needs::NeedStep::reported;
    Instant reported_at;
};
BOOST_DESCRIBE_STRUCT(ProjectCause, (), (need_id, state, reported_at))

struct ProjectNeed {
    ProjectNeedId id;
    ProjectNeedStep state = ProjectNeedStep::proposed;
    AreaId area_id;
    std::string area_name;
    std::string category;
    std::string category_zh;
    std::string category_en;
    std::int32_t needs = 0;
    std::int32_t days = 0;
    std::vector<ProjectCause> causes;
    std::string says_zh;  // the rule
    std::string says_en;
    Instant proposed_at;
    std::optional<Instant> decided_at;
    std::optional<NeedId> need_id;      // what it became
    std::optional<std::string> reason;  // of a dismissal
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(ProjectNeed, (),
                      (id, state, area_id, area_name, category, category_zh, category_en, needs,
                       days, causes, says_zh, says_en, proposed_at, decided_at, need_id, reason,
                       actions))

struct ProjectNeedQuery {
    std::optional<AreaId> area;
    std::optional<ProjectNeedStep> state;
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ProjectNeedQuery, (), (area, state, cursor, limit))

struct ProjectNeedList {
    std::vector<ProjectNeed> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(ProjectNeedList, (), (items, next_cursor))

ProjectNeed show_project(const Reading& reading, const orders::OrderDesk& desk,
                         const ProjectNeedState& state) {
    const rules::Pack& pack = *reading.pack()->pack;
    const rules::Category* category = pack.category(state.category);
    auto areas = desk.tree.now();
    const areas::AreaState* area = areas->find(state.area);
    ProjectNeed shown;
    shown.id = state.id;
    shown.state = state.state;
    shown.area_id = state.area;
    shown.area_name = area ? area->name : "";
    shown.category = state.category;
    shown.category_zh = category ? category->name.zh : state.category;
    shown.category_en = category ? category->name.en : state.category;
    shown.needs = state.needs;
    shown.days = state.days;
    auto causes = reading.rows<needs::NeedFigure>(
        queries::causes_of, {{"project", state.id}, {"limit", causes_shown_max}});
    for (const auto& need : causes) {
        shown.causes.push_back({need.id, need.state, need.reported_at});
    }
    shown.says_zh = pack.asking.projects_clause.says.zh;
    shown.says_en = pack.asking.projects_clause.says.en;
    shown.proposed_at = state.proposed_at;
    if (state.decided_at) shown.decided_at = state.decided_at;
    if (state.need) shown.need_id = state.need;
    if (state.state != ProjectNeedStep::proposed) {
        shown.reason = desk.people.read_text(reading.db, state.id.value, people::text_reason);
        return shown;
    }
    api::Access there{.area_path = state.area_path};
    if (reading.caller.may("project_need.adopt", there)) {
        shown.actions.emplace_back("adopt_project_need");
    }
    if (reading.caller.may("project_need.dismiss", there)) {
        shown.actions.emplace_back("dismiss_project_need");
    }
    return shown;
}

Result<ProjectNeed> one_project(const Reading& reading, const orders::OrderDesk& desk,
                                ProjectNeedId id) {
    auto state = id ? reading.load<ProjectNeedFigure>(id) : std::nullopt;
    if (!state || !reading.caller.may("project_need.read", {.area_path = state->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    return show_project(reading, desk, *state);
}

Result<ProjectNeedList> list_projects(const Reading& reading, const orders::OrderDesk& desk,
                                      const ProjectNeedQuery& query) {
    auto page = areas::newest_page(reading, desk.tree, query.area, "project_need.read",
                                   query.cursor, query.limit);
    if (!page) return std::unexpected(page.error());
    std::optional<std::string> state;
    if (query.state) state = label_of(*query.state);
    page->params.emplace_back("state", state);
    auto rows = reading.rows<ProjectNeedFigure>(queries::newest_project_needs, page->params);
    return api::page_of<ProjectNeedList>(rows, page->limit, [&](const ProjectNeedState& project) {
        return show_project(reading, desk, project);
    });
}

}  // namespace

api::Routes project_routes(const orders::OrderDesk& desk) {
    using http::Method;
    auto render = [&desk](const Reading& r, std::int64_t id) {
        return one_project(r, desk, ProjectNeedId(id));
    };
    return {
        api::reads<ProjectNeedQuery, ProjectNeedList>(
            {Method::get, "/project-needs", "list_project_needs", "project_need.read"},
            [&desk](const Reading& r, const ProjectNeedQuery& q) {
                return list_projects(r, desk, q);
            }),
        api::reads<api::Nothing, ProjectNeed>(
            {Method::get, "/project-needs/{id}", "show_project_need", "project_need.read"},
            [&desk](const Reading& r, const api::Nothing&) {
                return one_project(r, desk, ProjectNeedId(r.id()));
            }),
        api::writes<api::Nothing, ProjectNeed>(
            {Method::post, "/project-needs/{id}/adoption", "adopt_project_need",
             "project_need.adopt"},
            [&desk](const Writing& w, const api::Nothing&) {
                return adopt_project_need(w.turn, w.caller, desk.people, ProjectNeedId(w.id()));
            },
            render),
        api::writes<DismissProjectNeed, ProjectNeed>(
            {Method::post, "/project-needs/{id}/dismissal", "dismiss_project_need",
             "project_need.dismiss"},
            [&desk](const Writing& w, const DismissProjectNeed& input) {
                return dismiss_project_need(w.turn, w.caller, desk.people, ProjectNeedId(w.id()),
                                            input.reason);
            },
            render),
    };
}

}  // namespace hezhi::cases
