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

// The levels of areas under the pack's names, the highest first.
struct AreaKindShown {
    std::string key;  // "community"
    std::string zh;
    std::string en;
};
BOOST_DESCRIBE_STRUCT(AreaKindShown, (), (key, zh, en))

struct AreaKindList {
    std::vector<AreaKindShown> items;
};
BOOST_DESCRIBE_STRUCT(AreaKindList, (), (items))

AreaKindList show_kinds(const rules::Pack& pack) {
    AreaKindList list;
    for (const auto& kind : pack.area_kinds) {
        list.items.push_back({kind.key, kind.name.zh, kind.name.en});
    }
    return list;
}

// One area with what the caller may do to it.
struct AreaPage {
    Area area;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(AreaPage, (), (area, actions))

Result<AreaPage> area_page(const api::Reading& reading, const AreaTree& tree, AreaId id) {
    auto areas = tree.now();
    const AreaState* area = areas->find(id);
    if (!area || !reading.caller.may("area.read", {.area_path = area->path})) {
        return refuse(hezhi::refusals::not_found);
    }
    AreaPage page{show(*areas, *area, *reading.pack()->pack), {}};
    if (area->closed) return page;
    struct Change {
        std::string_view action, permission;
    };
    for (const Change& change : {Change{"add_area", "area.add"},
                                 {"rename_area", "area.rename"},
                                 {"note_desk_phone", "desk_phone.note"},
                                 {"close_area", "area.close"}}) {
        if (reading.caller.may(change.permission, {.area_path = area->path})) {
            page.actions.emplace_back(change.action);
        }
    }
    return page;
}

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
    if (area.closed) shown.closed = true;
    shown.desk_phone = area.desk_phone;
    for (const auto& name : areas.former_names(area.id)) {
        shown.former_names = shown.former_names ? *shown.former_names + "、" + name : name;
    }
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

Result<NewestPage> newest_page(const api::Reading& reading, const AreaTree& tree,
                               std::optional<AreaId> asked, std::string_view permission,
                               const std::optional<std::string>& cursor,
                               const std::optional<api::Limit>& limit) {
    auto path = list_path(reading, tree, asked, permission);
    if (!path) return std::unexpected(path.error());
    auto from = api::cursor_of(cursor);
    if (!from) return std::unexpected(from.error());
    NewestPage page{*path, api::limit_of(limit), {}};
    page.params = {{"path", *path},
                   {"path_end", path_end(*path)},
                   {"before_id", from->value_or(api::Cursor{0, INT64_MAX}).id},
                   {"limit", page.limit + 1}};
    return page;
}

Result<std::vector<std::string>> list_paths(const api::Reading& reading, const AreaTree& tree,
                                            std::optional<AreaId> asked,
                                            std::string_view permission) {
    if (asked) {
        auto path = list_path(reading, tree, asked, permission);
        if (!path) return std::unexpected(path.error());
        return std::vector<std::string>{*path};
    }
    std::vector<std::string> reach = reading.caller.areas_of(permission);
    if (reach.empty()) return refuse(hezhi::refusals::not_permitted);
    std::ranges::sort(reach);  // what lies above stands before what lies below it
    std::vector<std::string> paths;
    for (auto& path : reach) {
        if (paths.empty() || !path.starts_with(paths.back())) paths.push_back(std::move(path));
    }
    return paths;
}

Result<std::vector<std::vector<store::Param>>> list_params(const api::Reading& reading,
                                                           const AreaTree& tree,
                                                           const WorkQuery& query,
                                                           std::string_view permission) {
    auto paths = list_paths(reading, tree, query.area, permission);
    if (!paths) return std::unexpected(paths.error());
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    std::vector<std::vector<store::Param>> all;
    for (const std::string& path : *paths) {
        std::vector<store::Param>& params = all.emplace_back();
        params.emplace_back("path", path);
        params.emplace_back("path_end", path_end(path));
        params.emplace_back("state", query.state);
        params.emplace_back("limit", query.limit + 1);
        if (query.sort == api::ListSort::due) {
            auto from = cursor->value_or(api::Cursor{0, 0});
            params.emplace_back("after_sort", from.sort);
            params.emplace_back("after_id", from.id);
        } else {
            params.emplace_back("before_id", cursor->value_or(api::Cursor{0, INT64_MAX}).id);
        }
    }
    return all;
}

api::Routes routes(const AreaTree& tree, const AreaUses& uses) {
    using http::Method;
    auto page = [&tree](const api::Reading& reading, std::int64_t id) {
        return area_page(reading, tree, AreaId(id));
    };
    return {
        api::reads<api::Nothing, AreaKindList>(
            {Method::get, "/area-kinds", "list_area_kinds", api::anyone_signed_in},
            [](const api::Reading& reading, const api::Nothing&) -> Result<AreaKindList> {
                return show_kinds(*reading.pack()->pack);
            }),
        api::reads<api::Nothing, AreaPage>(
            {Method::get, "/areas/{id}", "show_area", "area.read"},
            [&tree](const api::Reading& reading, const api::Nothing&) {
                return area_page(reading, tree, AreaId(reading.id()));
            }),
        api::writes<AddArea, AreaPage>(
            {Method::post, "/areas", "add_area", "area.add"},
            [](const api::Writing& w, const AddArea& input) {
                return add_area(w.turn, w.caller, input);
            },
            page),
        api::writes<RenameArea, AreaPage>(
            {Method::put, "/areas/{id}/name", "rename_area", "area.rename"},
            [](const api::Writing& w, const RenameArea& input) {
                return rename_area(w.turn, w.caller, AreaId(w.id()), input);
            },
            page),
        api::writes<NoteDeskPhone, AreaPage>(
            {Method::put, "/areas/{id}/desk-phone", "note_desk_phone", "desk_phone.note"},
            [](const api::Writing& w, const NoteDeskPhone& input) {
                return note_desk_phone(w.turn, w.caller, AreaId(w.id()), input);
            },
            page),
        api::writes<CloseArea, AreaPage>(
            {Method::post, "/areas/{id}/closure", "close_area", "area.close"},
            [uses](const api::Writing& w, const CloseArea& input) {
                return close_area(w.turn, w.caller, AreaId(w.id()), input, uses);
            },
            page),
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

api::ActionRows actions() {
    return {
        {"add_area", "area.add", "area.added", "POST /areas", "新增区域", "add an area",
         "新增了区域", "an area was added"},
        {"rename_area", "area.rename", "area.renamed", "PUT /areas/{id}/name", "区域更名",
         "rename the area", "区域更名", "the area was renamed"},
        {"note_desk_phone", "desk_phone.note", "desk_phone.noted", "PUT /areas/{id}/desk-phone",
         "登记服务电话", "note the desk's telephone", "登记了服务电话",
         "the desk's telephone was noted"},
        {"close_area", "area.close", "area.closed", "POST /areas/{id}/closure", "停用区域",
         "close the area", "区域停用", "the area was closed"},
    };
}

}  // namespace hezhi::areas
