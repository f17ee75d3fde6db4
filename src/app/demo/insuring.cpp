// Insurance of the teams that are founded in the year, and the next policy when one is about to run
// out. The first ones are there as people settle.
#include "app/demo/part.h"
#include "domain/insurance/insurance.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;

class Insuring final : public Part {
  public:
    explicit Insuring(Life& life) : Part(life), chance_(life.chance("insuring")) {}

    void hear(const Fact& fact) override {
        DemoStreet* street = street_of(fact);
        if (!street) return;
        if (fact.is<OrganizationFounded>()) {
            OrganizationId team(fact.subject("organization"));
            life_.plan(life_.at_desk(life_.now() + hours(chance_.between(20, 90))),
                       [this, street, team] { insure(*street, team); });
        } else if (fact.is<InsuranceWarned>()) {
            InsuranceId ending(fact.subject("insurance"));
            life_.plan(life_.at_desk(life_.now() + hours(24 * chance_.between(2, 25))),
                       [this, street, ending] { renew(*street, ending); });
        }
    }

  private:
    DemoStreet* street_of(const Fact& fact) {
        for (DemoStreet& street : life_.people().streets) {
            if (life_.street_at(fact.place.path) == &street) return &street;
        }
        return nullptr;
    }

    // Some are taken out for the rest of a season only.
    void insure(const DemoStreet& street, OrganizationId team) {
        insurance::AddInsurance policy;
        policy.organization_id = team;
        policy.from = life_.now();
        policy.until =
            policy.from + hours(24 * (chance_.in_hundred(30) ? chance_.between(90, 180) : 364));
        add(street, policy);
    }

    void renew(DemoStreet& street, InsuranceId ending_id) {
        auto ending = life_.see<insurance::InsuranceFigure>(ending_id);
        insurance::AddInsurance policy;
        policy.covers = ending.covers;
        if (ending.organization) policy.organization_id = ending.organization;
        if (!ending.organization) policy.area_id = street.subdistrict;
        policy.from = ending.until_at;
        policy.until = policy.from + hours(24 * 364);
        std::int64_t next = add(street, policy);
        if (!next || policy.covers != InsuranceCovers::activities) return;
        life_.plan(policy.from, [&street, next] { street.activity_insurance = InsuranceId(next); });
    }

    // The policy's id; none if it was refused.
    std::int64_t add(const DemoStreet& street, insurance::AddInsurance& policy) {
        policy.insurer.value = life_.words("演示保险公司");
        policy.policy.value = "YX-" + std::to_string(++policies_);
        insurance::InsuranceDesk desk{life_.people_register(), life_.installation().tree()};
        auto caller = life_.staff(street.street_staff);
        std::int64_t added = 0;
        life_.act(
            [&](journal::Turn& turn) {
                return insurance::add_insurance(turn, *caller, desk, policy);
            },
            &added);
        return added;
    }

    Chance chance_;
    int policies_ = 0;
};

}  // namespace

std::unique_ptr<Part> insuring(Life& life) {
    return std::make_unique<Insuring>(life);
}

}  // namespace hezhi::app
