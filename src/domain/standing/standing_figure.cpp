#include "domain/standing/standing_figure.h"

#include <algorithm>

#include "facts/activity_facts.h"
#include "facts/grade_facts.h"
#include "facts/guardian_facts.h"
#include "facts/joining_facts.h"
#include "facts/order_facts.h"
#include "facts/record_facts.h"

namespace hezhi::standing {

std::vector<std::string_view> StandingFigure::kinds() {
    return {PersonRegistered::kind,
            VolunteerRegistered::kind,
            CertificationGranted::kind,
            CertificationRecognised::kind,
            CertificationRenewed::kind,
            CertificationLapsed::kind,
            LoweringConfirmed::kind,
            LoweringSettled::kind,
            LicenceEnded::kind,
            SuspensionEnded::kind,
            LicenceVerified::kind,
            CredentialRegistered::kind,
            RecordChecked::kind,
            OrderCheckedOut::kind,
            DisputeSettled::kind,
            VolunteerLeft::kind,
            PersonErased::kind,
            RecordEntered::kind,
            RecordCorrected::kind,
            ShiftRecorded::kind,
            PersonMoved::kind,
            ConsentGiven::kind,
            ConsentRefused::kind,
            ConsentWithdrawn::kind,
            AgeNoted::kind,
            BirthDateCorrected::kind,
            GradeComputed::kind,
            GradeProposed::kind,
            GradeConfirmed::kind,
            GradeRejected::kind,
            GradeAppealFiled::kind,
            GradeAppealDecided::kind,
            AcceptancesRechecked::kind};
}

namespace {

// `keys`: each after a space. Asked of everybody in reach, so nothing is copied.
bool among(std::string_view keys, std::string_view key) {
    for (std::size_t at = keys.find(key, 1); at < keys.size(); at = keys.find(key, at + 1)) {
        std::size_t end = at + key.size();
        if (keys[at - 1] == ' ' && (end == keys.size() || keys[end] == ' ')) return true;
    }
    return false;
}

void certify(StandingState& standing, std::int32_t level, Instant until) {
    standing.certification = std::max(standing.certification, level);
    standing.certified_until = until;
}

void add_field(StandingState& standing, std::string_view field) {
    if (!among(standing.fields, field)) standing.fields += " " + std::string(field);
}

void lower(StandingState& standing, const Fact& fact, const rules::Pack& pack) {
    const auto& confirmed = fact.as<LoweringConfirmed>();
    if (pack.certification.lowering_reassign_within) standing.recheck_from = fact.occurred_at;
    if (confirmed.measure == LoweringMeasure::suspend) {
        standing.certification_suspended_until = confirmed.suspended_until;
        return;
    }
    standing.certification = confirmed.level;
    standing.professional = false;
    standing.fields.clear();
    for (const auto& field : confirmed.fields) add_field(standing, field);
    if (confirmed.level == 0) standing.certified_until = {};
}

// The appeal was right: what was held before holds again.
void restore(StandingState& standing, const LoweringSettled& settled) {
    if (!settled.upheld) return;
    if (settled.measure == LoweringMeasure::suspend) {
        standing.certification_suspended_until = {};
        return;
    }
    certify(standing, settled.level, settled.valid_until);
    standing.professional = settled.professional;
    for (const auto& field : settled.fields) add_field(standing, field);
}

void verify_licence(StandingState& standing, const LicenceVerified& verified) {
    if (!among(standing.credentials, verified.licence)) {
        standing.credentials += " " + verified.licence;
    }
    std::erase_if(standing.licences,
                  [&](const LicenceHeld& held) { return held.licence == verified.licence; });
    standing.licences.push_back({verified.licence, verified.valid_until});
}

}  // namespace

bool holds_credential(const StandingState& standing, std::string_view key) {
    return among(standing.credentials, key);
}

Instant licence_until(const StandingState& standing, std::string_view key) {
    for (const LicenceHeld& held : standing.licences) {
        if (held.licence == key) return held.valid_until;
    }
    return {INT64_MAX};
}

Instant professional_until(const StandingState& standing) {
    if (standing.licences.empty()) return {INT64_MAX};
    return std::ranges::max(standing.licences, {}, &LicenceHeld::valid_until).valid_until;
}

Instant check_until(const StandingState& standing, std::string_view check) {
    for (const CheckHeld& held : standing.checks) {
        if (held.check == check) return held.valid_until ? held.valid_until : Instant{INT64_MAX};
    }
    return {};
}

std::int32_t certification_at(const StandingState& standing, Instant at) {
    bool over = standing.certified_until && standing.certified_until < at;
    return over || certification_suspended(standing) ? 0 : standing.certification;
}

bool certified_at(const StandingState& standing, std::int32_t level, Instant at) {
    if (certification_at(standing, at) >= level) return true;
    bool over = standing.certified_until && standing.certified_until < at;
    bool holds = standing.professional && professional_until(standing) >= at && !over &&
                 !certification_suspended(standing);
    return level == rules::certification_max && holds;
}

bool certification_suspended(const StandingState& standing) {
    return static_cast<bool>(standing.certification_suspended_until);
}

bool certified_in(const StandingState& standing, std::string_view field) {
    return among(standing.fields, field) || among(standing.fields, any_field);
}

journal::Keys StandingFigure::keys(const Fact& fact) {
    if (std::int64_t person = fact.subject("person")) return {person};
    return {};  // the grade of a team
}

namespace {

std::optional<GradeColor> effective_grade(const Fact& fact) {
    if (fact.is<GradeComputed>()) return fact.as<GradeComputed>().effective;
    if (fact.is<GradeProposed>()) return fact.as<GradeProposed>().effective;
    if (fact.is<GradeConfirmed>()) return fact.as<GradeConfirmed>().effective;
    if (fact.is<GradeRejected>()) return fact.as<GradeRejected>().effective;
    if (fact.is<GradeAppealFiled>()) return fact.as<GradeAppealFiled>().effective;
    if (fact.is<GradeAppealDecided>()) return fact.as<GradeAppealDecided>().effective;
    return std::nullopt;
}

// Checks may be noted in any order of their days: the one that holds longest counts.
void note_check(StandingState& standing, const RecordChecked& checked) {
    auto held = std::ranges::find(standing.checks, checked.check, &CheckHeld::check);
    if (held == standing.checks.end()) {
        standing.checks.push_back({checked.check, checked.valid_until});
        return;
    }
    bool endless = !held->valid_until || !checked.valid_until;
    held->valid_until = endless ? Instant() : std::max(held->valid_until, checked.valid_until);
}

// Where the pack suspends dispatch, what was accepted before goes to others from then on.
void go_by(StandingState& standing, GradeColor grade, const Fact& fact, const rules::Pack& pack) {
    standing.grade = grade;
    bool reassigned = grade != GradeColor::ungraded &&
                      pack.color_grades.effect(grade).reassign_within.has_value();
    if (!reassigned) {
        standing.reassign_from = {};
    } else if (!standing.reassign_from) {
        standing.reassign_from = fact.occurred_at;
    }
}

}  // namespace

void StandingFigure::step(State& standing, const Fact& fact, const rules::Pack& pack) {
    if (fact.is<PersonRegistered>()) {
        standing.area = fact.place.area;
        standing.area_path = fact.place.path;
        standing.age_years = fact.as<PersonRegistered>().age_years;
    } else if (fact.is<PersonMoved>()) {
        standing.area = fact.place.area;
        standing.area_path = fact.place.path;
    } else if (fact.is<ConsentGiven>()) {
        standing.guardian_consent = true;
        standing.age_years = fact.as<ConsentGiven>().age_years;
    } else if (fact.is<ConsentRefused>() || fact.is<ConsentWithdrawn>()) {
        standing.guardian_consent = false;
    } else if (fact.is<AgeNoted>()) {
        standing.age_years = fact.as<AgeNoted>().age_years;
    } else if (fact.is<BirthDateCorrected>()) {
        standing.age_years = fact.as<BirthDateCorrected>().age_years;
    } else if (fact.is<VolunteerRegistered>()) {
        standing.volunteer = true;
    } else if (fact.is<CertificationGranted>()) {
        const auto& granted = fact.as<CertificationGranted>();
        certify(standing, granted.professional ? 0 : granted.level, granted.valid_until);
        if (!granted.professional && !granted.field.empty()) add_field(standing, granted.field);
        // Before there were fields, a licence stood above every other level.
        if (granted.professional && granted.field == any_field) {
            certify(standing, granted.level - 1, granted.valid_until);
            add_field(standing, granted.field);
        }
        standing.professional = standing.professional || granted.professional;
    } else if (fact.is<CertificationRecognised>()) {
        const auto& recognised = fact.as<CertificationRecognised>();
        certify(standing, recognised.level, recognised.valid_until);
        for (const auto& field : recognised.fields) add_field(standing, field);
    } else if (fact.is<CertificationRenewed>()) {
        const auto& renewed = fact.as<CertificationRenewed>();
        certify(standing, renewed.level, renewed.valid_until);
        standing.professional = renewed.professional;
        for (const auto& field : renewed.fields) add_field(standing, field);
    } else if (fact.is<LicenceEnded>()) {
        standing.professional = false;
        if (standing.certification == 0) standing.certified_until = {};
    } else if (fact.is<CertificationLapsed>()) {
        standing.certification = 0;
        standing.professional = false;
        standing.certified_until = {};
        standing.fields.clear();
    } else if (fact.is<LoweringConfirmed>()) {
        lower(standing, fact, pack);
    } else if (fact.is<LoweringSettled>()) {
        restore(standing, fact.as<LoweringSettled>());
    } else if (fact.is<SuspensionEnded>()) {
        standing.certification_suspended_until = {};
    } else if (fact.is<AcceptancesRechecked>()) {
        standing.recheck_from = {};
    } else if (fact.is<LicenceVerified>()) {
        verify_licence(standing, fact.as<LicenceVerified>());
    } else if (fact.is<CredentialRegistered>()) {
        standing.social_worker =
            standing.social_worker || fact.as<CredentialRegistered>().credential == "social_worker";
        if (!holds_credential(standing, fact.as<CredentialRegistered>().credential)) {
            standing.credentials += " " + fact.as<CredentialRegistered>().credential;
        }
    } else if (fact.is<RecordChecked>()) {
        note_check(standing, fact.as<RecordChecked>());
    } else if (fact.is<OrderCheckedOut>()) {
        standing.minutes_served += fact.as<OrderCheckedOut>().minutes;
        ++standing.orders_served;
        standing.served_until = std::max(standing.served_until, fact.occurred_at);
    } else if (fact.is<RecordEntered>()) {
        standing.served_until = std::max(standing.served_until, fact.as<RecordEntered>().ends_at);
    } else if (fact.is<RecordCorrected>()) {
        standing.served_until = std::max(standing.served_until, fact.as<RecordCorrected>().ends_at);
    } else if (fact.is<ShiftRecorded>()) {
        standing.served_until = std::max(standing.served_until, fact.as<ShiftRecorded>().ends_at);
    } else if (fact.is<DisputeSettled>()) {
        const auto& settled = fact.as<DisputeSettled>();
        if (settled.outcome == DisputeOutcome::number_released) {
            standing.age_years = settled.age_years;
        }
    } else if (fact.is<VolunteerLeft>() || fact.is<PersonErased>()) {
        standing.volunteer = false;
    } else if (auto grade = effective_grade(fact)) {
        go_by(standing, *grade, fact, pack);
    }
}

}  // namespace hezhi::standing
