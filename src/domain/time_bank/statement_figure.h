// Months of the time bank that are closed, as a figure: one row a published statement.
#pragma once

#include "facts/time_bank_facts.h"
#include "journal/figure.h"

namespace hezhi::time_bank {

struct StatementState {
    std::string id;         // the month: "2026-03"
    std::int64_t fact = 0;  // its position
    Instant from_at;        // the month …
    Instant until_at;       // … and the first instant of the next
    Instant published_at;
    std::vector<AccountTotal> accounts;
    std::vector<FlowTotal> flows;
    std::int64_t redeemable_minutes = 0;
    std::int64_t delivered_minutes = 0;
    std::optional<std::int64_t> liability_percent;
    Liability liability = Liability::unknown;
    std::optional<std::int64_t> too_young_minutes;
    std::optional<std::int64_t> age_unknown_people;
    std::optional<std::int64_t> age_unknown_minutes;
    std::optional<std::int64_t> waiting_times;
    std::optional<std::int64_t> waiting_minutes;
};
BOOST_DESCRIBE_STRUCT(StatementState, (),
                      (id, fact, from_at, until_at, published_at, accounts, flows,
                       redeemable_minutes, delivered_minutes, liability_percent, liability,
                       too_young_minutes, age_unknown_people, age_unknown_minutes, waiting_times,
                       waiting_minutes))

struct StatementFigure {
    using State = StatementState;
    static constexpr std::string_view name = "time_statements";
    static constexpr int revision = 3;
    static std::vector<std::string_view> kinds() { return {StatementPublished::kind}; }
    static std::vector<std::string> indexes() { return {"until_at"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::time_bank
