// Volunteers join by themselves, leave and come back; somebody finds that a number is registered
// already; now and then somebody asks that their entry be erased.
#include "app/demo/part.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// Of a thousand volunteers, in a year.
constexpr std::int64_t joins_a_year = 120;
constexpr std::int64_t leaves_a_year = 60;
constexpr std::int64_t erasures_a_year = 8;
constexpr std::int64_t disputes_a_year = 8;
constexpr int undocumented_percent = 15;  // of whoever joins, where the pack lets them
constexpr int returns_percent = 35;       // of those who left

class ComingAndGoing final : public Part {
  public:
    explicit ComingAndGoing(Life& life) : Part(life), chance_(life.chance("coming and going")) {}

    void morning(Day day) override {
        auto people = static_cast<std::int64_t>(life_.settings().people);
        auto a_day = [&](std::int64_t of_thousand) {
            return chance_.about(people * of_thousand * 100 / 1000 / 365 + chance_.below(2));
        };
        repeat(day, a_day(joins_a_year), &ComingAndGoing::join);
        repeat(day, a_day(leaves_a_year), &ComingAndGoing::leave);
        repeat(day, a_day(erasures_a_year), &ComingAndGoing::ask_erasure);
        repeat(day, a_day(disputes_a_year), &ComingAndGoing::dispute);
    }

    void hear(const Fact& fact) override {
        if (fact.kind != "registration.disputed") return;
        const DemoStreet* street = life_.street_at(fact.place.path);
        if (!street) return;
        DisputeId dispute(fact.position);
        life_.plan(life_.at_desk(life_.now() + hours(chance_.between(2, 70))),
                   [this, street, dispute] { settle_dispute(*street, dispute); });
    }

  private:
    struct Joined {
        std::string name, id_number, phone;
    };

    void repeat(Day day, std::int64_t times, void (ComingAndGoing::*deed)()) {
        for (std::int64_t i = 0; i < times; ++i) {
            life_.plan(start_of(day) + hours(9) + minutes(chance_.below(10 * 60)),
                       [this, deed] { (this->*deed)(); });
        }
    }

    DemoStreet& any_street() {
        auto& streets = life_.people().streets;
        return streets[static_cast<std::size_t>(chance_.below(std::ssize(streets)))];
    }

    void join() {
        DemoStreet& street = any_street();
        people::RegisterVolunteer input;
        input.name.value = made_up_name(chance_);
        const rules::IdScheme* none = life_.pack().id_scheme("none");
        bool undocumented = none && none->joining && chance_.in_hundred(undocumented_percent);
        if (undocumented) input.id_scheme.emplace(none->key);
        if (!undocumented) input.id_number.value = made_up_id_number(chance_);
        input.birth_date = made_up_birth_date(chance_);
        input.phone.value = made_up_phone_of(input.name.value, chance_);
        input.area_id = chance_.one_of(street.communities);
        input.agreed = true;
        std::int64_t person = 0;
        if (!life_.act(
                [&](journal::Turn& turn) {
                    return people::register_volunteer(turn, life_.people_register(), input);
                },
                &person)) {
            return;
        }
        street.volunteers.push_back(PersonId(person));
        if (undocumented) return;
        joined_.push_back({input.name.value, input.id_number.value, input.phone.value});
    }

    void leave() {
        PersonId person = chance_.one_of(any_street().volunteers);
        if (signs_in(person)) return;
        auto caller = Life::volunteer(person);
        bool left =
            life_.act([&](journal::Turn& turn) { return people::leave_service(turn, *caller); });
        if (!left) return;
        left_.push_back(person);
        if (!chance_.in_hundred(returns_percent)) return;
        life_.plan(life_.now() + hours(24 * chance_.between(20, 120)), [this, person] {
            auto volunteer = Life::volunteer(person);
            life_.act([&](journal::Turn& turn) {
                return people::rejoin_service(turn, *volunteer, true);
            });
        });
    }

    // The listed accounts stay: somebody wants to sign in with them.
    bool signs_in(PersonId person) const {
        const auto& first = life_.people().streets.front().volunteers;
        return std::find(first.begin(),
                         first.begin() + std::min<std::ptrdiff_t>(2, std::ssize(first)),
                         person) != first.begin() + std::min<std::ptrdiff_t>(2, std::ssize(first));
    }

    // Of somebody who left before.
    void ask_erasure() {
        if (left_.empty()) return;
        auto index = chance_.below(std::ssize(left_));
        PersonId person = left_[static_cast<std::size_t>(index)];
        left_.erase(left_.begin() + index);
        const DemoStreet* street =
            life_.street_at(life_.see<people::PersonFigure>(person).area_path);
        if (!street) return;
        auto caller = life_.staff(street->street_staff);
        life_.act([&](journal::Turn& turn) {
            return accounts::erase_person(turn, *caller, life_.accounts(), person,
                                          life_.words("本人书面申请清除"));
        });
    }

    // The number of somebody who joined stands with another name on this person's card.
    void dispute() {
        if (joined_.empty()) return;
        people::ClaimRegistration input;
        input.name.value = made_up_name(chance_);
        input.id_number.value = chance_.one_of(joined_).id_number;
        input.phone.value = made_up_phone_of(input.name.value, chance_);
        life_.act([&](journal::Turn& turn) {
            return people::dispute_registration(turn, life_.people_register(), input);
        });
    }

    void settle_dispute(const DemoStreet& street, DisputeId dispute) {
        static constexpr DisputeOutcome outcomes[] = {
            DisputeOutcome::same_person, DisputeOutcome::number_released, DisputeOutcome::rejected};
        static constexpr std::int64_t shares[] = {20, 20, 60};
        DisputeOutcome outcome = outcomes[chance_.weighed(shares)];
        auto caller = life_.staff(street.street_staff);
        life_.act([&](journal::Turn& turn) {
            return people::settle_dispute(turn, *caller, life_.people_register(), dispute, outcome);
        });
    }

    Chance chance_;
    std::vector<Joined> joined_;
    std::vector<PersonId> left_;
};

}  // namespace

std::unique_ptr<Part> coming_and_going(Life& life) {
    return std::make_unique<ComingAndGoing>(life);
}

}  // namespace hezhi::app
