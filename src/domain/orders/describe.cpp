#include "domain/orders/describe.h"

#include <algorithm>

#include "domain/insurance/insurance.h"
#include "domain/orders/candidates.h"
#include "domain/orders/queries.h"

namespace hezhi::orders {
namespace {

std::int32_t depth_at(const std::string& path) {
    return static_cast<std::int32_t>(std::count(path.begin(), path.end(), '/')) - 1;
}

}  // namespace

std::string path_at_kind(const OrderState& order, const areas::Areas& areas,
                         std::string_view kind) {
    for (auto* area = areas.find(order.area); area; area = areas.find(area->parent)) {
        if (area->kind == kind) return area->path;
    }
    return order.area_path;
}

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
    weights.recent_minutes_max = rules.load_minutes_max;
    return weights;
}

dispatch::Order describe_order(const OrderState& order, bool adult_present,
                               const areas::Areas& areas, const rules::Pack& pack, Instant now) {
    dispatch::Order out;
    out.category = order.category;
    out.area_path = order.area_path;
    out.reach_path = reach_at(order, areas, pack, now);
    out.near_depth = depth_at(path_at_kind(order, areas, "community"));
    out.window = {order.starts_at, order.ends_at};
    out.minutes_planned = order.minutes_planned;
    out.duty_boundary = order.duty_boundary;
    out.leading_social_worker = order.leader.value;
    out.adult_present = adult_present;
    if (const auto* category = pack.category(order.category)) {
        out.certification_min = category->certification_min;
        out.field = category->field;
        out.credential = category->credential;
        out.age_years_min = category->age_years_min;
        out.minors_with_adult = category->minors_with_adult;
        out.checks = category->checks;
        out.insurance = category->insurance;
        out.paired_may =
            order.people_needed > 1 && category->risk_level <= pack.color_grades.yellow.risk_max;
    }
    return out;
}

dispatch::Order describe_order(store::Session& db, const OrderState& order,
                               const areas::Areas& areas, const rules::Pack& pack, Instant now) {
    auto row = db.row(queries::adults_on_order,
                      {{"order_id", order.id}, {"age", pack.dispatch.adult_from_years}});
    return describe_order(order, row->integer("adults") > 0, areas, pack, now);
}

Instant load_since(const rules::DispatchRules& rules, Instant now) {
    return now - std::chrono::days(rules.load_days);
}

Background gather_background(store::Session& db, const std::string& path, Instant from, Instant to,
                             Instant load_since, Cover cover) {
    Background found;
    std::string end = areas::path_end(path);
    db.each(queries::bound_in_reach,
            {{"path", path}, {"path_end", end}, {"from", from}, {"to", to}},
            [&](const store::Row& row) {
                found.busy[row.integer("person")].push_back(
                    {row.instant("starts_at"), row.instant("ends_at")});
            });
    db.each(queries::served_since, {{"path", path}, {"path_end", end}, {"since", load_since}},
            [&](const store::Row& row) {
                found.minutes[row.integer("person")] = row.integer("minutes");
            });
    if (cover == Cover::asked) found.insured = insurance::insured_in_reach(db, path, from);
    return found;
}

Background background_of(store::Session& db, PersonId person, Instant from, Instant to,
                         Instant load_since, Cover cover) {
    Background found;
    db.each(
        queries::bound, {{"person", person}, {"from", from}, {"to", to}},
        [&](const store::Row& row) {
            found.busy[person.value].push_back({row.instant("starts_at"), row.instant("ends_at")});
        });
    auto served = db.row(queries::served_by_since, {{"person", person}, {"since", load_since}});
    found.minutes[person.value] = served->integer("minutes");
    if (cover == Cover::asked) {
        found.insured[person.value] = insurance::insured_until(db, person, from);
    }
    return found;
}

std::vector<std::int64_t> served_recipient_before(store::Session& db, const OrderState& order) {
    std::vector<std::int64_t> known;
    if (!order.recipient) return known;
    db.each(queries::served_recipient, {{"recipient", order.recipient}},
            [&](const store::Row& row) { known.push_back(row.integer("person")); });
    return known;
}

bool may_be_asked(const standing::StandingState& standing) {
    return standing.volunteer || standing.social_worker;
}

dispatch::Person describe_person(const standing::StandingState& standing, const rules::Pack& pack,
                                 const Background& about) {
    dispatch::Person person;
    person.id = standing.id.value;
    person.area_path = standing.area_path;
    person.social_worker = standing.social_worker;
    person.volunteer = standing.volunteer;
    // While it is suspended a level opens nothing.
    bool opens = !standing::certification_suspended(standing);
    person.certification = opens ? standing.certification : 0;
    person.professional = opens && standing.professional;
    person.professional_until = standing::professional_until(standing);
    if (standing.certified_until) person.certified_until = standing.certified_until;
    for (const auto& field : pack.certification.fields) {
        if (standing::certified_in(standing, field.key)) person.fields.push_back(field.key);
    }
    // A registration without an end stands until a fact ends it.
    for (const auto& credential : pack.credentials) {
        if (!standing::holds_credential(standing, credential.key)) continue;
        person.credentials.push_back(
            {credential.key, standing::licence_until(standing, credential.key)});
    }
    for (const auto& held : standing.checks) {
        person.checks.push_back({held.check, standing::check_until(standing, held.check)});
    }
    const auto& grade = pack.color_grades.effect(standing.grade);
    person.paused = grade.paused;
    person.paired = grade.paired;
    if (auto insured = about.insured.find(person.id); insured != about.insured.end()) {
        person.insured_until = insured->second;
    }
    person.guardian_consent = standing.guardian_consent;
    // Nobody holds a professional credential before they are of age.
    person.age_years =
        standing.age_years.value_or(standing.social_worker ? pack.dispatch.adult_from_years : 0);
    if (auto busy = about.busy.find(person.id); busy != about.busy.end()) {
        person.busy = busy->second;
    }
    if (auto minutes = about.minutes.find(person.id); minutes != about.minutes.end()) {
        person.recent_minutes = static_cast<std::int32_t>(minutes->second);
    }
    return person;
}

void set_towards(dispatch::Person& person, const OrderState& order,
                 const std::vector<std::int64_t>& known, const std::vector<std::int64_t>& apart) {
    person.excluded_by_recipient = std::find(apart.begin(), apart.end(), person.id) != apart.end();
    person.served_recipient_before =
        std::find(known.begin(), known.end(), person.id) != known.end();
    person.is_recipient_or_requester = order.recipient && order.recipient.value == person.id;
}

}  // namespace hezhi::orders
