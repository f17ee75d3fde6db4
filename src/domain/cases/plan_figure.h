// Recipient plans as a figure: one row a plan.
#pragma once

#include "facts/plan_facts.h"
#include "journal/figure.h"

namespace hezhi::cases {

enum class PlanStep {
    active,  // 进行中
    paused,  // 已暂停
    ended,   // 已结束
};
BOOST_DESCRIBE_ENUM(PlanStep, active, paused, ended)

struct PlanState {
    PlanId id;
    AreaId area;
    std::string area_path;
    PlanStep state = PlanStep::active;
    PersonId recipient;
    AccountId leader;  // who made it answers for its orders
    std::string category;
    std::int32_t weekdays = 0;
    std::int32_t at_minute = 0;
    PersonId preferred;
    OnHolidays on_holidays = OnHolidays::keep;
    Instant made_at;
    Instant next_at;
    Instant make_at;
    Instant until_at;  // "until" is a word of SQL
    std::int32_t orders_made = 0;
    std::int32_t days_skipped = 0;
};
BOOST_DESCRIBE_STRUCT(PlanState, (),
                      (id, area, area_path, state, recipient, leader, category, weekdays, at_minute,
                       preferred, on_holidays, made_at, next_at, make_at, until_at, orders_made,
                       days_skipped))

struct PlanFigure {
    using State = PlanState;
    static constexpr std::string_view name = "plans";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"area_path, state", "state, make_at"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::cases
