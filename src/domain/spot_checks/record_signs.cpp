#include "domain/spot_checks/record_signs.h"

#include <algorithm>
#include <map>

#include "domain/areas/area_figure.h"
#include "domain/spot_checks/queries.h"
#include "facts/order_facts.h"
#include "journal/facts_about.h"

namespace hezhi::spot_checks {
namespace {

// A limit of the machine and no rule: an installation writes fewer facts a minute than this, so
// records entered within the pack's minutes are found by their ids.
constexpr std::int64_t facts_a_minute_max = 350;

// One person's service of one order.
struct Service {
    OrderId order;
    PersonId person;
    Instant in;
    Instant out;
    AreaId area;
    PersonId recipient;
};

// --- the way between two orders ---

Whereabouts whereabouts(journal::Turn& turn, AreaId area) {
    Whereabouts found;
    while (area) {
        const auto* state = turn.load<areas::AreaFigure>(area);
        if (!state) break;
        if (found.area_path.empty()) found.area_path = state->path;
        if (state->kind == "community") found.community = state->path;
        area = state->parent;
    }
    return found;
}

// What a call tells was reckoned from the planned start: nobody noted when somebody came or left.
template <class Noted>
bool told_by_call(journal::Turn& turn, OrderId order, PersonId person) {
    bool told = false;
    for (const Fact& fact : journal::facts_about(turn.db(), "order", order.value)) {
        if (!fact.is<Noted>() || fact.subject("person") != person.value) continue;
        told = fact.actor.permission == "order.finish";
    }
    return told;
}

// For how much of the way there was time, from or to the order of `row`, if it left and reached
// both doors as noted there.
template <class Here, class There>
std::int32_t way_percent_to(journal::Turn& turn, const Service& service, const store::OwnedRow& row,
                            Millis between, const rules::Pack& pack) {
    PersonId recipient = row.id<PersonId>("recipient");
    if (recipient && recipient == service.recipient) return 100;
    auto way = way_between(whereabouts(turn, service.area),
                           whereabouts(turn, row.id<AreaId>("area")), pack.dispatch);
    std::int32_t percent = way_percent(between, way);
    if (percent >= pack.true_hours.travel_share_percent) return 100;
    bool told = told_by_call<Here>(turn, service.order, service.person) ||
                told_by_call<There>(turn, row.id<OrderId>("id"), service.person);
    return told ? 100 : percent;
}

void gather_way(journal::Turn& turn, const Service& service, const rules::Pack& pack,
                RecordSigns& signs) {
    if (pack.true_hours.travel_share_percent == 0 || pack.dispatch.travel_minutes.empty()) return;
    Millis longest = std::chrono::minutes(pack.dispatch.travel_minutes.back());
    auto next_to = [&](const store::Query& query, Instant since, Instant until) {
        return turn.db().row(query, {{"person", service.person},
                                     {"order_id", service.order},
                                     {"since", since},
                                     {"until", until}});
    };
    if (auto row = next_to(queries::order_before, service.in - longest, service.in)) {
        Millis between = service.in - row->instant("noted_at");
        signs.way_percent =
            way_percent_to<OrderCheckedIn, OrderCheckedOut>(turn, service, *row, between, pack);
    }
    if (auto row = next_to(queries::order_after, service.out, service.out + longest)) {
        Millis between = row->instant("noted_at") - service.out;
        signs.way_percent = std::min(
            signs.way_percent,
            way_percent_to<OrderCheckedOut, OrderCheckedIn>(turn, service, *row, between, pack));
    }
}

// --- one code, several people ---

// Who came and left by the code and their own hand; what a list or a call noted is left out.
std::vector<CodeUse> uses_of_code(journal::Turn& turn, OrderId order) {
    std::map<PersonId, CodeUse> by_person;
    for (const Fact& fact : journal::facts_about(turn.db(), "order", order.value)) {
        PersonId person(fact.subject("person"));
        CodeUse& use = by_person[person];
        use.person = person;
        const std::string& by = fact.actor.permission;
        if (fact.is<OrderCheckedIn>()) {
            use.in = by == "order.check_in" ? fact.occurred_at : Instant{};
        } else if (fact.is<OrderCheckedOut>()) {
            use.out = by == "order.check_out" ? fact.occurred_at : Instant{};
        }
    }
    std::vector<CodeUse> uses;
    for (const auto& [person, use] : by_person) {
        if (use.in && use.out) uses.push_back(use);
    }
    return uses;
}

void gather_code_use(journal::Turn& turn, const Service& service,
                     const rules::TrueHoursRules& rules, RecordSigns& signs) {
    if (rules.code_people_min == 0) return;
    Millis within = std::chrono::seconds(rules.code_within_seconds);
    auto row = turn.db().row(queries::came_and_left_together, {{"order_id", service.order},
                                                               {"in_from", service.in - within},
                                                               {"in_to", service.in + within},
                                                               {"out_from", service.out - within},
                                                               {"out_to", service.out + within}});
    // The facts are read only where there may be a sign.
    if (row->integer("people") < rules.code_people_min) return;
    signs.code_people = people_together(uses_of_code(turn, service.order), service.person, within);
}

// --- the others ---

void gather_pair(store::Session& db, const Service& service, const rules::TrueHoursRules& rules,
                 RecordSigns& signs) {
    if (!service.recipient) return;
    auto pair = db.row(queries::minutes_of_pair,
                       {{"person", service.person},
                        {"recipient", service.recipient},
                        {"since", service.out - std::chrono::days(rules.pair_window_days)},
                        {"until", service.out}});
    signs.pair_minutes = pair->integer("pair_minutes");
    signs.all_minutes = pair->integer("all_minutes");
    signs.pair_services = static_cast<std::int32_t>(pair->integer("pair_services"));
}

// Orders, `except` aside, to which the person was checked in within the time.
std::int32_t orders_beside(store::Session& db, PersonId person, OrderId except, Instant from,
                           Instant to) {
    auto row = db.row(queries::parallel_orders,
                      {{"order_id", except}, {"person", person}, {"from", from}, {"to", to}});
    return static_cast<std::int32_t>(row->integer("orders"));
}

void gather_other_services(store::Session& db, const Service& service, RecordSigns& signs) {
    signs.parallel = orders_beside(db, service.person, service.order, service.in, service.out);
    auto shifts = db.row(queries::parallel_shifts,
                         {{"person", service.person}, {"from", service.in}, {"to", service.out}});
    signs.parallel += static_cast<std::int32_t>(shifts->integer("shifts"));
    signs.nth_of_day = static_cast<std::int32_t>(
        db.row(queries::orders_of_day, {{"person", service.person},
                                        {"day", start_of(day_of(service.out))},
                                        {"at", service.out}})
            ->integer("orders"));
}

// Nobody joins two shifts of one time: beside a shift there are only orders.
void gather_shift_signs(store::Session& db, const records::RecordState& record,
                        RecordSigns& signs) {
    auto row = db.row(queries::presence_at_shift,
                      {{"person", record.person}, {"shift_id", record.shift_id}});
    if (!row) return;
    signs.parallel =
        orders_beside(db, record.person, {}, row->instant("present_from"), row->instant("ends_at"));
}

void gather_order_signs(journal::Turn& turn, const records::RecordState& record,
                        const rules::Pack& pack, RecordSigns& signs) {
    store::Session& db = turn.db();
    auto row = db.row(queries::service_of_record,
                      {{"order_id", record.order_id}, {"person", record.person}});
    if (!row) return;
    Service service{record.order_id,
                    record.person,
                    row->instant("checked_in_at"),
                    row->instant("checked_out_at"),
                    row->id<AreaId>("area"),
                    row->id<PersonId>("recipient")};
    signs.has_order = true;
    signs.planned = row->integer("planned") > 0;
    signs.minutes_early = records::whole_minutes(service.in, row->instant("starts_at"));
    signs.minutes_after = records::whole_minutes(row->instant("ends_at"), service.out);
    gather_other_services(db, service, signs);
    gather_way(turn, service, pack, signs);
    gather_pair(db, service, pack.true_hours, signs);
    gather_code_use(turn, service, pack.true_hours, signs);
}

std::int64_t positions_around(const rules::TrueHoursRules& rules) {
    return rules.bulk_within_minutes * facts_a_minute_max;
}

void gather_entries_around(store::Session& db, const records::RecordState& record,
                           const rules::TrueHoursRules& rules, RecordSigns& signs) {
    auto around = std::chrono::minutes(rules.bulk_within_minutes);
    std::int64_t positions = positions_around(rules);
    signs.entered_around = static_cast<std::int32_t>(
        db.row(queries::entered_around, {{"by", record.entered_by},
                                         {"from", record.entered_at - around},
                                         {"to", record.entered_at + around},
                                         {"first_id", record.id.value - positions},
                                         {"last_id", record.id.value + positions}})
            ->integer("records"));
}

// Released time is named as such and is the pack's to record or to refuse.
bool served_at_post(store::Session& db, const records::RecordState& record,
                    const rules::Pack& pack) {
    if (!pack.true_hours.duty_hours || record.time_was == TimeWas::employer_released) return false;
    if (!in_working_hours(record.starts_at, record.ends_at, pack.calendar)) return false;
    auto row = db.row(queries::posts_held, {{"person", record.person}, {"at", record.starts_at}});
    return row->integer("posts") > 0;
}

}  // namespace

RecordSigns signs_of(journal::Turn& turn, const records::RecordState& record,
                     const rules::Pack& pack) {
    RecordSigns signs;
    signs.late = record.late;
    if (record.order_id) {
        gather_order_signs(turn, record, pack, signs);
    } else if (record.shift_id) {
        gather_shift_signs(turn.db(), record, signs);
    } else {
        gather_entries_around(turn.db(), record, pack.true_hours, signs);
    }
    signs.at_post = served_at_post(turn.db(), record, pack);
    return signs;
}

EnteredTogether entered_together(store::Session& db, const records::RecordVersionState& entry,
                                 const rules::TrueHoursRules& rules, SpotCheckId check) {
    auto around = std::chrono::minutes(rules.bulk_within_minutes);
    std::int64_t positions = positions_around(rules);
    auto row = db.row(queries::entered_together,
                      {{"by", entry.by},
                       {"from", entry.at - around},
                       {"to", entry.at + around},
                       {"first_id", entry.id.value - positions},
                       {"last_id", std::min(entry.id.value + positions, check.value - 1)}});
    return {static_cast<std::int32_t>(row->integer("records")), row->instant("first_at"),
            row->instant("last_at")};
}

}  // namespace hezhi::spot_checks
