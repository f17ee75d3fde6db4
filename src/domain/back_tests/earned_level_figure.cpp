#include "domain/back_tests/earned_level_figure.h"

#include <algorithm>
#include <set>

#include "domain/certification/certification.h"

namespace hezhi::back_tests {
namespace {

using certification::CertificationFigure;
using certification::CertificationState;
using certification::HeldLevel;
using certification::ReadyLevel;

// A fact that nobody wrote, for the figure's own step.
template <class P>
void step_as_if(EarnedLevelState& state, const P& payload, Instant at, const rules::Pack& pack) {
    Fact fact;
    fact.kind = kind_name<P>;
    fact.version = P::version;
    fact.occurred_at = fact.recorded_at = at;
    fact.subjects = {{"person", state.id.value}};
    fact.payload = to_json(payload);
    CertificationFigure::step(state.held, fact, pack);
}

Instant span_end(Instant at, const rules::Pack& pack) {
    return months_later(at, pack.certification.valid_months);
}

void grant_first(EarnedLevelState& state, const rules::Pack& pack) {
    const CertificationState& held = state.held;
    const auto first = *std::ranges::find(held.ready, held.ready_at, &ReadyLevel::from);
    const auto* level = pack.certification.level(first.level);
    HEZHI_ASSERT(level);
    state.at = std::max(state.at, first.from);
    CertificationGranted granted;
    granted.level = first.level;
    granted.field = first.field;
    granted.professional = level->for_licence;
    // As grant_certification: a further field or a licence beside a level makes it last no longer.
    bool raises = granted.professional ? held.level == 0 : first.level > held.level;
    granted.valid_until = raises ? span_end(state.at, pack) : held.valid_until;
    step_as_if(state, granted, state.at, pack);
}

bool comes_back_late(const EarnedLevelState& state, const rules::Pack& pack) {
    const CertificationState& held = state.held;
    return held.lapsed_at && held.renewable &&
           state.at <= months_later(held.lapsed_at, pack.certification.renewal_late_months);
}

// What stands by a licence ends with it.
bool renew(EarnedLevelState& state, const rules::Pack& pack) {
    const CertificationState& held = state.held;
    CertificationRenewed renewed;
    renewed.level = std::max(held.level, held.lapsed_level);
    renewed.professional = (held.professional || held.lapsed_professional) &&
                           certification::is_licensed(held, state.at);
    if (renewed.level == 0 && !renewed.professional) return false;
    renewed.valid_until = span_end(state.at, pack);
    step_as_if(state, renewed, state.at, pack);
    return true;
}

void end_span(EarnedLevelState& state, const rules::Pack& pack) {
    const CertificationState& held = state.held;
    state.at = std::max(state.at, held.valid_until);
    if (held.renewable && renew(state, pack)) return;
    step_as_if(state, CertificationLapsed{held.level, held.professional, state.at}, state.at, pack);
}

// Everything that the gates and the time bring until then, one after the other.
void live_on(EarnedLevelState& state, Instant until, const rules::Pack& pack) {
    const CertificationState& held = state.held;
    for (;;) {
        bool ends = held.valid_until && held.valid_until <= until;
        bool opens = held.ready_at && held.ready_at <= until;
        if (comes_back_late(state, pack) && renew(state, pack)) continue;
        if (ends && (!opens || held.valid_until <= held.ready_at)) {
            end_span(state, pack);
        } else if (opens) {
            grant_first(state, pack);
        } else {
            return;
        }
    }
}

// As far as the pack lets papers count, and as long as.
void recognise(EarnedLevelState& state, CertificationRecognised recognised, Instant at,
               const rules::Pack& pack) {
    const rules::CertificationRules& rules = pack.certification;
    recognised.level = std::min(recognised.level, rules.recognised_level_max);
    Instant closes = state.held.registered_at + std::chrono::days(rules.recognised_within_days);
    if (recognised.level < 1 || at > closes) return;
    recognised.valid_until = span_end(at, pack);
    recognised.warn_at = {};
    step_as_if(state, recognised, at, pack);
}

// What people decided for the pack that held: the gates and the time say it here. A certification
// of before there were fields had no gates; it stands.
bool by_gates(const Fact& fact) {
    if (fact.is<CertificationGranted>()) return fact.as<CertificationGranted>().field != any_field;
    return fact.is<CertificationRenewed>() || fact.is<CertificationWarned>() ||
           fact.is<CertificationLapsed>();
}

// A lowering leaves no more than is held here, and an appeal that is right gives back what it took
// here.
void follow(EarnedLevelState& state, const Fact& fact, const rules::Pack& pack) {
    CertificationState& held = state.held;
    const std::int32_t level = held.level;
    const bool professional = held.professional;
    const Instant valid_until = held.valid_until;
    CertificationFigure::step(held, fact, pack);
    // What was granted before there were gates, and a licence that ends, are no decision about a
    // lowering.
    if (fact.is<CertificationGranted>() || fact.is<LicenceEnded>()) return;
    if (held.level == level && held.professional == professional &&
        held.valid_until == valid_until) {
        return;
    }
    if (fact.is<LoweringConfirmed>()) {
        held.level = std::min(level, held.level);
    } else {
        bool more = held.lowered_level > level;
        held.level = more ? held.lowered_level : level;
        held.professional = professional || held.lowered_professional;
        held.valid_until = more ? held.lowered_valid_until : valid_until;
    }
    // A step that changes nothing else: what is ready follows from this level.
    step_as_if(state, CertificationWarned{}, state.at, pack);
}

}  // namespace

std::vector<std::string_view> EarnedLevelFigure::kinds() {
    return CertificationFigure::kinds();
}

journal::Keys EarnedLevelFigure::keys(const Fact& fact) {
    return CertificationFigure::keys(fact);
}

void EarnedLevelFigure::step(State& state, const Fact& fact, const rules::Pack& pack) {
    Instant at = std::max(state.at, fact.occurred_at);
    live_on(state, at, pack);
    state.at = at;
    state.held.id = state.id;
    if (fact.is<CertificationRecognised>()) {
        recognise(state, fact.as<CertificationRecognised>(), at, pack);
    } else if (!by_gates(fact)) {
        follow(state, fact, pack);
    }
    live_on(state, at, pack);
}

EarnedLevel earned_at(const EarnedLevelState& state, Instant at, const rules::Pack& pack) {
    EarnedLevelState then = state;
    live_on(then, at, pack);
    EarnedLevel earned;
    earned.level = then.held.level;
    earned.professional = then.held.professional && certification::is_licensed(then.held, at);
    std::set<std::string_view> fields;
    for (const HeldLevel& held : then.held.held) {
        if (!held.professional && !held.field.empty()) fields.insert(held.field);
    }
    earned.fields = static_cast<std::int32_t>(fields.size());
    return earned;
}

}  // namespace hezhi::back_tests
