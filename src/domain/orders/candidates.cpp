#include "domain/orders/candidates.h"

#include "domain/orders/describe.h"
#include "domain/orders/queries.h"

namespace hezhi::orders {

bool needs_insurance(const OrderState& order, const rules::Pack& pack) {
    const auto* category = pack.category(order.category);
    return category && category->insurance;
}

namespace {

Cover cover_of(const OrderState& order, const rules::Pack& pack) {
    return needs_insurance(order, pack) ? Cover::asked : Cover::not_asked;
}

}  // namespace

dispatch::Ranking rank_candidates(store::Session& db, const journal::FigureTables& tables,
                                  const OrderState& order, const areas::Areas& areas,
                                  const rules::Pack& pack, Instant now, Looked looked) {
    dispatch::Order asked = describe_order(db, order, areas, pack, now);
    std::string considered = path_at_kind(order, areas, "subdistrict"), above;
    if (!asked.reach_path.starts_with(considered)) {
        considered = asked.reach_path;
    } else if (looked == Looked::reach && asked.reach_path != considered) {
        above = std::exchange(considered, asked.reach_path);
    }
    const Instant since = load_since(pack.dispatch, now);
    const Cover cover = cover_of(order, pack);
    auto known = served_recipient_before(db, order), apart = apart_from(db, order.recipient);
    std::vector<dispatch::Person> people;
    auto add = [&](const standing::StandingState& standing, const Background& about) {
        if (!may_be_asked(standing)) return;
        people.push_back(describe_person(standing, pack, about));
        set_towards(people.back(), order, known, apart);
    };
    journal::StateReader<standing::StandingFigure> read(tables);
    auto about = gather_background(db, considered, order.starts_at, order.ends_at, since, cover);
    db.each(queries::people_in_reach,
            {{"path", considered}, {"path_end", areas::path_end(considered)}},
            [&](const store::Row& row) { add(read(row), about); });
    // Whoever serves the whole subdistrict may take it too; they are few and described alone.
    std::vector<standing::StandingState> few;
    if (!above.empty()) {
        few = journal::states_of<standing::StandingFigure>(db, tables, queries::people_at,
                                                           {{"path", above}});
    }
    for (const auto& standing : few) {
        add(standing, background_of(db, standing.id, order.starts_at, order.ends_at, since, cover));
    }
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
    auto about = background_of(db, person, order.starts_at, order.ends_at,
                               load_since(pack.dispatch, now), cover_of(order, pack));
    auto described = describe_person(standing, pack, about);
    set_towards(described, order, served_recipient_before(db, order),
                apart_from(db, order.recipient));
    return dispatch::consider(describe_order(db, order, areas, pack, now), described,
                              weights_of(pack.dispatch));
}

}  // namespace hezhi::orders
