// What comes again and again for one person: weekly visits, meals, the morning signal; paused when
// somebody is in hospital, renewed when its year is over, ended when they move away.
#include "app/demo/part.h"
#include "domain/cases/cases.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr int volunteers_per_recipient = 10;
constexpr int pauses_percent = 12;  // of the plans, once a year
constexpr int ends_percent = 5;

struct Rhythm {
    std::string_view category;
    std::int64_t weekdays;  // bits as in cases::MakePlan
    int earliest_hour, latest_hour;
    std::int64_t share;
};
constexpr Rhythm rhythms[] = {
    {"visit_alone_elder", 0b0000100, 9, 16, 26}, {"visit_alone_elder", 0b0010000, 9, 16, 26},
    {"visit_alone_elder", 0b1000000, 9, 16, 12}, {"phone_befriending", 0b0010010, 9, 17, 14},
    {"meal_delivery", 0b0101010, 11, 11, 10},    {"daily_safety_signal", 0b0111110, 8, 8, 6},
    {"care_alone_elder", 0b0001000, 9, 15, 6},
};

class RegularHelp final : public Part {
  public:
    explicit RegularHelp(Life& life) : Part(life), chance_(life.chance("regular help")) {}

    void begin() override {
        for (const DemoStreet& street : life_.people().streets) {
            auto recipients =
                std::max<std::int64_t>(2, std::ssize(street.volunteers) / volunteers_per_recipient);
            for (std::int64_t i = 0; i < recipients; ++i) {
                PersonId recipient = register_recipient(street);
                // The first are agreed in the first week, the others over two months.
                auto day = i < 2 ? chance_.between(0, 4) : chance_.between(0, 60);
                life_.plan(life_.at_desk(life_.now() + hours(24 * day)),
                           [this, &street, recipient] { make(street, recipient, chosen()); });
            }
        }
    }

    void hear(const Fact& fact) override {
        // Its time was over: it is looked at again, and nearly always goes on.
        if (!fact.is<PlanEnded>() || fact.actor.via != Via::system) return;
        const DemoStreet* street = life_.street_at(fact.place.path);
        PersonId recipient(fact.subject("person"));
        if (!street || chance_.in_hundred(10)) return;
        life_.plan(life_.at_desk(life_.now() + hours(chance_.between(2, 72))),
                   [this, street, recipient] { make(*street, recipient, chosen()); });
    }

  private:
    PersonId register_recipient(const DemoStreet& street) {
        people::RegisterPerson input;
        input.name.value = made_up_name(chance_);
        input.phone = Text<0, 40>(made_up_phone_of(input.name.value, chance_));
        input.area_id = chance_.one_of(street.communities);
        auto caller = life_.staff(street.social_worker);
        std::int64_t person = 0;
        life_.act(
            [&](journal::Turn& turn) {
                return people::register_person(turn, *caller, life_.people_register(), input);
            },
            &person);
        return PersonId(person);
    }

    const Rhythm& chosen() {
        std::vector<std::int64_t> shares;
        for (const Rhythm& rhythm : rhythms) shares.push_back(rhythm.share);
        return rhythms[chance_.weighed(shares)];
    }

    void make(const DemoStreet& street, PersonId recipient, const Rhythm& rhythm) {
        if (!recipient) return;
        cases::MakePlan input;
        input.person_id = recipient;
        input.category.value = rhythm.category;
        input.weekdays.value = rhythm.weekdays;
        input.at_minute.value =
            60 * chance_.between(rhythm.earliest_hour, rhythm.latest_hour) + 15 * chance_.below(4);
        input.until = life_.now() + hours(24 * chance_.between(180, 360));
        if (!street.volunteers.empty()) input.preferred_id = chance_.one_of(street.volunteers);
        input.on_holidays = rhythm.weekdays == 0b0111110 ? OnHolidays::keep : OnHolidays::skip;
        auto caller = life_.staff(street.social_worker);
        std::int64_t plan = 0;
        if (!life_.act([&](journal::Turn& turn) { return cases::make_plan(turn, *caller, input); },
                       &plan)) {
            return;
        }
        plan_changes(street, PlanId(plan));
    }

    void plan_changes(const DemoStreet& street, PlanId plan) {
        auto at = [this](std::int64_t from, std::int64_t to) {
            return life_.at_desk(life_.now() + hours(24 * chance_.between(from, to)));
        };
        if (chance_.in_hundred(pauses_percent)) {
            Instant pause = at(10, 170);
            change(street, plan, pause, cases::pause_plan);
            change(street, plan, pause + hours(24 * chance_.between(7, 21)), cases::resume_plan);
        } else if (chance_.in_hundred(ends_percent)) {
            change(street, plan, at(30, 170), cases::end_plan);
        }
    }

    using Change = Result<std::int64_t> (*)(journal::Turn&, const api::Caller&, PlanId);
    void change(const DemoStreet& street, PlanId plan, Instant when, Change action) {
        life_.plan(when, [this, &street, plan, action] {
            auto caller = life_.staff(street.social_worker);
            life_.act([&](journal::Turn& turn) { return action(turn, *caller, plan); });
        });
    }

    Chance chance_;
};

}  // namespace

std::unique_ptr<Part> regular_help(Life& life) {
    return std::make_unique<RegularHelp>(life);
}

}  // namespace hezhi::app
