#include "domain/areas/areas.h"

namespace hezhi::areas {

Result<Place> open_place(journal::Turn& turn, AreaId id) {
    const AreaState* area = id ? turn.load<AreaFigure>(id) : nullptr;
    if (!area) return refuse(refusals::area_unknown, {"/area_id", "现用区域", "an area in use"});
    if (area->closed)
        return refuse(refusals::area_closed, {"/area_id", "现用区域", "an area in use"});
    return Place{area->id, area->path};
}

Place place_at_kind(journal::Turn& turn, const Place& place, std::string_view kind) {
    for (AreaId id = place.area; id;) {
        const AreaState* area = turn.load<AreaFigure>(id);
        if (!area) break;
        if (area->kind == kind) return {area->id, area->path};
        id = area->parent;
    }
    return place;
}

Result<std::int64_t> add_area(journal::Turn& turn, const Actor& actor, AreaId parent,
                              std::string_view kind, std::string_view name,
                              std::optional<std::string> code) {
    AreaAdded added;
    added.parent = parent;
    added.parent_path = "/";
    added.area_kind = kind;
    added.name = name;
    added.code = std::move(code);
    if (parent) {
        auto place = open_place(turn, parent);
        if (!place) return std::unexpected(place.error());
        added.parent_path = place->path;
    }
    Place place{AreaId(turn.next_position()),
                added.parent_path + std::to_string(turn.next_position()) + "/"};
    return turn.append(draft(added, actor, std::move(place), {{"area", self}}, turn.now()));
}

}  // namespace hezhi::areas
