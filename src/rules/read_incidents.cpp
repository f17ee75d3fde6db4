#include <algorithm>

#include "rules/pack_sections.h"

namespace hezhi::rules {

const IncidentClass* IncidentRules::find(std::string_view key) const {
    auto found = std::ranges::find(classes, key, &IncidentClass::key);
    return found == classes.end() ? nullptr : &*found;
}

void read_incidents(TableReader& root, Pack& pack) {
    IncidentRules& rules = pack.incidents;
    root.table("incident", [&](TableReader& row) {
        rules.clause = row.clause();
        row.rows("emergency_numbers", true, [&](TableReader& entry) {
            rules.emergency_numbers.push_back({entry.text("number"), entry.words("name")});
        });
    });
    root.entries("class", true, [&](const std::string& key, TableReader& row) {
        IncidentClass one;
        one.key = key;
        one.name = row.words("name");
        one.clause = row.clause();
        one.examples = row.words("examples");
        one.settle_within = row.time_limit("settle_within");
        one.rank = row.integer("rank", {1, 100});
        rules.classes.push_back(std::move(one));
    });
    std::ranges::stable_sort(rules.classes, {}, &IncidentClass::rank);
}

void read_complaints(TableReader& root, Pack& pack) {
    ComplaintRules& rules = pack.complaints;
    root.table("complaint", [&](TableReader& row) {
        rules.clause = row.clause();
        rules.acknowledge_within = row.time_limit("acknowledge_within");
        rules.decide_within = row.time_limit("decide_within");
    });
    root.table("review", [&](TableReader& row) {
        rules.review_clause = row.clause();
        rules.ask_review_within = row.time_limit("ask_within");
        rules.review_within = row.time_limit("decide_within");
    });
}

}  // namespace hezhi::rules
