#include <algorithm>

#include "rules/pack_sections.h"

namespace hezhi::rules {

namespace {

enum class CertificationLevel { V0, V1, V2, V3, V4 };
BOOST_DESCRIBE_ENUM(CertificationLevel, V0, V1, V2, V3, V4)

void read_duty(TableReader& row, const Pack& pack, Category& category) {
    category.duty_boundary = row.choice<DutyBoundary>("duty_boundary");
    category.duty_boundary_after_first =
        row.choice_or("duty_boundary_after_first", category.duty_boundary);
    category.certification_min =
        static_cast<std::int32_t>(row.choice_or("certification_min", CertificationLevel::V0));
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
    if (category.minor_contact && category.age_years_min < pack.dispatch.adult_from_years) {
        row.wrong("age_years_min", "密切接触未成年人的事项须由成年人承接",
                  "an adult's age where minors are served");
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
    category.insurance = row.boolean_or("insurance", false);
    category.minor_contact = row.boolean_or("minor_contact", false);
    category.safety_notes = row.words("safety_notes");
    check_together(row, pack, category);
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
