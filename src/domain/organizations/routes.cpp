#include "domain/organizations/actions.h"
#include "domain/organizations/queries.h"

namespace hezhi::organizations {
namespace {

using api::Reading;
using api::Writing;

struct PageQuery {
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(PageQuery, (), (cursor, limit))

struct Organization {
    OrganizationId id;
    std::string name;
    OrganizationKind organization_kind = OrganizationKind::team;
    AreaId area_id;
    std::string area_name;
    std::int64_t members = 0;
    std::optional<std::string> volunteer_lead;  // masked
    std::optional<std::string> social_work_lead;
    bool lead = false;  // of the reader
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Organization, (),
                      (id, name, organization_kind, area_id, area_name, members, volunteer_lead,
                       social_work_lead, lead, actions))

struct OrganizationList {
    std::vector<Organization> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(OrganizationList, (), (items, next_cursor))

struct Member {
    PersonId person_id;
    std::string name;  // masked
    MembershipStep state = MembershipStep::invited;
    Instant changed_at;
    std::optional<std::string> link;  // of an open invitation, for whoever may hand it over
};
BOOST_DESCRIBE_STRUCT(Member, (), (person_id, name, state, changed_at, link))

struct MemberList {
    std::vector<Member> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(MemberList, (), (items, next_cursor))

struct InviteMember {
    PersonId person_id;
};
BOOST_DESCRIBE_STRUCT(InviteMember, (), (person_id))

struct NameLead {
    PersonId person_id;
    LeadRole role = LeadRole::volunteer_lead;
};
BOOST_DESCRIBE_STRUCT(NameLead, (), (person_id, role))

struct AnswerInvitation {
    bool agreed = false;
};
BOOST_DESCRIBE_STRUCT(AnswerInvitation, (), (agreed))

// What the invited person sees through the link.
struct Invitation {
    std::string name;  // masked: the right person knows whether it is theirs
    std::string organization_name;
    std::string area_name;
    MembershipStep state = MembershipStep::invited;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Invitation, (), (name, organization_name, area_name, state, actions))

std::string area_name(const OrganizationDesk& desk, AreaId id) {
    auto areas = desk.tree.now();
    const auto* area = areas->find(id);
    return area ? area->name : "";
}

std::string name_of(const Reading& reading, const OrganizationDesk& desk, OrganizationId id) {
    return desk.people.read_text(reading.db, id.value, text_name).value_or("");
}

Organization show(const Reading& reading, const OrganizationDesk& desk,
                  const OrganizationState& team) {
    Organization shown;
    shown.id = team.id;
    shown.name = name_of(reading, desk, team.id);
    shown.organization_kind = team.organization_kind;
    shown.area_id = team.area;
    shown.area_name = area_name(desk, team.area);
    shown.members = team.members;
    auto lead = [&](PersonId person) {
        return person ? std::optional(desk.people.masked_name(reading.db, person)) : std::nullopt;
    };
    shown.volunteer_lead = lead(team.volunteer_lead);
    shown.social_work_lead = lead(team.social_work_lead);
    api::Access access = access_of(team, reading.caller);
    shown.lead = static_cast<bool>(access.leader);
    for (auto [permission, action] : {std::pair{"member.invite", "invite_member"},
                                      {"lead.name", "name_lead"},
                                      {"roster.import", "import_roster"}}) {
        if (reading.caller.may(permission, access)) shown.actions.emplace_back(action);
    }
    auto mine = reading.caller.person
                    ? reading.load<MembershipFigure>(membership_key(team.id, reading.caller.person))
                    : std::nullopt;
    if (mine && mine->state == MembershipStep::member) {
        shown.actions.emplace_back("leave_organization");
    }
    return shown;
}

// The team, if it is within the reader's scope or the reader's own.
Result<OrganizationState> load(const Reading& reading, OrganizationId id) {
    auto team = id ? reading.load<OrganizationFigure>(id) : std::nullopt;
    if (!team || !reading.caller.may("organization.read", access_of(*team, reading.caller))) {
        return refuse(hezhi::refusals::not_found);
    }
    return *team;
}

Result<Organization> one(const Reading& reading, const OrganizationDesk& desk, OrganizationId id) {
    auto team = load(reading, id);
    if (!team) return std::unexpected(team.error());
    return show(reading, desk, *team);
}

Result<OrganizationList> list_organizations(const Reading& reading, const OrganizationDesk& desk,
                                            const PageQuery& query) {
    auto page = areas::newest_page(reading, desk.tree, std::nullopt, "organization.read",
                                   query.cursor, query.limit);
    if (!page) return std::unexpected(page.error());
    auto rows = reading.rows<OrganizationFigure>(queries::newest_organizations, page->params);
    return api::page_of<OrganizationList>(rows, page->limit, [&](const OrganizationState& team) {
        return show(reading, desk, team);
    });
}

Result<OrganizationList> list_mine(const Reading& reading, const OrganizationDesk& desk) {
    std::map<OrganizationId, OrganizationState> rows;
    for (const auto* query : {&queries::organizations_of_person, &queries::organizations_led}) {
        reading.db.each(*query, {{"person", reading.caller.person}}, [&](const store::Row& row) {
            auto team = journal::read_state<OrganizationFigure>(reading.tables, row);
            rows.emplace(team.id, team);
        });
    }
    OrganizationList list;
    for (const auto& [id, team] : rows) list.items.push_back(show(reading, desk, team));
    return list;
}

Result<MemberList> list_members(const Reading& reading, const OrganizationDesk& desk,
                                const PageQuery& query) {
    auto team = load(reading, OrganizationId(reading.id()));
    if (!team) return std::unexpected(team.error());
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    std::int64_t limit = api::limit_of(query.limit);
    bool hands_over = reading.caller.may("member.invite", access_of(*team, reading.caller));
    auto rows = reading.rows<MembershipFigure>(
        queries::members_of, {{"organization", team->id},
                              {"after_id", cursor->value_or(api::Cursor{0, 0}).id},
                              {"limit", limit + 1}});
    MemberList list;
    for (const auto& row : rows) {
        if (std::ssize(list.items) == limit) {
            list.next_cursor = api::to_text({0, list.items.back().person_id.value});
            break;
        }
        Member member{row.person, desk.people.masked_name(reading.db, row.person), row.state,
                      row.changed_at, std::nullopt};
        if (hands_over && row.state == MembershipStep::invited) {
            member.link = desk.public_address + "/m/#/invitation/" +
                          invitation_token(desk.suite, row.invitation);
        }
        list.items.push_back(std::move(member));
    }
    return list;
}

Result<Invitation> one_invitation(const Reading& reading, const OrganizationDesk& desk,
                                  std::int64_t invitation) {
    auto row = reading.db.row(queries::membership_of_invitation, {{"invitation", invitation}});
    if (invitation <= 0 || !row) return refuse(hezhi::refusals::not_found);
    auto membership = reading.load<MembershipFigure>(std::string(row->text("id")));
    auto team = reading.load<OrganizationFigure>(membership->organization);
    Invitation shown{desk.people.masked_name(reading.db, membership->person),
                     name_of(reading, desk, team->id),
                     area_name(desk, team->area),
                     membership->state,
                     {}};
    if (membership->state == MembershipStep::invited) {
        shown.actions = {"accept_invitation", "decline_invitation"};
    }
    return shown;
}

api::Routes invitation_routes(const OrganizationDesk& desk) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto shown = [&desk](const Reading& r, std::int64_t id) { return one_invitation(r, desk, id); };
    return {
        api::reads<api::Nothing, Invitation>(
            {Method::get, "/invitations/{token}", "show_invitation", api::nobody_signed_in,
             everyone},
            [&desk](const Reading& r, const api::Nothing&) {
                return one_invitation(r, desk, invitation_of_token(desk.suite, r.capture()));
            }),
        api::writes<AnswerInvitation, Invitation>(
            {Method::post, "/invitations/{token}/consent", "accept_invitation",
             api::nobody_signed_in, everyone},
            [&desk](const Writing& w, const AnswerInvitation& input) {
                return accept_invitation(w.turn, invitation_of_token(desk.suite, w.capture()),
                                         input.agreed);
            },
            shown),
        api::writes<api::Nothing, Invitation>(
            {Method::post, "/invitations/{token}/refusal", "decline_invitation",
             api::nobody_signed_in, everyone},
            [&desk](const Writing& w, const api::Nothing&) {
                return decline_invitation(w.turn, invitation_of_token(desk.suite, w.capture()));
            },
            shown),
    };
}

}  // namespace

api::Routes routes(const OrganizationDesk& desk) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto render = [&desk](const Reading& r, std::int64_t id) {
        return one(r, desk, OrganizationId(id));
    };
    api::Routes all = invitation_routes(desk);
    api::Routes more{
        api::reads<PageQuery, OrganizationList>(
            {Method::get, "/organizations", "list_organizations", "organization.read"},
            [&desk](const Reading& r, const PageQuery& q) {
                return list_organizations(r, desk, q);
            }),
        api::writes<FoundOrganization, Organization>(
            {Method::post, "/organizations", "found_organization", "organization.found"},
            [&desk](const Writing& w, const FoundOrganization& input) {
                return found_organization(w.turn, w.caller, desk, input);
            },
            render),
        api::reads<api::Nothing, OrganizationList>(
            {Method::get, "/organizations/mine", "list_my_organizations", "organization.leave",
             everyone},
            [&desk](const Reading& r, const api::Nothing&) { return list_mine(r, desk); }),
        api::reads<api::Nothing, Organization>({Method::get, "/organizations/{id}",
                                                "show_organization", "organization.read", everyone},
                                               [&desk](const Reading& r, const api::Nothing&) {
                                                   return one(r, desk, OrganizationId(r.id()));
                                               }),
        api::reads<PageQuery, MemberList>(
            {Method::get, "/organizations/{id}/members", "list_members", "organization.read",
             everyone},
            [&desk](const Reading& r, const PageQuery& q) { return list_members(r, desk, q); }),
        api::writes<NameLead, Organization>(
            {Method::post, "/organizations/{id}/leads", "name_lead", "lead.name"},
            [](const Writing& w, const NameLead& input) {
                return name_lead(w.turn, w.caller, OrganizationId(w.id()), input.person_id,
                                 input.role);
            },
            render),
        api::writes<InviteMember, Organization>(
            {Method::post, "/organizations/{id}/invitations", "invite_member", "member.invite"},
            [](const Writing& w, const InviteMember& input) {
                return invite_member(w.turn, w.caller, OrganizationId(w.id()), input.person_id);
            },
            [&desk](const Reading& r, std::int64_t) {
                return one(r, desk, OrganizationId(r.id()));
            }),
        api::writes<ImportRoster, RosterResults>(
            {Method::post, "/organizations/{id}/roster", "import_roster", "roster.import"},
            [&desk](const Writing& w, const ImportRoster& input) {
                return import_roster(w.turn, w.caller, desk, OrganizationId(w.id()), input);
            },
            [&desk](const Reading& r, std::int64_t position) -> Result<RosterResults> {
                auto text = desk.people.read_text(r.db, position, text_results);
                HEZHI_ASSERT(text.has_value());
                return from_json<RosterResults>(*text, hezhi::Reading::stored);
            }),
        api::checks<ImportRoster, RosterResults>(
            {Method::post, "/organizations/{id}/roster-trial", "try_roster", "roster.import"},
            [&desk](const Reading& r, const ImportRoster& input) {
                return try_roster(r, desk, OrganizationId(r.id()), input);
            }),
        api::writes<api::Nothing, OrganizationList>(
            {Method::post, "/organizations/{id}/departure", "leave_organization",
             "organization.leave", everyone},
            [](const Writing& w, const api::Nothing&) {
                return leave_organization(w.turn, w.caller, OrganizationId(w.id()));
            },
            [&desk](const Reading& r, std::int64_t) { return list_mine(r, desk); }),
    };
    for (auto& row : more) all.push_back(std::move(row));
    return all;
}

}  // namespace hezhi::organizations
