#include "domain/areas/area_figure.h"

namespace hezhi::areas {

std::vector<std::string_view> AreaFigure::kinds() {
    return {AreaAdded::kind, AreaRenamed::kind, AreaClosed::kind, DeskPhoneNoted::kind};
}

journal::Keys AreaFigure::keys(const Fact& fact) {
    return {fact.subject("area")};
}

void AreaFigure::step(State& area, const Fact& fact, const rules::Pack&) {
    if (fact.is<AreaAdded>()) {
        const auto& added = fact.as<AreaAdded>();
        area.parent = added.parent;
        area.path = added.parent_path + std::to_string(area.id.value) + "/";
        area.kind = added.area_kind;
        area.name = added.name;
        area.code = added.code;
    } else if (fact.is<AreaRenamed>()) {
        area.name = fact.as<AreaRenamed>().name;
    } else if (fact.is<DeskPhoneNoted>()) {
        area.desk_phone = fact.as<DeskPhoneNoted>().phone;
    } else if (fact.is<AreaClosed>()) {
        area.closed = true;
    }
}

}  // namespace hezhi::areas
