// Projects that repeated needs propose, as figures: one row a proposal, one a need that it is made
// of.
#pragma once

#include "facts/project_facts.h"
#include "journal/figure.h"

namespace hezhi::cases {

enum class ProjectNeedStep {
    proposed,   // 待研究
    adopted,    // 已立为项目需求
    dismissed,  // 不立项
};
BOOST_DESCRIBE_ENUM(ProjectNeedStep, proposed, adopted, dismissed)

struct ProjectNeedState {
    ProjectNeedId id;
    AreaId area;
    std::string area_path;
    ProjectNeedStep state = ProjectNeedStep::proposed;
    std::string category;
    std::int32_t needs = 0;  // of which it is made
    std::int32_t days = 0;   // within which they were reported
    Instant proposed_at;
    Instant decided_at;
    NeedId need;  // what it became; none, until it is adopted
};
BOOST_DESCRIBE_STRUCT(ProjectNeedState, (),
                      (id, area, area_path, state, category, needs, days, proposed_at, decided_at,
                       need))

struct ProjectNeedFigure {
    using State = ProjectNeedState;
    static constexpr std::string_view name = "project_needs";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"area_path, id", "area, category, state"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

// A need counts for one proposal only, whatever becomes of it.
struct ProjectCauseState {
    NeedId id;
    ProjectNeedId project;
};
BOOST_DESCRIBE_STRUCT(ProjectCauseState, (), (id, project))

struct ProjectCauseFigure {
    using State = ProjectCauseState;
    static constexpr std::string_view name = "project_causes";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"project, id"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::cases
