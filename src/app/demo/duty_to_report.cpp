// Mandatory reports: rare, sealed, answered by the protection officer within a day.
#include "app/demo/part.h"
#include "domain/cases/cases.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::int64_t reports_of_thousand_days = 4;  // in each subdistrict

class DutyToReport final : public Part {
  public:
    explicit DutyToReport(Life& life) : Part(life), chance_(life.chance("duty to report")) {}

    void begin() override {
        std::string name = made_up_name(chance_);
        AreaId district =
            life_.installation().tree().now()->find_code(life_.settings().area_code)->id;
        std::int64_t account = 0;
        life_.act(
            [&](journal::Turn& turn) {
                return accounts::open_staff(turn, life_.accounts(), name,
                                            {"weibao", life_.people().password_hash},
                                            "protection_officer", district);
            },
            &account);
        officer_ = AccountId(account);
        life_.people().accounts.items.push_back(
            {"protection_officer",
             "未保专员",
             name,
             life_.installation().tree().now()->find(district)->name,
             "console",
             "weibao",
             std::string(demo_password),
             {},
             {}});
    }

    void morning(Day day) override {
        for (const DemoStreet& street : life_.people().streets) {
            if (chance_.below(1000) >= reports_of_thousand_days) continue;
            life_.plan(start_of(day) + hours(9) + minutes(chance_.below(540)),
                       [this, &street] { report(street); });
        }
    }

    void hear(const Fact& fact) override {
        if (!fact.is<ProtectionReported>()) return;
        ProtectionId id(fact.position);
        life_.plan(life_.now() + hours(chance_.between(1, 22)), [this, id] {
            auto caller = life_.staff(officer_);
            life_.act([&](journal::Turn& turn) {
                return cases::answer_protection(turn, *caller, life_.people_register(), id,
                                                life_.words("已会同公安、民政核查，落实临时照护"));
            });
        });
    }

  private:
    void report(const DemoStreet& street) {
        cases::ReportProtection input;
        input.area_id = street.communities.front();
        input.about = static_cast<ProtectedGroup>(chance_.below(4));
        input.what.value = life_.words("入户时发现疑似受侵害或无人照护的情形");
        auto caller =
            life_.staff(chance_.in_hundred(50) ? street.grid_worker : street.social_worker);
        life_.act([&](journal::Turn& turn) {
            return cases::report_protection(turn, *caller, life_.people_register(), input);
        });
    }

    Chance chance_;
    AccountId officer_;
};

}  // namespace

std::unique_ptr<Part> duty_to_report(Life& life) {
    return std::make_unique<DutyToReport>(life);
}

}  // namespace hezhi::app
