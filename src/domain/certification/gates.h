// Whether the gates of a level are met: pure, from the figure and the pack.
#pragma once

#include "domain/certification/certification_figure.h"

namespace hezhi::certification {

struct GateFound {
    const rules::CertificationGate* gate = nullptr;  // into the pack
    bool met = false;
    Instant met_from;         // of what only time can bring; 0 otherwise
    std::int64_t needed = 0;  // minutes, months, or 1
    std::int64_t found = 0;
    std::int32_t test_percent = 0;  // the best; of courses with a test
};

// What the gates of the level ask of this person in the field (or for the licence), at `at`.
std::vector<GateFound> gates_of(const rules::CertificationLevel& level, std::string_view field,
                                const CertificationState& state, Instant at);

// When the level is ready to be granted; none while a gate is open that time alone does not meet.
std::optional<Instant> ready_from(const rules::CertificationLevel& level, std::string_view field,
                                  const CertificationState& state, Instant at);

// Whether it may come next: not held yet, and what stands before it is held.
bool may_follow(const rules::CertificationLevel& level, std::string_view field,
                const CertificationState& state);

// Every level, with its field or licence, that may come next for this person.
struct NextLevel {
    const rules::CertificationLevel* level = nullptr;
    std::string field;
};
std::vector<NextLevel> next_levels(const rules::CertificationRules& rules,
                                   const CertificationState& state);

bool renewal_met(const rules::CertificationRules& rules, const CertificationState& state);

// Whether a course counts towards the gates, under the pack in force when it was passed.
bool course_counts(const rules::CertificationRules& rules, const CoursePassed& course);

// Whether V4 stands at `at`: until the last of the licences that were verified ends. One that was
// granted without any needs none.
bool is_licensed(const CertificationState& state, Instant at);

}  // namespace hezhi::certification
