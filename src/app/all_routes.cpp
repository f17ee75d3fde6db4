#include "app/all_routes.h"

#include "domain/cases/cases.h"
#include "domain/catalogue/catalogue.h"
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
    append(all, accounts::routes(desks.accounts));
    append(all, organizations::routes(desks.organizations));
    append(all, catalogue::routes());
    append(all, standing::routes());
    append(all, needs::routes(desks.needs));
    append(all, orders::routes(desks.orders));
    append(all, records::routes(desks.records));
    append(all, activities::routes(desks.activities));
    append(all, hotline::routes(desks.hotline));
    append(all, cases::routes(desks.orders));
    append(all, reports::routes(desks.orders, desks.needs, desks.labels));
    return all;
}

api::ActionRows all_actions() {
    api::ActionRows all = areas::actions();
    append(all, people::actions());
    append(all, accounts::actions());
    append(all, organizations::actions());
    append(all, standing::actions());
    append(all, needs::actions());
    append(all, orders::actions());
    append(all, records::actions());
    append(all, activities::actions());
    append(all, hotline::actions());
    append(all, cases::actions());
    return all;
}

api::StateRows all_states() {
    api::StateRows all = people::states();
    append(all, accounts::states());
    append(all, organizations::states());
    append(all, needs::states());
    append(all, orders::states());
    append(all, records::states());
    append(all, activities::states());
    append(all, cases::states());
    return all;
}

}  // namespace hezhi::app
