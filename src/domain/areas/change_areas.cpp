// 新增区域, 区域更名, 停用区域: the tree changed by hand.
#include <algorithm>

#include "domain/areas/areas.h"
#include "domain/areas/queries.h"

namespace hezhi::areas {
namespace {

// The area, if the caller may change it and it is in use.
Result<AreaState> load_open(journal::Turn& turn, const api::Caller& caller, AreaId id,
                            std::string_view permission) {
    const AreaState* area = id ? turn.load<AreaFigure>(id) : nullptr;
    if (!area || !caller.may("area.read", {.area_path = area->path})) {
        return refuse(hezhi::refusals::not_found);
    }
    if (!caller.may(permission, {.area_path = area->path})) {
        return refuse(hezhi::refusals::not_permitted);
    }
    if (area->closed) return refuse(refusals::area_closed);
    return *area;
}

std::int64_t count(journal::Turn& turn, const store::Query& query, store::Params params) {
    return turn.db().row(query, params)->integer("areas");
}

Result<void> keep_name_apart(journal::Turn& turn, AreaId parent, std::string_view name) {
    if (count(turn, queries::siblings_called, {{"parent", parent}, {"name", name}}) > 0) {
        return refuse(refusals::area_name_taken,
                      {"/name", "同级区域中没有的名称", "a name that no area beside it has"});
    }
    return {};
}

// A code as division tables write it: digits, sometimes letters.
Result<std::optional<std::string>> free_code(journal::Turn& turn,
                                             const std::optional<Text<0, 20>>& typed) {
    if (!typed || typed->value.empty()) return std::nullopt;
    const std::string& code = typed->value;
    bool fits = std::ranges::all_of(code, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
    if (!fits) {
        return refuse(hezhi::refusals::invalid_input, {"/code", "数字或字母", "digits or letters"});
    }
    if (count(turn, queries::areas_of_code, {{"code", std::string_view(code)}}) > 0) {
        return refuse(refusals::area_code_taken,
                      {"/code", "未使用的区划代码", "a code that is not in use"});
    }
    return code;
}

Refusal wrong_successor() {
    return {refusals::successor_wrong,
            {{"/successor_id", "另一个现用区域", "another area in use"}}};
}

}  // namespace

Result<std::int64_t> add_area(journal::Turn& turn, const api::Caller& caller,
                              const AddArea& input) {
    AreaId parent_id = input.parent_id.value_or(AreaId());
    std::string path = "/";
    std::int32_t depth = 0;
    const rules::Pack& pack = *turn.pack()->pack;
    if (parent_id) {
        auto parent = load_open(turn, caller, parent_id, "area.add");
        if (!parent) return std::unexpected(parent.error());
        path = parent->path;
        if (const auto* kind = pack.area_kind(parent->kind)) depth = kind->depth;
    } else if (!caller.may("area.add", {.area_path = path})) {
        return refuse(hezhi::refusals::not_permitted);
    }
    const rules::AreaKind* kind = pack.area_kind(input.kind);
    if (!kind || kind->depth <= depth) {
        return refuse(refusals::area_kind_wrong,
                      {"/kind", "低于上级的层级", "a level below that of the parent"});
    }
    auto apart = keep_name_apart(turn, parent_id, input.name);
    if (!apart) return std::unexpected(apart.error());
    auto code = free_code(turn, input.code);
    if (!code) return std::unexpected(code.error());
    return add_area(turn, caller.actor("area.add"), parent_id, kind->key, input.name.value, *code);
}

Result<std::int64_t> rename_area(journal::Turn& turn, const api::Caller& caller, AreaId id,
                                 const RenameArea& input) {
    auto area = load_open(turn, caller, id, "area.rename");
    if (!area) return std::unexpected(area.error());
    auto apart = keep_name_apart(turn, area->parent, input.name);
    if (!apart) return std::unexpected(apart.error());
    turn.append(draft(AreaRenamed{input.name.value}, caller.actor("area.rename"),
                      Place{id, area->path}, {{"area", id.value}}, turn.now()));
    return id.value;
}

Result<std::int64_t> note_desk_phone(journal::Turn& turn, const api::Caller& caller, AreaId id,
                                     const NoteDeskPhone& input) {
    auto area = load_open(turn, caller, id, "desk_phone.note");
    if (!area) return std::unexpected(area.error());
    DeskPhoneNoted noted;
    if (input.phone && !input.phone->value.empty()) noted.phone = input.phone->value;
    // As offices write one, short ones too, with an extension after the pack's word.
    const std::string& word = turn.pack()->pack->phones.extension_word;
    std::string digits = noted.phone.value_or("000");
    if (auto at = word.empty() ? std::string::npos : digits.find(word); at != std::string::npos) {
        digits.erase(at, word.size());
    }
    bool fits = std::ranges::all_of(
        digits, [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == ' ' || c == '+'; });
    fits = fits && std::ranges::count_if(digits, [](char c) { return c >= '0' && c <= '9'; }) >= 3;
    if (!fits) {
        return refuse(hezhi::refusals::invalid_input, {"/phone", "电话号码", "a telephone number"});
    }
    if (noted.phone == area->desk_phone) return id.value;
    turn.append(draft(noted, caller.actor("desk_phone.note"), Place{id, area->path},
                      {{"area", id.value}}, turn.now()));
    return id.value;
}

Result<std::int64_t> close_area(journal::Turn& turn, const api::Caller& caller, AreaId id,
                                const CloseArea& input, const AreaUses& uses) {
    auto area = load_open(turn, caller, id, "area.close");
    if (!area) return std::unexpected(area.error());
    if (count(turn, queries::open_children, {{"parent", id}}) > 0) {
        return refuse(refusals::area_has_areas);
    }
    std::int64_t movers = 0;
    for (const auto& use : uses) {
        if (const RefusalRow* row = use.forbids ? use.forbids(turn, area->path) : nullptr) {
            return refuse(*row);
        }
        if (use.count_movers) movers += use.count_movers(turn, area->path);
    }
    if (movers > movers_max) return refuse(refusals::area_too_full);
    Place to;
    if (input.successor_id) {
        const AreaState* successor = turn.load<AreaFigure>(*input.successor_id);
        if (!successor || successor->closed || successor->id == id ||
            !caller.may("area.close", {.area_path = successor->path})) {
            return std::unexpected(wrong_successor());
        }
        to = {successor->id, successor->path};
    } else if (movers > 0) {
        return std::unexpected(wrong_successor());
    }
    Actor actor = caller.actor("area.close");
    turn.append(
        draft(AreaClosed{to.area}, actor, Place{id, area->path}, {{"area", id.value}}, turn.now()));
    if (movers > 0) {
        for (const auto& use : uses) {
            if (use.move) use.move(turn, actor, area->path, to);
        }
    }
    return id.value;
}

}  // namespace hezhi::areas
