// The roles and where each works.
#include <algorithm>
#include <array>

#include "domain/accounts/permissions.h"

namespace hezhi::accounts {
namespace {

constexpr auto office = SessionKind::office;
constexpr auto phone = SessionKind::phone;

// Appointed by the district; the three administrators check each other.
constexpr std::array role_rows{
    RoleRow{"district_officer", "区社会工作部干部", "district officer", office, false},
    RoleRow{"street_staff", "街镇工作人员", "subdistrict staff", office, false},
    RoleRow{"community_worker", "社区工作者", "community worker", office, false},
    RoleRow{"grid_worker", "网格员", "grid worker", phone, false},
    RoleRow{"social_worker", "专业社工", "social worker", office, false},
    RoleRow{"protection_officer", "未保专员", "protection officer", office, false},
    RoleRow{"volunteer", "志愿者", "volunteer", phone, false},
    RoleRow{"resident", "居民", "resident", phone, false},
    RoleRow{"system_administrator", "系统管理员", "system administrator", office, true},
    RoleRow{"security_administrator", "安全管理员", "security administrator", office, true},
    RoleRow{"auditor", "审计员", "auditor", office, true},
};

}  // namespace

std::span<const RoleRow> roles() {
    return role_rows;
}

const RoleRow* find_role(std::string_view key) {
    auto found = std::ranges::find(role_rows, key, &RoleRow::key);
    return found == role_rows.end() ? nullptr : &*found;
}

rules::Words role_name(const rules::Pack* pack, std::string_view key) {
    if (pack) {
        auto named = std::ranges::find(pack->role_names, key, &rules::RoleName::key);
        if (named != pack->role_names.end()) return named->name;
    }
    const RoleRow* row = find_role(key);
    if (!row) return {std::string(key), std::string(key)};
    return {std::string(row->zh), std::string(row->en)};
}

}  // namespace hezhi::accounts
