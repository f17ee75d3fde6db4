#include "domain/cases/project_figure.h"

namespace hezhi::cases {

std::vector<std::string_view> ProjectNeedFigure::kinds() {
    return {ProjectNeedProposed::kind, ProjectNeedAdopted::kind, ProjectNeedDismissed::kind};
}

journal::Keys ProjectNeedFigure::keys(const Fact& fact) {
    return {fact.subject("project_need")};
}

void ProjectNeedFigure::step(State& project, const Fact& fact, const rules::Pack&) {
    if (fact.is<ProjectNeedProposed>()) {
        const auto& proposed = fact.as<ProjectNeedProposed>();
        project.area = fact.place.area;
        project.area_path = fact.place.path;
        project.category = proposed.category;
        project.needs = static_cast<std::int32_t>(proposed.causes.size());
        project.days = proposed.days;
        project.proposed_at = fact.occurred_at;
        return;
    }
    bool adopted = fact.is<ProjectNeedAdopted>();
    project.state = adopted ? ProjectNeedStep::adopted : ProjectNeedStep::dismissed;
    project.decided_at = fact.occurred_at;
    if (adopted) project.need = NeedId(fact.subject("need"));
}

std::vector<std::string_view> ProjectCauseFigure::kinds() {
    return {ProjectNeedProposed::kind};
}

journal::Keys ProjectCauseFigure::keys(const Fact& fact) {
    journal::Keys keys;
    for (NeedId need : fact.as<ProjectNeedProposed>().causes) keys.emplace_back(need);
    return keys;
}

void ProjectCauseFigure::step(State& cause, const Fact& fact, const rules::Pack&) {
    cause.project = ProjectNeedId(fact.subject("project_need"));
}

}  // namespace hezhi::cases
