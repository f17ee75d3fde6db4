// Organisations and teams, and who belongs to them, as figures.
#pragma once

#include "facts/organization_facts.h"
#include "journal/figure.h"

namespace hezhi::organizations {

struct OrganizationState {
    OrganizationId id;
    OrganizationKind organization_kind = OrganizationKind::team;
    OrganizationId parent;
    AreaId area;
    std::string area_path;
    Instant founded_at;
    PersonId volunteer_lead;    // none until named
    PersonId social_work_lead;  // of a joint team
    std::int64_t members = 0;
};
BOOST_DESCRIBE_STRUCT(OrganizationState, (),
                      (id, organization_kind, parent, area, area_path, founded_at, volunteer_lead,
                       social_work_lead, members))

struct OrganizationFigure {
    using State = OrganizationState;
    static constexpr std::string_view name = "organizations";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() {
        return {"area_path, id", "volunteer_lead", "social_work_lead"};
    }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

enum class MembershipStep {
    invited,   // 待本人确认
    member,    // 成员
    declined,  // 已婉拒
    left,      // 已退出
    agreed,    // 待监护人同意
};
BOOST_DESCRIBE_ENUM(MembershipStep, invited, member, declined, left, agreed)

// One person in one team, by "team/person".
struct MembershipState {
    std::string id;
    OrganizationId organization;
    PersonId person;
    std::int64_t invitation = 0;  // the position of the last member.invited
    MembershipStep state = MembershipStep::invited;
    Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(MembershipState, (),
                      (id, organization, person, invitation, state, changed_at))

std::string membership_key(OrganizationId organization, PersonId person);

struct MembershipFigure {
    using State = MembershipState;
    static constexpr std::string_view name = "memberships";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() {
        return {"organization, person", "person", "invitation"};
    }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::organizations
