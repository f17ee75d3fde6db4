// Colours that no score comes to, and ways back that nobody could walk.
#include <algorithm>

#include "rules/check_reach.h"

namespace hezhi::rules {

namespace {

constexpr const char* grades_file = "color_grades.toml";
// The most reviews that a window is reckoned with: as many as services_min may ask for.
constexpr std::int64_t reviews_max = 1000;
constexpr std::int64_t hundredths = 100;
constexpr std::int64_t mark_percent_min = 20;  // what a mark of 1 of 5 is worth

// In hundredths of a per cent, halves up, as a month's run does it (domain/grading).
std::int64_t satisfaction_share(const ColorGradeRules& rules, std::int64_t mark_percent,
                                std::int64_t reviews) {
    std::int64_t all = reviews + rules.prior_reviews;
    if (all == 0) return mark_percent * hundredths;
    std::int64_t sum =
        mark_percent * reviews + std::int64_t{rules.prior_percent} * rules.prior_reviews;
    return (2 * sum * hundredths + all) / (2 * all);
}

// The weights that count for a team or for a person.
std::int64_t weights(const ColorGradeRules& rules, bool team) {
    bool records = team || rules.records_of_persons;
    return rules.fulfilment + rules.satisfaction + rules.safety + rules.continuity +
           (records ? rules.record_compliance : 0);
}

// Scores in hundredths of a point.
std::int64_t best_score(const ColorGradeRules& rules, std::int64_t all) {
    std::int64_t best =
        std::max(satisfaction_share(rules, 100, 0), satisfaction_share(rules, 100, reviews_max));
    std::int64_t sum = (all - rules.satisfaction) * 100 * hundredths + rules.satisfaction * best;
    return (2 * sum + all) / (2 * all);
}

std::int64_t worst_score(const ColorGradeRules& rules, std::int64_t all) {
    std::int64_t worst = std::min(satisfaction_share(rules, mark_percent_min, 0),
                                  satisfaction_share(rules, mark_percent_min, reviews_max));
    bool deducts = std::ranges::any_of(
        rules.deductions, [](const GradeDeduction& deduction) { return deduction.percent > 0; });
    std::int64_t safety = deducts ? 0 : 100 * hundredths;
    return (rules.satisfaction * worst + rules.safety * safety) / all;
}

std::string points(std::int64_t score) {
    std::string rest = std::to_string(score % hundredths);
    return std::to_string(score / hundredths) + "." + (rest.size() < 2 ? "0" : "") + rest;
}

void check_bands(const ColorGradeRules& rules, bool team, Reach& reach) {
    std::int64_t all = weights(rules, team);
    if (all == 0) {
        reach.wrong(grades_file, "score.record_compliance",
                    "记录只计队伍（persons = false），个人须另有权重，否则永远没有得分",
                    "weights beside records, which count for teams only (persons = false); "
                    "otherwise no person ever has a score");
        return;
    }
    if (std::int64_t best = best_score(rules, all); best < rules.green_from * hundredths) {
        reach.wrong(grades_file, "bands.green",
                    "不超过可以达到的最高分 " + points(best) + "，否则永远达不到",
                    "no more than the best score that can be had, " + points(best) +
                        "; otherwise nobody ever gets there");
    }
    if (std::int64_t worst = worst_score(rules, all); worst >= rules.yellow_from * hundredths) {
        reach.wrong(grades_file, "bands.yellow",
                    "应高于最低分 " + points(worst) + "，否则永远评不到红",
                    "above the least score, " + points(worst) + "; otherwise no score is ever red");
    }
}

void check_gates_open(const ColorGradeRules& rules, Reach& reach) {
    const GradeGate* dissatisfied = rules.gate("dissatisfied");
    if (dissatisfied && dissatisfied->limit >= 5) {
        reach.wrong(grades_file, "gate.dissatisfied.mean_at_most",
                    "应小于 5：否则人人封顶，永远达不到绿",
                    "less than 5; otherwise everybody is held back and green is never reached");
    }
}

// What one may be sent to within the window, the last service begun just before the cap.
void check_services_of_persons(const Pack& pack, Reach& reach) {
    const ColorGradeRules& rules = pack.color_grades;
    const DispatchRules& dispatch = pack.dispatch;
    if (!rules.persons || dispatch.load_minutes_max == INT32_MAX) return;
    std::int64_t spans = (rules.window_days + dispatch.load_days - 1) / dispatch.load_days + 1;
    std::int64_t minutes = spans * (dispatch.load_minutes_max + longest_minutes(pack));
    std::int64_t most = minutes / std::max(shortest_minutes(pack), 1);
    if (rules.person_services_min <= most) return;
    reach.wrong(grades_file, "window.person_services_min",
                "不超过 days 天内时长上限（dispatch.toml 的 load）允许的次数 " +
                    std::to_string(most) + "，否则永远无人评级",
                "no more services than the cap of hours allows within days (load of "
                "dispatch.toml), " +
                    std::to_string(most) + "; otherwise nobody is ever graded");
}

void check_ways_back(const Pack& pack, Reach& reach) {
    const ColorGradeRules& rules = pack.color_grades;
    if (rules.yellow.paused) {
        reach.wrong(grades_file, "effect.yellow.paused",
                    "应为 false：暂停派单就没有 remedial 要求的服务，永远恢复不了",
                    "false: without orders nobody ever has the services that remedial asks for");
    }
    bool served = std::ranges::any_of(pack.categories, [&](const Category& category) {
        return category.duty_boundary_after_first != DutyBoundary::professional_only &&
               category.risk_level <= rules.yellow.risk_max;
    });
    if (!served) {
        reach.wrong(grades_file, "effect.yellow.risk_max",
                    "应有志愿者承接的事项不超过此风险，否则永远完成不了 remedial 要求的服务",
                    "a risk that some category of volunteers has; otherwise nobody ever has the "
                    "services that remedial asks for");
    }
}

}  // namespace

void check_grade_reach(const Pack& pack, Reach& reach) {
    const ColorGradeRules& rules = pack.color_grades;
    // What is wrong for both is told once.
    if (rules.teams || rules.persons) check_bands(rules, rules.teams, reach);
    bool apart = rules.teams && rules.persons && !rules.records_of_persons;
    if (apart && weights(rules, false) == 0) check_bands(rules, false, reach);
    check_gates_open(rules, reach);
    check_services_of_persons(pack, reach);
    check_ways_back(pack, reach);
}

}  // namespace hezhi::rules
