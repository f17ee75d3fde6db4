#include "journal/loaded_facts.h"

#include <algorithm>

namespace hezhi::journal {

LoadedFacts::LoadedFacts(Figures figures)
    : figures_(std::move(figures)),
      by_kind_(figures_by_kind(figures_)),
      touched_(figures_.size()) {}

void LoadedFacts::add(std::vector<Fact> facts) {
    HEZHI_ASSERT(laid_.empty());
    for (Fact& fact : facts) {
        auto found = by_kind_.find(fact.kind);
        if (found == by_kind_.end()) continue;
        for (std::size_t figure : found->second) {
            for (Key& key : figures_[figure]->keys(fact)) {
                touched_[figure][std::move(key)].push_back(facts_.size());
            }
        }
        fact.payload = {};  // what was parsed stays
        facts_.push_back(std::move(fact));
    }
}

std::span<const LoadedFacts::Row> LoadedFacts::rows(const FigureDef& def) const {
    auto found = std::ranges::find(figures_, &def);
    HEZHI_ASSERT(found != figures_.end());
    return laid_[static_cast<std::size_t>(found - figures_.begin())].rows;
}

void LoadedFacts::lay() {
    HEZHI_ASSERT(laid_.empty());
    struct Order {
        std::vector<const Touched::value_type*> rows;
        std::size_t touches = 0;
    };
    std::vector<Order> orders(figures_.size());
    std::vector<std::size_t> by_touches;
    for (std::size_t figure = 0; figure < figures_.size(); ++figure) {
        Order& order = orders[figure];
        for (const auto& row : touched_[figure]) {
            order.rows.push_back(&row);
            order.touches += row.second.size();
        }
        std::ranges::sort(order.rows, {}, [](const auto* row) -> const Key& { return row->first; });
        by_touches.push_back(figure);
    }
    std::ranges::sort(by_touches, std::greater(),
                      [&](std::size_t figure) { return orders[figure].touches; });
    // A fact stands where the first of these figures asks for it.
    std::vector<const Fact*> places(facts_.size());
    std::vector<Fact> in_order;
    in_order.reserve(facts_.size());  // they stay where they are
    laid_.resize(figures_.size());
    for (std::size_t figure : by_touches) {
        Laid& laid = laid_[figure];
        laid.facts.reserve(orders[figure].touches);  // so do the spans
        laid.rows.reserve(orders[figure].rows.size());
        for (const auto* row : orders[figure].rows) {
            const Fact* const* first = laid.facts.data() + laid.facts.size();
            for (std::size_t at : row->second) {
                if (!places[at]) places[at] = &in_order.emplace_back(std::move(facts_[at]));
                laid.facts.push_back(places[at]);
            }
            laid.rows.push_back({row->first, {first, row->second.size()}});
        }
    }
    facts_ = std::move(in_order);
    touched_.clear();
}

}  // namespace hezhi::journal
