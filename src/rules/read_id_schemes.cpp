#include <algorithm>
#include <regex>

#include "rules/pack_sections.h"

namespace hezhi::rules {

bool is_regex(const std::string& pattern) {
    try {
        std::regex compiled(pattern);
        return true;
    } catch (const std::regex_error&) {
        return false;
    }
}

void read_id_schemes(TableReader& root, Pack& pack) {
    std::set<std::int32_t> ranks;
    root.entries("id_scheme", true, [&](const std::string& key, TableReader& row) {
        IdScheme scheme;
        scheme.key = key;
        scheme.clause = row.clause();
        scheme.name = row.words("name");
        scheme.rank = row.integer("rank", {1, 100});
        if (!ranks.insert(scheme.rank).second) {
            row.wrong("rank", "每种证件的 rank 应各不相同", "a rank that no other scheme has");
        }
        scheme.pattern = row.optional_text("pattern").value_or("");
        if (!is_regex(scheme.pattern)) {
            row.wrong("pattern", "应为正确的正则表达式", "a well-formed regular expression");
        }
        scheme.check_digit = row.choice_or("check_digit", CheckDigit::none);
        if (row.has("birth_date_at")) scheme.birth_date_at = row.integer("birth_date_at", {0, 30});
        scheme.joining = row.boolean_or("joining", !scheme.pattern.empty());
        pack.id_schemes.push_back(std::move(scheme));
    });
    std::ranges::sort(pack.id_schemes, {}, &IdScheme::rank);
}

}  // namespace hezhi::rules
