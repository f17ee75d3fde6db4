// The made-up people of the demonstration: names, phones, staff, volunteers.
#pragma once

#include "app/demo/chance.h"
#include "app/demo/demo.h"
#include "domain/accounts/accounts.h"

namespace hezhi::app {

std::string made_up_name(Chance& chance);
// In a range that no operator gives out (prefix 190 0000).
std::string made_up_phone(Chance& chance);

std::string made_up_id_number(Chance& chance);

// A subdistrict that lives: where its needs are found and who answers for it.
struct DemoStreet {
    AreaId subdistrict;
    std::vector<AreaId> communities;
    AccountId grid_worker;  // of the first community
    AccountId social_worker;
    AccountId street_staff;
};

struct DemoPeople {
    std::vector<DemoStreet> streets;  // never empty; the listed accounts belong to the first
    std::vector<PersonId> volunteers;
    DemoAccounts accounts;
};

// One subdistrict for so many volunteers: fewer could not reach each other.
inline constexpr int volunteers_per_street = 80;

// Registers everybody at the beginning of the first day.
DemoPeople settle(Installation& installation, const accounts::AccountDesk& desk,
                  const DemoSettings& settings, Chance& chance);

}  // namespace hezhi::app
