#include "domain/certification/certification_figure.h"

#include <algorithm>
#include <utility>

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
void begin_span(CertificationState& state, Instant at, Instant valid_until, Instant warn_at) {
    state.span_at = at;
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
    // A licence beside a level leaves that level its time.
    bool own_time = granted.professional && granted.valid_until != state.valid_until;
    bool higher = own_time || (granted.level > state.level && !granted.professional);
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
        begin_span(state, fact.occurred_at, granted.valid_until, granted.warn_at);
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
    begin_span(state, fact.occurred_at, recognised.valid_until, recognised.warn_at);
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
    state.earned_since = state.lowered_earned_since = at;
}

void renew(CertificationState& state, const Fact& fact) {
    const auto& renewed = fact.as<CertificationRenewed>();
    if (state.lapsed_at) {
        state.level = state.lapsed_level;
        state.professional = state.lapsed_professional;
        state.held = state.lapsed_held;
        forget_lapse(state);
    }
    if (!renewed.professional) {
        state.professional = false;
        std::erase_if(state.held, [](const HeldLevel& held) { return held.professional; });
    }
    begin_span(state, fact.occurred_at, renewed.valid_until, renewed.warn_at);
}

// What is left when everything above the level is taken: the fields that the fact names, at most
// at that level.
std::vector<HeldLevel> left_of(const std::vector<HeldLevel>& held,
                               const LoweringConfirmed& confirmed) {
    std::vector<HeldLevel> left;
    for (HeldLevel each : held) {
        bool above = each.level > confirmed.level;
        bool named = std::ranges::find(confirmed.fields, each.field) != confirmed.fields.end();
        if (each.professional || (each.field.empty() ? above : !named)) continue;
        each.level = std::min(each.level, confirmed.level);
        if (std::ranges::find(left, each) == left.end()) left.push_back(std::move(each));
    }
    return left;
}

// What lay above is earned anew.
void lower(CertificationState& state, const LoweringConfirmed& confirmed, Instant at) {
    if (confirmed.measure == LoweringMeasure::suspend) {
        state.suspended_until = confirmed.suspended_until;
        return;
    }
    state.lowered_level = state.level;
    state.lowered_professional = state.professional;
    state.lowered_held = state.held;
    state.lowered_courses = std::move(state.courses);
    state.lowered_earned_since = std::exchange(state.earned_since, at);
    state.lowered_checks = std::move(state.checks);
    state.lowered_licences = std::move(state.licences);
    state.lowered_recommended_at = state.recommended_at;
    state.lowered_valid_until = state.valid_until;
    state.lowered_warn_at = state.warn_at;
    state.level = confirmed.level;
    state.professional = false;
    state.held = left_of(state.held, confirmed);
    state.courses.clear();
    state.checks.clear();
    state.licences.clear();
    state.recommended_at = {};
    if (state.level == 0) state.valid_until = state.warn_at = state.warned_at = {};
}

// Takes from `before` what is not there.
template <class T, class Same>
void add_missing(std::vector<T>& now, const std::vector<T>& before, Same same) {
    for (const T& each : before) {
        bool there = std::ranges::any_of(now, [&](const T& one) { return same(one, each); });
        if (!there) now.push_back(each);
    }
}

// The appeal was right: what was held before holds again, beside what was earned since.
void restore(CertificationState& state, const LoweringSettled& settled) {
    if (!settled.upheld) return;
    if (settled.measure == LoweringMeasure::suspend) {
        state.suspended_until = {};
        return;
    }
    state.level = settled.level;
    state.professional = settled.professional;
    state.valid_until = settled.valid_until;
    state.warn_at = state.lowered_warn_at;
    state.earned_since = state.lowered_earned_since;
    std::vector<HeldLevel> since = std::exchange(state.held, state.lowered_held);
    add_missing(state.held, since, [](const HeldLevel& a, const HeldLevel& b) {
        return a.field == b.field && a.professional == b.professional && a.level >= b.level;
    });
    add_missing(state.courses, state.lowered_courses, [](const CourseSum& a, const CourseSum& b) {
        return a.course == b.course && a.field == b.field;
    });
    add_missing(state.checks, state.lowered_checks,
                [](const FieldCheck& a, const FieldCheck& b) { return a.field == b.field; });
    add_missing(state.licences, state.lowered_licences,
                [](const LicenceSeen& a, const LicenceSeen& b) { return a.licence == b.licence; });
    if (!state.recommended_at) state.recommended_at = state.lowered_recommended_at;
}

// A lowering waits for somebody's decision from its proposal, and again from the appeal.
bool follow_lowering(CertificationState& state, const Fact& fact) {
    if (fact.is<LoweringProposed>()) {
        state.lowering = LoweringId(fact.subject("lowering"));
        state.lowering_at = fact.occurred_at;
    } else if (fact.is<LoweringConfirmed>()) {
        state.lowering_at = {};
        lower(state, fact.as<LoweringConfirmed>(), fact.occurred_at);
    } else if (fact.is<LoweringRejected>()) {
        state.lowering_at = {};
    } else if (fact.is<LoweringAppealed>()) {
        state.lowering_at = fact.occurred_at;
    } else if (fact.is<LoweringSettled>()) {
        state.lowering_at = {};
        restore(state, fact.as<LoweringSettled>());
    } else if (fact.is<SuspensionEnded>()) {
        state.suspended_until = {};
    } else {
        return false;
    }
    return true;
}

void pass_course(CertificationState& state, const CoursePassed& course, const rules::Pack& pack) {
    const CourseWorth worth = worth_of(pack.certification, state, course);
    if (worth.entered) state.entered.push_back(entry_of(course));
    if (worth.to_renewal) state.renewal_course_minutes += course.minutes;
    if (!worth.to_levels) return;
    for (CourseSum& sum : state.courses) {
        if (sum.course != course.course || sum.field != course.field) continue;
        sum.minutes += course.minutes;
        sum.test_percent = std::max(sum.test_percent, course.test_percent);
        return;
    }
    state.courses.push_back({course.course, course.field, course.minutes, course.test_percent});
}

void observe(CertificationState& state, const CheckObserved& observed) {
    auto why = why_not(state, observed);
    if (why && why != NotCounted::check_failed) return;
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

// V4 is granted anew once another licence was verified. Of whoever held nothing beside it, no time
// is left to end.
void end_licence(CertificationState& state) {
    state.professional = false;
    std::erase_if(state.held, [](const HeldLevel& held) { return held.professional; });
    if (state.level == 0) state.valid_until = state.warn_at = state.warned_at = {};
}

Instant last_licence_end(const CertificationState& state) {
    Instant last;
    for (const LicenceSeen& seen : state.licences) last = std::max(last, seen.valid_until);
    return state.professional ? last : Instant();
}

void count(CertificationState& state, const Fact& fact) {
    auto added = recorded_minutes(fact);
    if (!added || !state.registered_at || added->ends_at < state.registered_at) return;
    state.minutes += added->minutes;
    // A correction takes no more from the span than what was counted in it.
    if (added->ends_at < state.span_at) return;
    state.renewal_minutes = std::max<std::int64_t>(0, state.renewal_minutes + added->minutes);
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
         {PersonRegistered::kind,        PersonMoved::kind,          VolunteerRegistered::kind,
          VolunteerLeft::kind,           PersonErased::kind,         CertificationGranted::kind,
          CertificationRecognised::kind, CertificationRenewed::kind, CertificationWarned::kind,
          CertificationLapsed::kind,     CoursePassed::kind,         CheckObserved::kind,
          LeadRecommended::kind,         LicenceVerified::kind,      LoweringProposed::kind,
          LoweringConfirmed::kind,       LoweringRejected::kind,     LoweringAppealed::kind,
          LoweringSettled::kind,         SuspensionEnded::kind,      LicenceEnded::kind}) {
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
        renew(state, fact);
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
    } else if (fact.is<LicenceEnded>()) {
        end_licence(state);
    } else if (!follow_lowering(state, fact)) {
        count(state, fact);
    }
    state.licensed_until = last_licence_end(state);
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
    // A later ladder takes no star away; only minutes that fall below the ladder that gave it do.
    while (!star.given.empty() && star.given.back().minutes > star.minutes) star.given.pop_back();
    for (const rules::Star& each : pack.stars.ladder) {
        std::int64_t asked = std::int64_t(each.hours) * 60;
        std::int32_t held = star.given.empty() ? 0 : star.given.back().stars;
        if (each.stars <= held || star.minutes < asked) continue;
        star.given.push_back({each.stars, asked, fact.occurred_at});
    }
    StarGiven last = star.given.empty() ? StarGiven() : star.given.back();
    star.stars = last.stars;
    star.reached_at = last.reached_at;
}

namespace {

// The appeal against a lowering, its limits, and the one that reviews its decision.
void follow_appeal(LoweringState& lowering, const Fact& fact) {
    if (fact.is<LoweringAppealed>()) {
        const auto& appealed = fact.as<LoweringAppealed>();
        lowering.state = LoweringStep::appealed;
        lowering.appealed_at = fact.occurred_at;
        lowering.second = appealed.second.value_or(false);
        lowering.acknowledge_until = appealed.acknowledge_until.value_or(Instant());
        lowering.acknowledged_at = lowering.settled_at = lowering.review_until = {};
        lowering.settle_until = appealed.settle_until;
        lowering.escalate_at = appealed.acknowledge_until.value_or(appealed.settle_until);
        lowering.late = false;
    } else if (fact.is<LoweringAcknowledged>()) {
        bool limited = bool(lowering.acknowledge_until);
        lowering.acknowledged_at = fact.occurred_at;
        lowering.late |= limited && fact.occurred_at > lowering.acknowledge_until;
        // Once the last limit has been told, none is left.
        if (lowering.escalate_at) lowering.escalate_at = lowering.settle_until;
    } else if (fact.is<LoweringEscalated>()) {
        bool first = fact.as<LoweringEscalated>().due_at < lowering.settle_until;
        lowering.late = true;
        lowering.escalate_at = first ? lowering.settle_until : Instant();
    } else {
        const auto& settled = fact.as<LoweringSettled>();
        lowering.state = settled.upheld ? LoweringStep::withdrawn : LoweringStep::upheld;
        lowering.settled_at = fact.occurred_at;
        lowering.settled_by = fact.actor.account;
        lowering.late |= fact.occurred_at > lowering.settle_until;
        lowering.escalate_at = {};
        lowering.review_until = settled.review_until.value_or(Instant());
    }
}

}  // namespace

std::vector<std::string_view> LoweringFigure::kinds() {
    return {LoweringProposed::kind, LoweringAnswered::kind, LoweringConfirmed::kind,
            LoweringRejected::kind, LoweringAppealed::kind, LoweringAcknowledged::kind,
            LoweringSettled::kind,  LoweringEscalated::kind};
}

void LoweringFigure::step(State& lowering, const Fact& fact, const rules::Pack&) {
    if (fact.is<LoweringProposed>()) {
        const auto& proposed = fact.as<LoweringProposed>();
        lowering.person = PersonId(fact.subject("person"));
        lowering.area = fact.place.area;
        lowering.area_path = fact.place.path;
        lowering.measure = proposed.measure;
        lowering.ground = proposed.ground;
        lowering.from_level = proposed.from_level;
        lowering.professional = proposed.professional;
        lowering.to_level = proposed.to_level;
        lowering.days = proposed.days;
        lowering.proposed_at = fact.occurred_at;
        lowering.proposed_by = fact.actor.account;
        lowering.cause = proposed.cause;
        lowering.cause_id = proposed.cause_id.value_or(0);
        lowering.answer_until = proposed.answer_until.value_or(Instant());
    } else if (fact.is<LoweringAnswered>()) {
        lowering.answered = fact.position;
        lowering.answered_at = fact.occurred_at;
    } else if (fact.is<LoweringConfirmed>()) {
        const auto& confirmed = fact.as<LoweringConfirmed>();
        lowering.state = LoweringStep::confirmed;
        lowering.decided_at = fact.occurred_at;
        lowering.decided_by = fact.actor.account;
        lowering.suspended_until = confirmed.suspended_until;
        lowering.appeal_until = confirmed.appeal_until;
    } else if (fact.is<LoweringRejected>()) {
        lowering.state = LoweringStep::rejected;
        lowering.decided_at = fact.occurred_at;
        lowering.decided_by = fact.actor.account;
    } else {
        follow_appeal(lowering, fact);
    }
}

}  // namespace hezhi::certification
