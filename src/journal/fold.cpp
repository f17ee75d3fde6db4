#include "journal/fold.h"

#include <algorithm>

#include "facts/pack_facts.h"
#include "journal/turn.h"

namespace hezhi::journal {

Fold::Fold(const Figures& figures, rules::PackHistory packs,
           std::function<bool(const FigureDef&, const Fact&)> skip, Watches watches)
    : packs_(std::move(packs)), skip_(std::move(skip)), watches_(std::move(watches)) {
    for (const FigureDef* def : figures) {
        Target target{def, &rows_[def], {}};
        for (const Watch& one : watches_) {
            if (one.figure == def) target.watches.push_back(&one);
        }
        for (auto kind : def->kinds) by_kind_[KindName(kind)].push_back(target);
    }
    for (const Watch& one : watches_) HEZHI_ASSERT(rows_.contains(one.figure));
}

void Fold::add(const Fact& fact) {
    step_figures(fact);
    if (fact.is<PackPublished>()) publish(fact);
}

SortedRows Fold::take_sorted_rows(const FigureDef& def) {
    Rows rows = take_rows(def);
    SortedRows sorted;
    sorted.reserve(rows.size());
    for (auto& [key, state] : rows) sorted.emplace_back(key, std::move(state));
    std::ranges::sort(sorted, {}, &SortedRows::value_type::first);
    return sorted;
}

void Fold::publish(const Fact& fact) {
    const auto& news = fact.as<PackPublished>();
    auto found = std::ranges::find(packs_.all(), news.hash, &rules::PublishedPack::hash);
    if (found == packs_.all().end()) {
        throw BrokenInvariant("the rule pack " + news.hash + " is not known");
    }
    published_.add({news.effective_at, news.hash, found->pack});
}

void Fold::step_figures(const Fact& fact) {
    auto found = by_kind_.find(fact.kind);
    if (found == by_kind_.end()) return;
    const rules::Pack& pack = pack_for(published_, fact);
    for (const auto& [def, rows, watches] : found->second) {
        if (skip_ && skip_(*def, fact)) continue;
        for (const Key& key : def->keys(fact)) {
            auto& state = (*rows)[key];
            if (!state) {
                state = def->make_alone();
                set_key(*def, state.get(), key);
            }
            def->step(state.get(), fact, pack);
            for (const Watch* one : watches) one->stepped(state.get(), fact, pack);
            if (def->gone(state.get())) rows->erase(key);
        }
    }
}

}  // namespace hezhi::journal
