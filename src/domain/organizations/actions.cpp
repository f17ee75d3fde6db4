#include "domain/organizations/actions.h"

#include <charconv>

#include "crypto/typed_code.h"
#include "domain/organizations/queries.h"
#include "facts/joining_facts.h"

namespace hezhi::organizations {
namespace {

// 80 bits: not to be guessed through the public listener's rate limit.
constexpr int token_characters = 16;
const Actor link_holder{.via = Via::link};

Place place_of(const OrganizationState& team) {
    return {team.area, team.area_path};
}

bool stands(const MembershipState* membership) {
    return membership && (membership->state == MembershipStep::invited ||
                          membership->state == MembershipStep::agreed ||
                          membership->state == MembershipStep::member);
}

// The invitation that waits for an answer.
Result<MembershipState> open_invitation(journal::Turn& turn, std::int64_t invitation) {
    auto row = turn.db().row(queries::membership_of_invitation, {{"invitation", invitation}});
    if (invitation <= 0 || !row) return refuse(hezhi::refusals::not_found);
    const auto* membership = turn.load<MembershipFigure>(std::string(row->text("id")));
    HEZHI_ASSERT(membership != nullptr);
    if (membership->state != MembershipStep::invited) return refuse(refusals::invitation_answered);
    return *membership;
}

// A minor's own yes, which holds once the guardian has consented.
Result<std::int64_t> agree_as_minor(journal::Turn& turn, const MembershipState& membership,
                                    const Place& home, const Place& place) {
    const rules::Pack& pack = *turn.pack()->pack;
    PersonId person = membership.person;
    if (*turn.load<people::PersonFigure>(person)->age_years < pack.joining.consent_from_years) {
        return refuse(people::refusals::too_young_to_volunteer);
    }
    turn.append(draft(AgreementSigned{pack.name + " " + pack.version}, link_holder, home,
                      {{"person", person.value}}, turn.now()));
    turn.append(draft(MemberAgreed{}, link_holder, place,
                      {{"organization", membership.organization.value}, {"person", person.value}},
                      turn.now()));
    const auto* consent = turn.load<people::ConsentFigure>(person);
    bool waits = consent && consent->state == people::ConsentStep::asked;
    if (!waits) people::append_guardian_asked(turn, link_holder, person);
    return membership.invitation;
}

}  // namespace

bool leads(const OrganizationState& team, PersonId person) {
    return person && (team.volunteer_lead == person || team.social_work_lead == person);
}

void join_agreed(journal::Turn& turn, const Actor& actor, PersonId person) {
    std::vector<OrganizationId> agreed;
    turn.db().each(queries::agreed_of_person, {{"person", person}}, [&](const store::Row& row) {
        agreed.push_back(row.id<OrganizationId>("organization"));
    });
    for (OrganizationId id : agreed) {
        const auto* team = turn.load<OrganizationFigure>(id);
        turn.append(draft(MemberJoined{}, actor, place_of(*team),
                          {{"organization", id.value}, {"person", person.value}}, turn.now()));
    }
}

api::Access access_of(const OrganizationState& team, const api::Caller& caller) {
    return {.area_path = team.area_path,
            .leader = leads(team, caller.person) ? caller.account : AccountId()};
}

Result<OrganizationState> load_organization(journal::Turn& turn, const api::Caller& caller,
                                            OrganizationId id, std::string_view permission) {
    const auto* team = id ? turn.load<OrganizationFigure>(id) : nullptr;
    if (!team || !caller.may("organization.read", access_of(*team, caller))) {
        return refuse(hezhi::refusals::not_found);
    }
    if (!caller.may(permission, access_of(*team, caller))) {
        return refuse(hezhi::refusals::not_permitted);
    }
    return *team;
}

std::int64_t append_invitation(journal::Turn& turn, const Actor& actor,
                               const OrganizationState& team, PersonId person) {
    return turn.append(
        draft(MemberInvited{}, actor, place_of(team),
              {{"invitation", self}, {"organization", team.id.value}, {"person", person.value}},
              turn.now()));
}

bool belongs(journal::Turn& turn, OrganizationId team, PersonId person) {
    return stands(turn.load<MembershipFigure>(membership_key(team, person)));
}

Result<std::int64_t> found_organization(journal::Turn& turn, const api::Caller& caller,
                                        const OrganizationDesk& desk,
                                        const FoundOrganization& input) {
    auto place = areas::open_place(turn, input.area_id);
    if (!place) return std::unexpected(place.error());
    if (!caller.may("organization.found", {.area_path = place->path})) {
        return refuse(areas::refusals::area_unknown,
                      {"/area_id", "您所在区域内的社区", "an area that you serve"});
    }
    OrganizationId parent = input.parent_id.value_or(OrganizationId());
    if (parent) {
        auto known = load_organization(turn, caller, parent, "organization.read");
        if (!known) return std::unexpected(known.error());
    }
    std::int64_t id = turn.next_position();
    desk.people.write_text(turn.db(), id, text_name, input.name);
    return turn.append(draft(OrganizationFounded{input.organization_kind, parent},
                             caller.actor("organization.found"), *place, {{"organization", self}},
                             turn.now()));
}

Result<std::int64_t> name_lead(journal::Turn& turn, const api::Caller& caller, OrganizationId id,
                               PersonId person, LeadRole role) {
    auto team = load_organization(turn, caller, id, "lead.name");
    if (!team) return std::unexpected(team.error());
    const auto* state = person ? turn.load<people::PersonFigure>(person) : nullptr;
    if (!state) return refuse(hezhi::refusals::not_found);
    if (role == LeadRole::social_work_lead) {
        if (team->organization_kind != OrganizationKind::joint_team) {
            return refuse(refusals::lead_role_of_joint_teams);
        }
        if (!state->social_worker) return refuse(refusals::not_a_social_worker);
    } else {
        const auto* membership = turn.load<MembershipFigure>(membership_key(id, person));
        if (!membership || membership->state != MembershipStep::member) {
            return refuse(refusals::team_needs_volunteer);
        }
        if (people::is_minor(*turn.pack()->pack, *turn.load<people::PersonFigure>(person))) {
            return refuse(refusals::lead_not_of_age);
        }
    }
    turn.append(draft(LeadNamed{role}, caller.actor("lead.name"), place_of(*team),
                      {{"organization", id.value}, {"person", person.value}}, turn.now()));
    return id.value;
}

Result<std::int64_t> invite_member(journal::Turn& turn, const api::Caller& caller,
                                   OrganizationId id, PersonId person) {
    auto team = load_organization(turn, caller, id, "member.invite");
    if (!team) return std::unexpected(team.error());
    // Whoever invites by id must be allowed to see the person.
    auto known = people::load_person(turn, caller, person, "person.read");
    if (!known) return std::unexpected(known.error());
    if ((*known)->erased) return refuse(people::refusals::person_erased);
    if (belongs(turn, id, person)) return refuse(refusals::member_already);
    return append_invitation(turn, caller.actor("member.invite"), *team, person);
}

Result<std::int64_t> accept_invitation(journal::Turn& turn, std::int64_t invitation, bool agreed) {
    auto membership = open_invitation(turn, invitation);
    if (!membership) return std::unexpected(membership.error());
    if (!agreed) {
        return refuse(people::refusals::agreement_missing,
                      {"/agreed", "已阅读并承诺", "read and agreed"});
    }
    const auto* person = turn.load<people::PersonFigure>(membership->person);
    const auto* team = turn.load<OrganizationFigure>(membership->organization);
    HEZHI_ASSERT(person && team);
    const rules::Pack& pack = *turn.pack()->pack;
    bool volunteer = person->volunteer;
    Place home{person->area, person->area_path}, place = place_of(*team);
    Subjects about{{"person", membership->person.value}};
    if (!people::may_serve(turn, membership->person)) {
        return agree_as_minor(turn, *membership, home, place);
    }
    if (!volunteer) {
        turn.append(draft(VolunteerRegistered{}, link_holder, home, about, turn.now()));
        turn.append(draft(AgreementSigned{pack.name + " " + pack.version}, link_holder, home, about,
                          turn.now()));
    }
    turn.append(draft(
        MemberJoined{}, link_holder, place,
        {{"organization", membership->organization.value}, {"person", membership->person.value}},
        turn.now()));
    return invitation;
}

Result<std::int64_t> decline_invitation(journal::Turn& turn, std::int64_t invitation) {
    auto membership = open_invitation(turn, invitation);
    if (!membership) return std::unexpected(membership.error());
    const auto* team = turn.load<OrganizationFigure>(membership->organization);
    HEZHI_ASSERT(team != nullptr);
    turn.append(draft(InvitationDeclined{}, link_holder, place_of(*team),
                      {{"invitation", invitation},
                       {"organization", membership->organization.value},
                       {"person", membership->person.value}},
                      turn.now()));
    return invitation;
}

Result<std::int64_t> leave_organization(journal::Turn& turn, const api::Caller& caller,
                                        OrganizationId id) {
    const auto* team = id ? turn.load<OrganizationFigure>(id) : nullptr;
    if (!team) return refuse(hezhi::refusals::not_found);
    const auto* membership = turn.load<MembershipFigure>(membership_key(id, caller.person));
    if (!membership || membership->state != MembershipStep::member) {
        return refuse(refusals::not_a_member);
    }
    turn.append(draft(MemberLeft{}, caller.actor("organization.leave"), place_of(*team),
                      {{"organization", id.value}, {"person", caller.person.value}}, turn.now()));
    return id.value;
}

std::string invitation_token(const crypto::Suite& suite, std::int64_t invitation) {
    return std::to_string(invitation) + "-" +
           suite.link_code("team invitation", invitation, token_characters);
}

std::int64_t invitation_of_token(const crypto::Suite& suite, std::string_view token) {
    auto dash = token.find('-');
    if (dash == std::string_view::npos) return 0;
    std::int64_t id = 0;
    auto [end, error] = std::from_chars(token.data(), token.data() + dash, id);
    if (error != std::errc{} || end != token.data() + dash || id <= 0) return 0;
    std::string expected = suite.link_code("team invitation", id, token_characters);
    return crypto::code_matches(token.substr(dash + 1), expected) ? id : 0;
}

api::ActionRows actions() {
    return {
        {"found_organization", "organization.found", "organization.founded", "POST /organizations",
         "建立队伍", "found a team", "建立了队伍", "a team was founded"},
        {"name_lead", "lead.name", "lead.named", "POST /organizations/{id}/leads", "任命负责人",
         "name a lead", "任命了负责人", "a lead was named"},
        {"invite_member", "member.invite", "member.invited", "POST /organizations/{id}/invitations",
         "邀请成员", "invite a member", "邀请了成员", "a member was invited"},
        {"accept_invitation", "", "member.joined", "POST /invitations/{token}/consent", "接受邀请",
         "accept the invitation", "本人确认加入队伍", "a member joined"},
        {"decline_invitation", "", "invitation.declined", "POST /invitations/{token}/refusal",
         "婉拒邀请", "decline the invitation", "婉拒了邀请", "an invitation was declined"},
        {"leave_organization", "organization.leave", "member.left",
         "POST /organizations/{id}/departure", "退出队伍", "leave the team", "退出了队伍",
         "a member left"},
        {"import_roster", "roster.import", "roster.imported", "POST /organizations/{id}/roster",
         "导入名单", "import a list", "导入了一段名单", "a piece of a list was imported"},
    };
}

api::StateRows states() {
    return {
        {"membership", "invited", "待本人确认", "waits for their own yes"},
        {"membership", "member", "成员", "member"},
        {"membership", "declined", "已婉拒", "declined"},
        {"membership", "left", "已退出", "left"},
        {"membership", "agreed", "待监护人同意", "waits for the guardian"},
    };
}

}  // namespace hezhi::organizations
