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
    PermissionRow{"district_officer", "desk_phone.note", area},
    PermissionRow{"district_officer", "figure.read", area},
    PermissionRow{"district_officer", "need.read", area},
    PermissionRow{"district_officer", "order.read", area},
    PermissionRow{"district_officer", "record.read", area},
    PermissionRow{"district_officer", "activity.read", area},
    PermissionRow{"district_officer", "hotline_order.read", area},
    PermissionRow{"district_officer", "hotline_order.import", area},
    PermissionRow{"district_officer", "rule_pack.read", area},
    PermissionRow{"district_officer", "rule_pack.propose", area},
    PermissionRow{"district_officer", "rule_pack.publish", area},
    PermissionRow{"district_officer", "rule_pack.reject", area},
    PermissionRow{"district_officer", "back_test.read", area},
    PermissionRow{"district_officer", "back_test.start", area},
    PermissionRow{"district_officer", "back_test.cancel", area},

    PermissionRow{"district_officer", "item.hand_on", area},
    PermissionRow{"district_officer", "deputy.name", area},
    PermissionRow{"district_officer", "deputy.confirm", own},

    PermissionRow{"street_staff", "area.read", area},
    PermissionRow{"street_staff", "desk_phone.note", area},
    // item.lead: may lead work there; item.receive: gets what leaves without a leader.
    PermissionRow{"street_staff", "item.lead", area},
    PermissionRow{"street_staff", "item.receive", area},
    PermissionRow{"street_staff", "item.hand_on", area},
    PermissionRow{"street_staff", "item.hand_on", supervises},
    PermissionRow{"street_staff", "deputy.name", area},
    PermissionRow{"street_staff", "deputy.confirm", own},
    PermissionRow{"street_staff", "need.read", area},
    PermissionRow{"street_staff", "plan.read", area},
    PermissionRow{"street_staff", "call.take", area},
    PermissionRow{"street_staff", "need.triage", area},
    PermissionRow{"street_staff", "need.merge", area},
    PermissionRow{"street_staff", "order.read", area},
    PermissionRow{"street_staff", "order.offer", area},
    PermissionRow{"street_staff", "dispatch_run.make", area},
    PermissionRow{"street_staff", "dispatch_run.read", area},
    PermissionRow{"street_staff", "dispatch_run.adopt", area},
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
    // The pack says of each kind of check which of them notes it.
    PermissionRow{"street_staff", "record_check.note", area},
    PermissionRow{"community_worker", "record_check.note", area},
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
    PermissionRow{"street_staff", "guardian.ask", area},
    PermissionRow{"street_staff", "reading.request", area},
    PermissionRow{"street_staff", "reading.approve", area},

    PermissionRow{"community_worker", "area.read", area},
    PermissionRow{"community_worker", "desk_phone.note", area},
    PermissionRow{"community_worker", "item.lead", area},
    PermissionRow{"community_worker", "item.hand_on", supervises},
    PermissionRow{"community_worker", "deputy.name", own},
    PermissionRow{"community_worker", "deputy.confirm", own},
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
    PermissionRow{"community_worker", "guardian.ask", area},

    PermissionRow{"grid_worker", "area.read", area},
    PermissionRow{"grid_worker", "need.report", area},
    PermissionRow{"grid_worker", "need.read", own},

    PermissionRow{"social_worker", "area.read", area},
    PermissionRow{"social_worker", "item.lead", area},
    PermissionRow{"social_worker", "item.hand_on", supervises},
    PermissionRow{"social_worker", "deputy.name", own},
    PermissionRow{"social_worker", "deputy.confirm", own},
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
    PermissionRow{"social_worker", "dispatch_run.make", area},
    PermissionRow{"social_worker", "dispatch_run.read", area},
    PermissionRow{"social_worker", "dispatch_run.adopt", area},
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
    PermissionRow{"social_worker", "reading.request", area},
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
    PermissionRow{"social_worker", "guardian.ask", area},
    PermissionRow{"social_worker", "address.seal", area},
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
    PermissionRow{"protection_officer", "deputy.name", own},
    PermissionRow{"protection_officer", "deputy.confirm", own},
    PermissionRow{"protection_officer", "protection.read", area},
    PermissionRow{"protection_officer", "protection.answer", area},
    PermissionRow{"protection_officer", "reading.approve", area},
    PermissionRow{"street_staff", "protection.report", area},
    PermissionRow{"community_worker", "protection.report", area},
    PermissionRow{"grid_worker", "protection.report", area},
    PermissionRow{"social_worker", "protection.report", area},

    PermissionRow{"district_officer", "insurance.read", area},
    PermissionRow{"street_staff", "insurance.read", area},
    PermissionRow{"street_staff", "insurance.add", area},
    PermissionRow{"community_worker", "insurance.read", area},
    PermissionRow{"community_worker", "insurance.add", area},
    PermissionRow{"social_worker", "insurance.read", area},
    PermissionRow{"volunteer", "cover.read", own},

    // Courses, checks and recommendations are signed by social workers; the street decides.
    PermissionRow{"district_officer", "certification.read", area},
    PermissionRow{"street_staff", "certification.read", area},
    PermissionRow{"street_staff", "course.pass", area},
    PermissionRow{"street_staff", "licence.verify", area},
    PermissionRow{"street_staff", "certification.grant", area},
    PermissionRow{"street_staff", "certification.renew", area},
    PermissionRow{"street_staff", "certification.recognise", area},
    PermissionRow{"community_worker", "certification.read", area},
    PermissionRow{"social_worker", "certification.read", area},
    PermissionRow{"social_worker", "course.pass", area},
    PermissionRow{"social_worker", "check.observe", area},
    PermissionRow{"social_worker", "lead.recommend", area},
    PermissionRow{"volunteer", "own_certification.read", own},
    PermissionRow{"volunteer", "credit.read", own},
    PermissionRow{"volunteer", "credit.donate", own},
    PermissionRow{"volunteer", "posting.read", own},
    PermissionRow{"resident", "credit.read", own},
    PermissionRow{"resident", "posting.read", own},
    PermissionRow{"street_staff", "posting.read", area},
    PermissionRow{"street_staff", "credit.gift", area},
    PermissionRow{"street_staff", "credit.grant", area},
    PermissionRow{"community_worker", "posting.read", area},
    PermissionRow{"community_worker", "credit.gift", area},
    PermissionRow{"community_worker", "credit.grant", area},
    PermissionRow{"street_staff", "beneficiary.name", area},
    PermissionRow{"street_staff", "credit.wake", area},
    PermissionRow{"community_worker", "beneficiary.name", area},
    PermissionRow{"community_worker", "credit.wake", area},
    PermissionRow{"district_officer", "credit.take_over", area},
    PermissionRow{"district_officer", "credit.send", area},
    PermissionRow{"district_officer", "transfer.dispute", area},
    PermissionRow{"district_officer", "transfer.settle", area},
    PermissionRow{"district_officer", "posting.read", area},
    PermissionRow{"district_officer", "posting.reverse", area},
    PermissionRow{"auditor", "posting.read", area},
    PermissionRow{"volunteer", "certificate.issue", own},
    PermissionRow{"volunteer", "certificate.read", own},
    PermissionRow{"community_worker", "certificate.issue", area},
    PermissionRow{"community_worker", "certificate.read", area},
    PermissionRow{"community_worker", "certificate.print", area},
    PermissionRow{"social_worker", "certificate.issue", area},
    PermissionRow{"social_worker", "certificate.read", area},
    PermissionRow{"social_worker", "certificate.print", area},
    PermissionRow{"street_staff", "issuer.name", area},
    PermissionRow{"street_staff", "certificate.issue", area},
    PermissionRow{"street_staff", "certificate.read", area},
    PermissionRow{"street_staff", "certificate.print", area},
    PermissionRow{"street_staff", "certificate.revoke", area},
    PermissionRow{"district_officer", "issuer.name", area},
    PermissionRow{"district_officer", "certificate.read", area},
    PermissionRow{"district_officer", "certificate.revoke", area},

    PermissionRow{"volunteer", "incident.report", assigned},
    PermissionRow{"volunteer", "incident.read", own},
    PermissionRow{"social_worker", "incident.report", area},
    PermissionRow{"social_worker", "incident.report", assigned},
    PermissionRow{"social_worker", "incident.report", supervises},
    PermissionRow{"social_worker", "incident.read", area},
    PermissionRow{"social_worker", "incident.read", own},
    PermissionRow{"community_worker", "incident.report", area},
    PermissionRow{"community_worker", "incident.read", area},
    PermissionRow{"community_worker", "claim.note", area},
    PermissionRow{"street_staff", "incident.report", area},
    PermissionRow{"street_staff", "incident.read", area},
    PermissionRow{"street_staff", "incident.settle", area},
    PermissionRow{"street_staff", "claim.note", area},
    PermissionRow{"district_officer", "incident.read", area},
    PermissionRow{"district_officer", "incident.settle", area},

    // Teams' colours by area; of persons only those who decide see more than what dispatch needs.
    PermissionRow{"district_officer", "grade.read", area},
    PermissionRow{"district_officer", "grade.propose", area},
    PermissionRow{"district_officer", "grade.confirm", area},
    PermissionRow{"district_officer", "grade_appeal.decide", area},
    PermissionRow{"district_officer", "remedial.note", area},
    PermissionRow{"street_staff", "grade.read", area},
    PermissionRow{"street_staff", "grade.propose", area},
    PermissionRow{"street_staff", "remedial.note", area},
    PermissionRow{"social_worker", "grade.read", supervises},
    PermissionRow{"social_worker", "grade_appeal.file", supervises},
    PermissionRow{"volunteer", "grade.read", own},
    PermissionRow{"volunteer", "grade_appeal.file", own},

    // Called by somebody who had no part; that is asked of each.
    PermissionRow{"community_worker", "spot_check.read", area},
    PermissionRow{"community_worker", "spot_check.call", area},
    PermissionRow{"street_staff", "spot_check.read", area},
    PermissionRow{"street_staff", "spot_check.call", area},
    PermissionRow{"district_officer", "spot_check.read", area},
    PermissionRow{"district_officer", "spot_check.settle", area},

    // Whoever decides must not be involved; that is asked of each complaint.
    PermissionRow{"volunteer", "complaint.file", own},
    PermissionRow{"resident", "complaint.file", own},
    PermissionRow{"social_worker", "complaint.file", own},
    PermissionRow{"social_worker", "complaint.take", area},
    PermissionRow{"community_worker", "complaint.file", own},
    PermissionRow{"community_worker", "complaint.take", area},
    PermissionRow{"grid_worker", "complaint.file", own},
    PermissionRow{"street_staff", "complaint.take", area},
    PermissionRow{"street_staff", "complaint.decide", area},
    PermissionRow{"district_officer", "complaint.decide", area},

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
    // What a team holds is published and run by its lead.
    PermissionRow{"volunteer", "activity.read", supervises},
    PermissionRow{"volunteer", "activity.publish", supervises},
    PermissionRow{"volunteer", "activity.cancel", supervises},
    PermissionRow{"volunteer", "shift.check_in", supervises},
    PermissionRow{"volunteer", "shift.record", supervises},
    PermissionRow{"volunteer", "member.attend", supervises},
    PermissionRow{"volunteer", "shift.arrive", assigned},
    PermissionRow{"volunteer", "shift.join", assigned},
    PermissionRow{"volunteer", "shift.leave", assigned},

    // What she asked for or is to receive, and nothing else; `own` follows from her person.
    PermissionRow{"resident", "need.ask", own},
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
    PermissionRow{"system_administrator", "desk_phone.note", area},
    PermissionRow{"system_administrator", "health.read", area},

    PermissionRow{"security_administrator", "grant.confirm", area},
    PermissionRow{"security_administrator", "grant.read", area},
    PermissionRow{"security_administrator", "grant.end", area},
    PermissionRow{"security_administrator", "second_factor.reset", area},
    PermissionRow{"security_administrator", "security_log.read", area},

    PermissionRow{"auditor", "reading.read", area},
    PermissionRow{"auditor", "rule_pack.read", area},
    PermissionRow{"auditor", "back_test.read", area},
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
