#include "domain/areas/areas.h"

namespace hezhi::areas {
namespace {

struct AreaQuery {
    Text<1, 50> q;
    std::optional<AreaId> within;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(AreaQuery, (), (q, within, limit))

struct AreaList {
    std::vector<Area> items;
};
BOOST_DESCRIBE_STRUCT(AreaList, (), (items))

constexpr std::int64_t search_limit_default = 20;

}  // namespace

Area show(const Areas& areas, const AreaState& area, const rules::Pack& pack) {
    Area shown;
    shown.id = area.id;
    shown.name = area.name;
    shown.kind = area.kind;
    if (const auto* kind = pack.area_kind(area.kind)) {
        shown.kind_zh = kind->name.zh;
        shown.kind_en = kind->name.en;
    }
    if (area.parent) shown.parent_id = area.parent;
    shown.parents = areas.parents(area, pack);
    shown.code = area.code;
    return shown;
}

Result<std::string> list_path(const api::Reading& reading, const AreaTree& tree,
                              std::optional<AreaId> asked, std::string_view permission) {
    if (!asked) {
        auto reach = reading.caller.areas_of(permission);
        if (reach.empty()) return refuse(hezhi::refusals::not_permitted);
        return reach.front();
    }
    auto areas = tree.now();
    const AreaState* area = areas->find(*asked);
    if (!area || !reading.caller.may(permission, {.area_path = area->path})) {
        return refuse(hezhi::refusals::not_found);
    }
    return area->path;
}

Result<std::vector<store::Param>> list_params(const api::Reading& reading, const AreaTree& tree,
                                              const WorkQuery& query, std::string_view permission) {
    auto path = list_path(reading, tree, query.area, permission);
    if (!path) return std::unexpected(path.error());
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    std::vector<store::Param> params;
    params.emplace_back("path", *path);
    params.emplace_back("path_end", path_end(*path));
    params.emplace_back("state", query.state);
    params.emplace_back("limit", query.limit + 1);
    if (query.sort == api::ListSort::due) {
        auto from = cursor->value_or(api::Cursor{0, 0});
        params.emplace_back("after_sort", from.sort);
        params.emplace_back("after_id", from.id);
    } else {
        params.emplace_back("before_id", cursor->value_or(api::Cursor{0, INT64_MAX}).id);
    }
    return params;
}

api::Routes routes(const AreaTree& tree) {
    using http::Method;
    return {
        api::reads<AreaQuery, AreaList>(
            {Method::get, "/areas", "search_areas", api::anyone_signed_in, api::Audience::everyone},
            [&tree](const api::Reading& reading, const AreaQuery& query) -> Result<AreaList> {
                auto areas = tree.now();
                const rules::Pack& pack = *reading.pack()->pack;
                auto limit = static_cast<std::size_t>(query.limit ? query.limit->value
                                                                  : search_limit_default);
                AreaList list;
                for (const auto* area :
                     areas->search(query.q.value, query.within.value_or(AreaId()), limit, pack)) {
                    list.items.push_back(show(*areas, *area, pack));
                }
                return list;
            }),
        api::reads<api::Nothing, AreaList>(
            {Method::get, "/areas/{id}/children", "list_child_areas", api::anyone_signed_in,
             api::Audience::everyone},
            [&tree](const api::Reading& reading, const api::Nothing&) -> Result<AreaList> {
                auto areas = tree.now();
                AreaList list;
                for (AreaId id : areas->children(AreaId(reading.id()))) {
                    list.items.push_back(show(*areas, *areas->find(id), *reading.pack()->pack));
                }
                return list;
            }),
    };
}

}  // namespace hezhi::areas
