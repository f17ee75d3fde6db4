// What is signed, granted, renewed and recognised, and the end of a certification's time.
#include "domain/certification/certification.h"
#include "domain/certification/gates.h"
#include "domain/certification/queries.h"

namespace hezhi::certification {

Result<CertificationState> load_volunteer(journal::Turn& turn, const api::Caller& caller,
                                          PersonId id, std::string_view permission) {
    const auto* state = id ? turn.load<CertificationFigure>(id) : nullptr;
    if (!state || !caller.may("certification.read", {.area_path = state->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    if (!caller.may(permission, {.area_path = state->area_path})) {
        return refuse(hezhi::refusals::not_permitted);
    }
    if (!state->volunteer) return refuse(refusals::not_a_volunteer);
    if (caller.person == id) return refuse(refusals::own_certification);
    return *state;
}

namespace {

Place place_of(const CertificationState& state) {
    return {state.area, state.area_path};
}

template <class P>
Result<std::int64_t> write(journal::Turn& turn, const CertificationState& state, const Actor& actor,
                           const P& payload) {
    turn.append(draft(payload, actor, place_of(state), {{"person", state.id.value}}, turn.now()));
    return state.id.value;
}

const rules::CertificationRules& rules_of(journal::Turn& turn) {
    return turn.pack()->pack->certification;
}

// Of the pack; a special course names it, others name none.
Result<std::string> field_of(journal::Turn& turn, std::string_view key) {
    if (rules_of(turn).field(key)) return std::string(key);
    return refuse(refusals::field_unknown, {"/field", "规则包中的专项", "a field of the pack"});
}

struct ValidSpan {
    Instant until;
    Instant warn_at;
};

ValidSpan span_from(journal::Turn& turn) {
    const rules::CertificationRules& rules = rules_of(turn);
    Instant until = months_later(turn.now(), rules.valid_months);
    return {until, until - std::chrono::days(rules.warn_days)};
}

std::optional<Refusal> wrong_day(journal::Turn& turn, const CertificationState& state, Instant at,
                                 std::string_view field) {
    if (at && at <= turn.now() && since_registration(state, at)) return std::nullopt;
    std::string first = to_string(day_of(state.registered_at));
    Refusal refusal(refusals::course_day_invalid);
    refusal.fields.push_back({std::string(field), first + "（注册为志愿者）至今天的日期",
                              "a day from " + first + " (the registration) to today"});
    return refusal;
}

// One that counts nothing, its test being too low, stands in nobody's way.
std::optional<Refusal> wrong_entry(journal::Turn& turn, const CertificationState& state,
                                   const CoursePassed& passed) {
    const CourseWorth worth = worth_of(rules_of(turn), state, passed);
    if (worth.why == NotCounted::entered_twice) {
        return Refusal(refusals::course_entered,
                       {{"/held_at", "尚未签认的日期；同日分次上的同一课程，请把时长合并",
                         "a day not signed yet; the parts of one day are one course"}});
    }
    std::int64_t left = minutes_of_a_day - minutes_on_day(state, passed.held_at);
    if (!worth.entered || passed.minutes <= left) return std::nullopt;
    std::string most = std::to_string(std::max<std::int64_t>(0, left));
    return Refusal(refusals::course_day_full, {{"/minutes", "当日还可签认至多 " + most + " 分钟",
                                                "at most " + most + " minutes more on that day"}});
}

std::string text_or_none(const std::optional<Text<1, 40>>& text) {
    return text ? text->value : std::string();
}

}  // namespace

Result<std::int64_t> pass_course(journal::Turn& turn, const api::Caller& caller, PersonId id,
                                 const PassCourse& input) {
    auto state = load_volunteer(turn, caller, id, "course.pass");
    if (!state) return std::unexpected(state.error());
    if (auto wrong = wrong_day(turn, *state, input.held_at, "/held_at")) {
        return std::unexpected(*wrong);
    }
    CoursePassed passed;
    passed.course = input.course;
    if (input.course == CourseKind::special) {
        auto field = field_of(turn, text_or_none(input.field));
        if (!field) return std::unexpected(field.error());
        passed.field = std::move(*field);
    }
    passed.minutes = static_cast<std::int32_t>(input.minutes.value);
    if (input.test_percent) {
        passed.test_percent = static_cast<std::int32_t>(input.test_percent->value);
    }
    passed.held_at = input.held_at;
    passed.pack = turn.pack()->hash;
    if (auto wrong = wrong_entry(turn, *state, passed)) return std::unexpected(*wrong);
    return write(turn, *state, caller.actor("course.pass"), passed);
}

Result<std::int64_t> observe_check(journal::Turn& turn, const api::Caller& caller, PersonId id,
                                   const ObserveCheck& input) {
    auto state = load_volunteer(turn, caller, id, "check.observe");
    if (!state) return std::unexpected(state.error());
    if (auto wrong = wrong_day(turn, *state, input.observed_at, "/observed_at")) {
        return std::unexpected(*wrong);
    }
    auto field = field_of(turn, input.field.value);
    if (!field) return std::unexpected(field.error());
    return write(turn, *state, caller.actor("check.observe"),
                 CheckObserved{std::move(*field), input.passed, input.observed_at});
}

Result<std::int64_t> recommend_lead(journal::Turn& turn, const api::Caller& caller, PersonId id) {
    auto state = load_volunteer(turn, caller, id, "lead.recommend");
    if (!state) return std::unexpected(state.error());
    return write(turn, *state, caller.actor("lead.recommend"), LeadRecommended{});
}

Result<std::int64_t> verify_licence(journal::Turn& turn, const api::Caller& caller, PersonId id,
                                    const VerifyLicence& input) {
    auto state = load_volunteer(turn, caller, id, "licence.verify");
    if (!state) return std::unexpected(state.error());
    if (!turn.pack()->pack->credential(input.licence.value)) {
        return refuse(refusals::licence_unknown,
                      {"/licence", "规则包中的执业资格", "a licence of the pack"});
    }
    if (input.valid_until <= turn.now()) {
        return refuse(refusals::licence_day_invalid,
                      {"/valid_until", "今天之后", "a day after today"});
    }
    return write(turn, *state, caller.actor("licence.verify"),
                 LicenceVerified{input.licence.value, input.valid_until});
}

Result<std::int64_t> grant_certification(journal::Turn& turn, const api::Caller& caller,
                                         PersonId id, const GrantCertification& input) {
    auto state = load_volunteer(turn, caller, id, "certification.grant");
    if (!state) return std::unexpected(state.error());
    const auto* level = rules_of(turn).level(static_cast<std::int32_t>(input.level));
    std::string field = text_or_none(input.field);
    bool each = level && (level->in_field || level->for_licence);
    if (each && field.empty()) {
        return refuse(level->in_field ? refusals::field_unknown : refusals::licence_unknown,
                      {"/field", "专项或执业资格", "a field, or a licence"});
    }
    if (!each) field.clear();
    if (!level || !may_follow(*level, field, *state)) return refuse(refusals::level_out_of_turn);
    auto from = ready_from(*level, field, *state, turn.now());
    if (!from || *from > turn.now()) return refuse(refusals::gates_open);
    CertificationGranted granted;
    granted.level = level->level;
    granted.field = field;
    granted.professional = level->for_licence;
    // Another field at the same level does not make the level last longer.
    // Nor does a licence beside it.
    bool beside = granted.professional && state->level > 0 && field != any_field;
    bool raises = !beside && (granted.professional || granted.level > state->level);
    ValidSpan span = raises ? span_from(turn) : ValidSpan{state->valid_until, state->warn_at};
    granted.valid_until = span.until;
    granted.warn_at = span.warn_at;
    granted.pack = turn.pack()->hash;
    return write(turn, *state, caller.actor("certification.grant"), granted);
}

Result<std::int64_t> renew_certification(journal::Turn& turn, const api::Caller& caller,
                                         PersonId id) {
    auto state = load_volunteer(turn, caller, id, "certification.renew");
    if (!state) return std::unexpected(state.error());
    const rules::CertificationRules& rules = rules_of(turn);
    bool late =
        state->lapsed_at && months_later(state->lapsed_at, rules.renewal_late_months) < turn.now();
    if (late || !renewal_met(rules, *state)) return refuse(refusals::renewal_not_ready);
    // What stands by a licence ends with it.
    bool professional = state->professional || state->lapsed_professional;
    bool licensed = professional && is_licensed(*state, turn.now());
    if (!licensed && std::max(state->level, state->lapsed_level) == 0) {
        return refuse(refusals::renewal_not_ready);
    }
    ValidSpan span = span_from(turn);
    CertificationRenewed renewed;
    renewed.level = std::max(state->level, state->lapsed_level);
    renewed.professional = licensed;
    for (const HeldLevel& held : state->lapsed_at ? state->lapsed_held : state->held) {
        if (!held.professional && !held.field.empty()) renewed.fields.push_back(held.field);
    }
    renewed.valid_until = span.until;
    renewed.warn_at = span.warn_at;
    renewed.pack = turn.pack()->hash;
    return write(turn, *state, caller.actor("certification.renew"), renewed);
}

Result<std::int64_t> recognise_certification(journal::Turn& turn, const api::Caller& caller,
                                             PersonId id, const RecogniseCertification& input) {
    auto state = load_volunteer(turn, caller, id, "certification.recognise");
    if (!state) return std::unexpected(state.error());
    const rules::CertificationRules& rules = rules_of(turn);
    auto level = static_cast<std::int32_t>(input.level);
    Instant closes = state->registered_at + std::chrono::days(rules.recognised_within_days);
    bool certified = state->level > 0 || state->professional || state->lapsed_at;
    if (level < 1 || level > rules.recognised_level_max || turn.now() > closes || certified) {
        return refuse(refusals::recognition_closed);
    }
    CertificationRecognised recognised;
    recognised.level = level;
    bool in_field = false;
    for (const auto& each : rules.levels) in_field |= each.in_field && each.level <= level;
    if (in_field) {
        for (const auto& named : input.fields) {
            auto field = field_of(turn, named.value);
            if (!field) return std::unexpected(field.error());
            recognised.fields.push_back(std::move(*field));
        }
        if (recognised.fields.empty()) {
            return refuse(refusals::field_unknown,
                          {"/fields", "至少一个专项", "at least one field"});
        }
    }
    ValidSpan span = span_from(turn);
    recognised.valid_until = span.until;
    recognised.warn_at = span.warn_at;
    recognised.pack = turn.pack()->hash;
    return write(turn, *state, caller.actor("certification.recognise"), recognised);
}

Result<std::int64_t> warn_certification(journal::Turn& turn, PersonId id, Instant due_at) {
    const auto* state = turn.load<CertificationFigure>(id);
    bool due = state && state->valid_until && !state->warned_at && state->warn_at <= turn.now();
    if (!due) return refuse(refusals::not_due);
    return write(turn, CertificationState(*state), Actor{}, CertificationWarned{due_at});
}

Result<std::int64_t> lapse_certification(journal::Turn& turn, PersonId id, Instant due_at) {
    const auto* state = turn.load<CertificationFigure>(id);
    bool due = state && state->valid_until && state->valid_until <= turn.now();
    if (!due) return refuse(refusals::not_due);
    return write(turn, CertificationState(*state), Actor{},
                 CertificationLapsed{state->level, state->professional, due_at});
}

Result<std::int64_t> end_licence(journal::Turn& turn, PersonId id, Instant due_at) {
    const auto* state = turn.load<CertificationFigure>(id);
    bool due = state && state->licensed_until && state->licensed_until <= turn.now();
    if (!due) return refuse(refusals::not_due);
    return write(turn, CertificationState(*state), Actor{}, LicenceEnded{state->level, due_at});
}

std::vector<jobs::Timer> timers() {
    auto due_of = [](const store::Query& query, std::string_view column) {
        return [&query, column](store::Session& db, Instant now, std::int64_t limit) {
            std::vector<jobs::Due> due;
            db.each(query, {{"now", now}, {"limit", limit}}, [&](const store::Row& row) {
                due.push_back({row.integer("id"), 0, row.instant(column)});
            });
            return due;
        };
    };
    return {
        {"warn_certification", due_of(queries::due_certification_warnings, "warn_at"),
         [](journal::Turn& turn, const jobs::Due& due) {
             return warn_certification(turn, PersonId(due.id), due.due_at);
         }},
        {"end_suspension", due_of(queries::due_suspension_ends, "suspended_until"),
         [](journal::Turn& turn, const jobs::Due& due) {
             return end_suspension(turn, PersonId(due.id), due.due_at);
         }},
        {"escalate_lowering", due_of(queries::due_lowering_escalations, "escalate_at"),
         [](journal::Turn& turn, const jobs::Due& due) {
             return escalate_lowering(turn, LoweringId(due.id), due.due_at);
         }},
        {"end_licence", due_of(queries::due_licence_ends, "licensed_until"),
         [](journal::Turn& turn, const jobs::Due& due) {
             return end_licence(turn, PersonId(due.id), due.due_at);
         }},
        {"lapse_certification", due_of(queries::due_lapses, "valid_until"),
         [](journal::Turn& turn, const jobs::Due& due) {
             return lapse_certification(turn, PersonId(due.id), due.due_at);
         }},
    };
}

api::ActionRows actions() {
    api::ActionRows all{
        {"pass_course", "course.pass", "course.passed", "POST /people/{id}/courses", "课程签认",
         "sign a course", "通过了课程", "a course was passed"},
        {"observe_check", "check.observe", "check.observed", "POST /people/{id}/observed-checks",
         "现场考核", "note an observed check", "经过现场考核", "a check was observed"},
        {"recommend_lead", "lead.recommend", "lead.recommended",
         "POST /people/{id}/recommendations", "推荐带队", "recommend to lead", "被推荐带队",
         "was recommended to lead"},
        {"verify_licence", "licence.verify", "licence.verified", "POST /people/{id}/licences",
         "核验执业资格", "verify a licence", "执业资格已核验", "a licence was verified"},
        {"grant_certification", "certification.grant", "certification.granted",
         "POST /people/{id}/certification", "授予认证", "grant the certification", "授予了认证",
         "a certification was granted"},
        {"renew_certification", "certification.renew", "certification.renewed",
         "POST /people/{id}/certification/renewal", "认证续期", "renew the certification",
         "认证已续期", "the certification was renewed"},
        {"recognise_certification", "certification.recognise", "certification.recognised",
         "POST /people/{id}/certification/recognition", "认定认证",
         "recognise an earlier certification", "认定了原有认证",
         "an earlier certification was recognised"},
        {"warn_certification", "", "certification.warned", "", "认证到期提醒",
         "warn that a certification ends", "认证即将到期", "the certification ends soon"},
        {"end_licence", "", "licence.ended", "", "执业资格到期", "end what a licence opened",
         "执业资格已到期，专业认证随之结束", "the licence has ended, and V4 with it"},
        {"lapse_certification", "", "certification.lapsed", "", "认证到期",
         "end a certification whose time is over", "认证已到期", "the certification has ended"},
    };
    for (auto& row : lowering_actions()) all.push_back(row);
    return all;
}

}  // namespace hezhi::certification
