#include <algorithm>

#include "rules/pack_sections.h"

namespace hezhi::rules {
namespace {

void read_weights(TableReader& row, ColorGradeRules& rules) {
    rules.score_clause = row.clause();
    rules.fulfilment = row.integer("fulfilment", {0, 100});
    rules.satisfaction = row.integer("satisfaction", {0, 100});
    rules.safety = row.integer("safety", {0, 100});
    rules.record_compliance = row.integer("record_compliance", {0, 100});
    rules.continuity = row.integer("continuity", {0, 100});
    auto sum = rules.fulfilment + rules.satisfaction + rules.safety + rules.record_compliance +
               rules.continuity;
    if (sum == 100) return;
    std::string found = std::to_string(sum);
    row.wrong("", "五项权重合计应为 100，现为 " + found,
              "weights that add up to 100; they add up to " + found);
}

void read_parts(TableReader& root, Pack& pack) {
    ColorGradeRules& rules = pack.color_grades;
    root.table("fulfilment", [&](TableReader& row) {
        rules.fulfilment_clause = row.clause();
        rules.no_show_counts = row.integer("no_show_counts", {1, 10});
        rules.late_below_percent = row.integer_or("late_below_percent", {0, 100}, 0);
    });
    if (root.has("excuse")) {
        root.table("excuse", [&](TableReader& row) {
            rules.excuse_clause = row.clause();
            rules.excuse_within = row.time_limit("within");
        });
    }
    root.table("satisfaction", [&](TableReader& row) {
        rules.satisfaction_clause = row.clause();
        rules.prior_reviews = row.integer("prior_reviews", {0, 1000});
        rules.prior_percent = row.integer("prior_percent", {0, 100});
    });
    root.table("safety", [&](TableReader& row) {
        rules.safety_clause = row.clause();
        row.rows("deductions", true, [&](TableReader& entry) {
            GradeDeduction one{entry.text("class"), entry.integer("percent", {0, 100})};
            if (!pack.incidents.find(one.incident_class) && !pack.incidents.classes.empty()) {
                entry.wrong("class", "应为 incidents.toml 中的情况分级",
                            "a class of incidents.toml");
            }
            rules.deductions.push_back(std::move(one));
        });
    });
    root.table("record_compliance", [&](TableReader& row) {
        rules.record_clause = row.clause();
        rules.records_of_persons = row.boolean_or("persons", false);
    });
    root.table("continuity", [&](TableReader& row) {
        rules.continuity_clause = row.clause();
        rules.look_back_months = row.integer("look_back_months", {1, 12});
        rules.months_full = row.integer("months_full", {1, 12});
        if (rules.months_full > rules.look_back_months) {
            row.wrong("months_full", "不应大于 look_back_months，否则永远达不到",
                      "no more than look_back_months: it could never be reached");
        }
    });
}

void read_bands(TableReader& row, ColorGradeRules& rules) {
    rules.bands_clause = row.clause();
    rules.green_from = row.integer("green", {0, 100});
    rules.blue_from = row.integer("blue", {0, 100});
    rules.yellow_from = row.integer("yellow", {0, 100});
    if (rules.green_from > rules.blue_from && rules.blue_from > rules.yellow_from) return;
    row.wrong("", "三条分数线不得重叠：green 大于 blue，blue 大于 yellow",
              "thresholds that do not overlap: green above blue above yellow");
}

void read_gates(TableReader& root, ColorGradeRules& rules) {
    root.entries("gate", true, [&](const std::string& key, TableReader& row) {
        GradeGate gate;
        gate.key = key;
        gate.clause = row.clause();
        gate.at_most = row.choice<GradeColor>("at_most");
        gate.from = row.integer("from", {1, 1000});
        if (key == "unresolved") {
            gate.limit = row.integer("below_percent", {1, 100});
        } else if (key == "dissatisfied") {
            gate.limit = row.integer("mean_at_most", {1, 5});
        } else if (key != "no_shows") {
            row.wrong("", "应为 no_shows、unresolved、dissatisfied 之一",
                      "one of no_shows, unresolved, dissatisfied");
        }
        // A gate that lets everything pass does not bite.
        if (gate.at_most == GradeColor::green || gate.at_most == GradeColor::ungraded) {
            row.wrong("at_most", "应为 blue、yellow、red 之一：封顶须低于绿",
                      "one of blue, yellow, red: a gate lies below green");
        }
        rules.gates.push_back(std::move(gate));
    });
}

void read_triggers(TableReader& root, Pack& pack) {
    ColorGradeRules& rules = pack.color_grades;
    root.entries("trigger", true, [&](const std::string& key, TableReader& row) {
        GradeTrigger trigger;
        trigger.key = key;
        trigger.name = row.words("name");
        trigger.clause = row.clause();
        trigger.suspends = row.boolean_or("suspends", false);
        trigger.incident_class = row.optional_text("incident_class");
        trigger.rank = row.integer("rank", {1, 100});
        if (trigger.incident_class && !pack.incidents.find(*trigger.incident_class) &&
            !pack.incidents.classes.empty()) {
            row.wrong("incident_class", "应为 incidents.toml 中的情况分级",
                      "a class of incidents.toml");
        }
        rules.triggers.push_back(std::move(trigger));
    });
    std::ranges::stable_sort(rules.triggers, {}, &GradeTrigger::rank);
}

void read_effects(TableReader& root, ColorGradeRules& rules) {
    root.entries("effect", true, [&](const std::string& key, TableReader& row) {
        GradeEffect effect;
        effect.clause = row.clause();
        effect.spot_check_percent = row.integer("spot_check_percent", {0, 100});
        effect.paired = row.boolean_or("paired", false);
        effect.paused = row.boolean_or("paused", false);
        if (row.has("reassign_within")) {
            effect.reassign_within = row.time_limit("reassign_within");
            if (!effect.paused) {
                row.wrong("reassign_within", "只用于暂停派单的颜色（paused = true）",
                          "only for a colour that suspends dispatch (paused = true)");
            }
        }
        effect.risk_max = row.choice_or<RiskLevel>("risk_max", RiskLevel::R4);
        if (key == "green") {
            rules.green = effect;
        } else if (key == "blue") {
            rules.blue = effect;
        } else if (key == "yellow") {
            rules.yellow = effect;
        } else if (key == "red") {
            rules.red = effect;
        } else {
            row.wrong("", "应为 green、blue、yellow、red 之一", "one of green, blue, yellow, red");
        }
    });
}

}  // namespace

const GradeTrigger* ColorGradeRules::trigger(std::string_view key) const {
    auto found = std::ranges::find(triggers, key, &GradeTrigger::key);
    return found == triggers.end() ? nullptr : &*found;
}

const GradeGate* ColorGradeRules::gate(std::string_view key) const {
    auto found = std::ranges::find(gates, key, &GradeGate::key);
    return found == gates.end() ? nullptr : &*found;
}

const GradeEffect& ColorGradeRules::effect(GradeColor color) const {
    switch (color) {
        case GradeColor::green:
            return green;
        case GradeColor::yellow:
            return yellow;
        case GradeColor::red:
            return red;
        case GradeColor::ungraded:
        case GradeColor::blue:
            break;
    }
    return blue;
}

std::int32_t ColorGradeRules::deduction(std::string_view incident_class) const {
    auto found = std::ranges::find(deductions, incident_class, &GradeDeduction::incident_class);
    return found == deductions.end() ? 0 : found->percent;
}

void read_color_grades(TableReader& root, Pack& pack) {
    ColorGradeRules& rules = pack.color_grades;
    root.table("subjects", [&](TableReader& row) {
        rules.clause = row.clause();
        rules.teams = row.boolean_or("teams", false);
        rules.persons = row.boolean_or("persons", false);
    });
    root.table("window", [&](TableReader& row) {
        rules.window_clause = row.clause();
        rules.window_days = row.integer("days", {28, 366});
        rules.team_services_min = row.integer("team_services_min", {1, 1000});
        rules.person_services_min = row.integer("person_services_min", {1, 1000});
    });
    root.table("score", [&](TableReader& row) { read_weights(row, rules); });
    read_parts(root, pack);
    root.table("bands", [&](TableReader& row) { read_bands(row, rules); });
    read_gates(root, rules);
    root.table("hysteresis", [&](TableReader& row) {
        rules.hysteresis_clause = row.clause();
        rules.up_runs = row.integer("up_runs", {1, 3});
        rules.down_runs = row.integer("down_runs", {1, 3});
        rules.down_of = row.integer("down_of", {1, 3});
        if (rules.down_runs > rules.down_of) {
            row.wrong("down_runs", "不应大于 down_of，否则永远达不到",
                      "no more than down_of: it could never be reached");
        }
    });
    read_triggers(root, pack);
    read_effects(root, rules);
    root.table("remedial", [&](TableReader& row) {
        rules.remedial_clause = row.clause();
        rules.training_minutes = row.integer("training_minutes", {0, 10000});
        rules.good_services = row.integer("good_services", {1, 100});
        rules.satisfaction_min = row.integer("satisfaction_min", {1, 5});
    });
    root.table("leaving_red", [&](TableReader& row) {
        rules.leaving_red_clause = row.clause();
        rules.red_days_min = row.integer("after_days", {0, 3660});
    });
    root.table("appeal", [&](TableReader& row) {
        rules.appeal_clause = row.clause();
        rules.appeal_within = row.time_limit("within");
        rules.acknowledge_within = row.time_limit("acknowledge_within");
        rules.decide_within = row.time_limit("decide_within");
        if (row.has("review_within")) rules.review_within = row.time_limit("review_within");
        if (row.has("suspension_within")) {
            rules.suspension_within = row.time_limit("suspension_within");
        }
    });
}

}  // namespace hezhi::rules
