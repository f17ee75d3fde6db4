#include "domain/certification/gates.h"

#include <algorithm>

namespace hezhi::certification {
namespace {

const CourseSum* course_of(const CertificationState& state, CourseKind course,
                           std::string_view field) {
    std::string_view in = course == CourseKind::special ? field : std::string_view{};
    for (const CourseSum& sum : state.courses) {
        if (sum.course == course && sum.field == in) return &sum;
    }
    return nullptr;
}

// The longest time for which the level, or a higher one, has been held without a gap.
Instant held_since(const CertificationState& state, std::int32_t level) {
    Instant since;
    for (const HeldLevel& held : state.held) {
        if (held.professional || held.level < level) continue;
        if (!since || held.since < since) since = held.since;
    }
    return since;
}

std::int64_t months_between(Instant from, Instant to) {
    std::int64_t months = 0;
    while (months_later(from, static_cast<std::int32_t>(months + 1)) <= to) ++months;
    return months;
}

void find_months(GateFound& found, const CertificationState& state, Instant at) {
    const rules::CertificationGate& gate = *found.gate;
    found.needed = gate.months;
    Instant since = held_since(state, gate.level);
    if (!since) return;
    found.met_from = months_later(since, gate.months);
    found.met = found.met_from <= at;
    found.found = since < at ? std::min<std::int64_t>(months_between(since, at), gate.months) : 0;
}

void find_licence(GateFound& found, std::string_view licence, const CertificationState& state,
                  Instant at) {
    found.needed = 1;
    for (const LicenceSeen& seen : state.licences) {
        if (seen.licence == licence && seen.valid_until > at) found.found = 1;
    }
    found.met = found.found == 1;
}

// By the day; nothing lies before what never was.
bool lies_before(Instant held_at, Instant limit) {
    return limit && day_of(held_at) < day_of(limit);
}

bool opens_a_gate(const rules::CertificationRules& rules, CourseKind course) {
    for (const auto& level : rules.levels) {
        for (const auto& gate : level.gates) {
            if (gate.kind == rules::GateKind::course && gate.course == course) return true;
        }
    }
    return false;
}

GateFound find(const rules::CertificationGate& gate, std::string_view field,
               const CertificationState& state, Instant at) {
    GateFound found;
    found.gate = &gate;
    using rules::GateKind;
    if (gate.kind == GateKind::course) {
        found.needed = gate.minutes;
        if (const CourseSum* sum = course_of(state, gate.course, field)) {
            found.found = sum->minutes;
            found.test_percent = sum->test_percent;
        }
        found.met = found.found >= found.needed && found.test_percent >= gate.test_percent;
    } else if (gate.kind == GateKind::service) {
        found.needed = gate.minutes;
        found.found = state.minutes;
        found.met = found.found >= found.needed;
    } else if (gate.kind == GateKind::observed_check) {
        found.needed = 1;
        for (const FieldCheck& check : state.checks) {
            if (check.field == field && check.passed_at) found.found = 1;
        }
        found.met = found.found == 1;
    } else if (gate.kind == GateKind::months_at) {
        find_months(found, state, at);
    } else if (gate.kind == GateKind::recommendation) {
        found.needed = 1;
        found.found = state.recommended_at ? 1 : 0;
        found.met = found.found == 1;
    } else {
        find_licence(found, field, state, at);
    }
    return found;
}

}  // namespace

std::vector<GateFound> gates_of(const rules::CertificationLevel& level, std::string_view field,
                                const CertificationState& state, Instant at) {
    std::vector<GateFound> all;
    for (const auto& gate : level.gates) all.push_back(find(gate, field, state, at));
    return all;
}

std::optional<Instant> ready_from(const rules::CertificationLevel& level, std::string_view field,
                                  const CertificationState& state, Instant at) {
    Instant from = at;
    for (const GateFound& found : gates_of(level, field, state, at)) {
        if (found.met) continue;
        if (!found.met_from) return std::nullopt;
        from = std::max(from, found.met_from);
    }
    return from;
}

bool may_follow(const rules::CertificationLevel& level, std::string_view field,
                const CertificationState& state) {
    if (!state.volunteer || level.level == 0 || state.level < level.after) return false;
    bool each = level.in_field || level.for_licence;
    for (const HeldLevel& held : state.held) {
        bool same = held.field == field || held.field == any_field;
        if (each && same && held.level >= level.level) return false;
    }
    return each || state.level < level.level;
}

std::vector<NextLevel> next_levels(const rules::CertificationRules& rules,
                                   const CertificationState& state) {
    std::vector<NextLevel> all;
    auto offer = [&](const rules::CertificationLevel& level, const std::string& field) {
        if (may_follow(level, field, state)) all.push_back({&level, field});
    };
    for (const auto& level : rules.levels) {
        if (level.in_field) {
            for (const auto& field : rules.fields) offer(level, field.key);
        } else if (level.for_licence) {
            for (const auto& seen : state.licences) offer(level, seen.licence);
        } else {
            offer(level, {});
        }
    }
    return all;
}

bool renewal_met(const rules::CertificationRules& rules, const CertificationState& state) {
    bool holds = state.level > 0 || state.professional;
    bool held = state.lapsed_at && (state.lapsed_level > 0 || state.lapsed_professional);
    return (holds || held) && rules.valid_months > 0 &&
           state.renewal_course_minutes >= rules.renewal_course_minutes &&
           state.renewal_minutes >= rules.renewal_service_minutes;
}

bool is_licensed(const CertificationState& state, Instant at) {
    auto holds = [&](const LicenceSeen& seen) { return seen.valid_until > at; };
    return state.licences.empty() || std::ranges::any_of(state.licences, holds);
}

bool course_counts(const rules::CertificationRules& rules, const CoursePassed& course) {
    for (const auto& level : rules.levels) {
        for (const auto& gate : level.gates) {
            if (gate.kind != rules::GateKind::course || gate.course != course.course) continue;
            if (course.test_percent < gate.test_percent) return false;
        }
    }
    return true;
}

bool since_registration(const CertificationState& state, Instant held_at) {
    return state.registered_at && !lies_before(held_at, state.registered_at);
}

CourseEntered entry_of(const CoursePassed& course) {
    return {course.course, course.field, start_of(day_of(course.held_at)), course.minutes};
}

std::int64_t minutes_on_day(const CertificationState& state, Instant held_at) {
    std::int64_t minutes = 0;
    for (const CourseEntered& entered : state.entered) {
        if (day_of(entered.day) == day_of(held_at)) minutes += entered.minutes;
    }
    return minutes;
}

CourseWorth worth_of(const rules::CertificationRules& rules, const CertificationState& state,
                     const CoursePassed& course) {
    CourseWorth worth;
    if (!course_counts(rules, course)) {
        worth.why = NotCounted::test_below;
    } else if (!since_registration(state, course.held_at)) {
        worth.why = NotCounted::before_registration;
    } else if (std::ranges::count(state.entered, entry_of(course)) > 0) {
        worth.why = NotCounted::entered_twice;
    }
    if (worth.why) return worth;
    worth.entered = true;
    worth.to_levels = !lies_before(course.held_at, state.earned_since);
    worth.to_renewal = state.span_at && !lies_before(course.held_at, state.span_at);
    bool asked = opens_a_gate(rules, course.course);
    if (!worth.to_renewal && !(worth.to_levels && asked)) {
        worth.why = asked ? NotCounted::earned_anew : NotCounted::before_span;
    }
    return worth;
}

std::optional<NotCounted> why_not(const CertificationState& state, const CheckObserved& observed) {
    if (!since_registration(state, observed.observed_at)) return NotCounted::before_registration;
    if (lies_before(observed.observed_at, state.earned_since)) return NotCounted::earned_anew;
    if (!observed.passed) return NotCounted::check_failed;
    return std::nullopt;
}

}  // namespace hezhi::certification
