// Requesters who were not there, and the calls before their next order, as figures: one row an
// order each.
#pragma once

#include "facts/phone_check_facts.h"
#include "journal/figure.h"

namespace hezhi::orders {

struct AbsenceState {
    OrderId id;
    PersonId recipient;
    Instant noted_at;
};
BOOST_DESCRIBE_STRUCT(AbsenceState, (), (id, recipient, noted_at))

struct AbsenceFigure {
    using State = AbsenceState;
    static constexpr std::string_view name = "absences";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"recipient, noted_at"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

enum class PhoneCheckStep {
    due,         // 待电话核实
    wanted,      // 仍需要
    not_wanted,  // 不再需要
};
BOOST_DESCRIBE_ENUM(PhoneCheckStep, due, wanted, not_wanted)

struct PhoneCheckState {
    OrderId id;
    PersonId recipient;
    PhoneCheckStep state = PhoneCheckStep::due;
    Instant asked_at;
    std::int32_t absences = 0;
    std::int32_t days = 0;
    std::int32_t calls = 0;  // also those that reached nobody
    Instant called_at;       // the last of them
    Instant answered_at;     // never, while it is due
};
BOOST_DESCRIBE_STRUCT(PhoneCheckState, (),
                      (id, recipient, state, asked_at, absences, days, calls, called_at,
                       answered_at))

struct PhoneCheckFigure {
    using State = PhoneCheckState;
    static constexpr std::string_view name = "phone_checks";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"recipient", "state"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::orders
