#include <algorithm>

#include "rules/pack_sections.h"

namespace hezhi::rules {

void read_area_kinds(TableReader& root, Pack& pack) {
    std::set<std::string> levels;
    std::set<std::int32_t> depths;
    root.entries("area_kind", true, [&](const std::string& key, TableReader& row) {
        AreaKind kind;
        kind.key = key;
        kind.clause = row.clause();
        kind.name = row.words("name");
        kind.depth = row.integer("depth", {1, 20});
        if (!depths.insert(kind.depth).second) {
            row.wrong("depth", "每一级区域的 depth 应各不相同", "a depth that no other kind has");
        }
        kind.search_suffixes = row.texts("search_suffixes", false);
        // Longest first, so that 社区居委会 is dropped whole and not only its 居委会.
        std::ranges::sort(kind.search_suffixes, [](const std::string& a, const std::string& b) {
            return a.size() != b.size() ? a.size() > b.size() : a < b;
        });
        kind.division_levels = row.texts("division_levels", false);
        for (auto& level : kind.division_levels) {
            if (levels.insert(level).second) continue;
            row.wrong("division_levels", "“" + level + "”只能属于一级区域",
                      "\"" + level + "\" to belong to one kind only");
        }
        kind.placeholder_names = row.texts("placeholder_names", false);
        pack.area_kinds.push_back(std::move(kind));
    });
    std::ranges::sort(pack.area_kinds, {}, &AreaKind::depth);
}

}  // namespace hezhi::rules
