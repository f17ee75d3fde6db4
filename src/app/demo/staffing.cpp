// Who serves beside ordinary volunteers: social workers who take professional orders, volunteers
// with a licence, the protection officer; and that record checks do not run out.
#include "app/demo/part.h"
#include "domain/accounts/account_figure.h"
#include "domain/certification/certification.h"
#include "domain/standing/standing.h"
#include "facts/standing_facts.h"

namespace hezhi::app {
namespace {

constexpr int colleagues_per_street = 2;
constexpr int check_renewed_days = 300;
constexpr int licence_days = 1095;

struct Licensed {
    std::string_view credential;
    int per_district;
};
constexpr Licensed licences[] = {
    {"care_worker", 6}, {"lawyer", 3}, {"medical", 6}, {"first_aid_instructor", 3}};

// A volunteer with a licence.
struct Helper {
    DemoStreet* street;
    PersonId person;
    std::string_view licence;
};

class Staffing final : public Part {
  public:
    explicit Staffing(Life& life)
        : Part(life), chance_(life.chance("staffing")), papers_(life.chance("papers of helpers")) {}

    void begin() override {
        auto& streets = life_.people().streets;
        for (std::size_t i = 0; i < streets.size(); ++i) {
            for (int n = 0; n < colleagues_per_street; ++n) open_colleague(streets[i], i, n);
            for (int n = 0; n < 2; ++n) register_leader(streets[i]);
        }
        for (const Licensed& licence : licences) {
            for (int n = 0; n < licence.per_district; ++n) {
                DemoStreet& street = streets[static_cast<std::size_t>(n) % streets.size()];
                PersonId person = register_helper(street, rules::LevelKey::V1);
                licensed_.push_back({&street, person, licence.credential});
                verify(licensed_.back());
                grant_professional(licensed_.back());
            }
        }
        check_records(streets);
    }

    void morning(Day day) override {
        if (since_check_++ < check_renewed_days || !life_.working_day(day)) return;
        life_.plan(start_of(day) + std::chrono::hours(10),
                   [this] { check_records(life_.people().streets); });
    }

  private:
    void open_colleague(DemoStreet& street, std::size_t number, int n) {
        std::string username = "shegong" + std::to_string(number + 1) + "-" + std::to_string(n + 2);
        std::string name = made_up_name(chance_);
        std::int64_t account = 0;
        bool opened = life_.act(
            [&](journal::Turn& turn) {
                return accounts::open_staff(turn, life_.accounts(), name,
                                            {username, life_.people().password_hash},
                                            "social_worker", street.subdistrict);
            },
            &account);
        if (!opened) return;
        PersonId person = life_.see<accounts::AccountFigure>(account).person;
        note(person, CredentialRegistered{"social_worker"});
        life_.people().colleagues[person] = AccountId(account);
        street.colleagues.push_back(person);
    }

    std::string usual_document() const { return life_.pack().id_schemes.front().key; }

    PersonId register_helper(DemoStreet& street, rules::LevelKey level) {
        people::RegisterPerson input;
        input.name.value = made_up_name(chance_);
        input.phone = Text<0, 40>(made_up_phone_of(input.name.value, chance_));
        input.id_scheme = Text<0, 40>(usual_document());
        input.id_number = Text<0, 60>(made_up_id_number(chance_));
        input.birth_date = made_up_birth_date(chance_);
        input.area_id = chance_.one_of(street.communities);
        input.volunteer = true;
        input.agreed = true;
        auto caller = life_.staff(street.street_staff);
        std::int64_t person = 0;
        life_.act(
            [&](journal::Turn& turn) {
                return people::register_person(turn, *caller, life_.people_register(), input);
            },
            &person);
        certification::RecogniseCertification papers{level, demo_fields(papers_)};
        life_.act([&](journal::Turn& turn) {
            return certification::recognise_certification(turn, *caller, PersonId(person), papers);
        });
        street.volunteers.push_back(PersonId(person));
        return PersonId(person);
    }

    void register_leader(DemoStreet& street) { register_helper(street, rules::LevelKey::V3); }

    void verify(const Helper& helper) {
        auto caller = life_.staff(helper.street->street_staff);
        certification::VerifyLicence input;
        input.licence.value = std::string(helper.licence);
        input.valid_until = life_.now() + std::chrono::days(licence_days);
        life_.act([&](journal::Turn& turn) {
            return certification::verify_licence(turn, *caller, helper.person, input);
        });
    }

    void grant_professional(const Helper& helper) {
        auto caller = life_.staff(helper.street->street_staff);
        certification::GrantCertification input{rules::LevelKey::V4,
                                                Text<1, 40>(std::string(helper.licence))};
        life_.act([&](journal::Turn& turn) {
            return certification::grant_certification(turn, *caller, helper.person, input);
        });
    }

    // What an office has seen on paper and no action of the product notes yet.
    void note(PersonId person, const CredentialRegistered& credential) {
        if (!person) return;
        life_.act([&](journal::Turn& turn) {
            const auto* state = turn.load<people::PersonFigure>(person);
            return Result<std::int64_t>(turn.append(draft(credential, Actor{.via = Via::command},
                                                          Place{state->area, state->area_path},
                                                          {{"person", person.value}}, turn.now())));
        });
    }

    // Two of three volunteers, and every colleague.
    void check_records(const std::vector<DemoStreet>& streets) {
        since_check_ = 0;
        if (!first_check_) {
            for (const Helper& helper : licensed_) verify(helper);
        }
        first_check_ = false;
        for (const DemoStreet& street : streets) {
            auto caller = life_.staff(street.street_staff);
            auto check = [&](PersonId person) {
                life_.act([&](journal::Turn& turn) {
                    return standing::note_record_check(turn, *caller, person, {life_.now()});
                });
            };
            for (PersonId person : street.colleagues) check(person);
            for (PersonId person : street.volunteers) {
                if (person.value % 3 != 0) check(person);
            }
        }
    }

    Chance chance_;
    Chance papers_;
    int since_check_ = 0;
    bool first_check_ = true;
    std::vector<Helper> licensed_;
};

}  // namespace

std::unique_ptr<Part> staffing(Life& life) {
    return std::make_unique<Staffing>(life);
}

}  // namespace hezhi::app
