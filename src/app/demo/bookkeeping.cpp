// Service records beside orders and activities: entered by hand, some late with a second person's
// word, some corrected, some objected to.
#include "app/demo/part.h"
#include "domain/records/records.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr int entered_percent = 35;  // of the working days, in each subdistrict
constexpr int late_entry_percent = 35;
constexpr int rejected_percent = 15;  // of the late entries
constexpr int corrected_of_thousand = 12;
constexpr int disputed_of_thousand = 5;
constexpr int last_entries = 3;  // on the last evening, whatever chance has brought

class Bookkeeping final : public Part {
  public:
    explicit Bookkeeping(Life& life) : Part(life), chance_(life.chance("bookkeeping")) {}

    void morning(Day day) override {
        if (day == life_.settings().until) {
            life_.plan(start_of(day) + hours(17) + minutes(30), [this] { enter_last(); });
        }
        if (!life_.working_day(day)) return;
        for (const DemoStreet& street : life_.people().streets) {
            if (street.volunteers.empty() || !chance_.in_hundred(entered_percent)) continue;
            life_.plan(start_of(day) + hours(9) + minutes(chance_.below(450)),
                       [this, &street] { enter(street); });
        }
    }

    void hear(const Fact& fact) override {
        bool made = fact.is<OrderCheckedOut>() || fact.is<ShiftRecorded>();
        bool waits = (fact.is<RecordEntered>() && fact.as<RecordEntered>().late) ||
                     (fact.is<RecordCorrected>() && fact.as<RecordCorrected>().waits);
        if (!made && !waits && !fact.is<RecordDisputed>()) return;
        const DemoStreet* street = life_.street_at(fact.place.path);
        if (!street) return;
        if (made) {
            later(*street, RecordId(fact.position), PersonId(fact.subject("person")));
        } else {
            RecordId record(fact.is<RecordEntered>() ? fact.position : fact.subject("record"));
            life_.plan(life_.at_desk(life_.now() + hours(chance_.between(4, 90))),
                       [this, street, record] { decide(*street, record); });
        }
    }

  private:
    records::RecordDesk desk() { return {life_.people_register(), life_.installation().tree()}; }

    void enter(const DemoStreet& street) {
        static const std::vector<std::string_view> categories{
            "event_guidance", "phone_befriending", "environment_clean_up", "community_patrol"};
        bool late = chance_.in_hundred(late_entry_percent);
        records::EnterRecord input;
        input.person_id = chance_.one_of(street.volunteers);
        input.category.value = chance_.one_of(categories);
        Day served = day_of(life_.now()) +
                     static_cast<int>(late ? -chance_.between(20, 50) : -chance_.between(1, 6));
        input.starts_at = start_of(served) + hours(18) + minutes(15 * chance_.below(5));
        input.ends_at = input.starts_at + minutes(15 * chance_.between(2, 8));
        input.unpaid = true;
        if (chance_.in_hundred(8)) input.time_was = TimeWas::employer_released;
        input.content = Text<0, 300>(life_.words("社区统一安排的志愿服务，纸质签到。"));
        if (late) input.late_reason = Text<0, 200>(life_.words("签到表交回较晚"));
        auto caller = life_.staff(street.social_worker);
        life_.act([&](journal::Turn& turn) {
            return records::enter_record(turn, *caller, desk(), input);
        });
    }

    // Late entries that are held the morning after, when nobody has called back yet: so that there
    // is something to call back about, and the same whatever day it is.
    void enter_last() {
        const DemoStreet& street = life_.people().streets.front();
        auto caller = life_.staff(street.social_worker);
        int entered = 0;
        for (PersonId person : street.volunteers) {
            if (entered == last_entries) return;
            records::EnterRecord input;
            input.person_id = person;
            input.category.value = "environment_clean_up";
            input.starts_at = start_of(day_of(life_.now()) + -30) + hours(18);
            input.ends_at = input.starts_at + hours(1);
            input.unpaid = true;
            input.content = Text<0, 300>(life_.words("社区统一安排的志愿服务，纸质签到。"));
            input.late_reason = Text<0, 200>(life_.words("签到表交回较晚"));
            bool done = life_.act([&](journal::Turn& turn) {
                return records::enter_record(turn, *caller, desk(), input);
            });
            if (done) ++entered;
        }
    }

    // Some records turn out to be wrong, a few of them after they were locked.
    void later(const DemoStreet& street, RecordId record, PersonId person) {
        auto thrown = chance_.below(1000);
        if (thrown < corrected_of_thousand) {
            auto days = chance_.in_hundred(35) ? chance_.between(18, 40) : chance_.between(1, 8);
            life_.plan(life_.at_desk(life_.now() + hours(24 * days)),
                       [this, &street, record] { correct(street, record); });
        } else if (thrown < corrected_of_thousand + disputed_of_thousand) {
            life_.plan(life_.now() + hours(chance_.between(10, 200)), [this, record, person] {
                if (!life_.account_of(person)) life_.hand_out_slip(person);
                auto caller = life_.staff(life_.account_of(person));
                life_.act([&](journal::Turn& turn) {
                    return records::dispute_record(turn, *caller, desk(), record,
                                                   life_.words("实际服务时间比记录的长"));
                });
            });
        }
    }

    void correct(const DemoStreet& street, RecordId id) {
        auto record = life_.find<records::RecordFigure>(id);
        if (!record) return;  // duty time makes no record
        auto less = std::min(record->minutes - 1, 10);
        records::CorrectRecord input{record->starts_at, record->ends_at - minutes(less), {}};
        input.reason.value = life_.words("签退登记晚了，按实际时间更正");
        auto caller = life_.staff(street.social_worker);
        life_.act([&](journal::Turn& turn) {
            return records::correct_record(turn, *caller, desk(), id, input);
        });
    }

    // The second person: of late entries, of corrections after the lock, of objections.
    void decide(const DemoStreet& street, RecordId id) {
        auto record = life_.see<records::RecordFigure>(id);
        auto caller = life_.staff(street.street_staff);
        bool objection = record.state == records::RecordStep::disputed;
        if (objection || chance_.in_hundred(rejected_percent)) {
            life_.act([&](journal::Turn& turn) {
                return records::reject_record(turn, *caller, desk(), id,
                                              life_.words("与签到表不符"));
            });
        } else {
            life_.act(
                [&](journal::Turn& turn) { return records::confirm_record(turn, *caller, id); });
        }
    }

    Chance chance_;
};

}  // namespace

std::unique_ptr<Part> bookkeeping(Life& life) {
    return std::make_unique<Bookkeeping>(life);
}

}  // namespace hezhi::app
