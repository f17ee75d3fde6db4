// What the gates of a pack alone would have opened to each volunteer (专业认证): a level whose
// gates are met counts as granted on that day, a certification that may be renewed when it ends as
// renewed. One row a person, folded for back-tests only; no table holds it.
//
// The steps are those of the figure `certifications`, with these grants and renewals in the place
// of those that people gave by another pack. What people decide stays: courses, checks and
// recommendations, what was recognised from papers (as far as the pack allows it), what was
// lowered.
#pragma once

#include "domain/certification/certification_figure.h"

namespace hezhi::back_tests {

struct EarnedLevelState {
    PersonId id;
    certification::CertificationState held;
    Instant at;  // lived to here
};
BOOST_DESCRIBE_STRUCT(EarnedLevelState, (), (id, held, at))

struct EarnedLevelFigure {
    using State = EarnedLevelState;
    static constexpr std::string_view name = "earned_levels";
    static constexpr int revision = 2;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

struct EarnedLevel {
    std::int32_t level = 0;     // V0 to V3
    bool professional = false;  // V4 beside it, with a licence that holds
    std::int32_t fields = 0;    // in which a level is held
};

// At `at`, by what time alone brings and takes since the last fact.
EarnedLevel earned_at(const EarnedLevelState& state, Instant at, const rules::Pack& pack);

}  // namespace hezhi::back_tests
