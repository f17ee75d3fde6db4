// Who is calling, and what they may do where.
//
// A permission is held within a scope: at an area and below (a role is held *at an area*), on one's
// own records, on orders one is assigned to, or on orders one leads. A record outside every scope
// answers 404, so that its existence is not told.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "facts/fact.h"

namespace hezhi::api {

enum class Scope { area, own, assigned, supervises };
BOOST_DESCRIBE_ENUM(Scope, area, own, assigned, supervises)

struct Held {
    std::string_view permission;  // into the permission table
    Scope scope = Scope::area;
    std::string path;  // of the area at which the role is held
};

// How a record stands to a caller. Made by the folder that owns the record.
struct Access {
    std::string_view area_path = {};  // empty: the record has no area
    AccountId owner = {};             // whose own record it is
    AccountId leader = {};            // the leading social worker
    bool assigned = false;            // the caller was offered it or has taken it
};

struct RoleAt {
    std::string role;
    AreaId area;
    std::string path;
};

// Immutable; shared by the requests of one session.
struct Caller {
    Via via = Via::account;
    AccountId account;  // none for the holder of a link
    PersonId person;
    std::vector<RoleAt> roles;
    std::vector<Held> held;

    bool may(std::string_view permission, const Access& record) const;
    // Whether the permission is held in any scope: asked before a record is known.
    bool may_somewhere(std::string_view permission) const;
    // The paths of the areas at which it is held with scope area.
    std::vector<std::string> areas_of(std::string_view permission) const;
    Actor actor(std::string_view permission) const;
};

using CallerPtr = std::shared_ptr<const Caller>;

// Holder of a link: may do what the link is for, and nothing else.
CallerPtr link_caller();
// The system itself: timers and reactions.
const Caller& system_caller();

}  // namespace hezhi::api
