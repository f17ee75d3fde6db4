// What an incident or a complaint is about, and who had a part in it.
#include <algorithm>

#include "domain/incidents/incidents.h"
#include "domain/incidents/queries.h"

namespace hezhi::incidents {
namespace {

// A turn and a reading load alike: something that may be nothing.
template <class Source>
bool add_order(Source& source, OrderId id, Matter& matter) {
    auto order = source.template load<orders::OrderFigure>(id);
    if (!order) return false;
    matter.order_id = id;
    matter.place = {order->area, order->area_path};
    matter.leader = order->leader;
    matter.recipient = order->recipient;
    // Nobody has taken it: nothing can have happened in it.
    matter.begins_at = order->accepted > 0 ? order->starts_at : Instant{INT64_MAX};
    return true;
}

template <class Source>
bool add_activity(Source& source, store::Session& db, ActivityId id, Matter& matter) {
    auto activity = source.template load<activities::ActivityFigure>(id);
    if (!activity) return false;
    matter.activity_id = id;
    matter.place = {activity->area, activity->area_path};
    matter.leader = activity->leader;
    matter.begins_at = db.row(queries::activity_begins, {{"activity", id}})->instant("starts_at");
    return true;
}

template <class Source>
bool add_record(Source& source, store::Session& db, RecordId id, Matter& matter) {
    auto found = source.template load<records::RecordFigure>(id);
    if (!found) return false;
    const records::RecordState record = *found;
    if (record.order_id) add_order(source, record.order_id, matter);
    if (record.activity_id) add_activity(source, db, record.activity_id, matter);
    matter.person = record.person;
    matter.place = {record.area, record.area_path};
    matter.begins_at = record.starts_at;
    return true;
}

template <class Source>
std::optional<Matter> find(Source& source, store::Session& db, AboutKind about, std::int64_t id) {
    Matter matter;
    matter.about = about;
    matter.id = id;
    if (id <= 0) return std::nullopt;
    bool found = false;
    switch (about) {
        case AboutKind::order:
            found = add_order(source, OrderId(id), matter);
            break;
        case AboutKind::activity:
            found = add_activity(source, db, ActivityId(id), matter);
            break;
        case AboutKind::record:
            found = add_record(source, db, RecordId(id), matter);
            break;
        case AboutKind::person:
            if (auto person = source.template load<people::PersonFigure>(PersonId(id))) {
                matter.person = PersonId(id);
                matter.place = {person->area, person->area_path};
                found = true;
            }
            break;
        case AboutKind::team:
            if (auto team =
                    source.template load<organizations::OrganizationFigure>(OrganizationId(id))) {
                matter.place = {team->area, team->area_path};
                found = true;
            }
            break;
    }
    return found ? std::optional(matter) : std::nullopt;
}

bool counts(store::Session& db, const store::Query& query, std::int64_t id,
            const api::Caller& caller) {
    return db.row(query, {{"id", id}, {"person", caller.person}})->integer("parts") > 0;
}

}  // namespace

std::optional<Matter> matter_of(journal::Turn& turn, AboutKind about, std::int64_t id) {
    return find(turn, turn.db(), about, id);
}

std::optional<Matter> matter_of(const api::Reading& reading, AboutKind about, std::int64_t id) {
    return find(reading, reading.db, about, id);
}

std::vector<PersonId> who_served(store::Session& db, const Matter& matter) {
    std::vector<PersonId> people;
    auto gather = [&](const store::Query& query, std::int64_t id) {
        db.each(query, {{"id", id}},
                [&](const store::Row& row) { people.push_back(row.id<PersonId>("person")); });
    };
    if (matter.person) {
        people.push_back(matter.person);
    } else if (matter.order_id) {
        gather(queries::served_in_order, matter.order_id.value);
    } else if (matter.activity_id) {
        gather(queries::served_in_activity, matter.activity_id.value);
    }
    return people;
}

bool has_part(store::Session& db, const api::Caller& caller, const Matter& matter) {
    if (matter.leader && matter.leader == caller.account) return true;
    if (!caller.person) return false;
    if (matter.person == caller.person) return true;
    if (matter.person && counts(db, queries::leads_team_of, matter.person.value, caller)) {
        return true;
    }
    if (matter.order_id && counts(db, queries::part_in_order, matter.order_id.value, caller)) {
        return true;
    }
    if (matter.activity_id &&
        counts(db, queries::part_in_activity, matter.activity_id.value, caller)) {
        return true;
    }
    return matter.about == AboutKind::team && counts(db, queries::part_in_team, matter.id, caller);
}

api::Access access_of(store::Session& db, const api::Caller& caller, const Matter& matter) {
    auto served = who_served(db, matter);
    bool there = caller.person && std::ranges::find(served, caller.person) != served.end();
    return {.area_path = matter.place.path, .leader = matter.leader, .assigned = there};
}

}  // namespace hezhi::incidents
