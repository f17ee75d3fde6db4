// Time that was earned goes on: donations to the pool, and each month's grants from it.
#include <set>

#include "app/demo/part.h"
#include "domain/time_bank/time_bank.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr int donates_percent = 25;         // of those who have earned, in a month
constexpr std::int64_t donated_most = 120;  // minutes
constexpr std::int32_t granted_from_years = 60;
constexpr std::int64_t grants_tried_max = 20;  // people of a month who are asked about

class TimeGiving final : public Part {
  public:
    explicit TimeGiving(Life& life) : Part(life), chance_(life.chance("time_giving")) {}

    void hear(const Fact& fact) override {
        if (fact.is<EarningJudged>() && fact.as<EarningJudged>().credited > 0) {
            earned_.insert(PersonId(fact.subject("person")));
        } else if (fact.is<OrderOpened>() && fact.as<OrderOpened>().recipient) {
            served_.insert(fact.as<OrderOpened>().recipient);
        }
    }

    void morning(Day day) override {
        int of_month = std::stoi(to_string(day).substr(8));
        if (of_month == 2) donations();
        if (of_month == 3) grants();
    }

  private:
    void donations() {
        for (PersonId person : earned_) {
            if (!chance_.in_hundred(donates_percent)) continue;
            life_.plan(life_.now() + minutes(chance_.between(60, 700)),
                       [this, person] { donate(person); });
        }
    }

    void donate(PersonId person) {
        using time_bank::TimeAccountFigure;
        auto account =
            life_.find<TimeAccountFigure>(time_bank::account_key(LedgerAccount::person, person));
        if (!account || account->balance < 30) return;
        if (!life_.account_of(person)) life_.hand_out_slip(person);
        if (!life_.account_of(person)) return;  // erased since
        auto caller = life_.staff(life_.account_of(person));
        time_bank::DonateCredit input{
            Bounded<1, 600'000>(std::min(donated_most, account->balance / 2))};
        life_.act(
            [&](journal::Turn& turn) { return time_bank::donate_credit(turn, *caller, input); });
    }

    // To those who live alone or in hardship; once the pool is low everybody is refused.
    void grants() {
        std::set<PersonId> asked = served_;
        asked.insert(earned_.begin(), earned_.end());
        std::int64_t tried = 0;
        for (PersonId person : asked) {
            auto known = life_.find<people::PersonFigure>(person);
            const DemoStreet* street = known ? life_.street_at(known->area_path) : nullptr;
            bool old = known && known->age_years.value_or(0) >= granted_from_years;
            if (!street || !old || ++tried > grants_tried_max) continue;
            life_.plan(life_.at_desk(life_.now() + minutes(5 * tried)), [this, street, person] {
                time_bank::TimeBankDesk desk{life_.people_register(), life_.installation().tree()};
                auto caller = life_.staff(street->street_staff);
                time_bank::GrantCredit input{person, Text<1, 40>("hardship_60")};
                life_.act([&](journal::Turn& turn) {
                    return time_bank::grant_credit(turn, *caller, desk, input);
                });
            });
        }
    }

    Chance chance_;
    std::set<PersonId> earned_, served_;
};

}  // namespace

std::unique_ptr<Part> time_giving(Life& life) {
    return std::make_unique<TimeGiving>(life);
}

}  // namespace hezhi::app
