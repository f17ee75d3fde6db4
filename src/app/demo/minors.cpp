// The young: they register, a guardian answers through the link, they come to what lets them come
// beside adults, and are seen home. A guardian now and then takes the word back.
#include <map>
#include <set>

#include "app/demo/part.h"
#include "domain/activities/activities.h"
#include "domain/guardians/guardians.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::int64_t young_join_a_year = 60;  // of a thousand volunteers
constexpr int young_early = 4;                  // in each subdistrict, in the first weeks
constexpr std::int64_t answers[] = {84, 8, 8};  // given, refused, never
constexpr int photos_percent = 60;
constexpr int withdraws_percent = 6;
constexpr int comes_percent = 30;  // to an activity that is for them
constexpr int stays_away_percent = 8;

class Minors final : public Part {
  public:
    explicit Minors(Life& life) : Part(life), chance_(life.chance("minors")) {}

    void begin() override {
        for (const DemoStreet& street : life_.people().streets) {
            for (int i = 0; i < young_early; ++i) {
                plan_join(street, life_.now() + hours(24 * chance_.between(1, 20)));
            }
        }
    }

    void morning(Day day) override {
        auto people = static_cast<std::int64_t>(life_.settings().people);
        auto today = chance_.about(people * young_join_a_year * 100 / 1000 / 365);
        for (std::int64_t i = 0; i < today; ++i) {
            const auto& streets = life_.people().streets;
            auto where = static_cast<std::size_t>(chance_.below(std::ssize(streets)));
            plan_join(streets[where], start_of(day) + hours(16));
        }
    }

    void hear(const Fact& fact) override {
        if (fact.is<GuardianAsked>()) {
            std::int64_t link = fact.position;
            life_.plan(life_.now() + hours(chance_.between(2, 70)), [this, link] { answer(link); });
        } else if (fact.is<ConsentGiven>()) {
            PersonId child(fact.subject("person"));
            children_[fact.place.path].insert(child);
        } else if (fact.is<ConsentWithdrawn>()) {
            children_[fact.place.path].erase(PersonId(fact.subject("person")));
        } else if (fact.is<ShiftAdded>()) {
            ShiftId shift(fact.subject("shift"));
            ActivityId activity(fact.subject("activity"));
            Instant starts = fact.as<ShiftAdded>().starts_at, ends = fact.as<ShiftAdded>().ends_at;
            const DemoStreet* street = life_.street_at(fact.place.path);
            if (!street) return;
            life_.plan(life_.now() + hours(20), [this, activity, shift, path = fact.place.path] {
                sign_up(activity, shift, path);
            });
            life_.plan(starts + minutes(15), [this, street, shift] { arrive(*street, shift); });
            life_.plan(ends + minutes(20), [this, street, shift] { go_home(*street, shift); });
        }
    }

  private:
    guardians::GuardianDesk guardian_desk() {
        return {life_.people_register(), life_.installation().tree(), life_.installation().suite(),
                ""};
    }

    void plan_join(const DemoStreet& street, Instant day) {
        life_.plan(start_of(day_of(day)) + hours(16) + minutes(chance_.below(180)),
                   [this, &street] { join(street); });
    }

    // From ten to seventeen.
    std::string young_id_number() {
        std::int64_t year = day_of(life_.now()).year();
        return made_up_id_number(chance_, year - 17, year - 11);
    }

    void join(const DemoStreet& street) {
        people::RegisterVolunteer input;
        input.name.value = made_up_name(chance_);
        input.id_number.value = young_id_number();
        std::int64_t year = day_of(life_.now()).year();
        input.birth_date = made_up_birth_date(chance_, year - 17, year - 11);
        input.phone.value = made_up_phone_of(input.name.value, chance_);
        input.area_id = chance_.one_of(street.communities);
        input.agreed = true;
        life_.act([&](journal::Turn& turn) {
            return people::register_volunteer(turn, life_.people_register(), input);
        });
    }

    void answer(std::int64_t link) {
        std::size_t word = chance_.weighed(answers);
        guardians::GiveConsent input;
        input.photos = chance_.in_hundred(photos_percent);
        input.sensitive = input.accompanies = true;
        bool takes_back = chance_.in_hundred(withdraws_percent);
        Instant later = life_.now() + hours(24 * chance_.between(10, 120));
        if (word == 1) {
            life_.act([&](journal::Turn& turn) { return guardians::refuse_consent(turn, link); });
        }
        if (word != 0) return;
        bool given = life_.act([&](journal::Turn& turn) {
            return guardians::give_consent(turn, guardian_desk(), link, input);
        });
        if (!given || !takes_back) return;
        life_.plan(later, [this, link] {
            life_.act([&](journal::Turn& turn) { return guardians::withdraw_consent(turn, link); });
        });
    }

    void sign_up(ActivityId id, ShiftId shift, const std::string& path) {
        auto activity = life_.see<activities::ActivityFigure>(id);
        const auto* category = life_.pack().category(activity.category);
        if (!category || !category->minors_with_adult) return;
        for (const auto& [home, children] : children_) {
            if (!home.starts_with(path)) continue;
            for (PersonId child : children) {
                if (!chance_.in_hundred(comes_percent)) continue;
                auto caller = Life::volunteer(child);
                bool joined = life_.act([&](journal::Turn& turn) {
                    return activities::join_shift(turn, *caller, shift);
                });
                if (joined) going_[shift].push_back(child);
            }
        }
    }

    void arrive(const DemoStreet& street, ShiftId shift) {
        auto caller = life_.staff(street.street_staff);
        for (PersonId child : going_[shift]) {
            if (chance_.in_hundred(stays_away_percent)) continue;
            bool there = life_.act([&](journal::Turn& turn) {
                return activities::check_in_shift(turn, *caller, shift, child, true);
            });
            if (there) there_[shift].push_back(child);
        }
        going_.erase(shift);
    }

    void go_home(const DemoStreet& street, ShiftId shift) {
        auto caller = life_.staff(street.street_staff);
        for (PersonId child : there_[shift]) {
            life_.act([&](journal::Turn& turn) {
                return activities::note_return(turn, *caller, shift, child);
            });
        }
        there_.erase(shift);
    }

    Chance chance_;
    std::map<std::string, std::set<PersonId>> children_;  // by the path of their community
    std::map<ShiftId, std::vector<PersonId>> going_, there_;
};

}  // namespace

std::unique_ptr<Part> minors(Life& life) {
    return std::make_unique<Minors>(life);
}

}  // namespace hezhi::app
