#include <algorithm>

#include "rules/pack_sections.h"

namespace hezhi::rules {

namespace {

constexpr std::int32_t minutes_max = 600000;
constexpr std::int32_t hours_max = 10000;
constexpr std::int32_t months_max = 120;
constexpr std::int64_t days_of_month_max = 31;

CertificationGate read_gate(const std::string& key, TableReader& row,
                            const CertificationLevel& level) {
    CertificationGate gate;
    gate.key = key;
    gate.clause = row.clause();
    gate.kind = row.choice<GateKind>("kind");
    if (gate.kind == GateKind::course) {
        gate.course = row.choice<CourseKind>("course");
        gate.minutes = row.integer("minutes", {1, minutes_max});
        gate.test_percent = row.integer_or("test_percent", {1, 100}, 0);
        if (gate.course == CourseKind::special && !level.in_field) {
            row.wrong("course", "专项课程只用于分专项授予的等级（in_field = true）",
                      "a special course only where the level is granted in a field");
        }
    } else if (gate.kind == GateKind::service) {
        gate.minutes = row.integer("minutes", {1, minutes_max});
    } else if (gate.kind == GateKind::observed_check) {
        if (!level.in_field) {
            row.wrong("kind", "现场考核只用于分专项授予的等级（in_field = true）",
                      "an observed check only where the level is granted in a field");
        }
    } else if (gate.kind == GateKind::months_at) {
        gate.level = static_cast<std::int32_t>(row.choice<LevelKey>("level"));
        gate.months = row.integer("months", {1, months_max});
        // Nobody would ever get there: the level asked for comes later, or with this one.
        if (gate.level < 1 || gate.level > level.after) {
            row.wrong("level", "应为本级之前须取得的等级，否则永远达不到",
                      "a level that is held before this one; otherwise nobody ever gets there");
        }
    } else if (gate.kind == GateKind::licence && !level.for_licence) {
        row.wrong("kind", "执业资格只用于按资格授予的等级（for_licence = true）",
                  "a licence only where the level is granted for a licence");
    }
    return gate;
}

CertificationLevel read_level(LevelKey key, TableReader& row, const CertificationRules& rules) {
    CertificationLevel level;
    level.level = static_cast<std::int32_t>(key);
    level.clause = row.clause();
    level.name = row.words("name");
    level.risk_max = row.choice<RiskLevel>("risk_max");
    level.in_field = row.boolean_or("in_field", false);
    level.for_licence = row.boolean_or("for_licence", false);
    level.after = static_cast<std::int32_t>(row.choice_or("after", LevelKey::V0));
    if (level.level > 0 && level.after >= level.level) {
        row.wrong("after", "应低于本级，否则永远达不到",
                  "a lower level; otherwise nobody ever gets there");
    }
    if (level.in_field && rules.fields.empty()) {
        row.wrong("in_field", "本文件至少有一个 [field.…]，否则永远达不到",
                  "at least one [field.…] in this file; otherwise nobody ever gets there");
    }
    row.entries("gate", level.level > 0, [&](const std::string& name, TableReader& gate) {
        level.gates.push_back(read_gate(name, gate, level));
    });
    if (level.level > 0 && level.gates.empty()) {
        row.wrong("gate", "至少一个 [level.….gate.…]", "at least one [level.….gate.…]");
    }
    if (level.level == 0 && !level.gates.empty()) {
        row.wrong("gate", "V0 随注册取得，不设条件", "no gate: V0 comes with the registration");
    }
    return level;
}

void read_levels(TableReader& root, CertificationRules& rules) {
    root.entries("level", true, [&](const std::string& name, TableReader& row) {
        auto key = from_label<LevelKey>(name);
        if (!key) {
            row.wrong("", "应为 V0 至 V4", "one of V0, V1, V2, V3, V4");
            return;
        }
        rules.levels.push_back(read_level(*key, row, rules));
    });
    std::ranges::sort(rules.levels, {}, &CertificationLevel::level);
    for (std::int32_t level = 0; level <= certification_max; ++level) {
        if (rules.level(level)) continue;
        root.wrong("level", "五个等级 V0 至 V4 各一项", "each of the five levels V0 to V4");
        return;
    }
    for (std::size_t i = 1; i < rules.levels.size(); ++i) {
        if (rules.levels[i].for_licence) continue;
        if (rules.levels[i].risk_max >= rules.levels[i - 1].risk_max) continue;
        root.wrong("level", "等级越高，可承接的风险不得越低",
                   "risks that do not fall as levels rise");
    }
}

void read_renewal(TableReader& row, const Pack& pack, CertificationRules& rules) {
    rules.renewal_clause = row.clause();
    rules.renewal_course_minutes = row.integer("course_minutes", {0, minutes_max});
    rules.renewal_service_minutes = row.integer("service_minutes", {0, minutes_max});
    rules.renewal_late_months = row.integer("late_months", {0, months_max});
    std::int64_t days = days_of_month_max * std::max(rules.valid_months, 1);
    std::int64_t load_days = std::max(pack.dispatch.load_days, 1);  // 0 after an error of its own
    std::int64_t can_serve = pack.dispatch.load_minutes_max * ((days + load_days - 1) / load_days);
    if (rules.renewal_service_minutes > can_serve) {
        row.wrong("service_minutes", "不超过有效期内可派单的服务时长，否则永远达不到",
                  "no more than may be dispatched while it is valid; nobody ever gets there");
    }
}

void read_lowering(TableReader& row, CertificationRules& rules) {
    rules.lowering_clause = row.clause();
    rules.suspend_days_max = row.integer("suspend_days_max", {1, 3660});
    if (row.has("answer_within")) rules.lowering_answer_within = row.time_limit("answer_within");
    rules.lowering_appeal_within = row.time_limit("appeal_within");
    rules.lowering_settle_within = row.time_limit("settle_within");
    if (row.has("acknowledge_within")) {
        rules.lowering_acknowledge_within = row.time_limit("acknowledge_within");
    }
    if (row.has("review_within")) rules.lowering_review_within = row.time_limit("review_within");
    if (row.has("reassign_within")) {
        rules.lowering_reassign_within = row.time_limit("reassign_within");
    }
    row.entries("ground", true, [&](const std::string& key, TableReader& entry) {
        LoweringGround ground;
        ground.key = key;
        ground.name = entry.words("name");
        ground.clause = entry.clause();
        ground.rank = entry.integer("rank", {1, 99});
        rules.lowering_grounds.push_back(std::move(ground));
    });
    std::ranges::sort(rules.lowering_grounds, {}, &LoweringGround::rank);
    if (rules.lowering_grounds.empty()) {
        row.wrong("ground", "至少一个 [lowering.ground.…]，否则无从提议",
                  "at least one [lowering.ground.…]; otherwise nothing can be proposed");
    }
}

}  // namespace

void read_certification(TableReader& root, Pack& pack) {
    CertificationRules& rules = pack.certification;
    root.table("notice", [&](TableReader& row) {
        rules.notice_clause = row.clause();
        rules.notice = row.words("words");
    });
    root.table("validity", [&](TableReader& row) {
        rules.validity_clause = row.clause();
        rules.valid_months = row.integer("months", {1, months_max});
        rules.warn_days = row.integer("warn_days", {1, 366});
        if (rules.warn_days >= rules.valid_months * 28) {
            row.wrong("warn_days", "应短于有效期", "fewer days than it is valid");
        }
    });
    root.table("renewal", [&](TableReader& row) { read_renewal(row, pack, rules); });
    root.table("recognition", [&](TableReader& row) {
        rules.recognition_clause = row.clause();
        rules.recognised_within_days = row.integer("within_days", {0, 3660});
        rules.recognised_level_max = static_cast<std::int32_t>(row.choice<LevelKey>("level_max"));
    });
    if (root.has("lowering")) {
        root.table("lowering", [&](TableReader& row) { read_lowering(row, rules); });
    }
    root.entries("field", true, [&](const std::string& key, TableReader& row) {
        CertificationField field;
        field.key = key;
        field.clause = row.clause();
        field.name = row.words("name");
        field.rank = row.integer("rank", {1, 99});
        rules.fields.push_back(std::move(field));
    });
    std::ranges::sort(rules.fields, {}, &CertificationField::rank);
    read_levels(root, rules);
}

void read_checks(TableReader& root, Pack& pack) {
    pack.checks.clear();
    root.entries("check", true, [&](const std::string& key, TableReader& row) {
        BackgroundCheck check;
        check.key = key;
        check.clause = row.clause();
        check.name = row.words("name");
        check.holds_days = row.integer_or("holds_days", {1, 3660}, 0);
        check.noted_by = row.texts("noted_by", true);
        if (check.noted_by.empty()) {
            row.wrong("noted_by", "至少一个岗位，否则无人可以登记",
                      "at least one role; otherwise nobody may note it");
        }
        pack.checks.push_back(std::move(check));
    });
    if (!pack.check(crime_record_check)) {
        root.wrong("check", "须有 crime_record 一项（未成年人保护法第六十二条）",
                   "a check crime_record, which work with minors needs");
    }
}

void read_stars(TableReader& root, Pack& pack) {
    root.table("counting", [&](TableReader& row) { pack.stars.counting_clause = row.clause(); });
    root.entries("star", true, [&](const std::string& key, TableReader& row) {
        Star star;
        star.clause = row.clause();
        star.name = row.words("name");
        star.hours = row.integer("hours", {1, hours_max});
        star.granted_by = row.words("granted_by");
        star.stars = static_cast<std::int32_t>(pack.stars.ladder.size()) + 1;
        if (key != std::to_string(star.stars)) {
            row.wrong("", "星级应为 1、2、3……依次排列", "stars 1, 2, 3 … without a gap");
        }
        if (!pack.stars.ladder.empty() && star.hours <= pack.stars.ladder.back().hours) {
            row.wrong("hours", "应高于上一星级的时长", "more hours than the star before");
        }
        pack.stars.ladder.push_back(std::move(star));
    });
}

const CertificationLevel* CertificationRules::level(std::int32_t level) const {
    auto found = std::ranges::find(levels, level, &CertificationLevel::level);
    return found == levels.end() ? nullptr : &*found;
}

const CertificationField* CertificationRules::field(std::string_view key) const {
    auto found = std::ranges::find(fields, key, &CertificationField::key);
    return found == fields.end() ? nullptr : &*found;
}

const LoweringGround* CertificationRules::lowering_ground(std::string_view key) const {
    auto found = std::ranges::find(lowering_grounds, key, &LoweringGround::key);
    return found == lowering_grounds.end() ? nullptr : &*found;
}

}  // namespace hezhi::rules
