#include <algorithm>

#include "rules/pack_sections.h"

namespace hezhi::rules {

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
        pack.retention.push_back(std::move(rule));
    });
    std::ranges::sort(pack.retention, {}, &RetentionRule::rank);
}

}  // namespace hezhi::rules
