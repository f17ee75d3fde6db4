#include <algorithm>

#include "rules/pack_sections.h"

namespace hezhi::rules {

namespace {

constexpr std::int32_t retention_days_max = 36600;

// The law sets how short the log of sign-ins may be kept; nothing else is counted in days.
void read_days(TableReader& row, RetentionRule& rule) {
    if (!row.has("days")) return;
    if (rule.key != security_log_retention || rule.years) {
        row.wrong("days", "只用于 security_log，且不与 years 同时写",
                  "only of security_log, and not beside years");
        return;
    }
    rule.days = row.integer("days", {1, retention_days_max});
    if (*rule.days > 0 && *rule.days < security_log_days_min) {
        row.wrong("days", "网络安全法第二十三条：不少于六个月，即 184 天",
                  "184 days at least: the Cybersecurity Law asks for six months");
    }
}

}  // namespace

void read_retention(TableReader& root, Pack& pack) {
    std::set<std::int32_t> ranks_taken;
    root.entries("retention", true, [&](const std::string& key, TableReader& row) {
        RetentionRule rule;
        rule.key = key;
        rule.clause = row.clause();
        rule.name = row.words("name");
        rule.rank = row.integer("rank", {1, 100});
        if (!ranks_taken.insert(rule.rank).second) {
            row.wrong("rank", "每一项的 rank 应各不相同", "a rank that no other row has");
        }
        rule.keeps = row.choice<Keeps>("keeps");
        if (row.has("years")) rule.years = row.integer("years", {1, 100});
        if (rule.years && rule.keeps != Keeps::restricted) {
            row.wrong("years", "只有 restricted 才写年数", "years only where it is restricted");
        }
        read_days(row, rule);
        pack.retention.push_back(std::move(rule));
    });
    std::ranges::sort(pack.retention, {}, &RetentionRule::rank);
}

}  // namespace hezhi::rules
