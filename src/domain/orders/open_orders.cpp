// What a batch of all open orders reads. The rules and the prices are those of one order.
#include <algorithm>
#include <map>

#include "domain/insurance/insurance.h"
#include "domain/orders/describe.h"
#include "domain/orders/queries.h"

namespace hezhi::orders {
namespace {

constexpr Millis day_length = std::chrono::days(1);

bool is_experienced(std::int64_t certification, std::int64_t orders_served, bool social_worker,
                    const rules::DispatchRules& rules) {
    return social_worker || certification >= rules.experienced_certification_min ||
           orders_served >= rules.experienced_orders_min;
}

// What stands about the orders, beside themselves.
struct About {
    std::vector<std::int64_t> asked;  // ascending
    std::vector<std::int64_t> known;  // ascending
    bool adult = false;               // one of those who have accepted is
    bool experienced = false;         // the same
};

std::map<std::int64_t, About> about_orders(store::Session& db,
                                           const std::vector<store::Param>& scope,
                                           const rules::DispatchRules& rules) {
    std::map<std::int64_t, About> found;
    db.each(queries::asked_for_looking, scope, [&](const store::Row& row) {
        About& about = found[row.integer("order_id")];
        about.asked.push_back(row.integer("person"));
        if (row.text("state") != label_of(OfferStep::accepted)) return;
        about.adult |= row.integer_or_null("age_years").value_or(0) >= rules.adult_from_years;
        about.experienced |=
            is_experienced(row.integer("certification"), row.integer("orders_served"),
                           row.integer("social_worker") != 0, rules);
    });
    db.each(queries::served_recipients_of_looking, scope, [&](const store::Row& row) {
        found[row.integer("order_id")].known.push_back(row.integer("person"));
    });
    return found;
}

std::int32_t empty_points(const OrderState& order, const rules::DispatchRules& rules, Instant now) {
    std::int64_t points = rules.empty_points;
    auto urgency = rules.urgency_points.find(std::string(label_of(order.priority_class)));
    if (urgency != rules.urgency_points.end()) points += urgency->second;
    points += rules.empty_points_per_day * ((now - order.opened_at) / day_length);
    return static_cast<std::int32_t>(std::min<std::int64_t>(points, rules.empty_points_max));
}

}  // namespace

dispatch::MatchInput open_orders(store::Session& db, const journal::FigureTables& tables,
                                 const std::string& path, const areas::Areas& areas,
                                 const rules::Pack& pack, Instant now) {
    const rules::DispatchRules& rules = pack.dispatch;
    dispatch::MatchInput input;
    input.weights = weights_of(rules);
    input.tie_salt = static_cast<std::uint64_t>(day_of(now).number);
    std::string end = areas::path_end(path);
    const std::vector<store::Param> scope{{"path", path}, {"path_end", end}, {"now", now}};
    auto looking = journal::states_of<OrderFigure>(db, tables, queries::looking_for_people, scope);
    auto about = about_orders(db, scope, rules);
    auto apart = all_apart(db);
    std::string considered = path;
    for (const OrderState& order : looking) {
        // Who was asked and has not answered may still take a place.
        auto places = order.people_needed - order.accepted - order.offers_open;
        if (places <= 0) continue;
        const About& its = about[order.id.value];
        dispatch::MatchOrder match;
        match.id = order.id.value;
        match.order = describe_order(order, its.adult, areas, pack, now);
        match.places = places;
        match.all_or_nothing = order.people_needed > 1;
        const auto* category = pack.category(order.category);
        match.leader_needed = order.people_needed > 1 && category &&
                              category->risk_level >= rules.leader_from_risk && !its.experienced;
        match.empty_points = empty_points(order, rules, now);
        match.recipient = order.recipient.value;
        match.known = its.known;
        if (auto others = apart.find(match.recipient); match.recipient && others != apart.end()) {
            match.excluded = others->second;
        }
        match.asked_before = its.asked;
        // Every reach is above or below the batch's own area.
        const auto& reach = match.order.reach_path;
        if (reach.size() < considered.size()) considered = reach;
        input.orders.push_back(std::move(match));
    }
    if (input.orders.empty()) return input;

    std::string considered_end = areas::path_end(considered);
    auto background = gather_background(db, considered, now, {INT64_MAX},
                                        load_since(pack.dispatch, now), Cover::asked);
    auto covers = insurance::spans_in_reach(db, considered);
    std::map<std::int64_t, std::vector<dispatch::Interval>> asked;
    db.each(queries::asked_in_reach,
            {{"path", considered}, {"path_end", considered_end}, {"now", now}},
            [&](const store::Row& row) {
                asked[row.integer("person")].push_back(
                    {row.instant("starts_at"), row.instant("ends_at")});
            });
    journal::StateReader<standing::StandingFigure> read(tables);
    db.each(queries::people_in_reach, {{"path", considered}, {"path_end", considered_end}},
            [&](const store::Row& row) {
                auto standing = read(row);
                if (!may_be_asked(standing)) return;
                dispatch::MatchPerson person;
                person.person = describe_person(standing, pack, background);
                person.person.insured_until = {};  // asked anew for the time of each order
                if (auto its = covers.find(person.person.id); its != covers.end()) {
                    for (const auto& span : its->second) {
                        person.insured.push_back(
                            {span.from, insurance::covered_until(its->second, span.from)});
                    }
                }
                person.experienced =
                    is_experienced(standing::certification_at(standing, now),
                                   standing.orders_served, standing.social_worker, rules);
                if (auto its = asked.find(person.person.id); its != asked.end()) {
                    person.asked = its->second;
                }
                input.people.push_back(std::move(person));
            });
    return input;
}

}  // namespace hezhi::orders
