#include "domain/activities/activity_figure.h"

#include "facts/deputy_facts.h"

namespace hezhi::activities {

std::vector<std::string_view> ActivityFigure::kinds() {
    return {ActivityPublished::kind, ActivityCancelled::kind, ItemHandedOn::kind,
            ItemPassedOn::kind};
}

journal::Keys ActivityFigure::keys(const Fact& fact) {
    if (std::int64_t activity = fact.subject("activity")) return {activity};
    return {};  // other work changed hands
}

void ActivityFigure::step(State& activity, const Fact& fact, const rules::Pack&) {
    if (fact.is<ActivityCancelled>()) {
        activity.state = ActivityStep::cancelled;
        return;
    }
    if (changes_leader(fact)) {
        activity.leader = next_leader(fact);
        return;
    }
    const auto& published = fact.as<ActivityPublished>();
    activity.area = fact.place.area;
    activity.area_path = fact.place.path;
    activity.organization = OrganizationId(fact.subject("organization"));
    activity.category = published.category;
    activity.leader = published.leader;
    activity.age_years_min = published.age_years_min;
    activity.certification_min = published.certification_min;
    activity.published_at = fact.occurred_at;
    activity.ends_at = published.ends_at;
    activity.insurance = InsuranceId(fact.subject("insurance"));
    activity.children = published.children.value_or(0);
}

std::vector<std::string_view> ShiftFigure::kinds() {
    return {ShiftAdded::kind,     ShiftJoined::kind,   ShiftMovedUp::kind, ShiftLeft::kind,
            ShiftCheckedIn::kind, ShiftRecorded::kind, ShiftClosed::kind};
}

journal::Keys ShiftFigure::keys(const Fact& fact) {
    return {fact.subject("shift")};
}

void ShiftFigure::step(State& shift, const Fact& fact, const rules::Pack&) {
    if (fact.is<ShiftAdded>()) {
        const auto& added = fact.as<ShiftAdded>();
        shift.activity = ActivityId(fact.subject("activity"));
        shift.starts_at = added.starts_at;
        shift.ends_at = added.ends_at;
        shift.capacity = added.capacity;
    } else if (fact.is<ShiftJoined>()) {
        ++(fact.as<ShiftJoined>().waits ? shift.waiting : shift.joined);
    } else if (fact.is<ShiftMovedUp>()) {
        --shift.waiting;
        ++shift.joined;
    } else if (fact.is<ShiftLeft>()) {
        --(fact.as<ShiftLeft>().waited ? shift.waiting : shift.joined);
    } else if (fact.is<ShiftCheckedIn>()) {
        shift.present += fact.as<ShiftCheckedIn>().present ? 1 : -1;
    } else if (fact.is<ShiftRecorded>()) {
        ++shift.recorded;
    } else if (fact.is<ShiftClosed>()) {
        shift.closed_at = fact.occurred_at;
    }
}

std::string seat_key(ShiftId shift, PersonId person) {
    return std::to_string(shift.value) + "-" + std::to_string(person.value);
}

std::vector<std::string_view> SeatFigure::kinds() {
    return {ShiftJoined::kind,   ShiftMovedUp::kind,       ShiftLeft::kind,    ShiftCheckedIn::kind,
            ShiftRecorded::kind, ShiftRecordRefused::kind, ShiftReturned::kind};
}

journal::Keys SeatFigure::keys(const Fact& fact) {
    return {seat_key(ShiftId(fact.subject("shift")), PersonId(fact.subject("person")))};
}

void SeatFigure::step(State& seat, const Fact& fact, const rules::Pack&) {
    if (fact.is<ShiftJoined>()) {
        const auto& joined = fact.as<ShiftJoined>();
        seat.shift_id = ShiftId(fact.subject("shift"));
        seat.activity = ActivityId(fact.subject("activity"));
        seat.person = PersonId(fact.subject("person"));
        seat.state = joined.waits ? SeatStep::waiting : SeatStep::joined;
        seat.since = fact.position;
        seat.moved_up = false;
        seat.starts_at = joined.starts_at;
        seat.ends_at = joined.ends_at;
    } else if (fact.is<ShiftMovedUp>()) {
        seat.state = SeatStep::joined;
        seat.moved_up = true;
    } else if (fact.is<ShiftLeft>()) {
        seat.state = SeatStep::left;
    } else if (fact.is<ShiftCheckedIn>()) {
        bool present = fact.as<ShiftCheckedIn>().present;
        seat.state = present ? SeatStep::present : SeatStep::joined;
        seat.present_at = present ? fact.occurred_at : Instant();
        seat.returned_at = {};
    } else if (fact.is<ShiftReturned>()) {
        seat.returned_at = fact.occurred_at;
    } else if (fact.is<ShiftRecorded>()) {
        seat.state = SeatStep::recorded;
    } else if (fact.is<ShiftRecordRefused>()) {
        seat.state = SeatStep::not_recorded;
        seat.refused = fact.as<ShiftRecordRefused>().reason;
    }
}

}  // namespace hezhi::activities
