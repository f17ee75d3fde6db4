// Teams: founded, people asked and answering for themselves, leads named, a list read in, members
// who leave.
#include "app/demo/part.h"
#include "domain/organizations/organizations.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;

constexpr int asked_percent = 22;  // of a subdistrict's volunteers, for one team
constexpr int joins_percent = 82;
constexpr int declines_percent = 8;
constexpr int leaves_team_percent = 6;  // within the year

struct TeamRow {
    std::string_view name;
    OrganizationKind kind;
};
constexpr TeamRow team_rows[] = {{"邻里守望志愿服务队", OrganizationKind::team},
                                 {"银龄互助志愿服务队", OrganizationKind::team},
                                 {"社工＋志愿者融合队", OrganizationKind::joint_team}};

class TeamLife final : public Part {
  public:
    explicit TeamLife(Life& life) : Part(life), chance_(life.chance("teams")) {}

    void begin() override {
        for (const DemoStreet& street : life_.people().streets) {
            for (const TeamRow& row : team_rows) {
                life_.plan(life_.at_desk(life_.now() + hours(24 * chance_.between(0, 20))),
                           [this, &street, &row] { found(street, row); });
            }
        }
    }

    void hear(const Fact& fact) override {
        if (fact.is<MemberInvited>()) {
            std::int64_t invitation = fact.position;
            auto thrown = chance_.below(100);
            if (thrown >= joins_percent + declines_percent) return;  // does not answer
            bool joins = thrown < joins_percent;
            life_.plan(life_.now() + hours(chance_.between(1, 120)), [this, invitation, joins] {
                life_.act([&](journal::Turn& turn) {
                    return joins ? organizations::accept_invitation(turn, invitation, true)
                                 : organizations::decline_invitation(turn, invitation);
                });
            });
        } else if (fact.is<MemberJoined>()) {
            OrganizationId team(fact.subject("organization"));
            PersonId person(fact.subject("person"));
            members_[team].push_back(person);
            if (!chance_.in_hundred(leaves_team_percent)) return;
            life_.plan(life_.now() + hours(24 * chance_.between(20, 300)), [this, team, person] {
                auto caller = Life::volunteer(person);
                life_.act([&](journal::Turn& turn) {
                    return organizations::leave_organization(turn, *caller, team);
                });
            });
        }
    }

  private:
    organizations::OrganizationDesk desk() {
        return {life_.people_register(), life_.installation().tree(), life_.installation().suite(),
                ""};
    }

    void found(const DemoStreet& street, const TeamRow& row) {
        organizations::FoundOrganization input;
        input.name.value = life_.words(row.name);
        input.organization_kind = row.kind;
        input.area_id = street.communities.front();
        auto caller = life_.staff(street.social_worker);
        std::int64_t id = 0;
        if (!life_.act(
                [&](journal::Turn& turn) {
                    return organizations::found_organization(turn, *caller, desk(), input);
                },
                &id)) {
            return;
        }
        OrganizationId team(id);
        for (PersonId person : street.volunteers) {
            if (!chance_.in_hundred(asked_percent)) continue;
            life_.act([&](journal::Turn& turn) {
                return organizations::invite_member(turn, *caller, team, person);
            });
        }
        if (&row == &team_rows[0]) read_list(street, team);
        bool joint = row.kind == OrganizationKind::joint_team;
        life_.plan(life_.at_desk(life_.now() + hours(24 * 8)),
                   [this, &street, team, joint] { name_leads(street, team, joint); });
    }

    // A list as a community hands it in: five people who are new, and one row without a name.
    void read_list(const DemoStreet& street, OrganizationId team) {
        organizations::ImportRoster input;
        for (std::int64_t i = 0; i < 6; ++i) {
            organizations::RosterRow row;
            row.row = i + 2;
            if (i != 3) row.name.value = made_up_name(chance_);
            row.id_number = Text<0, 60>(made_up_id_number(chance_));
            row.phone = Text<0, 40>(made_up_phone_of(row.name.value, chance_));
            if (auto born = made_up_birth_date(chance_)) row.birth_date.emplace(born->value);
            input.rows.push_back(std::move(row));
        }
        auto caller = life_.staff(street.social_worker);
        life_.act([&](journal::Turn& turn) {
            return organizations::import_roster(turn, *caller, desk(), team, input);
        });
    }

    void name_leads(const DemoStreet& street, OrganizationId team, bool joint) {
        auto caller = life_.staff(street.social_worker);
        auto name = [&](PersonId person, LeadRole role) {
            life_.act([&](journal::Turn& turn) {
                return organizations::name_lead(turn, *caller, team, person, role);
            });
        };
        if (!members_[team].empty()) name(members_[team].front(), LeadRole::volunteer_lead);
        if (joint && !street.colleagues.empty()) {
            name(street.colleagues.front(), LeadRole::social_work_lead);
        }
    }

    Chance chance_;
    std::map<OrganizationId, std::vector<PersonId>> members_;
};

}  // namespace

std::unique_ptr<Part> team_life(Life& life) {
    return std::make_unique<TeamLife>(life);
}

}  // namespace hezhi::app
