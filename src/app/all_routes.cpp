#include "app/all_routes.h"

#include "domain/cases/cases.h"
#include "domain/catalogue/catalogue.h"
#include "domain/deputies/deputies.h"
#include "domain/homes/homes.h"
#include "domain/queues/queues.h"
#include "domain/reports/reports.h"
#include "domain/standing/standing.h"

namespace hezhi::app {
namespace {

template <class Rows>
void append(Rows& all, Rows more) {
    for (auto& row : more) all.push_back(std::move(row));
}

}  // namespace

areas::AreaUses all_area_uses() {
    return {people::area_use(), accounts::area_use(), needs::area_use(), orders::area_use()};
}

api::Routes all_routes(const Desks& desks) {
    api::Routes all = areas::routes(desks.tree, all_area_uses());
    append(all, people::routes(desks.people));
    append(all, people::joining_routes(desks.people));
    append(all, people::reading_request_routes(desks.people));
    append(all, accounts::routes(desks.accounts));
    append(all, deputies::routes(desks.accounts));
    append(all, organizations::routes(desks.organizations));
    append(all, catalogue::routes());
    append(all, insurance::routes(desks.insurance));
    append(all, rule_packs::routes(desks.rule_packs));
    append(all, standing::routes());
    append(all, certification::routes(desks.certification));
    append(all, grading::routes(desks.grading));
    append(all, time_bank::routes(desks.time_bank));
    append(all, needs::routes(desks.needs));
    append(all, orders::routes(desks.orders));
    append(all, dispatch_runs::routes({desks.orders, desks.batches}));
    append(all, records::routes(desks.records));
    append(all, activities::routes(desks.activities));
    append(all, certificates::routes(desks.certificates));
    append(all, guardians::routes(desks.guardians));
    append(all, hotline::routes(desks.hotline));
    append(all, cases::routes(desks.orders));
    append(all, queues::routes(desks.orders));
    append(all, homes::routes(desks.orders));
    append(all, incidents::routes(desks.incidents));
    append(all, complaints::routes(desks.complaints));
    append(all, spot_checks::routes(desks.spot_checks));
    append(all, back_tests::routes(desks.back_tests));
    append(all, reports::routes(desks.orders, desks.needs, desks.labels));
    return all;
}

api::ActionRows all_actions() {
    api::ActionRows all = areas::actions();
    append(all, people::actions());
    append(all, accounts::actions());
    append(all, deputies::actions());
    append(all, organizations::actions());
    append(all, insurance::actions());
    append(all, rule_packs::actions());
    append(all, standing::actions());
    append(all, certification::actions());
    append(all, grading::actions());
    append(all, time_bank::actions());
    append(all, needs::actions());
    append(all, orders::actions());
    append(all, dispatch_runs::actions());
    append(all, records::actions());
    append(all, activities::actions());
    append(all, certificates::actions());
    append(all, guardians::actions());
    append(all, hotline::actions());
    append(all, cases::actions());
    append(all, queues::actions());
    append(all, incidents::actions());
    append(all, complaints::actions());
    append(all, spot_checks::actions());
    append(all, back_tests::actions());
    return all;
}

api::StateRows all_states() {
    api::StateRows all = people::states();
    append(all, accounts::states());
    append(all, deputies::states());
    append(all, organizations::states());
    append(all, insurance::states());
    append(all, rule_packs::states());
    append(all, certification::states());
    append(all, grading::states());
    append(all, time_bank::states());
    append(all, needs::states());
    append(all, orders::states());
    append(all, dispatch_runs::states());
    append(all, records::states());
    append(all, activities::states());
    append(all, certificates::states());
    append(all, cases::states());
    append(all, incidents::states());
    append(all, complaints::states());
    append(all, spot_checks::states());
    append(all, back_tests::states());
    return all;
}

}  // namespace hezhi::app
