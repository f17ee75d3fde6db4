// Facts about projects that repeated needs propose (项目需求): the same kind of need again and
// again in one community. Subject "project_need"; once it is adopted, "need" is what it became.
#pragma once

#include <string>

#include "facts/fact.h"

namespace hezhi {

using ProjectNeedId = Id<struct ProjectNeedTag>;

inline constexpr std::size_t project_causes_max = 1000;

// What it was made of; more than people ever bring in one list.
struct ProjectCauses : std::vector<NeedId> {};
namespace shapes {
template <>
struct Make<ProjectCauses> {
    static Shape make() {
        Shape s = Make<std::vector<NeedId>>::make();
        s.max = project_causes_max;
        return s;
    }
};
}  // namespace shapes

struct ProjectNeedProposed {
    static constexpr std::string_view kind = "project_need.proposed";
    static constexpr int version = 1;
    std::string category;
    ProjectCauses causes;   // none of them counts for another proposal
    std::int32_t days = 0;  // within which they were reported
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(ProjectNeedProposed, (), (category, causes, days, pack))

struct ProjectNeedAdopted {
    static constexpr std::string_view kind = "project_need.adopted";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(ProjectNeedAdopted, (), ())

// The reason stands in the register of texts.
struct ProjectNeedDismissed {
    static constexpr std::string_view kind = "project_need.dismissed";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(ProjectNeedDismissed, (), ())

}  // namespace hezhi
