// Time that is held for an order, as a figure: one row an order that was booked with time.
#pragma once

#include "facts/time_bank_facts.h"
#include "journal/figure.h"

namespace hezhi::time_bank {

enum class HoldStep {
    held,      // 已冻结
    settled,   // 已结算
    released,  // 已退回
};
BOOST_DESCRIBE_ENUM(HoldStep, held, settled, released)

struct HoldState {
    OrderId id;
    PersonId person;  // who booked …
    Instant held_at;  // … and when: whose month's limit it counts in
    HoldStep state = HoldStep::held;
    std::int64_t from_grant = 0;  // less what came back to it
    std::int64_t from_own = 0;    // as this
    std::int64_t still_held = 0;  // of both
    std::int64_t used = 0;        // … and what was settled, less what proved not to be served
    Instant grant_lapses_at;      // what came from a grant goes back to it until then
};
BOOST_DESCRIBE_STRUCT(HoldState, (),
                      (id, person, held_at, state, from_grant, from_own, still_held, used,
                       grant_lapses_at))

struct HoldFigure {
    using State = HoldState;
    static constexpr std::string_view name = "credit_holds";
    static constexpr int revision = 4;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"person"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::time_bank
