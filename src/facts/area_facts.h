// Facts about areas (区域树): any depth, kinds as data (city, district, subdistrict, community,
// grid).
#pragma once

#include <optional>

#include "facts/fact.h"

namespace hezhi {

// Subject "area" is the new area itself; `parent_path` is "/" at the root.
struct AreaAdded {
    static constexpr std::string_view kind = "area.added";
    static constexpr int version = 1;
    AreaId parent;
    std::string parent_path;
    std::string area_kind;            // a key of the pack's area_kinds
    std::string name;                 // the official name
    std::optional<std::string> code;  // external key (statistical division code); text, not number
};
BOOST_DESCRIBE_STRUCT(AreaAdded, (), (parent, parent_path, area_kind, name, code))

struct AreaRenamed {
    static constexpr std::string_view kind = "area.renamed";
    static constexpr int version = 1;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(AreaRenamed, (), (name))

// The telephone of an area's desk (服务电话): an office's number, no person's.
struct DeskPhoneNoted {
    static constexpr std::string_view kind = "desk_phone.noted";
    static constexpr int version = 1;
    std::optional<std::string> phone;  // absent: there is none any more
};
BOOST_DESCRIBE_STRUCT(DeskPhoneNoted, (), (phone))

struct AreaClosed {
    static constexpr std::string_view kind = "area.closed";
    static constexpr int version = 1;
    AreaId successor;  // none if nobody takes over
};
BOOST_DESCRIBE_STRUCT(AreaClosed, (), (successor))

}  // namespace hezhi
