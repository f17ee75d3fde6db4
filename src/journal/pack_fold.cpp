#include "journal/pack_fold.h"

#include <algorithm>
#include <exception>
#include <thread>

namespace hezhi::journal {
namespace {

std::size_t share_of(const Key& key, std::size_t shares) {
    auto mixed = std::hash<std::string>{}(key.text) ^
                 (static_cast<std::uint64_t>(key.number) * 0x9e3779b97f4a7c15);
    return (mixed >> 32) % shares;
}

}  // namespace

void on_threads(std::size_t count, const std::function<void(std::size_t)>& work) {
    std::vector<std::exception_ptr> thrown(count);
    auto run = [&](std::size_t i) {
        try {
            work(i);
        } catch (...) {
            thrown[i] = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i + 1 < count; ++i) threads.emplace_back(run, i);
        run(count - 1);
    }
    for (const auto& error : thrown) {
        if (error) std::rethrow_exception(error);
    }
}

PackFold::PackFold(Figures figures, std::shared_ptr<const rules::Pack> pack, int threads)
    : figures_(std::move(figures)), pack_(std::move(pack)) {
    HEZHI_ASSERT(threads >= 1 && threads <= fold_threads_max && pack_ != nullptr);
    for (std::size_t i = 0; i < figures_.size(); ++i) {
        for (auto kind : figures_[i]->kinds) by_kind_[std::string(kind)].push_back(i);
    }
    shares_.assign(static_cast<std::size_t>(threads), Share(figures_.size()));
}

// Every thread folds a stretch of the rows, in order of their keys; what they made is then strung
// together, again in order.
PackFold::PackFold(const LoadedFacts& loaded, std::shared_ptr<const rules::Pack> pack, int threads)
    : PackFold(loaded.figures(), std::move(pack)) {
    HEZHI_ASSERT(threads >= 1 && threads <= fold_threads_max);
    auto n = static_cast<std::size_t>(threads);
    std::vector<Share> stretches(n, Share(figures_.size()));
    on_threads(n, [&](std::size_t t) {
        for (std::size_t figure = 0; figure < figures_.size(); ++figure) {
            auto rows = loaded.rows(figure);
            std::size_t from = rows.size() * t / n, to = rows.size() * (t + 1) / n;
            for (const auto& row : rows.subspan(from, to - from)) {
                fold_row(stretches[t][figure], *figures_[figure], row);
            }
        }
    });
    shares_.front() = std::move(stretches.front());
    for (std::size_t t = 1; t < n; ++t) {
        for (std::size_t figure = 0; figure < figures_.size(); ++figure) {
            FoldedRows &all = shares_.front()[figure], &more = stretches[t][figure];
            while (!more.empty()) all.insert(all.end(), more.extract(more.begin()));
        }
    }
}

void PackFold::fold_row(FoldedRows& rows, const FigureDef& def, const LoadedFacts::Row& row) const {
    std::shared_ptr<void> state;
    for (const Fact* fact : row.facts) {
        if (!state) {
            state = def.make();
            set_key(def, state.get(), row.key);
        }
        def.step(state.get(), *fact, *pack_);
        if (def.gone(state.get())) state.reset();
    }
    if (state) rows.emplace_hint(rows.end(), row.key, std::move(state));
}

void PackFold::step(Share& share, const Touch& touch, const Fact& fact) const {
    const FigureDef& def = *figures_[touch.figure];
    auto& rows = share[touch.figure];
    auto& state = rows[touch.key];
    if (!state) {
        state = def.make();
        set_key(def, state.get(), touch.key);
    }
    def.step(state.get(), fact, *pack_);
    if (def.gone(state.get())) rows.erase(touch.key);
}

void PackFold::find_touches(std::span<const Fact> facts, std::size_t from, std::size_t to,
                            std::vector<std::vector<Touch>>& by_share) const {
    for (std::size_t at = from; at < to; ++at) {
        auto found = by_kind_.find(facts[at].kind);
        if (found == by_kind_.end()) continue;
        for (std::size_t figure : found->second) {
            for (Key& key : figures_[figure]->keys(facts[at])) {
                auto& touches = by_share[share_of(key, by_share.size())];
                touches.push_back({figure, at, std::move(key)});
            }
        }
    }
}

void PackFold::add_alone(std::span<const Fact> facts) {
    for (std::size_t at = 0; at < facts.size(); ++at) {
        auto found = by_kind_.find(facts[at].kind);
        if (found == by_kind_.end()) continue;
        for (std::size_t figure : found->second) {
            for (Key& key : figures_[figure]->keys(facts[at])) {
                step(shares_.front(), {figure, at, std::move(key)}, facts[at]);
            }
        }
    }
}

void PackFold::add(std::span<const Fact> facts) {
    gathered_.clear();
    std::size_t n = shares_.size();
    if (n == 1) {
        add_alone(facts);
        return;
    }
    // First every thread looks through a piece of the facts for the rows they touch, then each
    // steps its own rows, piece after piece.
    std::vector<std::vector<std::vector<Touch>>> pieces(n, std::vector<std::vector<Touch>>(n));
    on_threads(n, [&](std::size_t i) {
        find_touches(facts, facts.size() * i / n, facts.size() * (i + 1) / n, pieces[i]);
    });
    on_threads(n, [&](std::size_t i) {
        for (const auto& piece : pieces) {
            for (const Touch& touch : piece[i]) step(shares_[i], touch, facts[touch.fact]);
        }
    });
}

const FoldedRows& PackFold::rows(const FigureDef& def) {
    auto at = static_cast<std::size_t>(std::ranges::find(figures_, &def) - figures_.begin());
    HEZHI_ASSERT(at < figures_.size());
    if (shares_.size() == 1) return shares_.front()[at];
    auto [found, fresh] = gathered_.try_emplace(&def);
    if (fresh) {
        for (const auto& share : shares_) {
            found->second.insert(share[at].begin(), share[at].end());
        }
    }
    return found->second;
}

}  // namespace hezhi::journal
