#include "journal/pack_fold.h"

#include <algorithm>
#include <exception>
#include <thread>

namespace hezhi::journal {
namespace {

constexpr std::size_t first_memory = 1 << 20;  // bytes of states; what follows grows

std::size_t share_of(const Key& key, std::size_t shares) {
    std::uint64_t mixed = KeyHash{}(key)*0x9e3779b97f4a7c15;
    return (mixed >> 32) % shares;
}

// Null if the row is gone in the end.
std::shared_ptr<const void> fold_row(const FigureDef& def, const LoadedFacts::Row& row,
                                     const rules::Pack& pack, std::pmr::memory_resource& memory) {
    std::shared_ptr<void> state;
    for (const Fact* fact : row.facts) {
        if (!state) {
            state = def.make(memory);
            set_key(def, state.get(), row.key);
        }
        def.step(state.get(), *fact, pack);
        if (def.gone(state.get())) state.reset();
    }
    return state;
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
    : figures_(std::move(figures)), pack_(std::move(pack)), by_kind_(figures_by_kind(figures_)) {
    HEZHI_ASSERT(threads >= 1 && threads <= fold_threads_max && pack_ != nullptr);
    shares_.assign(static_cast<std::size_t>(threads), Share(figures_.size()));
}

void PackFold::step(Share& share, const Touch& touch, const Fact& fact) const {
    const FigureDef& def = *figures_[touch.figure];
    auto& rows = share[touch.figure];
    auto& state = rows[touch.key];
    if (!state) {
        state = def.make_alone();
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

Folded PackFold::take() {
    std::vector<FoldedRows> rows(figures_.size());
    for (auto& share : shares_) {
        for (std::size_t figure = 0; figure < figures_.size(); ++figure) {
            for (auto& [key, state] : share[figure]) {
                rows[figure].push_back({key, std::move(state)});
            }
            share[figure].clear();
        }
    }
    for (auto& of_one : rows) std::ranges::sort(of_one, {}, &FoldedRow::key);
    return {figures_, pack_, {}, std::move(rows)};
}

// Every thread folds a stretch of each figure's rows, in order of their keys.
Folded fold_loaded(const LoadedFacts& loaded, Figures figures,
                   std::shared_ptr<const rules::Pack> pack, int threads) {
    HEZHI_ASSERT(threads >= 1 && threads <= fold_threads_max && pack != nullptr);
    auto n = static_cast<std::size_t>(threads);
    Folded::Memory memory;  // outlives the rows, also where a step throws
    std::vector<FoldedRows> rows;
    for (const auto* def : figures) rows.emplace_back(loaded.rows(*def).size());
    for (std::size_t t = 0; t < n; ++t) {
        memory.push_back(std::make_unique<std::pmr::monotonic_buffer_resource>(first_memory));
    }
    on_threads(n, [&](std::size_t t) {
        for (std::size_t i = 0; i < figures.size(); ++i) {
            auto of_one = loaded.rows(*figures[i]);
            std::size_t from = of_one.size() * t / n, to = of_one.size() * (t + 1) / n;
            for (std::size_t at = from; at < to; ++at) {
                rows[i][at] = {of_one[at].key,
                               fold_row(*figures[i], of_one[at], *pack, *memory[t])};
            }
        }
    });
    for (auto& of_one : rows) {
        std::erase_if(of_one, [](const FoldedRow& row) { return row.state == nullptr; });
    }
    return {std::move(figures), std::move(pack), std::move(memory), std::move(rows)};
}

}  // namespace hezhi::journal
