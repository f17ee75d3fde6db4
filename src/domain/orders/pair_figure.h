// Pairs of a recipient and a volunteer who are not matched: one row a pair.
#pragma once

#include "facts/pair_facts.h"
#include "journal/figure.h"

namespace hezhi::orders {

struct PairState {
    std::string id;  // "recipient-volunteer"
    PersonId recipient;
    PersonId volunteer;
    bool apart = false;
};
BOOST_DESCRIBE_STRUCT(PairState, (), (id, recipient, volunteer, apart))

std::string pair_key(PersonId recipient, PersonId volunteer);

struct PairFigure {
    using State = PairState;
    static constexpr std::string_view name = "pairs";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"recipient"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::orders
