// Whether the gates of a level are met: pure, from the figure and the pack.
#pragma once

#include "domain/certification/certification_figure.h"

namespace hezhi::certification {

// Why a fact adds nothing.
enum class NotCounted {
    duty,                 // 值班
    waits,                // 待第二人确认
    test_below,           // 测试未达标
    before_registration,  // 注册之前
    check_failed,         // 考核未合格
    licence_ended,        // 资格已过期
    earned_anew,          // 认证到期后须重新取得
    not_recorded,         // 不予记录
    proven_false,         // 经抽查认定不实
    entered_twice,        // 重复登记
    before_span,          // 授予或上次续期之前
};
BOOST_DESCRIBE_ENUM(NotCounted, duty, waits, test_below, before_registration, check_failed,
                    licence_ended, earned_anew, not_recorded, proven_false, entered_twice,
                    before_span)

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

// --- by the day on which something was held, never by that of its entry ---

bool since_registration(const CertificationState& state, Instant held_at);

// What a course adds to what is there, under the pack in force at its entry.
struct CourseWorth {
    bool entered = false;     // passed, since the registration, for the first time
    bool to_levels = false;   // to the gates of levels
    bool to_renewal = false;  // to what a renewal asks for
    std::optional<NotCounted> why;
};
CourseWorth worth_of(const rules::CertificationRules& rules, const CertificationState& state,
                     const CoursePassed& course);

// Why an observed check adds nothing to what is there.
std::optional<NotCounted> why_not(const CertificationState& state, const CheckObserved& observed);

// One and the same, if it is entered again.
CourseEntered entry_of(const CoursePassed& course);
// Of the courses that were entered for the day.
std::int64_t minutes_on_day(const CertificationState& state, Instant held_at);

// Whether V4 stands at `at`: until the last of the licences that were verified ends. One that was
// granted without any needs none.
bool is_licensed(const CertificationState& state, Instant at);

}  // namespace hezhi::certification
