// The tables of all folders, gathered.
#pragma once

#include "domain/accounts/accounts.h"
#include "domain/activities/activities.h"
#include "domain/back_tests/back_tests.h"
#include "domain/certificates/certificates.h"
#include "domain/certification/certification.h"
#include "domain/complaints/complaints.h"
#include "domain/dispatch_runs/dispatch_runs.h"
#include "domain/grading/grading.h"
#include "domain/guardians/guardians.h"
#include "domain/hotline/hotline.h"
#include "domain/insurance/insurance.h"
#include "domain/needs/needs.h"
#include "domain/orders/orders.h"
#include "domain/organizations/organizations.h"
#include "domain/records/records.h"
#include "domain/rule_packs/rule_packs.h"
#include "domain/spot_checks/spot_checks.h"
#include "domain/time_bank/time_bank.h"

namespace hezhi::app {

// What the folders' routes hold on to. The references must outlive the routes.
struct Desks {
    const areas::AreaTree& tree;
    people::PersonPages people;
    accounts::AccountDesk accounts;
    organizations::OrganizationDesk organizations;
    certification::CertificationDesk certification;
    insurance::InsuranceDesk insurance;
    rule_packs::RulePackDesk rule_packs;
    grading::GradeDesk grading;
    time_bank::TimeBankDesk time_bank;
    needs::NeedPages needs;
    orders::OrderDesk orders;
    dispatch_runs::Batches& batches;
    records::RecordDesk records;
    activities::ActivityDesk activities;
    certificates::CertificateDesk certificates;
    guardians::GuardianDesk guardians;
    hotline::HotlineDesk hotline;
    incidents::IncidentDesk incidents;
    complaints::ComplaintDesk complaints;
    spot_checks::SpotCheckDesk spot_checks;
    back_tests::BackTestDesk back_tests;
    api::ActionRows labels;
};

// Every route but those that need a running server: signing in, live events, health.
api::Routes all_routes(const Desks& desks);
// What every folder has standing in an area that is to be closed.
areas::AreaUses all_area_uses();
api::ActionRows all_actions();
api::StateRows all_states();

}  // namespace hezhi::app
