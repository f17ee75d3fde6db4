// Who is there on the first morning: staff, volunteers, a resident with a slip.
#pragma once

#include <map>

#include "app/demo/chance.h"
#include "app/demo/demo.h"
#include "app/demo/names.h"
#include "domain/accounts/accounts.h"
#include "facts/insurance_facts.h"

namespace hezhi::app {

// A subdistrict that lives: where its needs are found and who answers for it.
struct DemoStreet {
    AreaId subdistrict;
    std::vector<AreaId> communities;
    AccountId grid_worker;       // of the first community
    AccountId community_worker;  // of the first community as well
    AccountId social_worker;
    AccountId street_staff;
    InsuranceId activity_insurance;  // covers whoever comes to an activity of the subdistrict
    std::vector<PersonId> volunteers;
    std::vector<PersonId> colleagues;  // social workers who serve beside the leading one
};

struct DemoPeople {
    std::vector<DemoStreet> streets;  // never empty; the listed accounts belong to the first
    AccountId district_officer;
    std::map<PersonId, AccountId> colleagues;  // social workers who serve themselves
    std::string password_hash, pin_hash;       // of the demonstration's password and PIN
    std::shared_ptr<std::unordered_set<std::string>> given_out;  // see Chance
    std::int64_t first_year = 0;
    DemoAccounts accounts;
};

// The fields of somebody's earlier certification: the old, the young and two more.
std::vector<Text<1, 40>> demo_fields(Chance& chance);

inline constexpr std::string_view demo_password = "hezhi-demo-1";
inline constexpr std::string_view demo_pin = "135790";

// One subdistrict for so many volunteers: fewer could not reach each other.
inline constexpr int volunteers_per_street = 80;

// Registers everybody at the beginning of the first day.
DemoPeople settle(Installation& installation, const accounts::AccountDesk& desk,
                  const DemoSettings& settings);

}  // namespace hezhi::app
