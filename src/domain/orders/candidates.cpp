#include "domain/orders/candidates.h"

#include "domain/orders/describe.h"
#include "domain/orders/queries.h"

namespace hezhi::orders {

bool needs_insurance(const OrderState& order, const rules::Pack& pack) {
    const auto* category = pack.category(order.category);
    return category && category->insurance;
}

namespace {

Background background_of(store::Session& db, const std::string& path, const OrderState& order,
                         const rules::Pack& pack, Instant now) {
    Cover cover = needs_insurance(order, pack) ? Cover::asked : Cover::not_asked;
    return gather_background(db, path, order.starts_at, order.ends_at,
                             load_since(pack.dispatch, now), cover);
}

}  // namespace

dispatch::Ranking rank_candidates(store::Session& db, const journal::FigureTables& tables,
                                  const OrderState& order, const areas::Areas& areas,
                                  const rules::Pack& pack, Instant now) {
    dispatch::Order asked = describe_order(db, order, areas, pack, now);
    // People of the whole subdistrict are considered, so that the page can say of those further
    // away that they are outside today's reach.
    std::string considered = path_at_kind(order, areas, "subdistrict");
    if (!asked.reach_path.starts_with(considered)) considered = asked.reach_path;
    auto about = background_of(db, considered, order, pack, now);
    auto known = served_recipient_before(db, order), apart = apart_from(db, order.recipient);
    std::vector<dispatch::Person> people;
    db.each(queries::people_in_reach,
            {{"path", considered}, {"path_end", areas::path_end(considered)}},
            [&](const store::Row& row) {
                auto standing = journal::read_state<standing::StandingFigure>(tables, row);
                if (!may_be_asked(standing)) return;
                people.push_back(describe_person(standing, pack, about));
                set_towards(people.back(), order, known, apart);
            });
    return dispatch::rank(asked, people, weights_of(pack.dispatch));
}

std::optional<dispatch::Verdict> consider_person(store::Session& db,
                                                 const journal::FigureTables& tables,
                                                 const OrderState& order, PersonId person,
                                                 const areas::Areas& areas, const rules::Pack& pack,
                                                 Instant now) {
    auto row = db.row(queries::standing_of, {{"id", person}});
    if (!row) return std::nullopt;
    auto standing = journal::read_state<standing::StandingFigure>(tables, *row);
    auto about = background_of(db, standing.area_path, order, pack, now);
    auto described = describe_person(standing, pack, about);
    set_towards(described, order, served_recipient_before(db, order),
                apart_from(db, order.recipient));
    return dispatch::consider(describe_order(db, order, areas, pack, now), described,
                              weights_of(pack.dispatch));
}

}  // namespace hezhi::orders
