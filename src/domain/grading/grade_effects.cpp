// What a colour does: to the activities of a team, to whoever comes to one, to what is drawn for a
// call-back. What it does to orders stands in `orders`, by what `standing` folds.
#include <algorithm>

#include "domain/grading/grading.h"
#include "domain/grading/queries.h"

namespace hezhi::grading {
namespace {

GradeColor effective_color(journal::Turn& turn, GradeSubject graded, std::int64_t subject) {
    const auto* grade = subject ? turn.load<GradeFigure>(grade_key(graded, subject)) : nullptr;
    return grade ? grade->effective : GradeColor::ungraded;
}

const rules::GradeEffect& effect_on(journal::Turn& turn, GradeSubject graded,
                                    std::int64_t subject) {
    return turn.pack()->pack->color_grades.effect(effective_color(turn, graded, subject));
}

bool above(const rules::GradeEffect& effect, rules::RiskLevel risk) {
    return effect.paired && risk > effect.risk_max;
}

}  // namespace

bool is_paused(const rules::Pack& pack, GradeColor effective) {
    return effective != GradeColor::ungraded && pack.color_grades.effect(effective).paused;
}

bool team_is_paused(journal::Turn& turn, OrganizationId team) {
    return is_paused(*turn.pack()->pack, effective_color(turn, GradeSubject::team, team.value));
}

std::optional<Refusal> team_forbids(journal::Turn& turn, OrganizationId team,
                                    rules::RiskLevel risk) {
    if (!team) return std::nullopt;
    if (team_is_paused(turn, team)) return Refusal(refusals::team_paused);
    bool forbids = above(effect_on(turn, GradeSubject::team, team.value), risk);
    return forbids ? std::optional(Refusal(refusals::team_risk_limited)) : std::nullopt;
}

bool team_is_paired(journal::Turn& turn, OrganizationId team) {
    return team && effect_on(turn, GradeSubject::team, team.value).paired;
}

std::optional<Refusal> person_forbids(journal::Turn& turn, PersonId person, rules::RiskLevel risk) {
    const auto& effect = effect_on(turn, GradeSubject::person, person.value);
    if (effect.paused) return Refusal(refusals::person_paused);
    return above(effect, risk) ? std::optional(Refusal(refusals::person_risk_limited))
                               : std::nullopt;
}

std::optional<std::int32_t> spot_check_percent(journal::Turn& turn, PersonId person,
                                               OrganizationId holder, Instant at) {
    std::vector<GradeColor> colors{
        effective_color(turn, GradeSubject::person, person.value),
        effective_color(turn, GradeSubject::team, holder.value),
    };
    turn.db().each(queries::teams_of_person, {{"person", person}, {"at", at}},
                   [&](const store::Row& row) {
                       colors.push_back(from_label<GradeColor>(row.text("effective")).value());
                   });
    const auto& rules = turn.pack()->pack->color_grades;
    std::optional<std::int32_t> strictest;
    for (GradeColor color : colors) {
        if (color == GradeColor::ungraded) continue;
        auto percent = rules.effect(color).spot_check_percent;
        strictest = std::max(strictest.value_or(percent), percent);
    }
    return strictest;
}

}  // namespace hezhi::grading
