// Teams, their leads, invitations and lists of people, on both engines.
#include "domain/organizations/organizations.h"

#include "domain/accounts/accounts.h"
#include "facts/joining_facts.h"
#include "support/ledger_fixture.h"

namespace hezhi::organizations {
namespace {

class Teams : public hezhi::testing::LedgerFixture {
  protected:
    Teams()
        : LedgerFixture(
              {&journal::figure<areas::AreaFigure>(), &journal::figure<people::PersonFigure>(),
               &journal::figure<people::ConsentFigure>(), &journal::figure<OrganizationFigure>(),
               &journal::figure<MembershipFigure>()}),
          people(suite, random),
          desk{people, *tree, suite, "https://example.org"} {
        publish_base_pack();
        add_areas();
        worker = holder("community_worker", subdistrict);
    }

    api::Caller holder(std::string_view role, AreaId area) {
        api::Caller made;
        made.account = AccountId(900);
        made.roles = {{std::string(role), area, path_of(area)}};
        made.held = accounts::held_by(made.roles);
        return made;
    }
    api::Caller volunteer_caller(PersonId person) {
        api::Caller made = holder("volunteer", community);
        made.account = AccountId(901);
        made.person = person;
        return made;
    }

    OrganizationId found(OrganizationKind kind = OrganizationKind::team) {
        FoundOrganization input;
        input.name.value = "夕阳红志愿服务队";
        input.organization_kind = kind;
        input.area_id = community;
        return OrganizationId(act([&](journal::Turn& turn) {
                                  return found_organization(turn, worker, desk, input);
                              }).value());
    }
    PersonId person(std::string_view name, bool social_worker = false) {
        people::RegisterPerson input;
        input.name.value = name;
        input.area_id = community;
        input.social_worker = social_worker;
        return PersonId(act([&](journal::Turn& turn) {
                            return people::register_person(
                                turn, command, {community, path_of(community)}, people, input);
                        }).value());
    }
    Result<std::int64_t> invite(OrganizationId team, PersonId who) {
        return act([&](journal::Turn& turn) { return invite_member(turn, worker, team, who); });
    }
    Result<std::int64_t> accept(std::int64_t invitation, bool agreed = true) {
        return act(
            [&](journal::Turn& turn) { return accept_invitation(turn, invitation, agreed); });
    }
    PersonId member(OrganizationId team, std::string_view name) {
        PersonId who = person(name);
        accept(invite(team, who).value()).value();
        return who;
    }
    Result<std::int64_t> lead(OrganizationId team, PersonId who, LeadRole role) {
        return act([&](journal::Turn& turn) { return name_lead(turn, worker, team, who, role); });
    }
    template <class F>
    typename F::State state(const journal::Key& key) {
        auto db = ledger->read();
        auto found = ledger->tables().of(journal::figure<F>()).load(*db, key);
        return *static_cast<typename F::State*>(found.get());
    }
    static RosterRow row(std::int64_t number, std::string name, std::string id_number,
                         std::string phone) {
        RosterRow made;
        made.row = number;
        made.name.value = std::move(name);
        if (!id_number.empty()) made.id_number.emplace(std::move(id_number));
        if (!phone.empty()) made.phone.emplace(std::move(phone));
        return made;
    }
    std::vector<RosterResult> import(OrganizationId team, std::vector<RosterRow> rows) {
        auto position = act(
            [&](journal::Turn& turn) { return import_roster(turn, worker, desk, team, {rows}); });
        EXPECT_TRUE(position.has_value());
        auto db = ledger->read();
        auto text = people.read_text(*db, *position, text_results);
        return from_json<RosterResults>(*text, hezhi::Reading::stored)->results;
    }

    people::Register people;
    OrganizationDesk desk;
    api::Caller worker;
};
HEZHI_ON_BOTH_ENGINES(Teams);

TEST_P(Teams, InviteMemberEnrolsNobodyBeforeAcceptInvitation) {
    OrganizationId team = found();
    PersonId wu = person("吴㐂");
    auto invitation = invite(team, wu);
    ASSERT_TRUE(invitation.has_value());
    EXPECT_EQ(state<OrganizationFigure>(team).members, 0);
    EXPECT_FALSE(state<people::PersonFigure>(wu).volunteer);
    EXPECT_EQ(hezhi::testing::code_of(invite(team, wu)), "member_already");
    EXPECT_EQ(hezhi::testing::code_of(accept(*invitation, false)), "agreement_missing");
    ASSERT_TRUE(accept(*invitation).has_value());
    EXPECT_EQ(state<OrganizationFigure>(team).members, 1);
    EXPECT_TRUE(state<people::PersonFigure>(wu).volunteer);
    EXPECT_EQ(facts(AgreementSigned::kind).size(), 1u);
    EXPECT_EQ(hezhi::testing::code_of(accept(*invitation)), "invitation_answered");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Teams, DeclineInvitationNeedsNoReasonAndMayBeAskedAgain) {
    OrganizationId team = found();
    PersonId wu = person("吴志愿");
    auto first = invite(team, wu).value();
    ASSERT_TRUE(act([&](journal::Turn& turn) { return decline_invitation(turn, first); }));
    EXPECT_EQ(hezhi::testing::code_of(accept(first)), "invitation_answered");
    ASSERT_TRUE(accept(invite(team, wu).value()).has_value());
}

TEST_P(Teams, NameLeadGivesAJointTeamTwoLeads) {
    OrganizationId team = found(OrganizationKind::joint_team);
    PersonId stranger = person("生人"), social = person("李社工", true);
    PersonId wu = member(team, "吴志愿");
    EXPECT_EQ(hezhi::testing::code_of(lead(team, stranger, LeadRole::volunteer_lead)),
              "team_needs_volunteer");
    EXPECT_EQ(hezhi::testing::code_of(lead(team, wu, LeadRole::social_work_lead)),
              "not_a_social_worker");
    ASSERT_TRUE(lead(team, wu, LeadRole::volunteer_lead).has_value());
    ASSERT_TRUE(lead(team, social, LeadRole::social_work_lead).has_value());
    EXPECT_EQ(state<OrganizationFigure>(team).volunteer_lead, wu);
    EXPECT_EQ(state<OrganizationFigure>(team).social_work_lead, social);
    OrganizationId plain = found();
    EXPECT_EQ(hezhi::testing::code_of(lead(plain, social, LeadRole::social_work_lead)),
              "lead_role_of_joint_teams");
}

TEST_P(Teams, LeaveOrganizationEndsTheLeadAndKeepsTheHistory) {
    OrganizationId team = found();
    PersonId wu = member(team, "吴志愿");
    lead(team, wu, LeadRole::volunteer_lead).value();
    auto caller = volunteer_caller(wu);
    auto leave = [&] {
        return act([&](journal::Turn& turn) { return leave_organization(turn, caller, team); });
    };
    ASSERT_TRUE(leave().has_value());
    EXPECT_EQ(hezhi::testing::code_of(leave()), "not_a_member");
    EXPECT_FALSE(state<OrganizationFigure>(team).volunteer_lead);
    EXPECT_EQ(state<OrganizationFigure>(team).members, 0);
    EXPECT_EQ(facts(MemberJoined::kind).size(), 1u);
}

TEST_P(Teams, FoundOrganizationAndItsPagesStayWithinTheArea) {
    auto outside = holder("community_worker", add_area({}, "district", "外区"));
    FoundOrganization input;
    input.name.value = "队";
    input.area_id = community;
    auto refused =
        act([&](journal::Turn& turn) { return found_organization(turn, outside, desk, input); });
    EXPECT_EQ(hezhi::testing::code_of(refused), "area_unknown");
    OrganizationId team = found();
    PersonId wu = member(team, "吴志愿");
    auto unseen = act([&](journal::Turn& turn) { return invite_member(turn, outside, team, wu); });
    EXPECT_EQ(hezhi::testing::code_of(unseen), "not_found");
    // The lead reaches their own team, and only to read it.
    lead(team, wu, LeadRole::volunteer_lead).value();
    auto caller = volunteer_caller(wu);
    auto by_lead = act([&](journal::Turn& turn) {
        return name_lead(turn, caller, team, wu, LeadRole::volunteer_lead);
    });
    EXPECT_EQ(hezhi::testing::code_of(by_lead), "not_permitted");
}

TEST_P(Teams, ImportRosterTakesEachRowWhollyOrHandsItBackWithItsReason) {
    OrganizationId team = found();
    // Nobody's numbers: no area 990000.
    const std::vector<RosterRow> rows{
        row(2, "欧阳𬱖", "990000195001010019", "13900000001"),
        row(3, "阿·㐂", "", "13900000002"),
        row(4, "错号", "990000195001010018", "13900000003"),
        row(5, "坏电话", "", "123"),
        row(6, "", "", "13900000004"),
        row(7, "另一人", "990000195001010019", "13900000005"),
    };
    std::vector<std::string> codes;
    for (const auto& result : import(team, rows)) {
        codes.push_back(std::to_string(result.row) + " " +
                        result.code.value_or(std::string(label_of(result.outcome))));
    }
    EXPECT_EQ(codes, (std::vector<std::string>{"2 invited", "3 invited",
                                               "4 id_number_check_digit_wrong", "5 phone_malformed",
                                               "6 invalid_input", "7 roster_name_differs"}));
    EXPECT_EQ(facts(PersonRegistered::kind).size(), 2u) << "nothing of a row that was handed back";
    EXPECT_EQ(state<OrganizationFigure>(team).members, 0) << "nobody is enrolled in silence";
    // Sent again after it was cancelled or the connection broke: what is in stays as it is.
    for (const auto& result : import(team, {rows[0], rows[1]})) {
        EXPECT_EQ(result.outcome, RosterOutcome::known);
    }
    EXPECT_EQ(facts(PersonRegistered::kind).size(), 2u);
    EXPECT_EQ(facts(MemberInvited::kind).size(), 2u);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Teams, ImportRosterTakesTheBirthDateAndNeedsItWhereNoDocumentTellsIt) {
    OrganizationId team = found();
    auto born = [](RosterRow made, const char* day) {
        made.birth_date.emplace(day);
        return made;
    };
    auto codes = [&](const std::vector<RosterRow>& rows) {
        std::string all;
        for (const auto& result : import(team, rows)) {
            all += result.code.value_or(std::string(label_of(result.outcome))) + " ";
        }
        return all;
    };
    EXPECT_EQ(codes({born(row(2, "阿·㐂", "", "13900000002"), "1980-02-29"),
                     row(3, "欧阳𬱖", "", "13900000001")}),
              "invited invited ");
    auto registered = facts(PersonRegistered::kind);
    EXPECT_EQ(registered.at(0).as<PersonRegistered>().age_years,
              people::age_on_day(*parse_day("1980-02-29"), day_of(clock.now())));
    EXPECT_FALSE(registered.at(1).as<PersonRegistered>().age_years);
    auto abroad = rules::read_pack_folder("packs/international");
    ASSERT_TRUE(abroad.has_value());
    act([&](journal::Turn& turn) {
        return journal::publish_pack(turn, command, *abroad, clock.now());
    }).value();
    EXPECT_EQ(codes({row(2, "Ann Reed", "X1234567", "07700900101"),
                     born(row(3, "Bo Lind", "", "07700900102"), "1980-02-30"),
                     born(row(4, "Cy Hall", "X1234569", "07700900103"), "1980-02-29")}),
              "birth_date_missing invalid_input invited ");
    EXPECT_EQ(facts(PersonRegistered::kind).size(), 3u);
}

TEST_P(Teams, TryRosterSaysWhatTheImportWouldAndWritesNothing) {
    OrganizationId team = found();
    const std::vector<RosterRow> rows{
        row(2, "欧阳𬱖", "990000195001010019", "13900000001"),
        row(3, "错号", "990000195001010018", "13900000003"),
        row(4, "欧阳𬱖", "990000195001010019", "13900000001"),
        row(5, "阿·㐂", "", "13900000002"),
        row(6, "另一人", "990000195001010019", "13900000005"),
        row(7, "阿·㐂", "", "13900000002"),
    };
    auto tried = [&](const api::Caller& who, const std::vector<RosterRow>& some) {
        auto db = ledger->read();
        api::Reading reading{*db, who, ledger->tables(), ledger->packs(), clock.now(), {}};
        return try_roster(reading, desk, team, {some});
    };
    auto before = ledger->head().position;
    auto said = tried(worker, rows).value().results;
    EXPECT_EQ(ledger->head().position, before);
    auto done = import(team, rows);
    ASSERT_EQ(said.size(), done.size());
    for (std::size_t i = 0; i < said.size(); ++i) {
        EXPECT_EQ(said[i].outcome, done[i].outcome) << said[i].row;
        EXPECT_EQ(said[i].code, done[i].code) << said[i].row;
    }
    auto outside = holder("community_worker", add_area({}, "district", "外区"));
    EXPECT_EQ(hezhi::testing::code_of(tried(outside, rows)), "not_found");
    EXPECT_EQ(hezhi::testing::code_of(tried(worker, {})), "invalid_input");
}

// Whoever wrote the list twice writes a name or a number in another way.
TEST_P(Teams, TryRosterAndImportRosterFindTheSamePersonInAnotherSpelling) {
    auto abroad = rules::read_pack_folder("packs/international");
    ASSERT_TRUE(abroad.has_value());
    act([&](journal::Turn& turn) {
        return journal::publish_pack(turn, command, *abroad, clock.now());
    }).value();
    OrganizationId team = found();
    auto born = [](RosterRow made, const char* day) {
        made.birth_date.emplace(day);
        return made;
    };
    const std::vector<RosterRow> rows{
        born(row(2, "Li Ming", "", "07700900101"), "1980-02-29"),
        born(row(3, "li  ming", "", "07700 900 101"), "1980-02-29"),
        born(row(4, "LiMing", "", "07700900102"), "1980-02-29"),
        born(row(5, "Li Ming", "", "07700900103"), "1980-03-01"),
        born(row(6, "Ann Reed", "X1234567", "07700900104"), "1975-06-15"),
        born(row(7, "ann reed", "x1234567", ""), "1975-06-15"),
        born(row(8, "ANN REED", "", "07700900104"), "1975-06-15"),
    };
    auto codes = [](const std::vector<RosterResult>& results) {
        std::string all;
        for (const auto& result : results) {
            all += result.code.value_or(std::string(label_of(result.outcome))) + " ";
        }
        return all;
    };
    const std::string expected =
        "invited known birth_date_already_registered invited invited known known ";
    {
        auto db = ledger->read();
        api::Reading reading{*db, worker, ledger->tables(), ledger->packs(), clock.now(), {}};
        EXPECT_EQ(codes(try_roster(reading, desk, team, {rows}).value().results), expected);
    }
    EXPECT_EQ(codes(import(team, rows)), expected);
    EXPECT_EQ(facts(PersonRegistered::kind).size(), 3u);
    EXPECT_EQ(facts(MemberInvited::kind).size(), 3u);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Teams, AnInvitationsLinkIsNotToBeGuessed) {
    std::string token = invitation_token(suite, 17);
    EXPECT_EQ(invitation_of_token(suite, token), 17);
    std::string other = token;
    other.replace(0, 2, "18");
    EXPECT_EQ(invitation_of_token(suite, other), 0);
    for (const char* bad : {"", "17", "17-", "x-1", "-5-abc"}) {
        EXPECT_EQ(invitation_of_token(suite, bad), 0) << bad;
    }
}

}  // namespace
}  // namespace hezhi::organizations
