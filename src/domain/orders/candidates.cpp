#include "domain/orders/candidates.h"

#include <algorithm>

#include "domain/orders/queries.h"
#include "domain/standing/standing_figure.h"

namespace hezhi::orders {
namespace {

constexpr Millis fairness_window = std::chrono::days(30);

// The path of the area of `kind` above (or at) the order's own; the order's own if there is none.
std::string path_at_kind(const OrderState& order, const areas::Areas& areas,
                         std::string_view kind) {
    for (auto* area = areas.find(order.area); area; area = areas.find(area->parent)) {
        if (area->kind == kind) return area->path;
    }
    return order.area_path;
}

dispatch::Weights weights_of(const rules::DispatchRules& rules) {
    dispatch::Weights weights;
    weights.distance = rules.distance;
    weights.continuity = rules.continuity;
    weights.skill_fit = rules.skill_fit;
    weights.fairness = rules.fairness;
    weights.preference = rules.preference;
    weights.closeness_percent = rules.closeness_percent;
    weights.fairness_minutes_full = rules.fairness_minutes_full;
    weights.preference_unstated_percent = rules.preference_unstated_percent;
    weights.adult_from_years = rules.adult_from_years;
    return weights;
}

dispatch::Order describe(store::Session& db, const OrderState& order, const areas::Areas& areas,
                         const rules::Pack& pack, Instant now) {
    dispatch::Order out;
    out.category = order.category;
    out.area_path = order.area_path;
    out.reach_path = reach_at(order, areas, pack, now);
    std::string community = path_at_kind(order, areas, "community");
    out.near_depth =
        static_cast<std::int32_t>(std::count(community.begin(), community.end(), '/')) - 1;
    out.window = {order.starts_at, order.ends_at};
    out.duty_boundary = order.duty_boundary;
    out.leading_social_worker = order.leader.value;
    out.adult_present = db.row(queries::adults_on_order,
                               {{"order_id", order.id}, {"age", pack.dispatch.adult_from_years}})
                            ->integer("adults") > 0;
    if (const auto* category = pack.category(order.category)) {
        out.certification_min = category->certification_min;
        out.credential = category->credential;
        out.age_years_min = category->age_years_min;
        out.minors_with_adult = category->minors_with_adult;
        out.minor_contact = category->minor_contact;
        out.insurance = category->insurance;
    }
    return out;
}

// Everything that the ranking asks about people, beside their standing.
struct Background {
    std::map<std::int64_t, std::vector<dispatch::Interval>> busy;
    std::map<std::int64_t, std::int64_t> minutes;
    std::vector<std::int64_t> knows_recipient;
};

Background gather(store::Session& db, const OrderState& order, const std::string& path,
                  Instant now) {
    Background found;
    std::string end = areas::path_end(path);
    db.each(queries::bound_in_reach,
            {{"path", path}, {"path_end", end}, {"from", order.starts_at}, {"to", order.ends_at}},
            [&](const store::Row& row) {
                found.busy[row.integer("person")].push_back(
                    {row.instant("starts_at"), row.instant("ends_at")});
            });
    db.each(queries::served_since,
            {{"path", path}, {"path_end", end}, {"since", now - fairness_window}},
            [&](const store::Row& row) {
                found.minutes[row.integer("person")] = row.integer("minutes");
            });
    if (order.recipient) {
        db.each(
            queries::served_recipient, {{"recipient", order.recipient}},
            [&](const store::Row& row) { found.knows_recipient.push_back(row.integer("person")); });
    }
    return found;
}

dispatch::Person person_of(const standing::StandingState& standing, const OrderState& order,
                           const rules::Pack& pack, const Background& background) {
    dispatch::Person person;
    person.id = standing.id.value;
    person.area_path = standing.area_path;
    person.social_worker = standing.social_worker;
    person.volunteer = standing.volunteer;
    person.certification = standing.certification;
    // A registration without an end stands until a fact ends it.
    for (const auto& credential : pack.credentials) {
        if (!standing::holds_credential(standing, credential.key)) continue;
        person.credentials.push_back({credential.key, {INT64_MAX}});
    }
    // Beside social workers, whoever holds the licence that a professional order asks for.
    if (order.duty_boundary == DutyBoundary::professional_only) {
        const auto* category = pack.category(order.category);
        person.social_worker |= category && category->credential &&
                                standing::holds_credential(standing, *category->credential);
    }
    person.record_check_until = standing.record_check_until;
    // Nobody holds a professional credential before they are of age.
    person.age_years =
        standing.age_years.value_or(standing.social_worker ? pack.dispatch.adult_from_years : 0);
    if (auto busy = background.busy.find(person.id); busy != background.busy.end()) {
        person.busy = busy->second;
    }
    if (auto minutes = background.minutes.find(person.id); minutes != background.minutes.end()) {
        person.minutes_30d = static_cast<std::int32_t>(minutes->second);
    }
    const auto& known = background.knows_recipient;
    person.served_recipient_before =
        std::find(known.begin(), known.end(), person.id) != known.end();
    person.is_recipient_or_requester = order.recipient && order.recipient == standing.id;
    return person;
}

}  // namespace

std::string reach_at(const OrderState& order, const areas::Areas& areas, const rules::Pack& pack,
                     Instant now) {
    std::string reach = path_at_kind(order, areas, "community");
    std::int64_t total = std::max<std::int64_t>(1, order.handle_until.ms - order.opened_at.ms);
    std::int64_t percent = (now.ms - order.opened_at.ms) * 100 / total;
    for (const auto& step : pack.dispatch.widening) {
        // When it is back with the social worker, the whole district may be asked by hand.
        if (step.reach == "staff" || percent < step.at_percent) break;
        reach = path_at_kind(order, areas, step.reach);
    }
    return reach;
}

dispatch::Ranking rank_candidates(store::Session& db, const journal::FigureTables& tables,
                                  const OrderState& order, const areas::Areas& areas,
                                  const rules::Pack& pack, Instant now) {
    dispatch::Order asked = describe(db, order, areas, pack, now);
    // People of the whole subdistrict are considered, so that the page can say of those further
    // away that they are outside today's reach.
    std::string considered = path_at_kind(order, areas, "subdistrict");
    if (!asked.reach_path.starts_with(considered)) considered = asked.reach_path;
    Background background = gather(db, order, considered, now);
    std::vector<dispatch::Person> people;
    db.each(queries::people_in_reach,
            {{"path", considered}, {"path_end", areas::path_end(considered)}},
            [&](const store::Row& row) {
                auto standing = journal::read_state<standing::StandingFigure>(tables, row);
                if (standing.volunteer || standing.social_worker) {
                    people.push_back(person_of(standing, order, pack, background));
                }
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
    Background background = gather(db, order, standing.area_path, now);
    return dispatch::consider(describe(db, order, areas, pack, now),
                              person_of(standing, order, pack, background),
                              weights_of(pack.dispatch));
}

}  // namespace hezhi::orders
