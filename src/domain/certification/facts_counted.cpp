// The facts behind a certification and a star: what counts, what does not, and why.
#include <algorithm>
#include <map>
#include <set>

#include "domain/certification/certification_pages.h"
#include "facts/activity_facts.h"
#include "facts/order_facts.h"
#include "facts/record_facts.h"
#include "facts/recorded_minutes.h"
#include "facts/spot_check_facts.h"
#include "journal/facts_about.h"

namespace hezhi::certification {
namespace {

constexpr std::size_t facts_shown_max = list_entries_max;

using Reasons = std::map<std::int64_t, NotCounted>;  // by the fact's position

// Why a course or a check added nothing when it was entered, by the figure's own steps. Minutes of
// service decide nothing of it.
template <class PackOf>
Reasons reasons_as_entered(const std::vector<Fact>& facts, const PackOf& pack_of) {
    Reasons found;
    const auto& figure = journal::figure<CertificationFigure>();
    const std::vector<std::string_view> of_service = minute_kinds();
    CertificationState then;
    for (const Fact& fact : facts) {
        bool service = std::ranges::find(of_service, fact.kind) != of_service.end();
        if (service || !figure.folds(fact.kind)) continue;
        const rules::Pack& pack = pack_of(fact);
        std::optional<NotCounted> why;
        if (fact.is<CoursePassed>()) {
            why = worth_of(pack.certification, then, fact.as<CoursePassed>()).why;
        } else if (fact.is<CheckObserved>()) {
            why = why_not(then, fact.as<CheckObserved>());
        }
        if (why) found.emplace(fact.position, *why);
        CertificationFigure::step(then, fact, pack);
    }
    return found;
}

std::optional<NotCounted> reason_of(const Reasons& reasons, const Fact& fact, Instant lapsed_at) {
    auto known = reasons.find(fact.position);
    if (known != reasons.end()) return known->second;
    if (fact.occurred_at <= lapsed_at) return NotCounted::earned_anew;
    return std::nullopt;
}

void show_course(FactCounted& shown, const Fact& fact, const rules::Pack& pack) {
    const auto& course = fact.as<CoursePassed>();
    shown.held_at = course.held_at;
    shown.course = course.course;
    shown.minutes = course.minutes;
    if (!course.field.empty()) shown.field_name = name_of_field(pack, course.field);
    if (course.test_percent > 0) shown.test_percent = course.test_percent;
}

void judge_minutes(FactCounted& shown, const Fact& fact, const CertificationState& state) {
    auto added = recorded_minutes(fact);
    if (!added) {
        shown.why = fact.is<OrderCheckedOut>() ? NotCounted::duty : NotCounted::waits;
        return;
    }
    shown.minutes = added->minutes;
    if (!state.registered_at || added->ends_at < state.registered_at) {
        shown.why = NotCounted::before_registration;
    }
}

// Of facts that make a record or change one: the record.
std::int64_t record_of(const Fact& fact) {
    bool makes = fact.is<OrderCheckedOut>() || fact.is<ShiftRecorded>() || fact.is<RecordEntered>();
    return makes ? fact.position : fact.subject("record");
}

// What spot checks found to be false: nothing of such a record counts, nor what took it back.
std::set<std::int64_t> false_records(const std::vector<Fact>& facts) {
    std::set<std::int64_t> found;
    for (const Fact& fact : facts) {
        bool proven = fact.is<SpotCheckSettled>() && fact.as<SpotCheckSettled>().proven_false;
        if (proven) found.insert(fact.subject("record"));
    }
    return found;
}

// False: the fact has nothing to do with it.
bool judge(FactCounted& shown, const Fact& fact, const rules::Pack& pack,
           const CertificationState& state, const Reasons& reasons, Instant lapsed_at,
           Instant now) {
    if (fact.is<CoursePassed>()) {
        show_course(shown, fact, pack);
        shown.why = reason_of(reasons, fact, lapsed_at);
    } else if (fact.is<CheckObserved>()) {
        const auto& observed = fact.as<CheckObserved>();
        shown.field_name = name_of_field(pack, observed.field);
        shown.held_at = observed.observed_at;
        shown.why = reason_of(reasons, fact, lapsed_at);
    } else if (fact.is<LicenceVerified>()) {
        const auto& verified = fact.as<LicenceVerified>();
        shown.field_name = name_of_field(pack, verified.licence);
        if (verified.valid_until <= now) shown.why = NotCounted::licence_ended;
    } else if (fact.is<LeadRecommended>() || fact.is<CertificationGranted>() ||
               fact.is<CertificationRecognised>() || fact.is<CertificationRenewed>() ||
               fact.is<CertificationLapsed>() || fact.is<VolunteerRegistered>() ||
               fact.is<LoweringConfirmed>() || fact.is<LoweringSettled>() ||
               fact.is<SuspensionEnded>()) {
        // Said as it is.
    } else if (fact.is<ShiftRecordRefused>()) {
        shown.why = NotCounted::not_recorded;
    } else if (fact.is<OrderCheckedOut>() || fact.is<ShiftRecorded>() || fact.is<RecordEntered>() ||
               fact.is<RecordCorrected>() || fact.is<RecordConfirmed>()) {
        judge_minutes(shown, fact, state);
    } else {
        return false;
    }
    shown.counts = !shown.why;
    return true;
}

}  // namespace

FactsCounted facts_counted(const api::Reading& reading, const rules::Pack& now_pack,
                           const CertificationState& state) {
    FactsCounted found;
    auto facts = journal::facts_about(reading.db, "person", state.id.value);
    const std::set<std::int64_t> proven_false = false_records(facts);
    Instant lapsed_at, lowered_at;
    for (const Fact& fact : facts) {
        if (fact.is<CertificationLapsed>()) lapsed_at = fact.occurred_at;
        // A late renewal brings back what was held, not what was on the way.
        bool lowered = fact.is<LoweringConfirmed>() &&
                       fact.as<LoweringConfirmed>().measure == LoweringMeasure::lower;
        if (lowered) lowered_at = fact.occurred_at;
        if (fact.is<LoweringSettled>() && fact.as<LoweringSettled>().upheld) lowered_at = {};
    }
    auto pack_of = [&](const Fact& fact) -> const rules::Pack& {
        const auto* published = reading.packs->in_force(fact.occurred_at);
        return published ? *published->pack : now_pack;
    };
    const Reasons reasons = reasons_as_entered(facts, pack_of);
    for (auto fact = facts.rbegin(); fact != facts.rend(); ++fact) {
        FactCounted shown;
        shown.position = fact->position;
        shown.kind = fact->kind;
        shown.at = fact->occurred_at;
        bool judged = judge(shown, *fact, pack_of(*fact), state, reasons,
                            std::max(lapsed_at, lowered_at), reading.now);
        if (!judged) continue;
        if (fact->is<LicenceVerified>() && shown.counts && fact->occurred_at <= lowered_at) {
            shown.counts = false;
            shown.why = NotCounted::earned_anew;
        }
        if (proven_false.contains(record_of(*fact))) {
            shown.counts = false;
            shown.why = NotCounted::proven_false;
        }
        ++found.in_all;
        if (found.newest.size() < facts_shown_max) found.newest.push_back(std::move(shown));
    }
    return found;
}

}  // namespace hezhi::certification
