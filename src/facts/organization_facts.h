// Facts about volunteer organisations (志愿服务组织), teams (队伍), and who belongs to them.
#pragma once

#include "facts/fact.h"

namespace hezhi {

using OrganizationId = Id<struct OrganizationTag>;

enum class OrganizationKind {
    organization,  // 志愿服务组织: a legal entity
    team,          // 志愿服务队: a team without registration of its own
    joint_team,    // 融合队伍: social workers and volunteers, with two leads
};
BOOST_DESCRIBE_ENUM(OrganizationKind, organization, team, joint_team)

// Subject "organization" is self; its name stands in the register of texts.
struct OrganizationFounded {
    static constexpr std::string_view kind = "organization.founded";
    static constexpr int version = 1;
    OrganizationKind organization_kind = OrganizationKind::team;
    OrganizationId parent;  // the organisation that a team belongs to, or none
};
BOOST_DESCRIBE_STRUCT(OrganizationFounded, (), (organization_kind, parent))

enum class LeadRole { volunteer_lead, social_work_lead };
BOOST_DESCRIBE_ENUM(LeadRole, volunteer_lead, social_work_lead)

// Subject "person" leads from now on, in place of whoever held that role.
struct LeadNamed {
    static constexpr std::string_view kind = "lead.named";
    static constexpr int version = 1;
    LeadRole role = LeadRole::volunteer_lead;
};
BOOST_DESCRIBE_STRUCT(LeadNamed, (), (role))

// Subject "invitation" is self. Nobody belongs to a team before their own yes.
struct MemberInvited {
    static constexpr std::string_view kind = "member.invited";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(MemberInvited, (), ())

// A minor's own yes: belongs once the guardian has consented.
struct MemberAgreed {
    static constexpr std::string_view kind = "member.agreed";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(MemberAgreed, (), ())

struct MemberJoined {
    static constexpr std::string_view kind = "member.joined";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(MemberJoined, (), ())

struct InvitationDeclined {
    static constexpr std::string_view kind = "invitation.declined";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(InvitationDeclined, (), ())

struct MemberLeft {
    static constexpr std::string_view kind = "member.left";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(MemberLeft, (), ())

// One piece of a list was read. Which rows were handed back, and why, stands in the register of
// texts under this fact's position.
struct RosterImported {
    static constexpr std::string_view kind = "roster.imported";
    static constexpr int version = 1;
    std::int32_t invited = 0;
    std::int32_t known = 0;  // were members or invited already
    std::int32_t refused = 0;
};
BOOST_DESCRIBE_STRUCT(RosterImported, (), (invited, known, refused))

}  // namespace hezhi
