// Activities as figures: one row an activity, one a shift (班次), one a person's place in a shift.
#pragma once

#include "facts/activity_facts.h"
#include "facts/insurance_facts.h"
#include "journal/figure.h"

namespace hezhi::activities {

enum class ActivityStep { published, cancelled };
BOOST_DESCRIBE_ENUM(ActivityStep, published, cancelled)

struct ActivityState {
    ActivityId id;
    AreaId area;
    std::string area_path;
    OrganizationId organization;  // the team that holds it; none if an office does
    ActivityStep state = ActivityStep::published;
    std::string category;
    AccountId leader;
    std::int32_t age_years_min = 0;
    std::int32_t certification_min = 0;
    Instant published_at;
    Instant ends_at;            // of the last shift
    InsuranceId insurance;      // the policy it was published under; none where none is needed
    std::int32_t children = 0;  // whom it is for, where minors are served
};
BOOST_DESCRIBE_STRUCT(ActivityState, (),
                      (id, area, area_path, organization, state, category, leader, age_years_min,
                       certification_min, published_at, ends_at, insurance, children))

struct ActivityFigure {
    using State = ActivityState;
    static constexpr std::string_view name = "activities";
    static constexpr int revision = 3;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() {
        return {"area_path, id", "state, ends_at", "organization, ends_at"};
    }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

struct ShiftState {
    ShiftId id;
    ActivityId activity;
    Instant starts_at;
    Instant ends_at;
    std::int32_t capacity = 0;
    std::int32_t joined = 0;   // never more than capacity
    std::int32_t waiting = 0;  // in the order in which they came
    std::int32_t present = 0;
    std::int32_t recorded = 0;
    Instant closed_at;  // never, until the records are made
};
BOOST_DESCRIBE_STRUCT(ShiftState, (),
                      (id, activity, starts_at, ends_at, capacity, joined, waiting, present,
                       recorded, closed_at))

struct ShiftFigure {
    using State = ShiftState;
    static constexpr std::string_view name = "shifts";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"activity, starts_at"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

enum class SeatStep {
    joined,
    waiting,
    left,
    present,
    recorded,
    not_recorded,  // was there, and the record was refused
};
BOOST_DESCRIBE_ENUM(SeatStep, joined, waiting, left, present, recorded, not_recorded)

struct SeatState {
    std::string id;  // "shift-person"
    ShiftId shift_id;
    ActivityId activity;
    PersonId person;
    SeatStep state = SeatStep::joined;
    std::int64_t since = 0;  // position of the sign-up: the order of the queue
    bool moved_up = false;   // came from the waiting list
    Instant starts_at;
    Instant ends_at;
    Instant present_at;   // when the list was ticked
    Instant returned_at;  // when the leader saw them go home
    std::string refused;  // code of the refusal of the record
};
BOOST_DESCRIBE_STRUCT(SeatState, (),
                      (id, shift_id, activity, person, state, since, moved_up, starts_at, ends_at,
                       present_at, returned_at, refused))

struct SeatFigure {
    using State = SeatState;
    static constexpr std::string_view name = "seats";
    static constexpr int revision = 2;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"person, state", "shift_id, since"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

std::string seat_key(ShiftId shift, PersonId person);

}  // namespace hezhi::activities
