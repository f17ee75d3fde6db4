#include "journal/loaded_facts.h"

#include <algorithm>

namespace hezhi::journal {

void LoadedFacts::add(std::vector<Fact> facts) {
    HEZHI_ASSERT(laid_.empty());
    touched_.resize(figures_.size());
    for (Fact& fact : facts) {
        auto folds = [&](const FigureDef* def) { return def->folds(fact.kind); };
        if (std::ranges::none_of(figures_, folds)) continue;
        const Fact& held = held_.emplace_back(std::move(fact));
        for (std::size_t figure = 0; figure < figures_.size(); ++figure) {
            if (!figures_[figure]->folds(held.kind)) continue;
            for (Key& key : figures_[figure]->keys(held)) {
                touched_[figure][std::move(key)].push_back(&held);
            }
        }
    }
}

void LoadedFacts::lay() {
    HEZHI_ASSERT(laid_.empty());
    laid_.resize(figures_.size());
    touched_.resize(figures_.size());
    for (std::size_t figure = 0; figure < figures_.size(); ++figure) {
        std::vector<Touched::value_type*> rows;
        std::size_t touches = 0;
        for (auto& row : touched_[figure]) {
            rows.push_back(&row);
            touches += row.second.size();
        }
        std::ranges::sort(rows, {}, [](const auto* row) -> const Key& { return row->first; });
        Laid& laid = laid_[figure];
        laid.facts.reserve(touches);  // the spans stay where they are
        laid.rows.reserve(rows.size());
        for (const auto* row : rows) {
            const Fact* const* first = laid.facts.data() + laid.facts.size();
            laid.facts.insert(laid.facts.end(), row->second.begin(), row->second.end());
            laid.rows.push_back({row->first, {first, row->second.size()}});
        }
        touched_[figure] = {};
    }
}

}  // namespace hezhi::journal
