#include "domain/accounts/permissions.h"

#include <algorithm>
#include <array>

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

// area: at the area of the role and below. own: one's own records. assigned: orders one was asked
// to take or has taken. supervises: orders one leads.
constexpr auto area = api::Scope::area;
constexpr auto own = api::Scope::own;
constexpr auto assigned = api::Scope::assigned;
constexpr auto supervises = api::Scope::supervises;

constexpr std::array permission_rows{
    PermissionRow{"district_officer", "area.read", area},
    PermissionRow{"district_officer", "area.add", area},
    PermissionRow{"district_officer", "area.rename", area},
    PermissionRow{"district_officer", "area.close", area},
    PermissionRow{"district_officer", "figure.read", area},
    PermissionRow{"district_officer", "need.read", area},
    PermissionRow{"district_officer", "order.read", area},
    PermissionRow{"district_officer", "record.read", area},
    PermissionRow{"district_officer", "activity.read", area},
    PermissionRow{"district_officer", "hotline_order.read", area},
    PermissionRow{"district_officer", "hotline_order.import", area},

    PermissionRow{"street_staff", "area.read", area},
    PermissionRow{"street_staff", "need.read", area},
    PermissionRow{"street_staff", "plan.read", area},
    PermissionRow{"street_staff", "call.take", area},
    PermissionRow{"street_staff", "need.triage", area},
    PermissionRow{"street_staff", "need.merge", area},
    PermissionRow{"street_staff", "order.read", area},
    PermissionRow{"street_staff", "order.offer", area},
    PermissionRow{"street_staff", "order.cancel", area},
    PermissionRow{"street_staff", "order.slip", area},
    PermissionRow{"street_staff", "record.read", area},
    PermissionRow{"street_staff", "record.enter", area},
    PermissionRow{"street_staff", "record.correct", area},
    PermissionRow{"street_staff", "record.confirm", area},
    PermissionRow{"street_staff", "record.reject", area},
    PermissionRow{"street_staff", "activity.read", area},
    PermissionRow{"street_staff", "activity.publish", area},
    PermissionRow{"street_staff", "activity.cancel", area},
    PermissionRow{"street_staff", "shift.check_in", area},
    PermissionRow{"street_staff", "shift.record", area},
    PermissionRow{"street_staff", "need.reopen", area},
    PermissionRow{"street_staff", "meeting.note", area},
    PermissionRow{"street_staff", "review.note", area},
    PermissionRow{"street_staff", "contact.read", area},
    PermissionRow{"street_staff", "hotline_order.read", area},
    PermissionRow{"street_staff", "hotline_order.return", area},
    PermissionRow{"street_staff", "order.attend", area},
    PermissionRow{"street_staff", "order.finish", area},
    PermissionRow{"street_staff", "record_check.note", area},
    PermissionRow{"street_staff", "person.read", area},
    PermissionRow{"street_staff", "person.register", area},
    PermissionRow{"street_staff", "person.erase", area},
    PermissionRow{"street_staff", "organization.read", area},
    PermissionRow{"street_staff", "organization.found", area},
    PermissionRow{"street_staff", "lead.name", area},
    PermissionRow{"street_staff", "member.invite", area},
    PermissionRow{"street_staff", "roster.import", area},
    PermissionRow{"street_staff", "dispute.read", area},
    PermissionRow{"street_staff", "dispute.settle", area},
    PermissionRow{"street_staff", "sign_in_slip.issue", area},

    PermissionRow{"community_worker", "area.read", area},
    PermissionRow{"community_worker", "need.read", area},
    PermissionRow{"community_worker", "need.report", area},
    PermissionRow{"community_worker", "plan.read", area},
    PermissionRow{"community_worker", "plan.make", area},
    PermissionRow{"community_worker", "call.take", area},
    PermissionRow{"community_worker", "call.order", area},
    PermissionRow{"community_worker", "order.read", area},
    PermissionRow{"community_worker", "record.read", area},
    PermissionRow{"community_worker", "record.enter", area},
    PermissionRow{"community_worker", "record.correct", area},
    PermissionRow{"community_worker", "record.confirm", area},
    PermissionRow{"community_worker", "record.reject", area},
    PermissionRow{"community_worker", "activity.read", area},
    PermissionRow{"community_worker", "activity.publish", area},
    PermissionRow{"community_worker", "activity.cancel", area},
    PermissionRow{"community_worker", "shift.check_in", area},
    PermissionRow{"community_worker", "shift.record", area},
    PermissionRow{"community_worker", "hotline_order.read", area},
    PermissionRow{"community_worker", "person.read", area},
    PermissionRow{"community_worker", "person.register", area},
    PermissionRow{"community_worker", "organization.read", area},
    PermissionRow{"community_worker", "organization.found", area},
    PermissionRow{"community_worker", "lead.name", area},
    PermissionRow{"community_worker", "member.invite", area},
    PermissionRow{"community_worker", "roster.import", area},
    PermissionRow{"community_worker", "dispute.read", area},
    PermissionRow{"community_worker", "dispute.settle", area},
    PermissionRow{"community_worker", "sign_in_slip.issue", area},

    PermissionRow{"grid_worker", "area.read", area},
    PermissionRow{"grid_worker", "need.report", area},
    PermissionRow{"grid_worker", "need.read", own},

    PermissionRow{"social_worker", "area.read", area},
    PermissionRow{"social_worker", "need.read", area},
    PermissionRow{"social_worker", "need.report", area},
    PermissionRow{"social_worker", "need.contact", area},
    PermissionRow{"social_worker", "need.close", area},
    PermissionRow{"social_worker", "need.triage", area},
    PermissionRow{"social_worker", "need.assess", area},
    PermissionRow{"social_worker", "need.refer", area},
    PermissionRow{"social_worker", "need.merge", area},
    PermissionRow{"social_worker", "case.read", area},
    PermissionRow{"social_worker", "plan.read", area},
    PermissionRow{"social_worker", "plan.make", area},
    PermissionRow{"social_worker", "call.take", area},
    PermissionRow{"social_worker", "call.order", area},
    PermissionRow{"social_worker", "contact.read", area},
    PermissionRow{"social_worker", "need.reopen", area},
    PermissionRow{"social_worker", "meeting.note", area},
    PermissionRow{"social_worker", "review.note", area},
    PermissionRow{"social_worker", "review.reply", assigned},
    PermissionRow{"social_worker", "order.open", area},
    PermissionRow{"social_worker", "order.read", area},
    PermissionRow{"social_worker", "order.read", supervises},
    PermissionRow{"social_worker", "order.read", assigned},
    PermissionRow{"social_worker", "order.offer", area},
    PermissionRow{"social_worker", "order.accept", assigned},
    PermissionRow{"social_worker", "order.decline", assigned},
    PermissionRow{"social_worker", "order.check_in", assigned},
    PermissionRow{"social_worker", "order.check_out", assigned},
    PermissionRow{"social_worker", "order.cancel", area},
    PermissionRow{"social_worker", "order.cancel", supervises},
    PermissionRow{"social_worker", "order.slip", area},
    PermissionRow{"social_worker", "order.attend", area},
    PermissionRow{"social_worker", "order.attend", supervises},
    PermissionRow{"social_worker", "order.finish", area},
    PermissionRow{"social_worker", "order.finish", supervises},
    PermissionRow{"social_worker", "order.slip", supervises},
    PermissionRow{"social_worker", "hotline_order.read", area},
    PermissionRow{"social_worker", "hotline_order.return", area},
    PermissionRow{"social_worker", "person.read", area},
    PermissionRow{"social_worker", "person.register", area},
    PermissionRow{"social_worker", "person.disclose", area},
    PermissionRow{"social_worker", "record.read", area},
    PermissionRow{"social_worker", "record.enter", area},
    PermissionRow{"social_worker", "record.correct", area},
    PermissionRow{"social_worker", "record.confirm", area},
    PermissionRow{"social_worker", "record.reject", area},
    PermissionRow{"social_worker", "activity.read", area},
    PermissionRow{"social_worker", "activity.publish", area},
    PermissionRow{"social_worker", "activity.cancel", area},
    PermissionRow{"social_worker", "shift.check_in", area},
    PermissionRow{"social_worker", "shift.record", area},
    PermissionRow{"social_worker", "sign_in_slip.issue", area},
    PermissionRow{"social_worker", "organization.read", area},
    PermissionRow{"social_worker", "organization.found", area},
    PermissionRow{"social_worker", "lead.name", area},
    PermissionRow{"social_worker", "member.invite", area},
    PermissionRow{"social_worker", "roster.import", area},

    // A team's lead is named on the team; the permission reaches the teams that one leads.
    PermissionRow{"volunteer", "organization.read", supervises},
    PermissionRow{"volunteer", "organization.leave", own},
    PermissionRow{"volunteer", "volunteer.leave", own},
    PermissionRow{"volunteer", "volunteer.rejoin", own},
    // What others report under the duty to report is seen by this role alone.
    PermissionRow{"protection_officer", "area.read", area},
    PermissionRow{"protection_officer", "protection.read", area},
    PermissionRow{"protection_officer", "protection.answer", area},
    PermissionRow{"street_staff", "protection.report", area},
    PermissionRow{"community_worker", "protection.report", area},
    PermissionRow{"grid_worker", "protection.report", area},
    PermissionRow{"social_worker", "protection.report", area},

    PermissionRow{"volunteer", "need.ask", own},
    PermissionRow{"volunteer", "need.read", own},
    PermissionRow{"volunteer", "order.read", assigned},
    PermissionRow{"volunteer", "order.accept", assigned},
    PermissionRow{"volunteer", "order.decline", assigned},
    PermissionRow{"volunteer", "order.check_in", assigned},
    PermissionRow{"volunteer", "order.check_out", assigned},
    PermissionRow{"volunteer", "record.read", own},
    PermissionRow{"volunteer", "record.dispute", own},
    PermissionRow{"volunteer", "activity.read", assigned},
    PermissionRow{"volunteer", "shift.join", assigned},
    PermissionRow{"volunteer", "shift.leave", assigned},

    // What she asked for or is to receive, and nothing else; `own` follows from her person.
    PermissionRow{"resident", "need.report", own},
    PermissionRow{"resident", "need.read", own},
    PermissionRow{"resident", "order.receive", own},
    PermissionRow{"volunteer", "review.reply", assigned},

    PermissionRow{"system_administrator", "account.open", area},
    PermissionRow{"system_administrator", "account.read", area},
    PermissionRow{"system_administrator", "account.close", area},
    PermissionRow{"system_administrator", "password.reset", area},
    PermissionRow{"system_administrator", "area.read", area},
    PermissionRow{"system_administrator", "area.add", area},
    PermissionRow{"system_administrator", "area.rename", area},
    PermissionRow{"system_administrator", "area.close", area},
    PermissionRow{"system_administrator", "health.read", area},

    PermissionRow{"security_administrator", "grant.confirm", area},
    PermissionRow{"security_administrator", "grant.read", area},
    PermissionRow{"security_administrator", "grant.end", area},
    PermissionRow{"security_administrator", "second_factor.reset", area},
    PermissionRow{"security_administrator", "security_log.read", area},

    PermissionRow{"auditor", "reading.read", area},
};

}  // namespace

std::span<const RoleRow> roles() {
    return role_rows;
}

const RoleRow* find_role(std::string_view key) {
    auto found = std::ranges::find(role_rows, key, &RoleRow::key);
    return found == role_rows.end() ? nullptr : &*found;
}

std::span<const PermissionRow> permissions() {
    return permission_rows;
}

std::vector<std::string_view> permission_names() {
    std::vector<std::string_view> names;
    for (const auto& row : permission_rows) names.push_back(row.permission);
    std::ranges::sort(names);
    auto repeated = std::ranges::unique(names);
    names.erase(repeated.begin(), repeated.end());
    return names;
}

std::vector<api::Held> held_by(const std::vector<api::RoleAt>& held_roles) {
    std::vector<api::Held> held;
    for (const auto& role : held_roles) {
        for (const auto& row : permission_rows) {
            if (row.role == role.role) held.push_back({row.permission, row.scope, role.path});
        }
    }
    return held;
}

}  // namespace hezhi::accounts
