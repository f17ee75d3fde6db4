// Organisations and teams (志愿服务组织、队伍): who leads them, who belongs to them by their own
// yes, and lists of people that are read in.
//
// A team's lead is no role held at an area: the lead is named on the team, and a volunteer's or a
// social worker's permissions reach the teams that they lead with scope `supervises`.
#pragma once

#include "api/action.h"
#include "api/paging.h"
#include "api/route.h"
#include "crypto/suite.h"
#include "domain/organizations/organization_figure.h"
#include "domain/people/people.h"

namespace hezhi::organizations {

namespace refusals {
inline constexpr RefusalRow team_needs_volunteer{
    "team_needs_volunteer", 409, "负责人须先加入队伍。", "A lead must be a member of the team."};
inline constexpr RefusalRow lead_role_of_joint_teams{
    "lead_role_of_joint_teams", 409, "只有融合队伍设社工负责人。",
    "Only a joint team has a lead from social work."};
inline constexpr RefusalRow not_a_social_worker{"not_a_social_worker", 409,
                                                "此人不是登记在册的社会工作者。",
                                                "This person is no registered social worker."};
inline constexpr RefusalRow member_already{"member_already", 409, "此人已是成员或已收到邀请。",
                                           "This person is a member or invited already."};
inline constexpr RefusalRow lead_not_of_age{"lead_not_of_age", 409, "负责人须为成年人。",
                                            "A lead must be of age."};
inline constexpr RefusalRow invitation_answered{"invitation_answered", 409, "该邀请已答复过。",
                                                "This invitation was answered before."};
inline constexpr RefusalRow not_a_member{"not_a_member", 409, "此人不是该队成员。",
                                         "This person is not a member of the team."};
inline constexpr RefusalRow roster_column_missing{"roster_column_missing", 422,
                                                  "名单中没有“姓名”一列。",
                                                  "The list has no column of names (姓名)."};
inline constexpr RefusalRow roster_row_unreadable{
    "roster_row_unreadable", 422, "此行无法读取：引号不成对或内容过长。",
    "This row cannot be read: quotation marks that do not match, or a text that is too long."};
inline constexpr RefusalRow birth_date_missing{
    "birth_date_missing", 422, "缺少出生日期，如 1980-02-29。",
    "The date of birth is missing; write it as 1980-02-29."};
inline constexpr RefusalRow roster_name_differs{
    "roster_name_differs", 409, "证件号码已登记，但姓名不同，请核对。",
    "The number is registered under another name; please check it."};
}  // namespace refusals

struct OrganizationDesk {
    const people::Register& people;
    const areas::AreaTree& tree;
    const crypto::Suite& suite;
    std::string public_address;  // where invitations point to: "https://…", without a path
};

inline constexpr std::string_view text_name = "name";

// How a team stands to a caller, who may lead it.
api::Access access_of(const OrganizationState& team, const api::Caller& caller);

struct FoundOrganization {
    Text<1, 60> name;
    OrganizationKind organization_kind = OrganizationKind::team;
    AreaId area_id;
    std::optional<OrganizationId> parent_id;
};
BOOST_DESCRIBE_STRUCT(FoundOrganization, (), (name, organization_kind, area_id, parent_id))

// 建立队伍. Returns the organisation's id.
Result<std::int64_t> found_organization(journal::Turn&, const api::Caller&, const OrganizationDesk&,
                                        const FoundOrganization& input);
// 任命负责人: of a member. Returns the organisation's id.
Result<std::int64_t> name_lead(journal::Turn&, const api::Caller&, OrganizationId, PersonId,
                               LeadRole role);
// 邀请成员. Returns the position of member.invited, of which invitation_token() makes the link.
Result<std::int64_t> invite_member(journal::Turn&, const api::Caller&, OrganizationId, PersonId);
// 接受邀请 and 婉拒邀请, by the holder of the link. Whoever accepts is a volunteer, with pledge and
// agreement. Return the invitation.
Result<std::int64_t> accept_invitation(journal::Turn&, std::int64_t invitation, bool agreed);
Result<std::int64_t> decline_invitation(journal::Turn&, std::int64_t invitation);
// The teams that a minor said yes to, now that the guardian has consented.
void join_agreed(journal::Turn&, const Actor&, PersonId);
// 退出队伍, by the member. Returns the organisation's id.
Result<std::int64_t> leave_organization(journal::Turn&, const api::Caller&, OrganizationId);

// How a team stands to a caller, who may lead it.
bool leads(const OrganizationState& team, PersonId person);
api::Access access_of(const OrganizationState& team, const api::Caller& caller);

// A row of a list, by its number in the file.
struct RosterRow {
    std::int64_t row = 0;
    Text<0, 60> name;
    std::optional<Text<0, 60>> id_number;
    std::optional<Text<0, 40>> phone;
    std::optional<Text<0, 40>> birth_date = {};  // 1980-02-29, where no document tells it
};
BOOST_DESCRIBE_STRUCT(RosterRow, (), (row, name, id_number, phone, birth_date))

enum class RosterOutcome { invited, known, refused };
BOOST_DESCRIBE_ENUM(RosterOutcome, invited, known, refused)

struct RosterResult {
    std::int64_t row = 0;
    RosterOutcome outcome = RosterOutcome::refused;
    std::optional<std::string> code;  // why it was handed back
    std::optional<std::string> zh;
    std::optional<std::string> en;
};
BOOST_DESCRIBE_STRUCT(RosterResult, (), (row, outcome, code, zh, en))

// What became of a piece; kept under its position, so that a repeated request answers alike.
struct RosterResults {
    std::vector<RosterResult> results;
};
BOOST_DESCRIBE_STRUCT(RosterResults, (), (results))
inline constexpr std::string_view text_results = "results";

// One piece holds so few rows that the writer is not held up.
inline constexpr std::size_t roster_rows_max = 50;

struct ImportRoster {
    std::vector<RosterRow> rows;
};
BOOST_DESCRIBE_STRUCT(ImportRoster, (), (rows))

// 导入名单: each row wholly in or handed back with its reason. Sending a row again finds the person
// and changes nothing. Returns the position of roster.imported.
Result<std::int64_t> import_roster(journal::Turn&, const api::Caller&, const OrganizationDesk&,
                                   OrganizationId, const ImportRoster& input);

// The same for the command line.
Result<std::int64_t> import_roster(journal::Turn&, const Actor&, const OrganizationDesk&,
                                   const OrganizationState& team, const ImportRoster& input);
// 试导入: what would become of the rows, by the same checks; nothing is written.
Result<RosterResults> try_roster(const api::Reading&, const OrganizationDesk&, OrganizationId,
                                 const ImportRoster& input);
// The same without a caller. A row that repeats one of this piece is known by it.
RosterResults judge_roster(store::Session&, const rules::Pack&, Instant now,
                           const OrganizationDesk&, const OrganizationState& team,
                           const ImportRoster& input);

// What the invitation's link carries; 0 for what is none.
std::string invitation_token(const crypto::Suite&, std::int64_t invitation);
std::int64_t invitation_of_token(const crypto::Suite&, std::string_view token);

api::Routes routes(const OrganizationDesk& desk);
api::ActionRows actions();
api::StateRows states();

}  // namespace hezhi::organizations
