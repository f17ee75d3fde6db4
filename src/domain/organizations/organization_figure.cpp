#include "domain/organizations/organization_figure.h"

namespace hezhi::organizations {

std::vector<std::string_view> OrganizationFigure::kinds() {
    return {OrganizationFounded::kind, LeadNamed::kind, MemberJoined::kind, MemberLeft::kind};
}

journal::Keys OrganizationFigure::keys(const Fact& fact) {
    return {fact.subject("organization")};
}

void OrganizationFigure::step(State& team, const Fact& fact, const rules::Pack&) {
    if (fact.is<OrganizationFounded>()) {
        const auto& founded = fact.as<OrganizationFounded>();
        team.organization_kind = founded.organization_kind;
        team.parent = founded.parent;
        team.area = fact.place.area;
        team.area_path = fact.place.path;
        team.founded_at = fact.occurred_at;
    } else if (fact.is<LeadNamed>()) {
        PersonId person(fact.subject("person"));
        bool social = fact.as<LeadNamed>().role == LeadRole::social_work_lead;
        (social ? team.social_work_lead : team.volunteer_lead) = person;
    } else if (fact.is<MemberJoined>()) {
        ++team.members;
    } else {
        --team.members;
        PersonId person(fact.subject("person"));
        // Whoever left leads no longer.
        if (team.volunteer_lead == person) team.volunteer_lead = {};
        if (team.social_work_lead == person) team.social_work_lead = {};
    }
}

std::string membership_key(OrganizationId organization, PersonId person) {
    return std::to_string(organization.value) + "/" + std::to_string(person.value);
}

std::vector<std::string_view> MembershipFigure::kinds() {
    return {MemberInvited::kind, MemberAgreed::kind, MemberJoined::kind, InvitationDeclined::kind,
            MemberLeft::kind};
}

journal::Keys MembershipFigure::keys(const Fact& fact) {
    return {membership_key(OrganizationId(fact.subject("organization")),
                           PersonId(fact.subject("person")))};
}

void MembershipFigure::step(State& membership, const Fact& fact, const rules::Pack&) {
    membership.organization = OrganizationId(fact.subject("organization"));
    membership.person = PersonId(fact.subject("person"));
    membership.changed_at = fact.occurred_at;
    if (fact.is<MemberInvited>()) {
        membership.invitation = fact.position;
        membership.state = MembershipStep::invited;
    } else if (fact.is<MemberAgreed>()) {
        membership.state = MembershipStep::agreed;
    } else if (fact.is<MemberJoined>()) {
        membership.state = MembershipStep::member;
    } else if (fact.is<InvitationDeclined>()) {
        membership.state = MembershipStep::declined;
    } else {
        membership.state = MembershipStep::left;
    }
}

}  // namespace hezhi::organizations
