// 项目需求: the same kind of need again and again in one community proposes a project.
#include <map>
#include <memory>

#include "domain/areas/area_figure.h"
#include "domain/cases/cases.h"
#include "domain/cases/queries.h"

namespace hezhi::cases {
namespace {

// As far back as any pack may look.
constexpr std::chrono::days looked_back_max(366);

const rules::Words named_as{"：", ": "};

// Where the day's look has come to. Kept in memory: after a restart it begins again, and what
// stands in a proposal already is not counted.
struct Progress {
    Instant day;
    std::int64_t after = 0;
    bool done = false;
};

std::vector<jobs::Due> find_due(store::Session& db, Instant now, std::int64_t limit,
                                Progress& progress) {
    Instant day = start_of(day_of(now));
    if (progress.day != day) progress = Progress{.day = day};
    if (progress.done) return {};
    std::vector<jobs::Due> due;
    db.each(queries::areas_with_needs,
            {{"since", now - looked_back_max}, {"after", progress.after}, {"limit", limit}},
            [&](const store::Row& row) {
                due.push_back({row.integer("area"), 0, day});
            });
    if (due.empty()) progress.done = true;
    return due;
}

bool proposed_already(journal::Turn& turn, AreaId area, const std::string& category) {
    return turn.db()
               .row(queries::open_proposals, {{"area", area}, {"category", category}})
               ->integer("proposals") > 0;
}

std::map<std::string, ProjectCauses> needs_by_category(journal::Turn& turn, const Place& place,
                                                       std::int32_t days) {
    std::map<std::string, ProjectCauses> found;
    turn.db().each(queries::needs_for_projects,
                   {{"path", place.path},
                    {"path_end", areas::path_end(place.path)},
                    {"since", turn.now() - std::chrono::days(days)}},
                   [&](const store::Row& row) {
                       auto& causes = found[std::string(row.text("category"))];
                       if (causes.size() < project_causes_max) {
                           causes.push_back(row.id<NeedId>("id"));
                       }
                   });
    return found;
}

Place place_of(const ProjectNeedState& project) {
    return {project.area, project.area_path};
}

// A copy, so that appends do not move it.
Result<ProjectNeedState> load_proposed(journal::Turn& turn, const api::Caller& caller,
                                       ProjectNeedId id, std::string_view permission) {
    const auto* found = id ? turn.load<ProjectNeedFigure>(id) : nullptr;
    if (!found || !caller.may("project_need.read", {.area_path = found->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    if (!caller.may(permission, {.area_path = found->area_path})) {
        return refuse(hezhi::refusals::not_permitted);
    }
    if (found->state != ProjectNeedStep::proposed) return refuse(refusals::project_need_decided);
    return *found;
}

}  // namespace

Result<std::int64_t> propose_project_need(journal::Turn& turn, AreaId area) {
    const auto* known = turn.load<areas::AreaFigure>(area);
    const rules::PublishedPack* pack = turn.pack();
    const rules::AskingRules& asking = pack->pack->asking;
    if (!known || asking.project_needs_min == 0) return refuse(refusals::no_project_proposed);
    Place place = areas::place_at_kind(turn, Place{known->id, known->path}, asking.project_kind);
    std::int64_t last = 0;
    for (auto& [category, causes] : needs_by_category(turn, place, asking.project_within_days)) {
        if (std::ssize(causes) < asking.project_needs_min) continue;
        if (proposed_already(turn, place.area, category)) continue;
        ProjectNeedProposed proposed{category, std::move(causes), asking.project_within_days,
                                     pack->hash};
        last = turn.append(draft(proposed, {}, place, {{"project_need", self}}, turn.now()));
    }
    if (last == 0) return refuse(refusals::no_project_proposed);
    return last;
}

Result<std::int64_t> adopt_project_need(journal::Turn& turn, const api::Caller& caller,
                                        const people::Register& people, ProjectNeedId id) {
    auto project = load_proposed(turn, caller, id, "project_need.adopt");
    if (!project) return std::unexpected(project.error());
    const rules::Pack& pack = *turn.pack()->pack;
    auto priority_class = from_label<PriorityClass>(pack.asking.project_class);
    if (!priority_class)
        return refuse(refusals::project_need_decided);  // the pack has none any more
    const rules::Category* category = pack.category(project->category);
    Actor actor = caller.actor("project_need.adopt");
    needs::NeedEntry entry;
    entry.channel = Channel::project;
    entry.priority_class = *priority_class;
    const std::string& named = category ? pack.written(category->name) : project->category;
    entry.what = named + pack.written(named_as) + pack.written(pack.asking.project_what);
    NeedId need = needs::enter_need(turn, actor, people, place_of(*project), entry);
    turn.append(draft(ProjectNeedAdopted{}, actor, place_of(*project),
                      {{"project_need", id.value}, {"need", need.value}}, turn.now()));
    return id.value;
}

Result<std::int64_t> dismiss_project_need(journal::Turn& turn, const api::Caller& caller,
                                          const people::Register& people, ProjectNeedId id,
                                          std::string_view reason) {
    auto project = load_proposed(turn, caller, id, "project_need.dismiss");
    if (!project) return std::unexpected(project.error());
    people.write_text(turn.db(), id.value, people::text_reason, reason);
    turn.append(draft(ProjectNeedDismissed{}, caller.actor("project_need.dismiss"),
                      place_of(*project), {{"project_need", id.value}}, turn.now()));
    return id.value;
}

jobs::Timer project_timer() {
    auto progress = std::make_shared<Progress>();
    return {"propose_project_need",
            [progress](store::Session& db, Instant now, std::int64_t limit) {
                return find_due(db, now, limit, *progress);
            },
            [progress](journal::Turn& turn, const jobs::Due& due) {
                progress->after = due.id;
                return propose_project_need(turn, AreaId(due.id));
            }};
}

}  // namespace hezhi::cases
