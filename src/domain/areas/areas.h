// Areas (区域树): any depth and kinds as data. Names and paths are needed by every page, so the
// whole tree stands in memory as an immutable snapshot that follows the journal.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "api/action.h"
#include "api/paging.h"
#include "api/route.h"
#include "domain/areas/area_figure.h"
#include "journal/ledger.h"

namespace hezhi::areas {

namespace refusals {
inline constexpr RefusalRow area_unknown{"area_unknown", 422, "没有这个区域，请重新选择。",
                                         "There is no such area; choose another."};
inline constexpr RefusalRow area_closed{"area_closed", 422, "该区域已停用，请选择现用区域。",
                                        "This area is closed; choose one that is in use."};
inline constexpr RefusalRow area_kind_wrong{"area_kind_wrong", 422,
                                            "区域层级有误，应低于上级区域。",
                                            "An area's level must lie below that of its parent."};
inline constexpr RefusalRow area_name_taken{"area_name_taken", 409, "同一上级区域下已有同名区域。",
                                            "There is an area of this name below the same parent."};
inline constexpr RefusalRow area_code_taken{"area_code_taken", 409, "该区划代码已被使用。",
                                            "This division code is in use."};
inline constexpr RefusalRow area_has_areas{"area_has_areas", 409,
                                           "该区域还有下级区域，请先停用下级区域。",
                                           "There are areas below this one; close them first."};
inline constexpr RefusalRow successor_wrong{
    "successor_wrong", 422, "请选择另一个现用区域接收该区域的人员。",
    "Choose another area in use; it takes over the people of this one."};
inline constexpr RefusalRow area_too_full{
    "area_too_full", 409, "该区域人员过多，一次不能全部转移，请联系系统管理员。",
    "This area holds more people than can move at once; ask the system administrator."};
}  // namespace refusals

// One state of the whole tree. Immutable.
class Areas {
  public:
    const AreaState* find(AreaId id) const;
    const AreaState* find_code(std::string_view code) const;
    // In order of codes, then ids; the roots below none.
    const std::vector<AreaId>& children(AreaId id) const;
    // Up to `limit` open areas below `within` (none: everywhere) whose name contains every word of
    // `query`, with or without the endings that the pack strips (社区居委会 …); a word may also
    // name an area above. Exact names first, names that it had before last.
    std::vector<const AreaState*> search(std::string_view query, AreaId within, std::size_t limit,
                                         const rules::Pack& pack) const;
    // Names that the area had before, the latest last.
    const std::vector<std::string>& former_names(AreaId id) const;
    // "青岛市 / 黄岛区 / 薛家岛街道": the names above the area, without levels that only fill a
    // table.
    std::string parents(const AreaState& area, const rules::Pack& pack) const;
    // Of the area's desk, or of the nearest one above it that has a number.
    std::optional<std::string> desk_phone(AreaId id) const;
    std::size_t size() const { return areas_.size(); }

    void apply(const Fact& fact);

  private:
    std::map<AreaId, AreaState> areas_;
    std::map<AreaId, std::vector<AreaId>> children_;
    std::map<std::string, AreaId, std::less<>> by_code_;
    std::map<AreaId, std::vector<std::string>> former_names_;
};

// The first text behind all paths that begin with `path` ("/1/5/" → "/1/50"): an area and all below
// it are the rows with path ≤ area_path < path_end, which an index answers on both engines.
std::string path_end(std::string_view path);

// Follows the journal. Thread-safe.
class AreaTree {
  public:
    explicit AreaTree(journal::Ledger& ledger);
    std::shared_ptr<const Areas> now() const;

  private:
    void follow(std::span<const Fact> facts);

    mutable std::mutex mutex_;
    std::shared_ptr<const Areas> areas_;
};

// A place to put into a fact; refuses an area that does not exist or is closed.
Result<Place> open_place(journal::Turn& turn, AreaId area);

// The place of the area of `kind` above `place` or at it; `place` itself if there is none.
Place place_at_kind(journal::Turn& turn, const Place& place, std::string_view kind);

// Adds one area below `parent` (none: a root). Returns its id.
Result<std::int64_t> add_area(journal::Turn& turn, const Actor& actor, AreaId parent,
                              std::string_view kind, std::string_view name,
                              std::optional<std::string> code);

struct AddArea {
    std::optional<AreaId> parent_id;  // none: a root
    Text<1, 40> kind;
    Text<1, 60> name;
    std::optional<Text<0, 20>> code;
};
BOOST_DESCRIBE_STRUCT(AddArea, (), (parent_id, kind, name, code))

struct RenameArea {
    Text<1, 60> name;
};
BOOST_DESCRIBE_STRUCT(RenameArea, (), (name))

struct NoteDeskPhone {
    std::optional<Text<0, 30>> phone;  // absent or empty: there is none
};
BOOST_DESCRIBE_STRUCT(NoteDeskPhone, (), (phone))

struct CloseArea {
    std::optional<AreaId> successor_id;
};
BOOST_DESCRIBE_STRUCT(CloseArea, (), (successor_id))

// What a folder above has standing in an area, so that closing one asks every folder without
// knowing any. `path` is the area's own.
struct AreaUse {
    // Why the area cannot be closed; null if nothing speaks against it.
    std::function<const RefusalRow*(journal::Turn&, std::string_view path)> forbids;
    // How many records would move to the successor, and moving them. May be empty together.
    std::function<std::int64_t(journal::Turn&, std::string_view path)> count_movers;
    std::function<void(journal::Turn&, const Actor&, std::string_view path, const Place& to)> move;
};
using AreaUses = std::vector<AreaUse>;

// A fact a mover, in one turn of the writer: some hundred milliseconds at most.
inline constexpr std::int64_t movers_max = 1000;

// 新增区域 by hand. Returns the area's id.
Result<std::int64_t> add_area(journal::Turn& turn, const api::Caller& caller, const AddArea& input);
// 区域更名. The former name still finds the area.
Result<std::int64_t> rename_area(journal::Turn& turn, const api::Caller& caller, AreaId id,
                                 const RenameArea& input);
// 登记服务电话: what pages name where somebody is to call the desk.
Result<std::int64_t> note_desk_phone(journal::Turn& turn, const api::Caller& caller, AreaId id,
                                     const NoteDeskPhone& input);
// 停用区域: refused while areas stand below it or a folder forbids it; its people move to the
// successor, which must be named if there are any.
Result<std::int64_t> close_area(journal::Turn& turn, const api::Caller& caller, AreaId id,
                                const CloseArea& input, const AreaUses& uses);

struct Imported {
    std::int64_t added = 0;
    std::int64_t known = 0;  // rows whose code was there already
};

// Reads a table of divisions (columns code, name, level, parent; UTF-8) and adds what is not there
// yet. Everything or nothing; running it again adds nothing.
Result<Imported> import_areas(journal::Turn& turn, const Actor& actor, std::string_view csv);

// An area as pages show it.
struct Area {
    AreaId id;
    std::string name;
    std::string kind;
    std::string kind_zh;
    std::string kind_en;
    std::optional<AreaId> parent_id;
    std::string parents;
    std::optional<std::string> code;
    std::optional<std::string> former_names;  // 甲、乙
    std::optional<bool> closed;               // absent while it is in use
    std::optional<std::string> desk_phone;    // its own
};
BOOST_DESCRIBE_STRUCT(Area, (),
                      (id, name, kind, kind_zh, kind_en, parent_id, parents, code, former_names,
                       closed, desk_phone))

Area show(const Areas& areas, const AreaState& area, const rules::Pack& pack);

// The area that a list is narrowed to, as a path: the one asked for, which must lie within reach of
// `permission`, or the area at which the caller holds it.
Result<std::string> list_path(const api::Reading& reading, const AreaTree& tree,
                              std::optional<AreaId> asked, std::string_view permission);

// What a list of an area that begins with the newest asks: the parameters of its SQL are path,
// path_end, before_id, and a limit of one more.
struct NewestPage {
    std::string path;
    std::int64_t limit = 0;
    std::vector<store::Param> params;
};
Result<NewestPage> newest_page(const api::Reading& reading, const AreaTree& tree,
                               std::optional<AreaId> asked, std::string_view permission,
                               const std::optional<std::string>& cursor,
                               const std::optional<api::Limit>& limit);

// The paths of a list that covers every area at which the caller holds the permission: none of the
// paths lies below another. One path if an area was asked for.
Result<std::vector<std::string>> list_paths(const api::Reading& reading, const AreaTree& tree,
                                            std::optional<AreaId> asked,
                                            std::string_view permission);

// The first `limit` rows of lists that were read area by area, in the order of the whole.
template <class State, class Less>
void merge_lists(std::vector<State>& rows, std::int64_t limit, Less less) {
    std::ranges::sort(rows, less);
    if (std::ssize(rows) > limit) rows.resize(static_cast<std::size_t>(limit));
}

// What a list of work asks, whatever the work is.
struct WorkQuery {
    std::optional<AreaId> area;
    std::optional<std::string> state;  // its label
    api::ListSort sort = api::ListSort::due;
    std::optional<std::string> cursor;
    std::int64_t limit = 0;
};

// The parameters of such a list's SQL: path, path_end, state, limit (one more than asked, which
// tells whether there is a next page), and where the page begins: after_sort and after_id by
// deadline, before_id by newest.
//
// One set of parameters for each of list_paths; their rows are put together by merge_lists.
Result<std::vector<std::vector<store::Param>>> list_params(const api::Reading& reading,
                                                           const AreaTree& tree,
                                                           const WorkQuery& query,
                                                           std::string_view permission);

api::Routes routes(const AreaTree& tree, const AreaUses& uses = {});
api::ActionRows actions();

}  // namespace hezhi::areas
