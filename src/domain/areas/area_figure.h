// The area tree (区域树) as a figure: one row an area.
#pragma once

#include "facts/area_facts.h"
#include "journal/figure.h"

namespace hezhi::areas {

struct AreaState {
    AreaId id;
    AreaId parent;     // none at the root
    std::string path;  // "/1/5/9/": ids from the top down to the area itself
    std::string kind;  // a key of the pack's area_kinds
    std::string name;  // official
    std::optional<std::string> code;
    bool closed = false;
    std::optional<std::string> desk_phone;
};
BOOST_DESCRIBE_STRUCT(AreaState, (), (id, parent, path, kind, name, code, closed, desk_phone))

struct AreaFigure {
    using State = AreaState;
    static constexpr std::string_view name = "areas";
    static constexpr int revision = 2;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"code", "parent, name"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::areas
