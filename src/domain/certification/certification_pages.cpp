#include "domain/certification/certification_pages.h"

#include <algorithm>

namespace hezhi::certification {
namespace {

constexpr std::size_t causes_shown_max = 20;

rules::LevelKey key_of(std::int32_t level) {
    return static_cast<rules::LevelKey>(std::clamp(level, 0, rules::certification_max));
}

GateShown show_gate(const GateFound& found) {
    GateShown shown;
    shown.key = found.gate->key;
    shown.kind = found.gate->kind;
    shown.says = said(found.gate->clause.says);
    shown.source = found.gate->clause.source;
    shown.met = found.met;
    shown.needed = found.needed;
    shown.found = found.found;
    if (found.gate->test_percent > 0) {
        shown.test_needed = found.gate->test_percent;
        shown.test_found = found.test_percent;
    }
    if (!found.met && found.met_from) shown.met_from = found.met_from;
    return shown;
}

GoalShown show_goal(const rules::Pack& pack, const rules::CertificationLevel& level,
                    const std::string& field, const CertificationState& state, Instant now) {
    GoalShown shown;
    shown.level = key_of(level.level);
    shown.name = said(level.name);
    shown.says = said(level.clause.says);
    shown.source = level.clause.source;
    if (!field.empty()) {
        shown.field = field;
        shown.field_name = name_of_field(pack, field);
    }
    auto from = ready_from(level, field, state, now);
    shown.ready = from && *from <= now;
    for (const auto& found : gates_of(level, field, state, now)) {
        shown.gates.push_back(show_gate(found));
    }
    return shown;
}

// Something was done in the field, so that its goal is worth a line.
bool begun(const CertificationState& state, std::string_view field) {
    auto in_field = [&](const auto& each) { return each.field == field; };
    return std::ranges::any_of(state.courses, in_field) ||
           std::ranges::any_of(state.checks, in_field);
}

// The goals in reach: of a level by fields those that were begun, or one without a field.
std::vector<GoalShown> show_goals(const rules::Pack& pack, const CertificationState& state,
                                  Instant now) {
    std::vector<GoalShown> goals;
    auto next = next_levels(pack.certification, state);
    for (const auto& level : pack.certification.levels) {
        std::vector<std::string> fields;
        for (const NextLevel& each : next) {
            if (each.level->level != level.level) continue;
            if (!level.in_field || begun(state, each.field)) fields.push_back(each.field);
        }
        bool open = (level.in_field || level.for_licence) && may_follow(level, "", state);
        if (fields.empty() && open) fields.emplace_back();
        for (const auto& field : fields) {
            goals.push_back(show_goal(pack, level, field, state, now));
        }
    }
    return goals;
}

std::optional<RenewalShown> show_renewal(const rules::CertificationRules& rules,
                                         const CertificationState& state, Instant now) {
    bool holds = state.level > 0 || state.professional;
    bool held = state.lapsed_at && (state.lapsed_level > 0 || state.lapsed_professional);
    Instant until = held ? months_later(state.lapsed_at, rules.renewal_late_months) : Instant();
    if (!holds && (!held || until < now)) return std::nullopt;
    RenewalShown shown;
    shown.says = said(rules.renewal_clause.says);
    shown.source = rules.renewal_clause.source;
    shown.met = renewal_met(rules, state);
    shown.course_needed = rules.renewal_course_minutes;
    shown.course_found = state.renewal_course_minutes;
    shown.service_needed = rules.renewal_service_minutes;
    shown.service_found = state.renewal_minutes;
    if (until) shown.until = until;
    return shown;
}

std::optional<RecognitionShown> show_recognition(const rules::CertificationRules& rules,
                                                 const CertificationState& state, Instant now) {
    Instant until = state.registered_at + std::chrono::days(rules.recognised_within_days);
    bool certified = state.level > 0 || state.professional || state.lapsed_at;
    if (certified || !state.volunteer || now > until) return std::nullopt;
    RecognitionShown shown;
    shown.says = said(rules.recognition_clause.says);
    shown.source = rules.recognition_clause.source;
    shown.until = until;
    bool in_field = false;
    for (const auto& level : rules.levels) {
        in_field |= level.in_field;
        if (level.level == 0 || level.level > rules.recognised_level_max) continue;
        shown.levels.push_back({key_of(level.level), said(level.name), in_field});
    }
    if (shown.levels.empty()) return std::nullopt;
    return shown;
}

void show_level(Certification& shown, const rules::Pack& pack, const CertificationState& state,
                Instant now) {
    shown.level = key_of(state.level);
    if (const auto* level = pack.certification.level(state.level)) {
        shown.level_name = said(level->name);
        shown.level_says = said(level->clause.says);
    }
    shown.professional = state.professional && is_licensed(state, now);
    shown.recognised = state.recognised;
    if (state.valid_until) {
        shown.valid_until = state.valid_until;
        shown.ends_soon = state.warn_at <= now;
    }
    if (state.lapsed_at) {
        shown.lapsed_at = state.lapsed_at;
        shown.lapsed_level =
            key_of(state.lapsed_professional ? rules::certification_max : state.lapsed_level);
    }
    if (state.suspended_until) shown.suspended_until = state.suspended_until;
    for (const HeldLevel& held : state.held) {
        if (held.professional && !shown.professional) continue;  // the timer ends it
        HeldShown row{key_of(held.level), std::nullopt, held.since};
        if (!held.field.empty() && held.field != any_field) {
            row.field_name = name_of_field(pack, held.field);
        }
        shown.held.push_back(std::move(row));
    }
}

void allow(Certification& shown, const api::Reading& reading, const CertificationState& state) {
    if (!state.volunteer || reading.caller.person == state.id) return;
    auto may = [&](std::string_view permission) {
        return reading.caller.may(permission, {.area_path = state.area_path});
    };
    auto may_at = [&](std::string_view permission, std::string_view path) {
        return reading.caller.may(permission, {.area_path = path});
    };
    if (may("course.pass")) shown.actions.emplace_back("pass_course");
    if (may("check.observe")) shown.actions.emplace_back("observe_check");
    if (may("lead.recommend")) shown.actions.emplace_back("recommend_lead");
    if (may("licence.verify")) shown.actions.emplace_back("verify_licence");
    bool ready = std::ranges::any_of(shown.goals, [](const GoalShown& goal) { return goal.ready; });
    if (ready && may("certification.grant")) shown.actions.emplace_back("grant_certification");
    bool renewable =
        std::max(state.level, state.lapsed_level) > 0 || is_licensed(state, reading.now);
    if (shown.renewal && shown.renewal->met && renewable && may("certification.renew")) {
        shown.actions.emplace_back("renew_certification");
    }
    if (shown.recognition && may("certification.recognise")) {
        shown.actions.emplace_back("recognise_certification");
    }
    bool holds = state.level > 0 || state.professional;
    if (holds && !shown.grounds.empty() && may("lowering.propose")) {
        auto last = state.lowering ? reading.load<LoweringFigure>(state.lowering) : std::nullopt;
        if (!last || is_final(*last, reading.now)) {
            shown.actions.emplace_back("propose_lowering");
            for (const auto& cause : causes_against(reading.db, state.id)) {
                if (shown.causes.size() == causes_shown_max) break;
                bool within = may_at("lowering.propose", cause.area_path);
                if (within) shown.causes.push_back({cause.cause, cause.id, cause.at});
            }
        }
    }
}

}  // namespace

Said said(const rules::Words& words) {
    return {words.zh, words.en};
}

Said name_of_field(const rules::Pack& pack, std::string_view field) {
    if (const auto* known = pack.certification.field(field)) return said(known->name);
    if (const auto* licence = pack.credential(field)) return said(licence->name);
    return {std::string(field), std::string(field)};
}

StarShown show_star(const StarState& star, const rules::StarRules& given_by,
                    const rules::StarRules& rules) {
    StarShown shown;
    shown.stars = star.stars;
    shown.minutes = star.minutes;
    shown.counting = said(rules.counting_clause.says);
    shown.source = rules.counting_clause.source;
    if (star.reached_at) shown.reached_at = star.reached_at;
    for (const rules::Star& each : given_by.ladder) {
        if (each.stars != star.stars) continue;
        shown.name = said(each.name);
        shown.says = said(each.clause.says);
        shown.granted_by = said(each.granted_by);
        shown.source = each.clause.source;
    }
    for (const rules::Star& each : rules.ladder) {
        if (each.stars <= star.stars) continue;
        // A later ladder may ask less than is there already; the next recorded time grants it.
        std::int64_t missing = std::int64_t(each.hours) * 60 - star.minutes;
        shown.next = NextStar{each.stars, said(each.name), said(each.clause.says), each.hours,
                              std::max<std::int64_t>(0, missing)};
        break;
    }
    return shown;
}

Certification certification_page(const api::Reading& reading, const CertificationDesk& desk,
                                 const CertificationState& state) {
    const rules::Pack& pack = *reading.pack()->pack;
    const rules::CertificationRules& rules = pack.certification;
    Certification shown;
    shown.person_id = state.id;
    shown.name = desk.people.masked_name(reading.db, state.id);
    shown.notice = said(rules.notice);
    shown.notice_source = rules.notice_clause.source;
    shown.volunteer = state.volunteer;
    shown.validity_says = said(rules.validity_clause.says);
    show_level(shown, pack, state, reading.now);
    shown.goals = show_goals(pack, state, reading.now);
    shown.renewal = show_renewal(rules, state, reading.now);
    shown.recognition = show_recognition(rules, state, reading.now);
    FactsCounted counted = facts_counted(reading, pack, state);
    shown.facts = std::move(counted.newest);
    shown.facts_in_all = counted.in_all;
    if (auto star = reading.load<StarFigure>(state.id)) {
        const auto* given = reading.packs->in_force(star->reached_at);
        shown.star = show_star(*star, given ? given->pack->stars : pack.stars, pack.stars);
    }
    for (const auto& field : rules.fields) shown.fields.push_back({field.key, said(field.name)});
    for (const auto& licence : pack.credentials) {
        shown.licences.push_back({licence.key, said(licence.name)});
    }
    for (const auto& ground : rules.lowering_grounds) {
        shown.grounds.push_back({ground.key, said(ground.name)});
    }
    shown.suspend_days_max = rules.suspend_days_max;
    shown.lowering_says = said(rules.lowering_clause.says);
    shown.lowerings = show_lowerings(reading, desk, state);
    allow(shown, reading, state);
    return shown;
}

}  // namespace hezhi::certification
