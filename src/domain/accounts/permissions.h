// Roles (岗位) and what each may do where: tables that an auditor can read.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "api/caller.h"
#include "rules/pack.h"

namespace hezhi::accounts {

// How long a session of somebody who only holds such roles lasts (sign_in.toml).
enum class SessionKind {
    office,  // a shared desk: short
    phone,   // one's own phone: long
};
BOOST_DESCRIBE_ENUM(SessionKind, office, phone)

struct RoleRow {
    std::string_view key;
    std::string_view zh;
    std::string_view en;
    SessionKind session;
    bool administrator;  // of these three, one person holds at most one
};

struct PermissionRow {
    std::string_view role;
    std::string_view permission;
    api::Scope scope;
};

std::span<const RoleRow> roles();
const RoleRow* find_role(std::string_view key);  // null if there is none

// What the pack calls it, else its usual name; the key itself of an unknown one. `pack` may be
// null.
rules::Words role_name(const rules::Pack* pack, std::string_view key);

std::span<const PermissionRow> permissions();
// Every permission of the product, each once, sorted.
std::vector<std::string_view> permission_names();

// What these roles allow together. The texts live as long as the program.
std::vector<api::Held> held_by(const std::vector<api::RoleAt>& roles);

}  // namespace hezhi::accounts
