// Levels, checks and fields that nobody could ever have, and what asks for them.
#include <algorithm>

#include "rules/check_reach.h"

namespace hezhi::rules {

namespace {

constexpr const char* certification_file = "certification.toml";
constexpr const char* categories_file = "categories.toml";

std::string level_key(std::int32_t level) {
    return std::string(label_of(static_cast<LevelKey>(level)));
}

void check_levels(const Pack& pack, Reach& reach) {
    const CertificationRules& rules = pack.certification;
    for (const CertificationLevel& level : rules.levels) {
        std::string key = "level." + level_key(level.level);
        if (level.in_field && level.for_licence) {
            reach.wrong(certification_file, key + ".for_licence",
                        "in_field 与 for_licence 只写其一，否则永远达不到",
                        "in_field or for_licence, not both; otherwise nobody ever gets there");
        }
        // Dispatch lets a licence stand for the highest level alone.
        if (level.for_licence && level.level != certification_max) {
            reach.wrong(certification_file, key + ".for_licence",
                        "只有 V4 按外部执业资格授予，否则凭它什么也接不了",
                        "only V4 is granted for a licence; otherwise it opens no service");
        }
        if (level.for_licence && pack.credentials.empty()) {
            reach.wrong(certification_file, key + ".for_licence",
                        "categories.toml 至少有一个 [credential.…]，否则永远达不到",
                        "at least one [credential.…] in categories.toml; otherwise nobody ever "
                        "gets there");
        }
    }
    const CertificationLevel* recognised = rules.level(rules.recognised_level_max);
    if (recognised && recognised->for_licence) {
        reach.wrong(certification_file, "recognition.level_max",
                    "不得为按外部执业资格授予的等级：执业资格只核验，不认定",
                    "a level that is not granted for a licence: a licence is verified, never "
                    "recognised");
    }
}

// Courses and service side by side fill days of 24 hours, and no more.
void check_renewal(const Pack& pack, Reach& reach) {
    const CertificationRules& rules = pack.certification;
    constexpr std::int64_t month_minutes = 31 * 24 * 60;
    std::int64_t had = (rules.valid_months + rules.renewal_late_months) * month_minutes;
    if (std::int64_t{rules.renewal_course_minutes} + rules.renewal_service_minutes > had) {
        reach.wrong(certification_file, "renewal.course_minutes",
                    "课程与服务合计不超过有效期和宽限期的全部时间，否则永远达不到",
                    "courses and service that fit into the months until the renewal ends; "
                    "otherwise nobody ever gets there");
    }
}

void check_noting_roles_exist(const Pack& pack, Reach& reach) {
    for (const BackgroundCheck& check : pack.checks) {
        for (const std::string& role : check.noted_by) {
            if (std::ranges::find(check_noting_roles, role) != std::end(check_noting_roles)) {
                continue;
            }
            std::string known;
            for (auto one : check_noting_roles) {
                known += (known.empty() ? "" : ", ") + std::string(one);
            }
            reach.wrong("checks.toml", "check." + check.key + ".noted_by",
                        "应为可以登记核查的岗位：" + known,
                        "roles that may note a check: " + known);
        }
    }
}

void check_category(const Pack& pack, const Category& category, Reach& reach) {
    std::string key = "category." + category.key;
    const auto& levels = pack.certification.levels;
    bool volunteers = category.duty_boundary != DutyBoundary::professional_only ||
                      category.duty_boundary_after_first != DutyBoundary::professional_only;
    bool fields_granted = std::ranges::any_of(levels, &CertificationLevel::in_field);
    if (category.field && volunteers && !levels.empty() && !fields_granted) {
        reach.wrong(
            categories_file, key + ".field",
            "certification.toml 中须有分专项授予的等级（in_field = true），否则无人可以承接",
            "a level in certification.toml that is granted in a field (in_field = true); "
            "otherwise nobody may ever serve");
    }
    if (category.minors_with_adult && category.age_years_min >= pack.dispatch.adult_from_years) {
        reach.wrong(categories_file, key + ".minors_with_adult",
                    "只用于年龄下限低于成年年龄的事项，否则没有未成年人可以参加",
                    "only where age_years_min is below an adult's; otherwise no minor takes part");
    }
    if (category.minutes_planned > pack.records.minutes_max) {
        std::string most = std::to_string(pack.records.minutes_max);
        reach.wrong(categories_file, key + ".minutes_planned",
                    "不超过一次服务记录的上限（records.toml）：" + most + "，否则无法记录",
                    "no more than one record may hold (records.toml): " + most +
                        "; otherwise it is never recorded");
    }
}

void check_ages(const Pack& pack, Reach& reach) {
    struct Age {
        const char* key;
        std::int32_t years;
    };
    std::int32_t adult = pack.dispatch.adult_from_years;
    for (auto [key, years] : {Age{"accompanied_below_years", pack.joining.accompanied_below_years},
                              Age{"sensitive_below_years", pack.joining.sensitive_below_years}}) {
        if (years <= adult) continue;
        reach.wrong("joining.toml", std::string("minors.") + key,
                    "不超过成年年龄（dispatch.toml 的 adult_from_years）：" + std::to_string(adult),
                    "no more than an adult's age (adult_from_years of dispatch.toml): " +
                        std::to_string(adult));
    }
}

}  // namespace

void check_certification_reach(const Pack& pack, Reach& reach) {
    if (!pack.certification.levels.empty()) {
        check_levels(pack, reach);
        check_renewal(pack, reach);
    }
    check_noting_roles_exist(pack, reach);
    for (const Category& category : pack.categories) check_category(pack, category, reach);
    check_ages(pack, reach);
}

}  // namespace hezhi::rules
