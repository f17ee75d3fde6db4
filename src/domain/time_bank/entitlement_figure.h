// Who may use time below the pack's age: one row a person who ever asked, with the last request.
#pragma once

#include "facts/time_bank_facts.h"
#include "journal/figure.h"

namespace hezhi::time_bank {

enum class EntitlementStep {
    asked,     // 待批准
    approved,  // 已批准
    rejected,  // 不予批准
    ended,     // 已终止
};
BOOST_DESCRIBE_ENUM(EntitlementStep, asked, approved, rejected, ended)

struct EntitlementState {
    PersonId id;
    AreaId area;
    std::string area_path;
    EntitlementId entitlement;
    EntitlementStep state = EntitlementStep::asked;
    Instant asked_at;
    AccountId asked_by;
    Instant decide_until;
    Instant decided_at;
    Instant until;  // of what was approved; never ends, if it is 0
};
BOOST_DESCRIBE_STRUCT(EntitlementState, (),
                      (id, area, area_path, entitlement, state, asked_at, asked_by, decide_until,
                       decided_at, until))

// Whether it opens what age opens for others.
bool holds_at(const EntitlementState& entitlement, Instant now);

struct EntitlementFigure {
    using State = EntitlementState;
    static constexpr std::string_view name = "entitlements";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"state, asked_at, id"}; }
    static journal::Keys keys(const Fact& fact) { return {fact.subject("person")}; }
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::time_bank
