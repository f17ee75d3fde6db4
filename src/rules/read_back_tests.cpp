#include <algorithm>

#include "rules/pack_sections.h"

namespace hezhi::rules {
namespace {

constexpr std::size_t bands_max = 20;

std::vector<std::int32_t> ascending(TableReader& row, const std::string& key, Span span) {
    auto bands = row.integers(key, span);
    if (bands.size() > bands_max ||
        std::ranges::adjacent_find(bands, std::greater_equal{}) != bands.end()) {
        row.wrong(key, "由小到大、互不相同的数，最多 20 个", "ascending numbers, 20 at most");
    }
    return bands;
}

}  // namespace

void read_back_test(TableReader& root, Pack& pack) {
    root.table("back_test", [&](TableReader& row) {
        BackTestRules& rules = pack.back_test;
        rules.clause = row.clause();
        rules.area_kind = row.text("area_kind");
        if (!rules.area_kind.empty() && !pack.area_kind(rules.area_kind)) {
            row.wrong("area_kind", "area_kinds.toml 中的一种", "a kind of area_kinds.toml");
        }
        rules.age_bands = ascending(row, "age_bands", {1, 120});
        rules.hour_bands = ascending(row, "hour_bands", {1, 100000});
        rules.small_group = row.integer("small_group", {2, 1000});
    });
}

}  // namespace hezhi::rules
