// Needs are noticed and told: by the grid worker, by whoever calls or comes to the desk, for a
// relative, and by residents on their own phones.
#include "app/demo/part.h"
#include "app/demo/stories.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// Found a day, in hundredths. The first subdistrict, whose staff can be signed in as, is the
// busiest.
constexpr std::int64_t needs_a_day_first = 450;
constexpr std::int64_t needs_a_day = 150;
constexpr int told_twice_percent = 4;    // by somebody else, within a day
constexpr int residents_with_phone = 6;  // of each subdistrict, who ask on their own page

class Finding final : public Part {
  public:
    explicit Finding(Life& life) : Part(life), chance_(life.chance("finding")) {}

    void begin() override {
        for (DemoStreet& street : life_.people().streets) {
            for (int i = 0; i < residents_with_phone; ++i) register_resident(street);
        }
    }

    void morning(Day day) override {
        int month = std::stoi(to_string(day).substr(5, 2));
        std::int64_t percent = percent_of_month(month);
        static constexpr int of_weekday[] = {55, 120, 112, 108, 108, 112, 70};
        percent = percent * of_weekday[day.weekday()] / 100;
        if (!life_.working_day(day)) percent = percent * 80 / 100;
        for (const DemoStreet& street : life_.people().streets) {
            bool first = &street == &life_.people().streets.front();
            auto needs = chance_.about((first ? needs_a_day_first : needs_a_day) * percent / 100);
            for (std::int64_t i = 0; i < needs; ++i) {
                auto at = start_of(day) + hours(7) + minutes(10 + chance_.below(13 * 60));
                life_.plan(at, [this, &street, month] { find(street, month); });
            }
        }
    }

  private:
    void register_resident(DemoStreet& street) {
        people::RegisterPerson input;
        input.name.value = made_up_name(chance_);
        input.phone = Text<0, 40>(made_up_phone_of(input.name.value, chance_));
        input.area_id = chance_.one_of(street.communities);
        auto caller = life_.staff(street.street_staff);
        std::int64_t person = 0;
        if (!life_.act(
                [&](journal::Turn& turn) {
                    return people::register_person(turn, *caller, life_.people_register(), input);
                },
                &person)) {
            return;
        }
        life_.hand_out_slip(PersonId(person));
        residents_[street.subdistrict].push_back(PersonId(person));
    }

    const Story& story(int month) {
        std::vector<std::int64_t> weights;
        for (const Story& one : stories()) weights.push_back(weight_in(one, month));
        return stories()[chance_.weighed(weights)];
    }

    void find(const DemoStreet& street, int month) {
        const Story& told = story(month);
        static constexpr std::int64_t shares[] = {46, 28, 16, 10};  // grid, desk, phone, relative
        std::int64_t need = 0;
        bool done = false;
        switch (chance_.weighed(shares)) {
            case 0:
                done = report(street, told, need);
                break;
            case 1:
                done = call(street, told, false, need);
                break;
            case 2:
                done = ask(street, told, need);
                break;
            default:
                done = call(street, told, true, need);
                break;
        }
        if (!done) return;
        life_.tell(NeedId(need), told);
        if (!chance_.in_hundred(told_twice_percent)) return;
        life_.plan(life_.now() + minutes(chance_.between(30, 1200)),
                   [this, &street, &told, need] { tell_again(street, told, NeedId(need)); });
    }

    // Somebody else sees the same and says so; the social worker puts the two together.
    void tell_again(const DemoStreet& street, const Story& told, NeedId first) {
        needs::ReportNeed input;
        input.area_id = life_.see<needs::NeedFigure>(first).area;
        input.what.value = life_.words(told.what);
        input.priority_class = told.priority_class;
        input.contact = Text<0, 60>(made_up_name(chance_) + " " + made_up_phone(chance_));
        input.consent = true;
        auto caller = life_.staff(street.social_worker);
        std::int64_t again = 0;
        if (!life_.act(
                [&](journal::Turn& turn) {
                    return needs::report_need(turn, *caller, life_.people_register(), input,
                                              Channel::grid);
                },
                &again)) {
            return;
        }
        life_.tell(NeedId(again), told);
        life_.plan(life_.now() + minutes(2), [this, caller, first, again] {
            life_.act([&](journal::Turn& turn) {
                return needs::merge_need(turn, *caller, NeedId(again), first);
            });
        });
    }

    // The grid worker serves one community; in the others the social worker reports what she sees.
    bool report(const DemoStreet& street, const Story& told, std::int64_t& need) {
        bool own = chance_.in_hundred(50);
        needs::ReportNeed input;
        input.area_id = own ? street.communities.front() : chance_.one_of(street.communities);
        input.what.value = life_.words(told.what);
        input.priority_class = told.priority_class;
        input.contact = Text<0, 60>(made_up_name(chance_) + " " + made_up_phone(chance_));
        input.consent = true;
        auto caller = life_.staff(own ? street.grid_worker : street.social_worker);
        return life_.act(
            [&](journal::Turn& turn) {
                return needs::report_need(turn, *caller, life_.people_register(), input,
                                          Channel::grid);
            },
            &need);
    }

    // Half of those who call have called before.
    std::string caller_in(const DemoStreet& street) {
        auto& known = known_[street.subdistrict];
        if (known.size() >= 5 && chance_.in_hundred(50)) return chance_.one_of(known);
        known.push_back(made_up_name(chance_) + " " + made_up_phone(chance_));
        return known.back();
    }

    bool call(const DemoStreet& street, const Story& told, bool relative, std::int64_t& need) {
        bool at_community = chance_.in_hundred(60);
        needs::TakeCall input;
        input.who.value = caller_in(street);
        input.what.value = life_.words(told.what);
        input.urgent = told.priority_class <= PriorityClass::P2;
        input.consent = true;
        input.area_id =
            at_community ? street.communities.front() : chance_.one_of(street.communities);
        if (relative) input.for_whom = Text<0, 60>(caller_in(street));
        if (chance_.in_hundred(70)) input.category = Text<0, 60>(std::string(told.category));
        auto caller = life_.staff(at_community ? street.community_worker : street.street_staff);
        return life_.act(
            [&](journal::Turn& turn) {
                return needs::take_call(turn, *caller, life_.people_register(), input);
            },
            &need);
    }

    bool ask(const DemoStreet& street, const Story& told, std::int64_t& need) {
        PersonId resident = chance_.one_of(residents_[street.subdistrict]);
        auto caller = life_.staff(life_.account_of(resident));
        needs::AskNeed input;
        input.what.value = life_.words(told.what);
        return life_.act(
            [&](journal::Turn& turn) {
                return needs::ask_need(turn, *caller, life_.people_register(), input);
            },
            &need);
    }

    Chance chance_;
    std::map<AreaId, std::vector<PersonId>> residents_;  // with a slip, by subdistrict
    std::map<AreaId, std::vector<std::string>> known_;   // who called: name and phone
};

}  // namespace

std::unique_ptr<Part> finding(Life& life) {
    return std::make_unique<Finding>(life);
}

}  // namespace hezhi::app
