#include "domain/certification/certification_figure.h"

#include <algorithm>

#include "domain/certification/gates.h"
#include "facts/joining_facts.h"
#include "facts/person_facts.h"
#include "facts/recorded_minutes.h"

namespace hezhi::certification {
namespace {

void place(CertificationState& state, const Fact& fact) {
    state.area = fact.place.area;
    state.area_path = fact.place.path;
}

// A new span of validity: what a renewal asks for counts from here.
void begin_span(CertificationState& state, Instant valid_until, Instant warn_at) {
    state.valid_until = valid_until;
    state.warn_at = warn_at;
    state.warned_at = {};
    state.renewal_course_minutes = 0;
    state.renewal_minutes = 0;
}

void forget_lapse(CertificationState& state) {
    state.lapsed_at = {};
    state.lapsed_level = 0;
    state.lapsed_professional = false;
    state.lapsed_held.clear();
}

void grant(CertificationState& state, const Fact& fact) {
    const auto& granted = fact.as<CertificationGranted>();
    bool higher = granted.level > state.level || granted.professional;
    state.held.push_back({granted.level, granted.field, fact.occurred_at, granted.professional});
    if (granted.professional) {
        state.professional = true;
        if (granted.field == any_field) state.level = std::max(state.level, granted.level - 1);
    } else {
        state.level = std::max(state.level, granted.level);
    }
    if (higher) {
        state.granted_at = fact.occurred_at;
        state.recommended_at = {};
        begin_span(state, granted.valid_until, granted.warn_at);
        forget_lapse(state);
    }
}

void recognise(CertificationState& state, const Fact& fact) {
    const auto& recognised = fact.as<CertificationRecognised>();
    state.level = std::max(state.level, recognised.level);
    state.recognised = true;
    state.granted_at = fact.occurred_at;
    state.held.push_back({recognised.level, "", fact.occurred_at, false});
    for (const auto& field : recognised.fields) {
        state.held.push_back({recognised.level, field, fact.occurred_at, false});
    }
    begin_span(state, recognised.valid_until, recognised.warn_at);
    forget_lapse(state);
}

// Everything is earned anew, unless a late renewal brings it back.
void lapse(CertificationState& state, Instant at) {
    state.lapsed_at = at;
    state.lapsed_level = state.level;
    state.lapsed_professional = state.professional;
    state.lapsed_held = std::move(state.held);
    state.held.clear();
    state.level = 0;
    state.professional = false;
    state.recognised = false;
    state.valid_until = state.warn_at = state.warned_at = {};
    state.courses.clear();
    state.checks.clear();
    state.recommended_at = {};
}

void renew(CertificationState& state, const CertificationRenewed& renewed) {
    if (state.lapsed_at) {
        state.level = state.lapsed_level;
        state.professional = state.lapsed_professional;
        state.held = state.lapsed_held;
        forget_lapse(state);
    }
    begin_span(state, renewed.valid_until, renewed.warn_at);
}

void pass_course(CertificationState& state, const CoursePassed& course, const rules::Pack& pack) {
    if (!course_counts(pack.certification, course)) return;
    state.renewal_course_minutes += course.minutes;
    for (CourseSum& sum : state.courses) {
        if (sum.course != course.course || sum.field != course.field) continue;
        sum.minutes += course.minutes;
        sum.test_percent = std::max(sum.test_percent, course.test_percent);
        return;
    }
    state.courses.push_back({course.course, course.field, course.minutes, course.test_percent});
}

void observe(CertificationState& state, const CheckObserved& observed) {
    auto check = std::ranges::find(state.checks, observed.field, &FieldCheck::field);
    if (check == state.checks.end()) {
        state.checks.push_back({observed.field, {}, {}});
        check = std::prev(state.checks.end());
    }
    (observed.passed ? check->passed_at : check->failed_at) = observed.observed_at;
}

void see_licence(CertificationState& state, const LicenceVerified& verified) {
    std::erase_if(state.licences,
                  [&](const LicenceSeen& seen) { return seen.licence == verified.licence; });
    state.licences.push_back({verified.licence, verified.valid_until});
}

void count(CertificationState& state, const Fact& fact) {
    auto added = recorded_minutes(fact);
    if (!added || !state.registered_at || added->ends_at < state.registered_at) return;
    state.minutes += added->minutes;
    if (added->ends_at >= state.granted_at) state.renewal_minutes += added->minutes;
}

// What is ready follows from the rest, under the pack in force at the fact.
void propose(CertificationState& state, Instant at, const rules::Pack& pack) {
    const std::vector<ReadyLevel> before = std::move(state.ready);
    state.ready.clear();
    state.ready_at = {};
    for (const NextLevel& next : next_levels(pack.certification, state)) {
        auto from = ready_from(*next.level, next.field, state, at);
        if (!from) continue;
        // What was ready stays ready since then.
        for (const ReadyLevel& known : before) {
            bool same = known.level == next.level->level && known.field == next.field;
            if (same) from = std::min(*from, known.from);
        }
        state.ready.push_back({next.level->level, next.field, *from});
        if (!state.ready_at || *from < state.ready_at) state.ready_at = *from;
    }
    state.renewable = state.volunteer && renewal_met(pack.certification, state);
}

}  // namespace

std::vector<std::string_view> CertificationFigure::kinds() {
    std::vector<std::string_view> all = minute_kinds();
    for (std::string_view kind :
         {PersonRegistered::kind, PersonMoved::kind, VolunteerRegistered::kind, VolunteerLeft::kind,
          PersonErased::kind, CertificationGranted::kind, CertificationRecognised::kind,
          CertificationRenewed::kind, CertificationWarned::kind, CertificationLapsed::kind,
          CoursePassed::kind, CheckObserved::kind, LeadRecommended::kind, LicenceVerified::kind}) {
        all.push_back(kind);
    }
    return all;
}

journal::Keys CertificationFigure::keys(const Fact& fact) {
    return {fact.subject("person")};
}

void CertificationFigure::step(State& state, const Fact& fact, const rules::Pack& pack) {
    if (fact.is<PersonRegistered>() || fact.is<PersonMoved>()) {
        place(state, fact);
    } else if (fact.is<VolunteerRegistered>()) {
        state.volunteer = true;
        if (!state.registered_at) state.registered_at = fact.occurred_at;
    } else if (fact.is<VolunteerLeft>() || fact.is<PersonErased>()) {
        state.volunteer = false;
    } else if (fact.is<CertificationGranted>()) {
        grant(state, fact);
    } else if (fact.is<CertificationRecognised>()) {
        recognise(state, fact);
    } else if (fact.is<CertificationRenewed>()) {
        renew(state, fact.as<CertificationRenewed>());
    } else if (fact.is<CertificationWarned>()) {
        state.warned_at = fact.occurred_at;
    } else if (fact.is<CertificationLapsed>()) {
        lapse(state, fact.occurred_at);
    } else if (fact.is<CoursePassed>()) {
        pass_course(state, fact.as<CoursePassed>(), pack);
    } else if (fact.is<CheckObserved>()) {
        observe(state, fact.as<CheckObserved>());
    } else if (fact.is<LeadRecommended>()) {
        state.recommended_at = fact.occurred_at;
    } else if (fact.is<LicenceVerified>()) {
        see_licence(state, fact.as<LicenceVerified>());
    } else {
        count(state, fact);
    }
    propose(state, fact.occurred_at, pack);
}

std::vector<std::string_view> StarFigure::kinds() {
    std::vector<std::string_view> all = minute_kinds();
    for (std::string_view kind :
         {PersonRegistered::kind, PersonMoved::kind, VolunteerRegistered::kind}) {
        all.push_back(kind);
    }
    return all;
}

journal::Keys StarFigure::keys(const Fact& fact) {
    return {fact.subject("person")};
}

void StarFigure::step(State& star, const Fact& fact, const rules::Pack& pack) {
    if (fact.is<PersonRegistered>() || fact.is<PersonMoved>()) {
        star.area = fact.place.area;
        star.area_path = fact.place.path;
        return;
    }
    if (fact.is<VolunteerRegistered>()) {
        if (!star.registered_at) star.registered_at = fact.occurred_at;
        return;
    }
    auto added = recorded_minutes(fact);
    if (!added || !star.registered_at || added->ends_at < star.registered_at) return;
    star.minutes += added->minutes;
    std::int32_t stars = pack.stars.stars_of(star.minutes);
    if (stars > star.stars) star.reached_at = fact.occurred_at;
    star.stars = stars;
}

}  // namespace hezhi::certification
