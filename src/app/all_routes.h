// The tables of all folders, gathered.
#pragma once

#include "domain/accounts/accounts.h"
#include "domain/activities/activities.h"
#include "domain/hotline/hotline.h"
#include "domain/needs/needs.h"
#include "domain/orders/orders.h"
#include "domain/organizations/organizations.h"
#include "domain/records/records.h"

namespace hezhi::app {

// What the folders' routes hold on to. The references must outlive the routes.
struct Desks {
    const areas::AreaTree& tree;
    people::PersonPages people;
    accounts::AccountDesk accounts;
    organizations::OrganizationDesk organizations;
    needs::NeedPages needs;
    orders::OrderDesk orders;
    records::RecordDesk records;
    activities::ActivityDesk activities;
    hotline::HotlineDesk hotline;
    api::ActionRows labels;
};

// Every route but those that need a running server: signing in, live events, health.
api::Routes all_routes(const Desks& desks);
// What every folder has standing in an area that is to be closed.
areas::AreaUses all_area_uses();
api::ActionRows all_actions();
api::StateRows all_states();

}  // namespace hezhi::app
