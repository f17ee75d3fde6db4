// Call-backs as figures: one row a check, the days that were looked at, and which orders a plan
// made.
#pragma once

#include "facts/order_facts.h"
#include "facts/spot_check_facts.h"
#include "journal/figure.h"

namespace hezhi::spot_checks {

enum class SpotCheckStep {
    open,         // 待回访
    confirmed,    // 属实
    differs,      // 与记录不符，待决定
    not_reached,  // 未联系上，待决定
    stands,       // 维持记录
    reversed,     // 不实，已更正
};
BOOST_DESCRIBE_ENUM(SpotCheckStep, open, confirmed, differs, not_reached, stands, reversed)

struct SpotCheckState {
    SpotCheckId id;
    RecordId record;  // none, if it was duty
    PersonId person;
    OrderId order_id;
    AreaId area;
    std::string area_path;
    SpotCheckStep state = SpotCheckStep::open;
    std::vector<std::string> reasons;
    bool sampled = false;
    std::int32_t percent = 0;  // by which it was drawn or not
    bool held = false;         // nothing is earned by the record meanwhile
    Instant opened_at;
    std::int32_t attempts = 0;
    Instant called_at;
    std::vector<AccountId> callers;
    AccountId settled_by;
};
BOOST_DESCRIBE_STRUCT(SpotCheckState, (),
                      (id, record, person, order_id, area, area_path, state, reasons, sampled,
                       percent, held, opened_at, attempts, called_at, callers, settled_by))

// Whether this account has called back.
bool called(const SpotCheckState&, AccountId);

struct SpotCheckFigure {
    using State = SpotCheckState;
    static constexpr std::string_view name = "spot_checks";
    static constexpr int revision = 4;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() {
        return {"area_path, state, id", "record", "order_id"};
    }
    static journal::Keys keys(const Fact& fact) { return {fact.subject("spot_check")}; }
    static void step(State&, const Fact&, const rules::Pack&);
};

struct SpotDayState {
    std::int64_t id = 0;
    Instant day;
    std::int64_t looked_at = 0;  // records up to this position
};
BOOST_DESCRIBE_STRUCT(SpotDayState, (), (id, day, looked_at))

struct SpotDayFigure {
    using State = SpotDayState;
    static constexpr std::string_view name = "spot_days";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds() { return {SpotDayClosed::kind}; }
    static std::vector<std::string> indexes() { return {"day"}; }
    static journal::Keys keys(const Fact& fact) { return {fact.position}; }
    static void step(State& day, const Fact& fact, const rules::Pack&) {
        day.day = fact.as<SpotDayClosed>().day;
        day.looked_at = fact.as<SpotDayClosed>().position;
    }
};

// Somebody's duty at an order (值班): no record is made of it, and it is drawn like any other.
struct DutyServiceState {
    std::string id;             // "order-person"
    std::int64_t position = 0;  // of the check-out
    OrderId order_id;
    PersonId person;
    AreaId area;
    std::string area_path;
    Instant checked_out_at;
    Instant noted_at;
    std::int32_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(DutyServiceState, (),
                      (id, position, order_id, person, area, area_path, checked_out_at, noted_at,
                       minutes))

struct DutyServiceFigure {
    using State = DutyServiceState;
    static constexpr std::string_view name = "duty_services";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"position"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};
std::string duty_key(OrderId, PersonId);

// An order that a recipient's plan made: an agreed pairing.
struct PlannedOrderState {
    OrderId id;
    std::int64_t plan = 0;
};
BOOST_DESCRIBE_STRUCT(PlannedOrderState, (), (id, plan))

struct PlannedOrderFigure {
    using State = PlannedOrderState;
    static constexpr std::string_view name = "planned_orders";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::spot_checks
