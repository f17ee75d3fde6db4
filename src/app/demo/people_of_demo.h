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

struct DemoStaff {
    AccountId grid_worker;
    AccountId social_worker;
    AccountId street_staff;
};

struct DemoPeople {
    DemoStaff staff;
    std::vector<PersonId> volunteers;
    std::vector<AreaId> communities;  // where needs are found
    DemoAccounts accounts;
};

// Registers everybody at the beginning of the first day.
DemoPeople settle(Installation& installation, const accounts::AccountDesk& desk,
                  const DemoSettings& settings, Chance& chance);

}  // namespace hezhi::app
