// Areas (区域树): any depth and kinds as data. Names and paths are needed by every page, so the
// whole tree stands in memory as an immutable snapshot that follows the journal.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

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
    // name an area above. Exact names first.
    std::vector<const AreaState*> search(std::string_view query, AreaId within, std::size_t limit,
                                         const rules::Pack& pack) const;
    // "青岛市 / 黄岛区 / 薛家岛街道": the names above the area, without levels that only fill a
    // table.
    std::string parents(const AreaState& area, const rules::Pack& pack) const;
    std::size_t size() const { return areas_.size(); }

    void apply(const Fact& fact);

  private:
    std::map<AreaId, AreaState> areas_;
    std::map<AreaId, std::vector<AreaId>> children_;
    std::map<std::string, AreaId, std::less<>> by_code_;
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

// Adds one area below `parent` (none: a root). Returns its id.
Result<std::int64_t> add_area(journal::Turn& turn, const Actor& actor, AreaId parent,
                              std::string_view kind, std::string_view name,
                              std::optional<std::string> code);

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
};
BOOST_DESCRIBE_STRUCT(Area, (), (id, name, kind, kind_zh, kind_en, parent_id, parents, code))

Area show(const Areas& areas, const AreaState& area, const rules::Pack& pack);

// The area that a list is narrowed to, as a path: the one asked for, which must lie within reach of
// `permission`, or the area at which the caller holds it.
Result<std::string> list_path(const api::Reading& reading, const AreaTree& tree,
                              std::optional<AreaId> asked, std::string_view permission);

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
Result<std::vector<store::Param>> list_params(const api::Reading& reading, const AreaTree& tree,
                                              const WorkQuery& query, std::string_view permission);

api::Routes routes(const AreaTree& tree);

}  // namespace hezhi::areas
