#include "app/demo/settle.h"

#include <algorithm>
#include <ranges>

#include "app/demo/words.h"
#include "crypto/password.h"
#include "domain/certification/certification.h"
#include "domain/insurance/insurance.h"
#include "facts/standing_facts.h"

namespace hezhi::app {
namespace {

template <class T>
T must(Result<T> result) {
    if (result) return std::move(*result);
    std::string what(result.error().row->en);
    for (const auto& field : result.error().fields) what += " " + field.field;
    throw CannotOpen(what);
}

struct StaffRow {
    std::string_view role;
    std::string_view username;
    std::string_view kind;  // of the area at which the role is held; empty: everywhere
    std::string_view page;
    AccountId DemoStreet::*post = nullptr;  // held once in every subdistrict
};

constexpr StaffRow staff_rows[] = {
    {"grid_worker", "wangge", "community", "phone", &DemoStreet::grid_worker},
    {"community_worker", "shequ", "community", "console", &DemoStreet::community_worker},
    {"social_worker", "shegong", "subdistrict", "console", &DemoStreet::social_worker},
    {"street_staff", "jiezhen", "subdistrict", "console", &DemoStreet::street_staff},
    {"district_officer", "quji", "district", "console"},
    {"system_administrator", "xitong", "", "console"},
    {"security_administrator", "anquan", "", "console"},
    {"auditor", "shenji", "", "console"},
};

const areas::AreaState& district_of(const areas::Areas& areas, const std::string& code) {
    const areas::AreaState* district = areas.find_code(code);
    if (!district || areas.children(district->id).empty()) {
        throw CannotOpen("没有代码为 " + code + " 的区。 There is no district with the code " +
                         code + ".");
    }
    return *district;
}

// The subdistricts whose number of communities is nearest to a dozen: neither huge nor tiny.
std::vector<DemoStreet> choose_streets(const areas::Areas& areas, const areas::AreaState& district,
                                       int people) {
    auto distance = [&](AreaId id) {
        return std::abs(static_cast<int>(areas.children(id).size()) - 12);
    };
    std::vector<AreaId> all = areas.children(district.id);
    std::ranges::stable_sort(all, {}, distance);
    auto wanted = static_cast<std::size_t>(std::max(1, people / volunteers_per_street));
    std::vector<DemoStreet> streets;
    for (AreaId id : all | std::views::take(wanted)) {
        auto communities = areas.children(id);
        if (!communities.empty()) {
            streets.push_back({.subdistrict = id, .communities = std::move(communities)});
        }
    }
    return streets;
}

// Who settles, and what is needed for it.
class Settling {
  public:
    Settling(Installation& installation, const accounts::AccountDesk& desk,
             const DemoSettings& settings)
        : ledger_(installation.ledger()),
          installation_(installation),
          desk_(desk),
          settings_(settings),
          chance_(settings.seed, "settling"),
          papers_(settings.seed, "papers"),
          areas_(installation.tree().now()),
          district_(district_of(*areas_, settings.area_code)),
          password_hash_(crypto::hash_password(demo_password, crypto::PasswordCost{})),
          pin_hash_(crypto::hash_password(demo_pin, crypto::PasswordCost{})) {
        chance_.abroad = is_abroad(pack());
        chance_.first_year = std::stoi(to_string(day_of(ledger_.clock().now())).substr(0, 4));
        made_.given_out = chance_.given_out;
        made_.first_year = chance_.first_year;
        made_.password_hash = password_hash_;
        made_.pin_hash = pin_hash_;
        made_.streets = choose_streets(*areas_, district_, settings.people);
    }

    DemoPeople everybody() {
        for (std::size_t i = 0; i < made_.streets.size(); ++i) {
            for (const StaffRow& row : staff_rows) {
                if (i == 0 || row.post) open_staff(row, made_.streets[i], i);
            }
        }
        for (int i = 0; i < settings_.people; ++i) register_volunteer(i);
        register_resident();
        for (auto& street : made_.streets) found_team(street);
        return std::move(made_);
    }

  private:
    const areas::AreaState* area_for(const DemoStreet& street, std::string_view kind) const {
        if (kind == "district") return &district_;
        if (kind == "subdistrict") return areas_->find(street.subdistrict);
        if (kind == "community") return areas_->find(street.communities.front());
        return nullptr;
    }

    void open_staff(const StaffRow& row, DemoStreet& street, std::size_t number) {
        std::string name = made_up_name(chance_);
        const areas::AreaState* area = area_for(street, row.kind);
        std::string username(row.username);
        if (number > 0) username += std::to_string(number + 1);
        AccountId account(must(ledger_.act<std::int64_t>([&](journal::Turn& turn) {
            return accounts::open_staff(turn, desk_, name, {username, password_hash_}, row.role,
                                        area ? area->id : AreaId());
        })));
        if (row.post) street.*row.post = account;
        if (row.role == "social_worker") note_credentials(account, *area);
        if (row.role == "district_officer") made_.district_officer = account;
        if (number > 0) return;
        made_.accounts.items.push_back({std::string(row.role),
                                        std::string(accounts::find_role(row.role)->zh),
                                        name,
                                        area ? area->name : words("全部区域", chance_.abroad),
                                        std::string(row.page),
                                        username,
                                        std::string(demo_password),
                                        {},
                                        {}});
    }

    void note_credentials(AccountId account, const areas::AreaState& area) {
        Instant checks_valid = ledger_.clock().now() + std::chrono::days(365);
        must(ledger_.act<std::int64_t>([&](journal::Turn& turn) {
            PersonId person = turn.load<accounts::AccountFigure>(account)->person;
            Place place{area.id, area.path};
            Subjects about{{"person", person.value}};
            Actor command{.via = Via::command};
            turn.append(
                draft(CredentialRegistered{"social_worker"}, command, place, about, turn.now()));
            return Result<std::int64_t>(
                turn.append(draft(RecordChecked{checks_valid}, command, place, about, turn.now())));
        }));
    }

    const rules::Pack& pack() const { return *packs_->in_force(ledger_.clock().now())->pack; }
    std::string usual_document() const { return pack().id_schemes.front().key; }

    void register_volunteer(int number) {
        bool signs_in = number < 2;
        DemoStreet& street =
            made_.streets[signs_in
                              ? 0
                              : static_cast<std::size_t>(chance_.below(std::ssize(made_.streets)))];
        people::RegisterPerson input;
        input.name.value = made_up_name(chance_);
        input.phone = Text<0, 40>(made_up_phone_of(input.name.value, chance_));
        input.id_scheme = Text<0, 40>(usual_document());
        input.id_number = Text<0, 60>(made_up_id_number(chance_));
        input.birth_date = made_up_birth_date(chance_);
        input.area_id = signs_in ? street.communities.front() : chance_.one_of(street.communities);
        input.volunteer = true;
        input.agreed = true;
        // Most have taken the basic course.
        rules::LevelKey level = signs_in                 ? rules::LevelKey::V1
                                : chance_.in_hundred(20) ? rules::LevelKey::V0
                                : chance_.in_hundred(60) ? rules::LevelKey::V1
                                                         : rules::LevelKey::V2;
        const areas::AreaState* area = areas_->find(input.area_id);
        PersonId person(must(ledger_.act<std::int64_t>([&](journal::Turn& turn) {
            return people::register_person(turn, Actor{.via = Via::command},
                                           Place{area->id, area->path}, installation_.people(),
                                           input);
        })));
        recognise(street, person, level);
        street.volunteers.push_back(person);
        if (signs_in) hand_out_slip(person, input.name.value, area->name);
    }

    // What they brought from before, from its papers: for work with the old, the young and one
    // more.
    void recognise(DemoStreet& street, PersonId person, rules::LevelKey level) {
        if (level == rules::LevelKey::V0) return;
        api::CallerPtr staff;
        {
            auto db = ledger_.read();
            staff = accounts::load_caller(*db, ledger_.tables(), street.street_staff);
        }
        certification::RecogniseCertification input{level, demo_fields(papers_)};
        must(ledger_.act<std::int64_t>([&](journal::Turn& turn) {
            return certification::recognise_certification(turn, *staff, person, input);
        }));
    }

    // The volunteers of a subdistrict are one team, each by their own yes, insured for a year.
    void found_team(DemoStreet& street) {
        if (street.volunteers.empty()) return;
        organizations::OrganizationDesk teams{installation_.people(), installation_.tree(),
                                              installation_.suite(), ""};
        insurance::InsuranceDesk policies{installation_.people(), installation_.tree()};
        api::CallerPtr staff;
        {
            auto db = ledger_.read();
            staff = accounts::load_caller(*db, ledger_.tables(), street.street_staff);
        }
        auto act = [&](auto action) { return must(ledger_.act<std::int64_t>(action)); };
        // No subscriber's number begins with a nought.
        areas::NoteDeskPhone desk_phone;
        desk_phone.phone = Text<0, 30>(
            chance_.abroad ? "02079460" + std::to_string(100 + street.subdistrict.value % 900)
                           : "0532-000" + std::to_string(10000 + street.subdistrict.value % 90000));
        act([&](journal::Turn& turn) {
            return areas::note_desk_phone(turn, *staff, street.subdistrict, desk_phone);
        });
        organizations::FoundOrganization team;
        team.name.value =
            areas_->find(street.subdistrict)->name + words("志愿服务队", chance_.abroad);
        team.area_id = street.subdistrict;
        OrganizationId id(act([&](journal::Turn& turn) {
            return organizations::found_organization(turn, *staff, teams, team);
        }));
        for (PersonId person : street.volunteers) {
            std::int64_t invitation = act([&](journal::Turn& turn) {
                return organizations::invite_member(turn, *staff, id, person);
            });
            act([&](journal::Turn& turn) {
                return organizations::accept_invitation(turn, invitation, true);
            });
        }
        act([&](journal::Turn& turn) {
            return organizations::name_lead(turn, *staff, id, street.volunteers.front(),
                                            LeadRole::volunteer_lead);
        });
        insurance::AddInsurance policy;
        policy.insurer.value = words("演示保险公司", chance_.abroad);
        policy.policy.value = "YS-" + std::to_string(id.value);
        policy.organization_id = id;
        policy.from = ledger_.clock().now();
        policy.until = policy.from + std::chrono::days(364);
        act([&](journal::Turn& turn) {
            return insurance::add_insurance(turn, *staff, policies, policy);
        });
        policy.policy.value = "YH-" + std::to_string(id.value);
        policy.covers = InsuranceCovers::activities;
        policy.organization_id.reset();
        policy.area_id = street.subdistrict;
        street.activity_insurance = InsuranceId(act([&](journal::Turn& turn) {
            return insurance::add_insurance(turn, *staff, policies, policy);
        }));
    }

    // A resident of the first community, who asks and confirms on her own phone.
    void register_resident() {
        people::RegisterPerson input;
        input.name.value = words("王秀英", chance_.abroad);
        input.phone = Text<0, 40>(chance_.abroad ? "07700900000" : "19000000001");
        input.area_id = made_.streets.front().communities.front();
        const areas::AreaState* area = areas_->find(input.area_id);
        std::int64_t slip = must(ledger_.act<std::int64_t>([&](journal::Turn& turn) {
            auto person =
                people::register_person(turn, Actor{.via = Via::command},
                                        Place{area->id, area->path}, installation_.people(), input);
            return person
                       ? accounts::issue_slip_by_command(turn, desk_, PersonId(*person), pin_hash_)
                       : std::move(person);
        }));
        made_.accounts.items.push_back({"resident",
                                        "居民",
                                        input.name.value,
                                        area->name,
                                        "phone",
                                        {},
                                        {},
                                        accounts::sign_in_code(installation_.suite(), slip),
                                        std::string(demo_pin)});
    }

    void hand_out_slip(PersonId person, const std::string& name, const std::string& area) {
        std::int64_t slip = must(ledger_.act<std::int64_t>([&](journal::Turn& turn) {
            return accounts::issue_slip_by_command(turn, desk_, person, pin_hash_);
        }));
        made_.accounts.items.push_back({"volunteer",
                                        "志愿者",
                                        name,
                                        area,
                                        "phone",
                                        {},
                                        {},
                                        accounts::sign_in_code(installation_.suite(), slip),
                                        std::string(demo_pin)});
    }

    journal::Ledger& ledger_;
    Installation& installation_;
    const accounts::AccountDesk& desk_;
    const DemoSettings& settings_;
    journal::SharedPacks packs_ = ledger_.packs();
    Chance chance_;
    Chance papers_;
    std::shared_ptr<const areas::Areas> areas_;
    const areas::AreaState& district_;
    std::string password_hash_;
    std::string pin_hash_;
    DemoPeople made_;
};

}  // namespace

std::vector<Text<1, 40>> demo_fields(Chance& chance) {
    static const std::vector<std::string_view> others{
        "dementia", "hospice", "disability", "mediation", "facilitation", "safety", "community"};
    std::vector<Text<1, 40>> fields{Text<1, 40>("elders"), Text<1, 40>("youth")};
    std::string_view third = chance.one_of(others), fourth = chance.one_of(others);
    fields.emplace_back(std::string(third));
    if (fourth != third) fields.emplace_back(std::string(fourth));
    return fields;
}

DemoPeople settle(Installation& installation, const accounts::AccountDesk& desk,
                  const DemoSettings& settings) {
    return Settling(installation, desk, settings).everybody();
}

}  // namespace hezhi::app
