// Activities: published, joined, waited for, left, ticked on the list, recorded; a few called off,
// a few recorded too late.
#include "app/demo/part.h"
#include "domain/activities/activities.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr int published_percent = 9;  // of the days, in each subdistrict
constexpr int wants_percent = 16;     // of a subdistrict's volunteers, for one activity
constexpr int leaves_percent = 8;
constexpr int absent_percent = 7;  // have a place and are not there
constexpr int cancelled_percent = 4;
constexpr int forgotten_percent = 4;  // not recorded in time
constexpr int children_expected = 16;

struct Gathering {
    std::string_view category;
    std::string_view title, place, risk;
    std::int64_t hours, capacity;
    int from_month, to_month;
    bool led = false;  // by a social worker
};
constexpr Gathering gatherings_of_year[] = {
    {"convenience_day", "邻里便民日：理发、磨刀、修伞", "社区广场", "使用刀具时注意安全", 3, 10, 1,
     12},
    {"environment_clean_up", "清洁家园周末行动", "小区主干道", "戴手套，不徒手捡拾玻璃", 2, 14, 3,
     11},
    {"environment_clean_up", "扫雪除冰突击队", "各楼门前", "防滑，量力而行", 2, 12, 12, 2},
    {"event_guidance", "办事大厅引导", "街道政务服务大厅", "风险较低", 3, 4, 1, 12},
    {"museum_guide", "民俗展室周末讲解", "社区展室", "风险较低", 2, 4, 1, 12},
    {"role_model_talk", "身边好人进校园", "社区小学", "风险较低", 1, 3, 3, 12},
    {"fraud_prevention", "反诈宣传进楼道", "各楼门前", "遇争执先离开并报告", 2, 8, 1, 12},
    {"community_patrol", "平安夜巡", "社区警务室集合", "结伴而行，不处置险情", 2, 8, 4, 10},
    {"life_story_recording", "老故事征集", "社区活动室", "风险较低", 2, 4, 1, 12},
    {"smartphone_lessons", "手机课堂", "社区活动室", "风险较低", 2, 6, 1, 12},
    {"after_school_tutoring", "暑期晨读班", "社区图书角", "须全程有成年人在场", 2, 6, 7, 8, true},
    {"newcomers_integration", "新邻居见面会", "社区活动室", "风险较低", 2, 6, 3, 11, true},
    {"rural_governance", "移风易俗议事会", "村文化大院", "风险较低", 2, 6, 3, 11, true},
    {"youth_companionship", "周末伙伴小组", "社区活动室", "须全程有成年人在场", 2, 5, 3, 12, true},
};

class Gatherings final : public Part {
  public:
    explicit Gatherings(Life& life) : Part(life), chance_(life.chance("gatherings")) {}

    void morning(Day day) override {
        for (const DemoStreet& street : life_.people().streets) {
            if (!life_.working_day(day) || !chance_.in_hundred(published_percent)) continue;
            life_.plan(start_of(day) + hours(9) + minutes(chance_.below(400)),
                       [this, &street] { publish(street); });
        }
    }

    void hear(const Fact& fact) override {
        const DemoStreet* street = life_.street_at(fact.place.path);
        if (!street) return;
        if (!fact.is<ShiftAdded>()) return;
        ShiftId shift(fact.subject("shift"));
        const auto& added = fact.as<ShiftAdded>();
        for (PersonId person : street->volunteers) {
            if (!chance_.in_hundred(wants_percent)) continue;
            Instant joins = between(life_.now(), added.starts_at);
            life_.plan(joins,
                       [this, shift, person] { with(person, shift, activities::join_shift); });
            if (!chance_.in_hundred(leaves_percent)) continue;
            life_.plan(between(joins, added.starts_at),
                       [this, shift, person] { with(person, shift, activities::leave_shift); });
        }
        life_.plan(added.starts_at + minutes(10), [this, street, shift] { tick(*street, shift); });
        Instant recorded = life_.at_desk(added.ends_at + hours(chance_.between(2, 90)));
        if (chance_.in_hundred(forgotten_percent)) recorded = recorded + hours(24 * 24);
        life_.plan(recorded, [this, street, shift] { record(*street, shift); });
    }

  private:
    Instant between(Instant from, Instant to) {
        auto span = (to - from) / minutes(1);
        return from + minutes(chance_.between(1, std::max<std::int64_t>(2, span - 30)));
    }

    static bool in_months(const Gathering& one, int month) {
        return one.from_month <= one.to_month ? one.from_month <= month && month <= one.to_month
                                              : one.from_month <= month || month <= one.to_month;
    }

    // Two weeks ahead, on a day off if there is one near.
    Instant day_of_gathering() {
        Day day = day_of(life_.now()) + static_cast<int>(chance_.between(8, 16));
        for (int i = 0; i < 4 && life_.working_day(day); ++i) day = day + 1;
        return start_of(day) + hours(9);
    }

    void publish(const DemoStreet& street) {
        Instant first = day_of_gathering();
        int month = std::stoi(to_string(day_of(first)).substr(5, 2));
        std::vector<const Gathering*> possible;
        for (const Gathering& one : gatherings_of_year) {
            if (in_months(one, month)) possible.push_back(&one);
        }
        const Gathering& one = *chance_.one_of(possible);
        activities::PublishActivity input;
        input.area_id = street.subdistrict;  // all its volunteers may come
        input.category.value = one.category;
        input.title.value = life_.words(one.title);
        input.place.value = life_.words(one.place);
        input.risk.value = life_.words(one.risk);
        input.insurance_id = street.activity_insurance;
        const auto* category = life_.pack().category(one.category);
        if (category && category->minor_contact)
            input.children = Bounded<1, 500>(children_expected);
        int shifts = chance_.in_hundred(30) ? 2 : 1;
        for (int i = 0; i < shifts; ++i) {
            Instant starts = first + hours(i * (one.hours + 1));
            input.shifts.push_back(
                {starts, starts + hours(one.hours), Bounded<1, 100000>(one.capacity)});
        }
        auto caller = life_.staff(one.led ? street.social_worker : street.street_staff);
        std::int64_t activity = 0;
        bool done = life_.act(
            [&](journal::Turn& turn) {
                return activities::publish_activity(turn, *caller, desk(), input);
            },
            &activity);
        if (!done || !chance_.in_hundred(cancelled_percent)) return;
        life_.plan(life_.at_desk(life_.now() + hours(24 * chance_.between(2, 6))),
                   [this, &street, activity] { cancel(street, ActivityId(activity)); });
    }

    activities::ActivityDesk desk() {
        return {life_.people_register(), life_.installation().tree(), life_.installation().suite(),
                ""};
    }

    using Seating = Result<std::int64_t> (*)(journal::Turn&, const api::Caller&, ShiftId);
    void with(PersonId person, ShiftId shift, Seating action) {
        auto caller = Life::volunteer(person);
        life_.act([&](journal::Turn& turn) { return action(turn, *caller, shift); });
    }

    void tick(const DemoStreet& street, ShiftId shift) {
        auto caller = life_.staff(street.street_staff);
        for (PersonId person : street.volunteers) {
            if (!has_place(shift, person) || chance_.in_hundred(absent_percent)) continue;
            life_.act([&](journal::Turn& turn) {
                return activities::check_in_shift(turn, *caller, shift, person, true);
            });
        }
    }

    bool has_place(ShiftId shift, PersonId person) {
        auto seat = life_.find<activities::SeatFigure>(activities::seat_key(shift, person));
        return seat && seat->state == activities::SeatStep::joined;
    }

    void record(const DemoStreet& street, ShiftId shift) {
        auto caller = life_.staff(street.street_staff);
        life_.act(
            [&](journal::Turn& turn) { return activities::record_shift(turn, *caller, shift); });
    }

    void cancel(const DemoStreet& street, ActivityId activity) {
        auto caller = life_.staff(street.street_staff);
        life_.act([&](journal::Turn& turn) {
            return activities::cancel_activity(turn, *caller, desk(), activity,
                                               life_.words("天气原因，活动取消"));
        });
    }

    Chance chance_;
};

}  // namespace

std::unique_ptr<Part> gatherings(Life& life) {
    return std::make_unique<Gatherings>(life);
}

}  // namespace hezhi::app
