// The tables of all folders, gathered.
#pragma once

#include "domain/accounts/accounts.h"
#include "domain/needs/needs.h"
#include "domain/orders/orders.h"

namespace hezhi::app {

// What the folders' routes hold on to. The references must outlive the routes.
struct Desks {
    const areas::AreaTree& tree;
    people::PersonPages people;
    accounts::AccountDesk accounts;
    needs::NeedPages needs;
    orders::OrderDesk orders;
    api::ActionRows labels;
};

// Every route but those that need a running server: signing in, live events, health.
api::Routes all_routes(const Desks& desks);
api::ActionRows all_actions();
api::StateRows all_states();

}  // namespace hezhi::app
