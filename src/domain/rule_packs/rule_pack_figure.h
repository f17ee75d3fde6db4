// Rule packs that were proposed or published, as a figure.
#pragma once

#include "facts/pack_facts.h"
#include "journal/figure.h"

namespace hezhi::rule_packs {

enum class RulePackStep {
    proposed,   // waits for a second officer
    published,  // holds from its instant until the next one's
    rejected,
};
BOOST_DESCRIBE_ENUM(RulePackStep, proposed, published, rejected)

struct RulePackState {
    RulePackId id;
    std::string name;
    std::string pack_version;
    std::string hash;
    Instant effective_at;
    RulePackStep state = RulePackStep::proposed;
    AccountId proposed_by;  // none at the command line
    Instant proposed_at;    // never, if published at the command line
    AccountId decided_by;
    Instant decided_at;  // never, while proposed
};
BOOST_DESCRIBE_STRUCT(RulePackState, (),
                      (id, name, pack_version, hash, effective_at, state, proposed_by, proposed_at,
                       decided_by, decided_at))

struct RulePackFigure {
    using State = RulePackState;
    static constexpr std::string_view name = "rule_packs";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"state, id"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::rule_packs
