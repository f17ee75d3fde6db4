// Courses, observed checks and recommendations, what is granted of them, and what is renewed before
// it ends. What people brought with them was recognised as they settled.
#include "app/demo/part.h"
#include "domain/certification/certification.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;

constexpr int trained_a_month = 4;  // of each subdistrict, in a field

class Certifying final : public Part {
  public:
    explicit Certifying(Life& life) : Part(life), chance_(life.chance("certifying")) {}

    // Once a month some volunteers are trained in a field and watched.
    void morning(Day day) override {
        if (++since_training_ < 30 || !life_.working_day(day)) return;
        since_training_ = 0;
        life_.plan(start_of(day) + hours(14), [this] {
            for (DemoStreet& street : life_.people().streets) train(street);
        });
    }

    void hear(const Fact& fact) override {
        const DemoStreet* street = life_.street_at(fact.place.path);
        PersonId person(fact.subject("person"));
        if (!street || !person) return;
        if (fact.is<VolunteerRegistered>()) {
            // Those who settle on the first morning bring papers.
            if (chance_.in_hundred(70)) teach_later(*street, person);
        } else if (fact.is<CoursePassed>() || fact.is<CheckObserved>()) {
            later(2, 12, [this, street, person] { grant_ready(*street, person); });
        } else if (fact.is<CertificationWarned>()) {
            later(2, 40, [this, street, person] { renew(*street, person); });
        }
    }

  private:
    void later(int from_days, int to_days, Life::Deed deed) {
        life_.plan(life_.at_desk(life_.now() + hours(24 * chance_.between(from_days, to_days))),
                   std::move(deed));
    }

    void teach_later(const DemoStreet& street, PersonId person) {
        later(6, 40, [this, &street, person] {
            auto state = life_.find<certification::CertificationFigure>(person);
            if (!state || state->level > 0) return;
            pass(street, person, CourseKind::general, {}, 240, chance_.between(62, 98));
        });
    }

    void pass(const DemoStreet& street, PersonId person, CourseKind course, std::string field,
              int taught, std::int64_t percent) {
        auto teacher = life_.staff(street.social_worker);
        certification::PassCourse input;
        input.course = course;
        if (!field.empty()) input.field.emplace(std::move(field));
        input.minutes.value = taught;
        if (percent > 0) input.test_percent.emplace().value = percent;
        input.held_at = life_.now() - hours(1);
        life_.act([&](journal::Turn& turn) {
            return certification::pass_course(turn, *teacher, person, input);
        });
    }

    void train(DemoStreet& street) {
        if (street.volunteers.empty()) return;
        const auto& fields = life_.pack().certification.fields;
        if (fields.empty()) return;
        const std::string& field =
            fields[static_cast<std::size_t>(chance_.below(std::ssize(fields)))].key;
        auto supervisor = life_.staff(street.social_worker);
        for (int n = 0; n < trained_a_month; ++n) {
            // Whoever is drawn twice was there once: the second entry is refused.
            PersonId person = chance_.one_of(street.volunteers);
            pass(street, person, CourseKind::special, field, 960, 0);
            if (chance_.in_hundred(20)) {
                life_.act([&](journal::Turn& turn) {
                    return certification::recommend_lead(turn, *supervisor, person);
                });
            }
            bool passed = chance_.in_hundred(85);
            life_.act([&](journal::Turn& turn) {
                return certification::observe_check(turn, *supervisor, person,
                                                    {Text<1, 40>(field), passed, turn.now()});
            });
        }
    }

    void grant_ready(const DemoStreet& street, PersonId person) {
        auto state = life_.find<certification::CertificationFigure>(person);
        if (!state) return;
        auto staff = life_.staff(street.street_staff);
        for (const auto& ready : state->ready) {
            if (ready.from > life_.now()) continue;
            certification::GrantCertification input;
            input.level = static_cast<rules::LevelKey>(ready.level);
            if (!ready.field.empty()) input.field.emplace(ready.field);
            life_.act([&](journal::Turn& turn) {
                return certification::grant_certification(turn, *staff, person, input);
            });
        }
    }

    // Most take the course that a renewal asks for; who has not served enough waits.
    void renew(const DemoStreet& street, PersonId person) {
        if (!chance_.in_hundred(90)) return;
        pass(street, person, CourseKind::renewal, {}, 480, 0);
        auto staff = life_.staff(street.street_staff);
        life_.act([&](journal::Turn& turn) {
            return certification::renew_certification(turn, *staff, person);
        });
    }

    Chance chance_;
    int since_training_ = 20;
};

}  // namespace

std::unique_ptr<Part> certifying(Life& life) {
    return std::make_unique<Certifying>(life);
}

}  // namespace hezhi::app
