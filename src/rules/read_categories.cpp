#include <algorithm>

#include "rules/pack_sections.h"

namespace hezhi::rules {

namespace {

// The level's clause says up to which risk it reaches; a pack from before certification has none.
void read_field(TableReader& row, const Pack& pack, Category& category) {
    category.field = row.optional_text("field");
    const CertificationRules& rules = pack.certification;
    if (category.field && !rules.levels.empty() && !rules.field(*category.field)) {
        row.wrong("field", "应为 certification.toml 中 [field.…] 的一项",
                  "a [field.…] of certification.toml");
    }
}

// Work with minors always needs the query of crime records.
void read_category_checks(TableReader& row, const Pack& pack, Category& category) {
    category.checks = row.texts("checks", false);
    for (const auto& key : category.checks) {
        if (pack.checks.empty() || pack.check(key)) continue;
        row.wrong("checks", "应为 checks.toml 中的背景核查", "checks of checks.toml");
    }
    bool listed = std::ranges::find(category.checks, crime_record_check) != category.checks.end();
    if (category.minor_contact && !listed) category.checks.emplace_back(crime_record_check);
}

void check_risk(TableReader& row, const Pack& pack, const Category& category) {
    const CertificationLevel* level = pack.certification.level(category.certification_min);
    bool volunteers = category.duty_boundary != DutyBoundary::professional_only ||
                      category.duty_boundary_after_first != DutyBoundary::professional_only;
    if (!level || !volunteers || category.risk_level <= level->risk_max) return;
    row.wrong("risk_level",
              "不高于所需认证等级可承接的风险：" + std::string(label_of(level->risk_max)),
              "at most the risk that the certification allows: " +
                  std::string(label_of(level->risk_max)));
}

void read_duty(TableReader& row, const Pack& pack, Category& category) {
    category.duty_boundary = row.choice<DutyBoundary>("duty_boundary");
    category.duty_boundary_after_first =
        row.choice_or("duty_boundary_after_first", category.duty_boundary);
    category.certification_min =
        static_cast<std::int32_t>(row.choice_or("certification_min", LevelKey::V0));
    read_field(row, pack, category);
    category.boundary_note = row.optional_words("boundary_note");
    category.credential = row.optional_text("credential");
    category.skill = row.optional_words("skill");
    bool professional = category.duty_boundary == DutyBoundary::professional_only ||
                        category.duty_boundary_after_first == DutyBoundary::professional_only;
    if (professional && !category.credential) {
        row.wrong("credential", "缺少此项：专业人员承接的事项须写明所需资格",
                  "this key: what only professionals may do names their credential");
    }
    if (category.credential && !pack.credential(*category.credential)) {
        std::set<std::string> known;
        for (auto& credential : pack.credentials) known.insert(credential.key);
        auto near = nearest(*category.credential, known);
        row.wrong("credential", "应为本文件 [credential.…] 中的一项，最接近的是 " + near,
                  "a [credential.…] of this file; the nearest is " + near);
    }
}

void read_class(TableReader& row, const Pack& pack, Category& category) {
    category.default_class = row.text("default_class");
    // Without any class time_limits.toml itself was at fault, and says so.
    if (category.default_class.empty() || pack.limit_classes.empty()) return;
    if (pack.limit_class(category.default_class)) return;
    std::string known;
    for (auto& limit_class : pack.limit_classes) {
        known += (known.empty() ? "" : ", ") + limit_class.key;
    }
    row.wrong("default_class", "应为 time_limits.toml 中的时限类别之一：" + known,
              "a class of time_limits.toml: " + known);
}

void read_place(TableReader& row, const Pack& pack, Category& category) {
    category.number = row.integer("number", {1, 999});
    for (const auto& other : pack.categories) {
        if (category.number == 0 || other.number != category.number) continue;
        row.wrong("number", "不重复的目录编号；已用于 " + other.key,
                  "a number of its own; " + other.key + " has it already");
    }
    category.group = row.text("group");
    if (category.group.empty() || pack.category_groups.empty()) return;
    if (pack.category_group(category.group)) return;
    std::string known;
    for (const auto& group : pack.category_groups) {
        known += (known.empty() ? "" : ", ") + group.key;
    }
    row.wrong("group", "应为本文件 [group.…] 中的一项：" + known,
              "a [group.…] of this file: " + known);
}

// What two keys of one category may not say together.
void check_together(TableReader& row, const Pack& pack, const Category& category) {
    bool volunteers_alone = category.duty_boundary == DutyBoundary::volunteer ||
                            category.duty_boundary_after_first == DutyBoundary::volunteer;
    if (category.risk_level == RiskLevel::R4 && volunteers_alone) {
        row.wrong("risk_level", "R4 事项不得由志愿者单独承接",
                  "less than R4 for what volunteers do without a social worker");
    }
    if (category.risk_level >= RiskLevel::R3 &&
        category.age_years_min < pack.dispatch.adult_from_years) {
        row.wrong("age_years_min", "R3、R4 事项不得由未成年人承接",
                  "an adult's age: R3 and R4 are not for minors");
    }
    if (category.minor_contact && category.age_years_min < pack.dispatch.adult_from_years) {
        row.wrong("age_years_min", "密切接触未成年人的事项须由成年人承接",
                  "an adult's age where minors are served");
    }
    const TwoPeopleRules& two = pack.dispatch.two_people;
    bool alone_at_first = category.people_first < 2, alone_later = category.people_after < 2;
    bool risky = category.risk_level >= two.risk_from;
    if (!category.alone_because &&
        ((risky && alone_later) || (category.at_home && alone_at_first))) {
        row.wrong("people_first", "此项须两人同行；一人即可的，以 alone_because 写明理由",
                  "two people here, or alone_because with the reason why one may go");
    }
    if (category.personal_care && alone_later) {
        row.wrong("personal_care", "贴身照护须两人同行", "two people each time for personal care");
    }
    if (category.redeemable && !category.credit_eligible) {
        row.wrong("redeemable", "可以用时间预约的事项，其服务须计入时间",
                  "only what earns time may be booked with it: credit_eligible");
    }
    if (category.people_after > category.people_first) {
        row.wrong("people_after", "应不多于首次的人数", "no more people than at the first visit");
    }
}

Category read_category(const std::string& key, TableReader& row, const Pack& pack) {
    Category category;
    category.key = key;
    category.clause = row.clause();
    category.name = row.words("name");
    read_place(row, pack, category);
    read_duty(row, pack, category);
    read_class(row, pack, category);
    category.response = row.optional_words("response");
    category.minutes_planned = row.integer("minutes_planned", {5, 480});
    category.people_first = row.integer("people_first", {1, 50});
    category.people_after = row.integer_or("people_after", {1, 50}, category.people_first);
    category.risk_level = row.choice<RiskLevel>("risk_level");
    category.age_years_min = row.integer("age_years_min", {6, 80});
    category.minors_with_adult = row.boolean_or("minors_with_adult", false);
    category.credit_eligible = row.boolean_or("credit_eligible", false);
    category.redeemable = row.boolean_or("redeemable", false);
    category.insurance = row.boolean_or("insurance", false);
    category.minor_contact = row.boolean_or("minor_contact", false);
    read_category_checks(row, pack, category);
    category.at_home = row.boolean_or("at_home", false);
    category.personal_care = row.boolean_or("personal_care", false);
    category.alone_because = row.optional_words("alone_because");
    category.address_secret = row.boolean_or("address_secret", false);
    category.safety_notes = row.words("safety_notes");
    check_together(row, pack, category);
    check_risk(row, pack, category);
    return category;
}

}  // namespace

void read_categories(TableReader& root, Pack& pack) {
    root.entries("group", true, [&](const std::string& key, TableReader& row) {
        CategoryGroup group;
        group.key = key;
        group.clause = row.clause();
        group.name = row.words("name");
        group.rank = row.integer("rank", {1, 99});
        pack.category_groups.push_back(std::move(group));
    });
    std::ranges::sort(pack.category_groups, {}, &CategoryGroup::rank);
    root.entries("credential", true, [&](const std::string& key, TableReader& row) {
        Credential credential;
        credential.key = key;
        credential.clause = row.clause();
        credential.name = row.words("name");
        pack.credentials.push_back(std::move(credential));
    });
    root.entries("category", true, [&](const std::string& key, TableReader& row) {
        pack.categories.push_back(read_category(key, row, pack));
    });
}

}  // namespace hezhi::rules
